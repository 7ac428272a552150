/*
 * One search of the program up to its result: words and options to a query, run in the
 * index, with what was noticed on the way.  What the answer looks like is the
 * commands'.
 */
#include "cli/search.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/signals.h"

#define DEFAULT_LIMIT 20

void search_init(struct search *s, struct cli *cli)
{
	size_t limit = cli->options.limit;

	*s = (struct search){ .cli = cli,
			      .today = date_of_time(cli->options.now),
			      .limit = limit == OPTION_NOT_GIVEN ? DEFAULT_LIMIT
								 : limit };
	buf_init(&s->text, 0);
}

void search_release(struct search *s)
{
	pdx_result_free(s->result);
	pdx_query_free(s->query);
	free(s->notes);
	buf_release(&s->text);
	s->result = NULL;
	s->query = NULL;
	s->notes = NULL;
	s->nnotes = 0;
}

void search_join_words(struct search *s, size_t from)
{
	const struct words *words = &s->cli->options.words;

	for (size_t i = from; i < words->n; i++) {
		if (i > from)
			buf_putc(&s->text, ' ');
		buf_puts(&s->text, words->v[i]);
	}
}

static int parse(struct search *s, struct pdx_err *err)
{
	if (!buf_ok(&s->text))
		return err_nomem(err);
	return pdx_query_parse(&s->query, buf_str(&s->text), s->text.len, s->today,
			       err);
}

int search_filter(struct search *s, struct pdx_err *err)
{
	const struct options *o = &s->cli->options;
	const struct {
		const char *field;
		const struct words *values;
	} filters[] = {
		{ "since", &o->since },       { "until", &o->until },
		{ "company", &o->companies }, { "category", &o->categories },
		{ "persona", &o->personas },
	};

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		const struct words *values = filters[i].values;
		int rc;

		if (values->n == 0)
			continue;
		rc = pdx_query_filter_any(s->query, filters[i].field, values->v,
					  values->n, err);
		if (rc)
			return rc;
	}
	return PDX_OK;
}

/* The user's own names of companies. */
static int apply_aliases(struct search *s, struct pdx_err *err)
{
	const struct config *c = &s->cli->config;
	int rc = PDX_OK;

	for (size_t i = 0; i < c->n && !rc; i++)
		if (strcmp(c->settings[i].section, "aliases") == 0)
			rc = pdx_query_name(s->query, c->settings[i].value,
					    c->settings[i].key, err);
	return rc;
}

static int add_notes(struct search *s, const struct pdx_note *notes, size_t n,
		     struct pdx_err *err)
{
	size_t cap = s->nnotes;

	if (n == 0)
		return PDX_OK;
	if (!mem_grow(&s->notes, &cap, s->nnotes + n, sizeof(*s->notes)))
		return err_nomem(err);
	memcpy(s->notes + s->nnotes, notes, n * sizeof(*notes));
	s->nnotes += n;
	return PDX_OK;
}

/* With --strict the first note is an error. */
static int check_strict(const struct search *s, struct pdx_err *err)
{
	const struct pdx_note *note = s->notes;

	if (!s->cli->options.strict || s->nnotes == 0)
		return PDX_OK;
	err_set(err, PDX_E_QUERY, "%s", note->message);
	if (note->column)
		err_place(err, pdx_query_text(s->query), note->start, note->len);
	return PDX_E_QUERY;
}

int search_prepare(struct search *s)
{
	struct cli *c = s->cli;
	const struct pdx_note *notes;
	struct pdx_err err;
	size_t n;
	int rc;

	rc = parse(s, &err);
	if (rc)
		return cli_fail(c, rc == PDX_E_QUERY ? "query" : NULL,
				buf_str(&s->text), &err);
	if (c->options.match == MATCH_ANY)
		rc = pdx_query_match_any(s->query, &err);
	if (!rc)
		rc = search_filter(s, &err);
	if (!rc)
		rc = apply_aliases(s, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	notes = pdx_query_notes(s->query, &n);
	rc = add_notes(s, notes, n, &err);
	if (!rc)
		rc = check_strict(s, &err);
	return rc ? cli_fail(c, "query", pdx_query_text(s->query), &err) : 0;
}

int search_find_profile(struct cli *c)
{
	struct pdx_err err;
	int rc = profiles_find(&c->profile, &c->config.profiles, c->options.profile,
			       &err);

	return rc ? cli_fail(c, c->command->name, NULL, &err) : 0;
}

int search_open(struct search *s)
{
	struct pdx_err err;

	if (!s->index && cli_open(&s->index, s->cli, PDX_OPEN_READ, NULL, &err))
		return cli_fail(s->cli, NULL, NULL, &err);
	return 0;
}

void search_close(struct search *s)
{
	struct pdx *index = s->index;

	search_release(s);
	s->index = NULL;
	cli_close(s->cli, index);
}

int search_run(struct search *s, const struct pdx_search *how)
{
	const struct pdx_note *notes;
	struct pdx_err err;
	size_t n;
	int rc;

	rc = pdx_search(&s->result, s->index, s->query, how, &err);
	if (!rc) {
		/* Nothing found is no fault of the query: exit 1, with --strict too. */
		notes = pdx_result_notes(s->result, &n);
		rc = add_notes(s, notes, n, &err);
	}
	return rc ? cli_fail(s->cli, rc == PDX_E_QUERY ? "query" : NULL,
			     pdx_query_text(s->query), &err)
		  : 0;
}

bool search_collapses(const struct search *s)
{
	const struct options *o = &s->cli->options;

	return !o->no_collapse && o->ids.n == 0;
}

void search_describe(struct render_search *out, const struct search *s)
{
	const struct options *o = &s->cli->options;
	static const char *const by_relevance[] = { "relevance" };

	*out = (struct render_search){
		.text = pdx_query_text(s->query),
		.parsed = pdx_query_parsed(s->query),
		.sort = o->nsort ? (const char *const *)o->sort_names : by_relevance,
		.nsort = o->nsort ? o->nsort : 1,
		.did_you_mean = pdx_result_did_you_mean(s->result),
		.notes = s->notes,
		.nnotes = s->nnotes,
		.expand = o->expand,
		.offset = pdx_result_offset(s->result),
		.next = pdx_result_next(s->result),
		.group_by = o->group_by,
		.groups = pdx_result_groups(s->result),
		.collapsed = search_collapses(s),
		.stories = pdx_result_stories(s->result),
		.total = pdx_result_total(s->result),
		.no_total = o->no_total,
		.partial = !pdx_result_total_is_exact(s->result),
		.returned = pdx_result_returned(s->result),
		.generation = pdx_result_generation(s->result),
		.articles = pdx_result_articles(s->result),
		.explain = pdx_result_explain(s->result),
		.now = o->now,
	};
	out->facets = pdx_result_facets(s->result, &out->nfacets);
	out->expansion = pdx_result_expansion(s->result, &out->nexpansion);
	out->without = pdx_result_without(s->result, &out->nwithout);
}

static void show_notes(const struct search *s)
{
	struct render *r = &s->cli->render;

	for (size_t i = 0; i < s->nnotes; i++) {
		struct render_message m = {
			.place = "query",
			.code = s->notes[i].code,
			.message = s->notes[i].message,
			.column = s->notes[i].column,
		};

		r->ops->query_note(r, &m);
	}
}

static void show_suggestion(const struct search *s, const char *code,
			    const char *before, const char *text, uint64_t number)
{
	struct render *r = &s->cli->render;
	struct render_message m = { .place = "query", .code = code };
	struct buf message;

	buf_init(&message, 0);
	buf_printf(&message, "%s%s", before, text);
	if (number)
		buf_printf(&message, ": %" PRIu64, number);
	m.message = buf_str(&message);
	r->ops->suggestion(r, &m);
	buf_release(&message);
}

/* The words that nobody typed, heaviest first. */
static void show_expansion(const struct search *s, const struct render_search *found)
{
	struct buf words;

	buf_init(&words, 0);
	for (size_t i = 0; i < found->nexpansion; i++)
		if (!found->expansion[i].asked)
			buf_printf(&words, "%s%s (%.2f)", words.len ? ", " : "",
				   found->expansion[i].word,
				   found->expansion[i].weight);
	if (words.len)
		show_suggestion(s, "expanded", "expanded by ", buf_str(&words), 0);
	else if (found->total)
		show_suggestion(s, "expanded", "not expanded: ",
				"the articles found give no other words", 0);
	else
		show_suggestion(s, "expanded",
				"not expanded: ", "no article was found to learn from",
				0);
	buf_release(&words);
}

/* For one who found nothing, or not all of it. */
static void show_suggestions(const struct search *s, const struct render_search *found)
{
	if (found->expand)
		show_expansion(s, found);
	if (found->did_you_mean)
		show_suggestion(s, "did-you-mean",
				"did you mean: ", found->did_you_mean, 0);
	for (size_t i = 0; i < found->nwithout; i++)
		if (found->without[i].total)
			show_suggestion(s, "without", "without ",
					found->without[i].clause,
					found->without[i].total);
}

void search_show_notes(const struct search *s, const struct render_search *found)
{
	show_notes(s);
	show_suggestions(s, found);
}

int search_command(struct cli *c, struct pdx_search *how, int (*show)(struct search *s))
{
	struct search s;
	int code;

	search_init(&s, c);
	search_join_words(&s, 0);
	how->today = s.today;
	code = search_prepare(&s);
	if (!code)
		code = search_open(&s);
	if (!code) {
		signals_watch(s.index, false);
		code = search_run(&s, how);
		if (!code)
			code = show(&s);
		signals_watch(NULL, false);
	}
	search_close(&s);
	return code;
}
