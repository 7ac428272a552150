/*
 * The table of options, and what each does with its value.  How they are typed is
 * parse.c's; what they mean is the commands'.
 */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/distance.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/values.h"
#include "query/fields.h"

#define DEFAULT_LIMIT 20
#define MAX_HITS 10000000 /* a typing error; nobody reads as many */
#define MAX_WIDTH 10000

int words_add(struct words *w, const char *word, struct pdx_err *err)
{
	if (!mem_grow(&w->v, &w->cap, w->n + 1, sizeof(*w->v)))
		return err_nomem(err);
	w->v[w->n++] = word;
	return PDX_OK;
}

void words_release(struct words *w)
{
	free(w->v);
	*w = (struct words){ .v = NULL };
}

/* Add a value that may not be empty. */
static int add_value(struct words *w, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	return words_add(w, value, err);
}

/* PDX_E_USAGE: ${value} is none of ${choice}. */
static int no_choice(const char *value, size_t len, const char *(*choice)(size_t i),
		     struct pdx_err *err)
{
	struct nearest near;
	char all[256] = "";
	const char *c;

	nearest_init(&near, value, len);
	for (size_t i = 0; (c = choice(i)); i++) {
		nearest_offer(&near, c);
		cli_list(all, sizeof(all), c);
	}
	err_set(err, PDX_E_USAGE, "unknown value \"%.*s\"%s%s", (int)len, value,
		near.best ? "" : "; it may be ", near.best ? "" : all);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

static int set_db(struct options *o, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	o->db = value;
	return PDX_OK;
}

static const char *format_choice(size_t i)
{
	return renderers[i] ? renderers[i]->name : NULL;
}

static int set_format(struct options *o, const char *value, struct pdx_err *err)
{
	const struct renderer *format = renderer_find(value);

	if (!format)
		return no_choice(value, strlen(value), format_choice, err);
	o->format = format;
	return PDX_OK;
}

static const char *color_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum color_when */
		"auto",
		"always",
		"never",
		NULL,
	};

	return names[i];
}

static int set_color(struct options *o, const char *value, struct pdx_err *err)
{
	const char *name;

	for (size_t i = 0; (name = color_choice(i)); i++) {
		if (strcmp(name, value) != 0)
			continue;
		o->color = (enum color_when)i;
		if (o->color == COLOR_ALWAYS)
			o->text_option = "color";
		return PDX_OK;
	}
	return no_choice(value, strlen(value), color_choice, err);
}

static int set_width(struct options *o, const char *value, struct pdx_err *err)
{
	o->text_option = "width";
	return value_number(&o->width, value, TERMINAL_MIN_WIDTH, MAX_WIDTH, err);
}

static int set_limit(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = o->page_option = "limit";
	return value_number(&o->limit, value, 0, MAX_HITS, err);
}

static int set_offset(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = o->page_option = "offset";
	return value_number(&o->offset, value, 0, MAX_HITS, err);
}

static int set_batch(struct options *o, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	o->batch = value;
	return PDX_OK;
}

static int set_after(struct options *o, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	o->hits_option = "after";
	o->after = value;
	return PDX_OK;
}

static int set_snippets(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = "snippets";
	o->snippets_given = true;
	return value_number(&o->snippets, value, 0, 100, err);
}

/* With and without the dash, so that a key's name outlives the option's text. */
static const struct sort_name {
	const char *name, *reversed;
	enum pdx_sort_key key;
} sort_names[] = {
	{ "relevance", "-relevance", PDX_SORT_RELEVANCE },
	{ "date", "-date", PDX_SORT_DATE },
	{ "company", "-company", PDX_SORT_COMPANY },
	{ "category", "-category", PDX_SORT_CATEGORY },
	{ "title", "-title", PDX_SORT_TITLE },
	{ "added", "-added", PDX_SORT_ADDED },
	{ NULL, NULL, PDX_SORT_RELEVANCE },
};

static const char *sort_choice(size_t i)
{
	return sort_names[i].name;
}

static int add_sort_key(struct options *o, const char *key, size_t len,
			struct pdx_err *err)
{
	bool reverse = len > 0 && *key == '-';
	const struct sort_name *row = sort_names;

	key += reverse;
	len -= reverse;
	while (row->name && (strlen(row->name) != len || memcmp(row->name, key, len)))
		row++;
	if (!row->name)
		return no_choice(key, len, sort_choice, err);
	for (size_t i = 0; i < o->nsort; i++)
		if (o->sort[i].key == row->key)
			return err_set(err, PDX_E_USAGE, "\"%s\" is there twice",
				       row->name);
	o->sort[o->nsort] = (struct pdx_sort){ .key = row->key, .reverse = reverse };
	o->sort_names[o->nsort++] = reverse ? row->reversed : row->name;
	return PDX_OK;
}

static int set_sort(struct options *o, const char *value, struct pdx_err *err)
{
	int rc = PDX_OK;

	o->hits_option = o->page_option = "sort";
	o->nsort = 0;
	for (;;) {
		size_t len = strcspn(value, ",");

		rc = add_sort_key(o, value, len, err);
		if (rc || !value[len])
			return rc;
		value += len + 1;
	}
}

static int set_since(struct options *o, const char *value, struct pdx_err *err)
{
	o->since.n = 0;
	return add_value(&o->since, value, err);
}

static int set_until(struct options *o, const char *value, struct pdx_err *err)
{
	o->until.n = 0;
	return add_value(&o->until, value, err);
}

static int set_company(struct options *o, const char *value, struct pdx_err *err)
{
	return add_value(&o->companies, value, err);
}

static int set_category(struct options *o, const char *value, struct pdx_err *err)
{
	return add_value(&o->categories, value, err);
}

static int set_persona(struct options *o, const char *value, struct pdx_err *err)
{
	return add_value(&o->personas, value, err);
}

static const char *facet_choice(size_t i)
{
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (f->facet && i-- == 0)
			return f->name;
	}
	return NULL;
}

static int set_facet(struct options *o, const char *value, struct pdx_err *err)
{
	const struct field *f = field_find(value, strlen(value));

	o->hits_option = "facet";
	if (!f || !f->facet)
		return no_choice(value, strlen(value), facet_choice, err);
	for (size_t i = 0; i < o->facets.n; i++)
		if (strcmp(o->facets.v[i], f->name) == 0)
			return PDX_OK;
	return words_add(&o->facets, f->name, err);
}

static int set_group_by(struct options *o, const char *value, struct pdx_err *err)
{
	const struct field *f = field_find(value, strlen(value));

	o->hits_option = "group-by";
	if (!f || !f->facet)
		return no_choice(value, strlen(value), facet_choice, err);
	o->group_by = f->name;
	return PDX_OK;
}

static int set_group_size(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = "group-size";
	return value_number(&o->group_size, value, 1, 1000, err);
}

static int set_recency(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = "recency";
	return value_days(&o->recency_days, value, err);
}

static int set_explain(struct options *o, const char *value, struct pdx_err *err)
{
	(void)value, (void)err;
	o->hits_option = "explain";
	o->explain = true;
	return PDX_OK;
}

static int set_id(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = "id";
	return add_value(&o->ids, value, err);
}

static const char *same_company_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum pdx_same_company */
		"keep",
		"drop",
		NULL,
	};

	return names[i];
}

static int set_same_company(struct options *o, const char *value, struct pdx_err *err)
{
	const char *name;

	for (size_t i = 0; (name = same_company_choice(i)); i++) {
		if (strcmp(name, value) != 0)
			continue;
		o->same_company = (enum pdx_same_company)i;
		return PDX_OK;
	}
	return no_choice(value, strlen(value), same_company_choice, err);
}

static int set_now(struct options *o, const char *value, struct pdx_err *err)
{
	return value_time(&o->now, value, err);
}

static int set_source(struct options *o, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	o->source = value;
	return PDX_OK;
}

static const char *match_choice(size_t i)
{
	static const char *const names[] = { "all", "any", NULL };

	return names[i];
}

static int set_match(struct options *o, const char *value, struct pdx_err *err)
{
	for (size_t i = 0; match_choice(i); i++) {
		if (strcmp(match_choice(i), value) != 0)
			continue;
		o->match = i == 0 ? MATCH_ALL : MATCH_ANY;
		return PDX_OK;
	}
	return no_choice(value, strlen(value), match_choice, err);
}

static int set_name(const char **out, const char *value, struct pdx_err *err)
{
	if (!*value)
		return err_set(err, PDX_E_USAGE, "the value is empty");
	*out = value;
	return PDX_OK;
}

/* Which profiles there are is known where they are used. */
static int set_profile(struct options *o, const char *value, struct pdx_err *err)
{
	o->hits_option = "profile";
	return set_name(&o->profile, value, err);
}

static int set_vs(struct options *o, const char *value, struct pdx_err *err)
{
	return set_name(&o->vs, value, err);
}

static int set_queries(struct options *o, const char *value, struct pdx_err *err)
{
	return set_name(&o->queries, value, err);
}

static int set_qrels(struct options *o, const char *value, struct pdx_err *err)
{
	return set_name(&o->qrels, value, err);
}

static int set_run(struct options *o, const char *value, struct pdx_err *err)
{
	return set_name(&o->run, value, err);
}

/* Which languages there are is known where they are used. */
static int set_language(struct options *o, const char *value, struct pdx_err *err)
{
	(void)err;
	o->language = value;
	return PDX_OK;
}

static int set_count(struct options *o, const char *value, struct pdx_err *err)
{
	(void)value, (void)err;
	o->count = true;
	return PDX_OK;
}

static int set_strict(struct options *o, const char *value, struct pdx_err *err)
{
	(void)value, (void)err;
	o->strict = true;
	return PDX_OK;
}

static int set_quiet(struct options *o, const char *value, struct pdx_err *err)
{
	(void)value, (void)err;
	o->quiet = true;
	return PDX_OK;
}

static int set_help(struct options *o, const char *value, struct pdx_err *err)
{
	(void)value, (void)err;
	o->help = true;
	return PDX_OK;
}

#define INGEST COMMAND_INGEST
#define SEARCH COMMAND_SEARCH
#define SIMILAR COMMAND_SIMILAR
#define FIND (SEARCH | SIMILAR)
#define EVAL COMMAND_EVAL

/* clang-format off */
const struct option_row option_table[] = {
	{ "db", 'd', "FILE", COMMAND_ALL,
	  "the index (else $PANELDEX_DB, else paneldex/paneldex.db below "
	  "$XDG_DATA_HOME or ~/.local/share)", NULL, set_db },
	{ "limit", 'n', "N", FIND, "hits to show (20)", NULL, set_limit },
	{ "offset", 0, "N", FIND, "hits to pass over first", NULL, set_offset },
	{ "batch", 0, "FILE", SEARCH,
	  "a query on each line of FILE (- for standard input), or an object with\n"
	  "\"query\", \"id\", \"n\"; a JSON document for each", NULL, set_batch },
	{ "after", 0, "CURSOR", SEARCH, "go on where \"next\" of a page before points",
	  NULL, set_after },
	{ "sort", 's', "KEY,...", FIND, "order; a leading - reverses a key",
	  sort_choice, set_sort },
	{ "since", 0, "DATE", FIND, "published then or later: 2026-05, 2026-Q2, 30d",
	  NULL, set_since },
	{ "until", 0, "DATE", FIND, "published then or before", NULL, set_until },
	{ "company", 0, "NAME", FIND, "about this company (or another, given again)",
	  NULL, set_company },
	{ "category", 0, "NAME", FIND, "in this category (likewise)",
	  NULL, set_category },
	{ "persona", 0, "NAME", FIND, "with a take by this persona (likewise)",
	  NULL, set_persona },
	{ "facet", 0, "FIELD", FIND, "count the values of a field; may be repeated",
	  facet_choice, set_facet },
	{ "group-by", 0, "FIELD", SEARCH,
	  "the best hit for each value of a field; --limit counts values",
	  facet_choice, set_group_by },
	{ "group-size", 0, "K", SEARCH, "hits to show for each value (1)",
	  NULL, set_group_size },
	{ "count", 'c', NULL, FIND, "the number of articles and nothing else",
	  NULL, set_count },
	{ "snippets", 0, "N", FIND, "pieces of text to show for a hit (2; json 3)",
	  NULL, set_snippets },
	{ "recency", 0, "AGE", FIND, "halve the score for every AGE: 30d, 6w, 3m, 1y",
	  NULL, set_recency },
	{ "explain", 0, NULL, FIND, "say how the query was run and what made each score",
	  NULL, set_explain },
	{ "id", 0, "ID", SEARCH,
	  "with --explain: of this article; given twice, why one stands above the other",
	  NULL, set_id },
	{ "same-company", 0, "WHAT", SIMILAR,
	  "articles about a company of this one (keep)", same_company_choice,
	  set_same_company },
	{ "match", 0, "HOW", SEARCH | EVAL,
	  "whether all words are needed or any will do (all; eval any)",
	  match_choice, set_match },
	{ "profile", 0, "NAME", FIND | EVAL,
	  "how to rank: default, title, panel, flat, or one of your own", NULL,
	  set_profile },
	{ "vs", 0, "NAME", EVAL, "compare with this profile", NULL, set_vs },
	{ "queries", 0, "FILE", EVAL, "queries: JSON Lines of id and text", NULL,
	  set_queries },
	{ "qrels", 0, "FILE", EVAL, "judgements: query, document, grade, with tabs",
	  NULL, set_qrels },
	{ "run", 0, "FILE", EVAL, "write what was found, as TREC runs are written",
	  NULL, set_run },
	{ "strict", 0, NULL, SEARCH,
	  "refuse a query that has to be repaired or guessed",
	  NULL, set_strict },
	{ "source", 0, "NAME", INGEST, "where articles come from that do not say it",
	  NULL, set_source },
	{ "language", 0, "NAME", INGEST,
	  "stemming of a new index (english); \"none\" for none", NULL, set_language },
	{ "quiet", 'q', NULL, INGEST, "say only what was rejected", NULL, set_quiet },
	{ "now", 0, "DATE", INGEST | FIND,
	  "take this for the present, for results that must repeat", NULL, set_now },
	{ "format", 'f', "FORMAT", COMMAND_ALL, "output", format_choice, set_format },
	{ "color", 0, "WHEN", FIND | COMMAND_SHOW, "colours",
	  color_choice, set_color },
	{ "width", 0, "N", FIND | COMMAND_SHOW,
	  "columns of text (the terminal's, else 80)", NULL, set_width },
	{ "help", 'h', NULL, COMMAND_ALL, "this", NULL, set_help },
	{ NULL, 0, NULL, 0, NULL, NULL, NULL },
};
/* clang-format on */

_Static_assert(sizeof(option_table) / sizeof(option_table[0]) <= OPTION_MAX + 1,
	       "OPTION_MAX is too small");

void options_init(struct options *o)
{
	*o = (struct options){
		.format = renderers[0],
		.limit = DEFAULT_LIMIT,
		.now = (int64_t)time(NULL),
	};
}

void options_release(struct options *o)
{
	words_release(&o->words);
	words_release(&o->since);
	words_release(&o->until);
	words_release(&o->companies);
	words_release(&o->categories);
	words_release(&o->personas);
	words_release(&o->facets);
	words_release(&o->ids);
}
