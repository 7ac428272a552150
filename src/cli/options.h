/*
 * THE table of options: what each is called, who takes it, what it does.  getopt_long,
 * --help and suggestions read the same rows.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/container.h"
#include "ingest/record_map.h"
#include "paneldex.h"
#include "render/render.h"
#include "render/terminal.h"
#include "report/facets.h"

enum command_bit {
	COMMAND_INGEST = 1 << 0,
	COMMAND_SEARCH = 1 << 1,
	COMMAND_SHOW = 1 << 2,
	COMMAND_STATS = 1 << 3,
	COMMAND_CHECK = 1 << 4,
	COMMAND_SIMILAR = 1 << 5,
	COMMAND_ALIAS = 1 << 6,
	COMMAND_EVAL = 1 << 7,
	COMMAND_PANEL = 1 << 8,
	COMMAND_REPORT = 1 << 9,
	COMMAND_CONFIG = 1 << 10,
	COMMAND_COMPARE = 1 << 11,
	COMMAND_FACETS = 1 << 12,
	COMMAND_TREND = 1 << 13,
	COMMAND_EXPORT = 1 << 14,
	COMMAND_BOOKMARK = 1 << 15,
	COMMAND_SAVED = 1 << 16,
	COMMAND_OPTIMIZE = 1 << 17,
	COMMAND_CITE = 1 << 20,
	COMMAND_ALL = (1 << 28) - 1, /* that have an index */
	COMMAND_SERVE_MCP = 1 << 28,
	COMMAND_SCHEMA = 1 << 29,
	COMMAND_COMPLETION = 1 << 30,
	COMMAND_PAGED = (COMMAND_ALL & ~COMMAND_INGEST & ~COMMAND_EXPORT &
			 ~COMMAND_OPTIMIZE) |
			COMMAND_SCHEMA /* to be read */
};

/* Strings of the command line, in order. */
struct words {
	const char **v;
	size_t n, cap;
};

int words_add(struct words *w, const char *word, struct pdx_err *err);
void words_release(struct words *w);

/* How the words of a query go together; the default is the command's. */
enum match { MATCH_DEFAULT, MATCH_ALL, MATCH_ANY };

#define OPTION_MAX 96 /* rows of the table, at most */
#define OPTION_NOT_GIVEN SIZE_MAX
#define OPTION_TABLES_FORMAT "sqlite" /* of export: no renderer makes it */

#define SORT_MAX 6  /* as many as there are keys */
#define PIVOT_MAX 8 /* a page of them, and more than are read */

struct options {
	const char *db; /* NULL: the environment says */
	const struct renderer *format;
	bool format_given; /* on the command line */
	enum when color, hyperlinks;
	size_t width; /* 0: the terminal's */
	bool help;
	struct words words; /* what is no option */

	size_t limit; /* or OPTION_NOT_GIVEN */
	size_t offset;
	size_t top;           /* rows of each kind in a report */
	const char *batch;    /* a file of queries, or NULL */
	const char *after;    /* a cursor, or NULL */
	const char *group_by; /* a field's name, or NULL */
	size_t group_size;    /* 0: not given */
	bool no_collapse;
	const char *fields, *line; /* of each record: their names, a template; or NULL */
	size_t snippets;      /* or OPTION_NOT_GIVEN */
	struct pdx_sort sort[SORT_MAX];
	const char *sort_names[SORT_MAX];
	size_t nsort;
	struct words since, until, companies, categories, personas;
	struct words facets;
	struct words by; /* fields to count by */
	size_t values;   /* of each of them to keep; 0: not given */
	enum facets_order order;
	enum pdx_own_filter own_filter;
	enum pdx_count_by count_by;
	struct pdx_cross pivots[PIVOT_MAX];
	size_t npivots;
	const char *interval; /* a field's name */
	struct words asked;   /* further queries */
	bool count, no_total, strict, explain, expand;
	bool no_pager;
	enum pdx_same_company same_company;
	struct words ids;    /* to be explained, whatever their rank */
	double recency_days; /* 0: off */
	int64_t now;         /* seconds since 1970 */

	enum match match;
	const char *profile; /* NULL: the default */
	const char *queries, *qrels, *run, *vs;

	const char *output; /* of a report or an export, or NULL */
	const char *title, *template; /* of a report, or NULL */
	bool force;
	bool tables; /* are what is exported: OPTION_TABLES_FORMAT */

	const char *source, *language;
	struct record_map map;
	bool quiet;
	bool provenance;
	size_t citation; /* of citation_formats */
	struct unpack_limits limits;
	int32_t date; /* of articles without one; PDX_NO_DATE: not given */
	bool dry_run;
	size_t jobs;       /* 0: not given */
	const char *watch; /* a directory, or NULL */
	bool retry_quarantine, list_quarantine, drop_quarantine;

	const char *note;        /* of a bookmark, or NULL */
	bool only_new;           /* what was added since the last run */

	bool given[OPTION_MAX];  /* by row: was on the command line */
	const char *hits_option; /* the last that only shapes hits, or NULL */
	const char *page_option; /* the last that chooses among hits, or NULL */
	const char *text_option; /* the last that only shapes text, or NULL */
	const char *reading_option; /* the last that only shapes reading, or NULL */
};

/* What alone an option has an effect on. */
enum option_shapes {
	SHAPES_HITS = 1 << 0, /* not beside --count */
	SHAPES_PAGE = 1 << 1, /* not where articles are named */
	SHAPES_TEXT = 1 << 2, /* not in a format for programs */
	SHAPES_READING = 1 << 3 /* not where no input is read */
};

struct option_row {
	const char *name;  /* without its dashes; in several rows: of other commands */
	char letter;       /* 0: none */
	const char *arg;   /* what its argument is called; NULL: takes none */
	unsigned commands; /* enum command_bit */
	unsigned shapes;   /* enum option_shapes */
	const char *help;
	/* Values it may have, to be listed; NULL: any, or not a closed set. */
	const char *(*choice)(size_t i);
	/* ${value} is NULL where it takes none. */
	int (*set)(struct options *o, const struct option_row *row, const char *value,
		   struct pdx_err *err);
	size_t at;       /* in struct options, of what ${set} fills */
	size_t min, max; /* of a number; ${min}: what the first choice is */
};

extern const struct option_row option_table[]; /* ended by one without a name */

/* The defaults. */
void options_init(struct options *o);
void options_release(struct options *o);

/*
 * Fill *o (options_release) from the words behind the command's name.  ${command} is
 * who takes them. The first error is reported after all words were seen, so that
 * *o->format is known. PDX_E_USAGE with the fault, and the word that may have been
 * meant as its hint.
 */
int options_parse(struct options *o, unsigned command, int argc, char **argv,
		  struct pdx_err *err);

/* Take ${value}, NULL where the option has none, for ${row}; the message of a failure
 * does not name it. */
int options_set(struct options *o, const struct option_row *row, const char *value,
		struct pdx_err *err);

/* Whether ${row} was on the command line. */
bool options_given(const struct options *o, const struct option_row *row);

/* PDX_E_USAGE where options have no effect together: nothing is ignored. */
int options_check(const struct options *o, unsigned command, struct pdx_err *err);

#endif
