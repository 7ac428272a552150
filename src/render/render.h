/*
 * Output formats, all behind one table of functions: a new format is one row of
 * ${renderers} and one file.  A renderer knows nothing of options, queries or the
 * index; it is given what there is to show.
 *
 * No function here returns a failure: it sticks to the stream and is found by
 * out_status().
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "paneldex.h"
#include "render/out.h"

/* What stands for the values of a facet that are not shown, and for having none. */
#define RENDER_OTHER "(other)"
#define RENDER_MISSING "(none)"

/* Everything about a search but its hits. */
struct render_search {
	const char *text, *parsed;
	const char *const *sort; /* keys as the user writes them: "-date" */
	size_t nsort;
	const struct pdx_note *notes;
	size_t nnotes;
	const char *did_you_mean; /* NULL: nothing */
	const struct pdx_without *without;
	size_t nwithout;
	bool expand; /* more words were asked for: */
	const struct pdx_expansion *expansion;
	size_t nexpansion;
	uint64_t offset;
	const char *next; /* cursor; NULL: nothing comes after this */
	uint64_t total, returned;
	bool no_total; /* nobody asked how many match */
	bool partial;  /* at least ${total} do */
	const char *group_by;          /* NULL: hits are not grouped */
	uint64_t groups;               /* in all */
	bool collapsed;                /* a hit stands for its near-copies */
	uint64_t stories;              /* that match, where it does */
	uint64_t generation, articles; /* of the index */
	int64_t now; /* seconds since 1970: of the search */
	const struct pdx_facet *facets;
	size_t nfacets;                    /* 0: none were asked for */
	const struct pdx_explain *explain; /* NULL: was not asked for */
};

struct render_reject {
	const char *origin; /* "feeds/a.xml:88" */
	uint64_t offset;    /* byte in the input */
	const char *reason;
};

/* A piece in quarantine. */
struct render_rejected {
	const char *origin, *reason;
	uint64_t offset, len; /* ${len} 0: the rest of the input */
	int64_t time;
	const char *path; /* NULL: a pipe */
	uint64_t kept;    /* bytes of it */
	bool whole;
};

struct render_quarantine {
	const struct render_rejected *pieces;
	size_t n;
};

struct render_dropped {
	uint64_t dropped;
};

/* What became of one article, or would have become of it. */
struct render_taken {
	const char *outcome; /* "added", "rejected", ... */
	const char *id;      /* NULL where it was rejected, as are the next two */
	const char *title;
	int32_t date;
	const char *origin;
	uint64_t offset;    /* where it was rejected */
	const char *reason; /* NULL where it was not */
};

struct render_ingest {
	bool dry_run; /* this is what would have been done */
	uint64_t read, added, updated, unchanged, rejected, bytes;
	double seconds;
	const struct render_reject *rejects; /* the first of them */
	size_t nrejects;
};

struct render_check {
	const char *const *problems;
	size_t nproblems;
};

struct render_optimize {
	const struct pdx_optimized *done;
	double seconds;
};

/* A company and its other names. */
struct render_company {
	const char *name;
	const char *const *aliases;
	size_t naliases;
};

struct render_aliases {
	const struct render_company *companies;
	size_t n;
};

/* What a command did to the aliases. */
struct render_alias_change {
	uint64_t added, unchanged, removed, rejected;
};

struct render_bookmarks {
	const struct pdx_bookmark *v;
	size_t n;
};

struct render_saved {
	const struct pdx_saved *v;
	size_t n;
};

/* What a command did to bookmarks or saved searches. */
struct render_kept_change {
	uint64_t added, updated, unchanged, removed;
};

/* What is in force. */
struct render_setting {
	const char *key;   /* "index.db" */
	const char *value;
	const char *from;  /* "PANELDEX_DB", "default", "/home/me/.config/...:3" */
};

struct render_config {
	const char *file; /* the user's; NULL: there is none */
	const struct render_setting *settings;
	size_t n;
};

struct render_measure {
	const char *name;
	double value, vs; /* means over the queries */
	double p;         /* that they differ by chance */
};

struct render_eval {
	uint64_t queries;
	const char *profile, *vs; /* NULL: there is nothing beside it */
	bool expand;              /* with more words, which ${vs} never has */
	const struct render_measure *measures;
	size_t nmeasures;
};

struct panel;   /* report/panel.h */
struct compare; /* report/compare.h */

struct render_panel {
	const struct render_search *search;
	const struct panel *panel;
};

struct render_compare {
	struct render_search search[2];
	const char *dates[2]; /* the range as typed; NULL: none */
	const struct compare *compare;
};

struct record_kind; /* render/record.h */
struct projection;  /* render/projection.h */
struct line;        /* render/line.h */

struct report_facets; /* report/facets.h */
struct report_trend;  /* report/trend.h */

/* What there is of the articles that match. */
struct render_figures {
	uint64_t articles, archive; /* that match, and in all */
	uint64_t takes, companies, categories, personas;
	int32_t first, last; /* PDX_NO_DATE: none has a date */
};

/* What stands before the total, where it is not all: "at least ". */
const char *render_at_least(const struct render_search *search);

/* The best articles: as they are loaded, one is in memory at a time. */
struct render_hits {
	const struct render_search *search;
	struct pdx_result *result;
	size_t n;            /* the first of them */
	struct pdx_err *err; /* why one could not be loaded; its status is 0 before */
};

/* A part of a report; ${kind} is what ${what} is of. */
struct render_section {
	const char *name, *title; /* "hits", "The best articles" */
	const struct record_kind *kind;
	const void *what;
};

struct render_report {
	const char *title;
	const char *command; /* that makes it again */
	int64_t now;         /* seconds since 1970 */
	const struct render_search *search;
	const struct render_section *sections;
	size_t nsections;
};

struct render_facets {
	const struct render_search *search;
	const struct report_facets *report;
	bool own_dropped; /* each field was counted without its own filters */
};

struct render_trend {
	const struct render_search *searches; /* one for each query */
	size_t nsearches;
	const struct report_trend *report;
};

/* An error, or a note on something that was accepted. */
struct render_message {
	const char *place; /* "query", a command's name, a file; NULL: none */
	const char *code;  /* "usage", "unbalanced-quote" */
	const char *message;
	const char *hint;  /* the word that ${message} offers instead, or "" */
	const char *query; /* what ${column} is of; NULL: nothing */
	size_t column;     /* 0: no place in ${query} */
	size_t start, len; /* bytes of ${query} */
};

struct render;

struct renderer {
	const char *name;  /* --format NAME */
	bool is_text;      /* for eyes: wrapped, coloured */
	bool hits_only;    /* of a search; there is no record(), no facet, no explanation */
	bool one_document; /* one record a run */
	bool fields;       /* r->fields are heeded */
	size_t snippets;   /* made for each hit unless the user says otherwise */

	/* A search: begin, each hit, end. */
	void (*begin)(struct render *r, const struct render_search *search);
	void (*hit)(struct render *r, const struct pdx_hit *hit);
	void (*end)(struct render *r, const struct render_search *search);
	/* Instead of these, the number alone. */
	void (*count)(struct render *r, const struct render_search *search);

	/* Anything else: ${what} is what ${kind} is of. */
	void (*record)(struct render *r, const struct record_kind *kind,
		       const void *what);
	/* One rejected piece of input, at once; the summary has them all again. */
	void (*reject)(struct render *r, const struct render_reject *reject);
	/* Something about input that was taken: "no date". */
	void (*remark)(struct render *r, const char *origin, const char *message);

	void (*error)(struct render *r, const struct render_message *message);
	/* A note on what cannot stand in the data of this format. */
	void (*note)(struct render *r, const struct render_message *message);
	/* A note of a search, which may have its place in the data. */
	void (*query_note)(struct render *r, const struct render_message *message);
	/* Likewise, what to ask instead. */
	void (*suggestion)(struct render *r, const struct render_message *message);
};

struct render {
	const struct renderer *ops;
	struct out *out; /* data */
	struct out *err; /* errors and notes */
	size_t width;    /* columns of ${out} */
	size_t err_width;
	bool color;  /* on ${out} */
	bool seen;   /* ${out} is a terminal */
	bool blocks; /* ${out} shows block characters: it is read as UTF-8 */
	const struct styles *styles; /* NULL: the terminal's */

	bool one_line;  /* a document is one line, as those of a batch are */
	const char *id; /* JSON: what the asker calls the query; NULL: nothing */

	const struct projection *fields; /* to be shown; NULL: everything */
	const struct line *line;         /* what renderer_line fills */

	size_t written;                /* records so far */
	const struct pdx_group *group; /* of the hit before; compared, not read */
	size_t gutter;                 /* columns that ranks take; set by begin() */
};

extern const struct renderer *const renderers[]; /* ended by NULL */

/* The renderer called ${name}, or NULL. */
const struct renderer *renderer_find(const char *name);

#endif
