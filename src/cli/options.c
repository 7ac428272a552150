/*
 * The table of options.  What each does with its value is option_set.c's, how they are
 * typed parse.c's, what they mean the commands'.
 */
#include "cli/options.h"

#include <stdlib.h>
#include <time.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/option_set.h"
#include "report/template.h"

#define DEFAULT_TOP 10
#define MAX_HITS 10000000 /* a typing error; nobody reads as many */
#define MAX_WIDTH 10000
#define UNPACK_MAX ((size_t)1 << 40) /* a terabyte: a typing error as well */

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

#define INGEST COMMAND_INGEST
#define SEARCH COMMAND_SEARCH
#define SIMILAR COMMAND_SIMILAR
#define FIND (SEARCH | SIMILAR)
#define EVAL COMMAND_EVAL
#define PANEL COMMAND_PANEL
#define COMPARE COMMAND_COMPARE
#define REPORT COMMAND_REPORT
#define FACETS COMMAND_FACETS
#define TREND COMMAND_TREND
#define EXPORT COMMAND_EXPORT
#define SAVED COMMAND_SAVED
/* of records whose fields can be chosen: cli/shape.c */
#define LISTS (FIND | SAVED | EXPORT | COMMAND_BOOKMARK | COMMAND_SHOW)
#define SHOWN (FIND | SAVED | PANEL | COMPARE | REPORT | FACETS | TREND)
#define QUERY (SHOWN | EXPORT) /* take a query and filters */

#define AT(name) offsetof(struct options, name)
#define FLAG(name) option_set_flag, AT(name), 0, 0
#define NUMBER(name, min, max) option_set_number, AT(name), min, max
#define SIZE(name, max) option_set_size, AT(name), 1, max
#define NAME(name) option_set_name, AT(name), 0, 0
#define WORDS(name) option_add_word, AT(name), 0, 0
#define ONE_WORD(name) option_set_word, AT(name), 0, 0
#define CHOICE(name, first) option_set_choice, AT(name), first, 0
#define OWN(set, name) set, AT(name), 0, 0

/* clang-format off */
const struct option_row option_table[] = {
	{ "db", 'd', "FILE", COMMAND_ALL | COMMAND_SERVE_MCP, 0,
	  "the index (else $PANELDEX_DB, else paneldex/paneldex.db below "
	  "$XDG_DATA_HOME or ~/.local/share)", NULL, NAME(db) },
	{ "limit", 'n', "N", FIND | PANEL | SAVED, SHAPES_HITS | SHAPES_PAGE,
	  "articles to show (20; panel 3)", NULL, NUMBER(limit, 0, MAX_HITS) },
	{ "offset", 0, "N", FIND, SHAPES_HITS | SHAPES_PAGE,
	  "hits to pass over first", NULL, NUMBER(offset, 0, MAX_HITS) },
	{ "batch", 0, "FILE", SEARCH, 0,
	  "a query on each line of FILE (- for standard input), or an object with\n"
	  "\"query\", \"id\", \"n\"; a JSON document for each", NULL, NAME(batch) },
	{ "after", 0, "CURSOR", SEARCH, SHAPES_HITS,
	  "go on where \"next\" of a page before points", NULL, NAME(after) },
	{ "sort", 's', "KEY,...", FIND | SAVED, SHAPES_HITS | SHAPES_PAGE,
	  "order; a leading - reverses a key", option_sort_choice, OWN(option_set_sort, sort) },
	{ "since", 0, "DATE", QUERY, 0,
	  "published then or later: 2026-05, 2026-Q2, 30d", NULL, ONE_WORD(since) },
	{ "until", 0, "DATE", QUERY, 0,
	  "published then or before", NULL, ONE_WORD(until) },
	{ "company", 0, "NAME", QUERY, 0,
	  "about this company (or another, given again)", NULL, WORDS(companies) },
	{ "category", 0, "NAME", QUERY, 0,
	  "in this category (likewise)", NULL, WORDS(categories) },
	{ "persona", 0, "NAME", QUERY, 0,
	  "with a take by this persona (likewise)", NULL, WORDS(personas) },
	{ "facet", 0, "FIELD", FIND | SAVED, SHAPES_HITS,
	  "count the values of a field; may be repeated",
	  option_facet_choice, OWN(option_add_facet_field, facets) },
	{ "group-by", 0, "FIELD", SEARCH | SAVED, SHAPES_HITS,
	  "the best hit for each value of a field; --limit counts values",
	  option_facet_choice, OWN(option_set_facet_field, group_by) },
	{ "group-size", 0, "K", SEARCH | SAVED, SHAPES_HITS,
	  "hits to show for each value (1)", NULL, NUMBER(group_size, 1, 1000) },
	{ "query", 0, "QUERY", COMPARE, 0,
	  "given twice: compare these, not two ranges of dates", NULL, WORDS(asked) },
	{ "top", 0, "N", PANEL | COMPARE, 0,
	  "terms and names to show of each kind (10)", NULL, NUMBER(top, 0, 1000) },
	{ "no-collapse", 0, NULL, FIND | SAVED, SHAPES_HITS | SHAPES_PAGE,
	  "show all near-copies of one text, not the best of them", NULL,
	  FLAG(no_collapse) },
	{ "by", 0, "FIELD", FACETS | TREND, 0,
	  "count the values of a field; facets: may be repeated (company, category,\n"
	  "persona, month)", option_facet_choice, OWN(option_add_facet_field, by) },
	{ "pivot", 0, "FIELD,FIELD", FACETS, 0,
	  "cross two of these fields; may be repeated", option_facet_choice,
	  OWN(option_add_pivot, pivots) },
	{ "top", 0, "N", FACETS | TREND, 0,
	  "values of each field: the most frequent, or the last of periods (10, and all\n"
	  "periods; trend 5)", NULL, NUMBER(values, 1, MAX_HITS) },
	{ "sort", 0, "HOW", FACETS, 0,
	  "the most frequent first, or A to Z and in time (periods value, others count)",
	  option_order_choice, CHOICE(order, FACETS_BY_COUNT) },
	{ "own-filter", 0, "WHAT", FACETS, 0,
	  "with drop a field is counted as if the query had no filter on it (keep)",
	  option_own_filter_choice, CHOICE(own_filter, PDX_OWN_FILTER_KEEP) },
	{ "count-by", 0, "WHAT", FACETS, 0,
	  "count articles, those of their takes that the query leaves in, or stories: the\n"
	  "near-copies of one text (article)",
	  option_count_by_choice, CHOICE(count_by, PDX_COUNT_ARTICLES) },
	{ "interval", 0, "PERIOD", TREND, 0,
	  "the steps in time (month)", option_interval_choice, OWN(option_set_interval, interval) },
	{ "query", 0, "QUERY", TREND, 0,
	  "one more query, for a line of its own; may be repeated", NULL,
	  WORDS(asked) },
	{ "count", 'c', NULL, FIND | SAVED, 0,
	  "the number of articles and nothing else", NULL, FLAG(count) },
	{ "no-total", 0, NULL, FIND | SAVED, SHAPES_HITS | SHAPES_PAGE,
	  "the best hits alone, sooner: how many more match is not counted", NULL,
	  FLAG(no_total) },
	{ "snippets", 0, "N", FIND | SAVED, SHAPES_HITS,
	  "pieces of text to show for a hit (2; json 3)", NULL,
	  NUMBER(snippets, 0, 100) },
	{ "fields", 0, "NAME,...", LISTS, 0,
	  "these fields of each record and no others: id,title,takes.persona (in json,\n"
	  "jsonl, csv, tsv, md)", NULL, NAME(fields) },
	{ "template", 0, "TEXT", LISTS, 0,
	  "a line for each record: '{date} {title:40}\\t{score:.2}'", NULL, NAME(line) },
	{ "recency", 0, "AGE", FIND | SAVED, SHAPES_HITS,
	  "halve the score for every AGE: 30d, 6w, 3m, 1y", NULL,
	  OWN(option_set_days, recency_days) },
	{ "explain", 0, NULL, FIND, SHAPES_HITS,
	  "say how the query was run and what made each score", NULL, FLAG(explain) },
	{ "id", 0, "ID", SEARCH, SHAPES_HITS,
	  "with --explain: of this article; given twice, why one stands above the other",
	  NULL, WORDS(ids) },
	{ "same-company", 0, "WHAT", SIMILAR, 0,
	  "articles about a company of this one (keep)", option_same_company_choice,
	  CHOICE(same_company, PDX_COMPANY_KEEP) },
	{ "match", 0, "HOW", (QUERY & ~SIMILAR) | EVAL, 0,
	  "whether all words are needed or any will do (all; eval any)",
	  option_match_choice, CHOICE(match, MATCH_ALL) },
	{ "expand", 0, NULL, SEARCH | EVAL, 0,
	  "learn more words from the best hits: they rank, and with --match any find",
	  NULL, FLAG(expand) },
	{ "profile", 0, "NAME", FIND | REPORT | EVAL | SAVED, SHAPES_HITS,
	  "how to rank: default, title, panel, flat, or one of your own", NULL,
	  NAME(profile) },
	{ "vs", 0, "NAME", EVAL, 0,
	  "compare with this profile, as it is without --expand", NULL, NAME(vs) },
	{ "queries", 0, "FILE", EVAL, 0,
	  "queries: JSON Lines of id and text", NULL, NAME(queries) },
	{ "qrels", 0, "FILE", EVAL, 0,
	  "judgements: query, document, grade, with tabs", NULL, NAME(qrels) },
	{ "run", 0, "FILE", EVAL, 0,
	  "write what was found, as TREC runs are written", NULL, NAME(run) },
	{ "strict", 0, NULL, QUERY & ~SIMILAR, 0,
	  "refuse a query that has to be repaired or guessed", NULL, FLAG(strict) },
	{ "provenance", 0, NULL, COMMAND_SHOW, 0,
	  "say where each part of the article was found", NULL, FLAG(provenance) },
	{ "company", 0, "NAME", INGEST, SHAPES_READING,
	  "the company of articles that name none (or another, given again)", NULL,
	  OWN(option_add_name, companies) },
	{ "category", 0, "NAME", INGEST, SHAPES_READING,
	  "their category (likewise)", NULL, OWN(option_add_name, categories) },
	{ "persona", 0, "NAME", INGEST, SHAPES_READING,
	  "whose the takes are that name nobody", NULL, OWN(option_set_persona, personas) },
	{ "date", 0, "DATE", INGEST, SHAPES_READING,
	  "the day of articles without one: 2026-05-08", NULL, OWN(option_set_day, date) },
	{ "source", 0, "NAME", INGEST, SHAPES_READING,
	  "where articles come from that do not say it", NULL, NAME(source) },
	{ "map", 0, "FIELD=PLACE", INGEST, SHAPES_READING,
	  "where records of JSON or CSV have a field: title=/headline/main (a JSON\n"
	  "pointer), title=Headline (a key or a column); may be repeated", NULL,
	  OWN(option_add_mapping, map) },
	{ "language", 0, "NAME", INGEST, SHAPES_READING,
	  "stemming of a new index (english); \"none\" for none", NULL,
	  OWN(option_set_language, language) },
	{ "max-member", 0, "SIZE", INGEST, SHAPES_READING,
	  "bytes of one member of an archive (64M)", NULL,
	  SIZE(limits.member, UNPACK_MAX) },
	{ "max-total", 0, "SIZE", INGEST, SHAPES_READING,
	  "bytes unpacked from one input (4G)", NULL, SIZE(limits.total, UNPACK_MAX) },
	{ "max-ratio", 0, "N", INGEST, SHAPES_READING,
	  "bytes unpacked for each byte of an input (200)", NULL,
	  NUMBER(limits.ratio, 1, 1000000) },
	{ "max-nesting", 0, "N", INGEST, SHAPES_READING,
	  "archives within one another that are unpacked (2)", NULL,
	  NUMBER(limits.nesting, 1, 8) },
	{ "dry-run", 0, NULL, INGEST, 0,
	  "only say what would be read; nothing is written", NULL, FLAG(dry_run) },
	{ "jobs", 0, "N", INGEST, SHAPES_READING,
	  "threads that read (as many as there are processors)", NULL,
	  NUMBER(jobs, 1, 64) },
	{ "watch", 0, "DIR", INGEST, 0,
	  "read what is in a directory, and files as they come there, until ^C", NULL,
	  NAME(watch) },
	{ "list-quarantine", 0, NULL, INGEST, 0,
	  "show what was rejected and is kept", NULL, FLAG(list_quarantine) },
	{ "retry-quarantine", 0, NULL, INGEST, 0,
	  "read it again; what is taken now leaves it", NULL, FLAG(retry_quarantine) },
	{ "drop-quarantine", 0, NULL, INGEST, 0,
	  "forget it: all, or what is of the files or origins that are named", NULL,
	  FLAG(drop_quarantine) },
	{ "quiet", 'q', NULL, INGEST, 0,
	  "say only what was rejected", NULL, FLAG(quiet) },
	{ "note", 0, "TEXT", COMMAND_BOOKMARK, 0,
	  "what to remember of the articles", NULL, NAME(note) },
	{ "new", 0, NULL, SAVED, 0,
	  "only what was added since the last run", NULL, FLAG(only_new) },
	{ "now", 0, "DATE", INGEST | QUERY | COMMAND_BOOKMARK | COMMAND_CITE, 0,
	  "take this for the present, for results that must repeat", NULL,
	  OWN(option_set_time, now) },
	{ "output", 'o', "FILE", REPORT, 0,
	  "write to FILE, whose ending says the format: .html, .md, .txt, .json, .jsonl,\n"
	  "or .csv, a directory of tables; - is standard output", NULL, NAME(output) },
	{ "output", 'o', "FILE", EXPORT, 0,
	  "write to FILE, whose ending says the format: .jsonl, .csv, .tsv, .md, or .db,\n"
	  ".sqlite, .sqlite3 for ordinary tables; - is standard output", NULL, NAME(output) },
	{ "title", 0, "TEXT", REPORT, 0, "title (the query)", NULL, NAME(title) },
	{ "template", 0, "SECTIONS", REPORT, 0,
	  "sections to have, with commas between, or a file with one a line and its\n"
	  "options", template_name, NAME(template) },
	{ "force", 0, NULL, REPORT | EXPORT, 0,
	  "overwrite what paneldex did not write", NULL, FLAG(force) },
	{ "format", 'f', "FORMAT", COMMAND_ALL & ~COMMAND_CITE & ~EXPORT, 0,
	  "output", option_format_choice, OWN(option_set_format, format) },
	/* Behind the row above, which is the one that the user's file means. */
	{ "format", 'f', "FORMAT", EXPORT, 0,
	  "output (jsonl); csv, tsv and md are for --fields, sqlite needs --output",
	  option_export_choice, OWN(option_set_export, format) },
	{ "format", 'f', "FORMAT", COMMAND_CITE, 0,
	  "reference (md)", option_citation_choice, OWN(option_set_citation, citation) },
	{ "color", 0, "WHEN", SHOWN | COMMAND_SHOW, 0,
	  "colours", option_when_choice, OWN(option_set_when, color) },
	{ "hyperlinks", 0, "WHEN", SHOWN | COMMAND_SHOW, 0,
	  "titles that a terminal follows to where the article is", option_when_choice,
	  OWN(option_set_when, hyperlinks) },
	{ "no-pager", 0, NULL, COMMAND_PAGED, 0,
	  "no $PANELDEX_PAGER, $PAGER or less for what is longer than the screen", NULL,
	  FLAG(no_pager) },
	{ "width", 0, "N", SHOWN | COMMAND_SHOW, SHAPES_TEXT,
	  "columns of text (the terminal's, else 80)", NULL,
	  NUMBER(width, TERMINAL_MIN_WIDTH, MAX_WIDTH) },
	{ "help", 'h', NULL, COMMAND_ALL | COMMAND_COMPLETION | COMMAND_SCHEMA |
	  COMMAND_SERVE_MCP, 0, "this", NULL, FLAG(help) },
	{ NULL, 0, NULL, 0, 0, NULL, NULL, NULL, 0, 0, 0 },
};
/* clang-format on */

_Static_assert(sizeof(option_table) / sizeof(option_table[0]) <= OPTION_MAX + 1,
	       "OPTION_MAX is too small");
/* What option_set_choice() fills. */
_Static_assert(sizeof(enum when) == sizeof(int) && sizeof(enum match) == sizeof(int) &&
		       sizeof(enum facets_order) == sizeof(int) &&
		       sizeof(enum pdx_own_filter) == sizeof(int) &&
		       sizeof(enum pdx_count_by) == sizeof(int) &&
		       sizeof(enum pdx_same_company) == sizeof(int),
	       "an enum is no int here");

void options_init(struct options *o)
{
	*o = (struct options){
		.format = renderers[0],
		.limit = OPTION_NOT_GIVEN,
		.top = DEFAULT_TOP,
		.interval = field_get(FIELD_MONTH)->name,
		.snippets = OPTION_NOT_GIVEN,
		.now = (int64_t)time(NULL),
		.date = PDX_NO_DATE,
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
	words_release(&o->by);
	words_release(&o->asked);
	words_release(&o->ids);
	record_map_release(&o->map);
}
