/*
 * paneldex search, paneldex similar: words and options, or an article, to a query; its
 * hits to the renderer.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/search.h"
#include "cli/signals.h"

#define DAY_SECONDS 86400

/* The day that ${seconds} lie in. */
static int32_t day_of(int64_t seconds)
{
	int64_t day = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);

	return (int32_t)day;
}

void search_init(struct search *s, struct cli *cli)
{
	*s = (struct search){ .cli = cli,
			      .today = day_of(cli->options.now),
			      .limit = cli->options.limit };
	buf_init(&s->text, 0);
}

void search_release(struct search *s)
{
	pdx_result_free(s->result);
	pdx_query_free(s->query);
	free(s->notes);
	buf_release(&s->text);
}

static void join_words(struct search *s)
{
	const struct words *words = &s->cli->options.words;

	for (size_t i = 0; i < words->n; i++) {
		if (i > 0)
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

/* Narrow the query by the options that are filters. */
static int filter(struct search *s, struct pdx_err *err)
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
		rc = filter(s, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	notes = pdx_query_notes(s->query, &n);
	rc = add_notes(s, notes, n, &err);
	if (!rc)
		rc = check_strict(s, &err);
	return rc ? cli_fail(c, "query", pdx_query_text(s->query), &err) : 0;
}

static int run(struct search *s, struct pdx_err *err)
{
	const struct options *o = &s->cli->options;
	struct pdx_search how = {
		.limit = o->count ? 0 : s->limit,
		.offset = o->offset,
		.after = o->after,
		.group_by = o->group_by,
		.group_size = o->group_size,
		.sort = o->sort,
		.nsort = o->nsort,
		.facets = o->facets.v,
		.nfacets = o->facets.n,
		.snippets = o->snippets == OPTION_NOT_GIVEN ? o->format->snippets
							    : o->snippets,
		.today = s->today,
		.recency_days = o->recency_days,
		.explain = o->explain,
		.ids = o->ids.v,
		.nids = o->ids.n,
		/* A count of something else would be taken for the count. */
		.relax = !o->strict && !o->count && o->ids.n == 0,
		.suggest = true,
		.profile = s->cli->profile,
	};
	const struct pdx_note *notes;
	size_t n;
	int rc;

	rc = pdx_search(&s->result, s->index, s->query, &how, err);
	if (rc)
		return rc;
	notes = pdx_result_notes(s->result, &n);
	/* Nothing found is no fault of the query: exit 1, with --strict too. */
	return add_notes(s, notes, n, err);
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

/* For one who found nothing, or not all of it. */
static void show_suggestions(const struct search *s, const struct render_search *found)
{
	if (found->did_you_mean)
		show_suggestion(s, "did-you-mean",
				"did you mean: ", found->did_you_mean, 0);
	for (size_t i = 0; i < found->nwithout; i++)
		if (found->without[i].total)
			show_suggestion(s, "without", "without ",
					found->without[i].clause,
					found->without[i].total);
}

/*
 * Show the hits as they are loaded, so that memory holds one.  A stream that failed
 * ends it; the failure is reported where the stream is closed.
 */
static int show_hits(const struct search *s, struct pdx_err *err)
{
	struct render *r = &s->cli->render;
	size_t n = pdx_result_returned(s->result);

	for (size_t i = 0; i < n && !out_status(r->out, NULL); i++) {
		const struct pdx_hit *hit;
		int rc = pdx_result_hit(&hit, s->result, i, err);

		if (!rc && signals_caught())
			rc = err_set(err, PDX_E_INTERRUPTED, "interrupted");
		if (!rc)
			r->ops->hit(r, hit);
		else if (rc != PDX_E_NOT_FOUND) /* gone since it was found */
			return rc;
	}
	return PDX_OK;
}

/* How much of it was seen, for one who looks at a terminal. */
static void show_account(const struct search *s, const struct render_search *found)
{
	struct out *err = &s->cli->err;
	uint64_t last = found->offset + found->returned;

	if (!s->cli->options.format->is_text || !terminal_is(err->file))
		return;
	if (found->total == 0)
		out_puts(err, "no article matches\n");
	else
		out_printf(err, "%s%" PRIu64 " of %" PRIu64 " articles",
			   found->returned ? "\n" : "", found->returned, found->total);
	if (found->next)
		out_printf(err, "; more with --offset %" PRIu64 " or --after %s", last,
			   found->next);
	if (found->total)
		out_putc(err, '\n');
}

/* Returns an exit code. */
static int show(const struct search *s)
{
	struct cli *c = s->cli;
	struct render *r = &c->render;
	const struct options *o = &c->options;
	static const char *const by_relevance[] = { "relevance" };
	struct render_search found = {
		.text = pdx_query_text(s->query),
		.parsed = pdx_query_parsed(s->query),
		.sort = o->nsort ? (const char *const *)o->sort_names : by_relevance,
		.nsort = o->nsort ? o->nsort : 1,
		.did_you_mean = pdx_result_did_you_mean(s->result),
		.notes = s->notes,
		.nnotes = s->nnotes,
		.offset = pdx_result_offset(s->result),
		.next = pdx_result_next(s->result),
		.group_by = o->group_by,
		.groups = pdx_result_groups(s->result),
		.total = pdx_result_total(s->result),
		.returned = pdx_result_returned(s->result),
		.generation = pdx_result_generation(s->result),
		.articles = pdx_result_articles(s->result),
		.explain = pdx_result_explain(s->result),
	};
	struct pdx_err err;

	found.facets = pdx_result_facets(s->result, &found.nfacets);
	found.without = pdx_result_without(s->result, &found.nwithout);
	show_notes(s);
	show_suggestions(s, &found);
	if (o->count) {
		r->ops->count(r, &found);
		return found.total ? EXIT_FOUND : EXIT_NONE;
	}
	r->ops->begin(r, &found);
	if (show_hits(s, &err))
		return cli_fail(c, NULL, NULL, &err);
	r->ops->end(r, &found);
	out_flush(r->out, NULL);
	show_account(s, &found);
	if (s->limit == 0)
		return found.total ? EXIT_FOUND : EXIT_NONE;
	return found.returned ? EXIT_FOUND : EXIT_NONE;
}

int search_answer(struct search *s)
{
	struct pdx_err err;
	int rc = run(s, &err);

	if (rc)
		return cli_fail(s->cli, rc == PDX_E_QUERY ? "query" : NULL,
				pdx_query_text(s->query), &err);
	return show(s);
}

static int find_and_show(struct search *s)
{
	struct pdx_err err;
	int code;

	if (!s->index && cli_open(&s->index, s->cli, PDX_OPEN_READ, NULL, &err))
		return cli_fail(s->cli, NULL, NULL, &err);
	signals_watch(s->index, false);
	code = search_answer(s);
	signals_watch(NULL, false);
	return code;
}

static void close_search(struct search *s)
{
	pdx_result_free(s->result);
	s->result = NULL;
	pdx_close(s->index);
	search_release(s);
}

/* How to rank; on failure the exit code, else 0. */
static int find_profile(struct cli *c)
{
	struct pdx_err err;
	int rc = profiles_load(&c->profiles, &err);

	if (!rc)
		rc = profiles_find(&c->profile, &c->profiles, c->options.profile, &err);
	return rc ? cli_fail(c, c->command->name, NULL, &err) : 0;
}

int cmd_search(struct cli *c)
{
	struct search s;
	int code;

	code = find_profile(c);
	if (code)
		return code;
	if (c->options.batch)
		return search_batch(c);
	search_init(&s, c);
	join_words(&s);
	code = search_prepare(&s);
	if (!code)
		code = find_and_show(&s);
	close_search(&s);
	return code;
}

/* The query that an article makes; on failure the exit code, else 0. */
static int make_similar(struct search *s)
{
	const struct options *o = &s->cli->options;
	struct pdx_err err;
	int rc;

	if (o->words.n != 1)
		rc = err_set(&err, PDX_E_USAGE, "like which article? give one id");
	else
		rc = cli_open(&s->index, s->cli, PDX_OPEN_READ, NULL, &err);
	if (!rc)
		rc = pdx_query_similar(&s->query, s->index, o->words.v[0],
				       o->same_company, s->today, &err);
	if (!rc)
		rc = filter(s, &err);
	return rc ? cli_fail(s->cli, s->cli->command->name, NULL, &err) : 0;
}

int cmd_similar(struct cli *c)
{
	struct search s;
	int code;

	search_init(&s, c);
	code = find_profile(c);
	if (!code)
		code = make_similar(&s);
	if (!code)
		code = find_and_show(&s);
	close_search(&s);
	return code;
}
