/*
 * Kinds of record: what a command shows that is not a search.  A kind is a row of
 * functions that give it in the ways formats need, and a file of its own; a format asks
 * for the way that is its own, so that neither knows the other.
 */
#ifndef RENDER_RECORD_H
#define RENDER_RECORD_H

#include "render/render.h"
#include "render/table.h"

struct json_t;

/* ${what} is the struct that the kind's declaration below names. */
struct record_kind {
	/* The document, a new object; NULL where memory is out. */
	struct json_t *(*json)(const void *what);
	/* Its ${rows} records of a line each; NULL: the document is the only one. */
	struct json_t *(*row)(const void *what, size_t i);
	size_t (*rows)(const void *what);
	/* Where the document has them: the key of an array; NULL: nowhere. */
	const char *list;
	/* As tables: for csv, tsv, Markdown.  Their memory failing is found later. */
	void (*tables)(struct tables *out, const void *what);
	/* As Markdown, below a heading; NULL: the tables. */
	void (*markdown)(struct render *r, const void *what);
	/* On a page, below a heading; ids begin with ${id}.  NULL: the tables. */
	void (*html)(struct out *out, const char *id, const void *what);
	/* A page of its own; NULL: one is made around what stands on it. */
	void (*page)(struct render *r, const void *what);
	/* For eyes, on r->out in r->width columns. */
	void (*text)(struct render *r, const void *what);
};

extern const struct record_kind record_article;      /* struct pdx_article */
/* Likewise, and where its parts were found, which JSON always says. */
extern const struct record_kind record_provenance;
extern const struct record_kind record_stats;        /* struct pdx_stats */
extern const struct record_kind record_check;        /* struct render_check */
extern const struct record_kind record_optimize;     /* struct render_optimize */
extern const struct record_kind record_eval;         /* struct render_eval */
extern const struct record_kind record_export;       /* struct pdx_article */
extern const struct record_kind record_facets;       /* struct render_facets */
extern const struct record_kind record_trend;        /* struct render_trend */
extern const struct record_kind record_panel;        /* struct render_panel */
extern const struct record_kind record_compare;      /* struct render_compare */
extern const struct record_kind record_quarantine;   /* struct render_quarantine */
extern const struct record_kind record_dropped;      /* struct render_dropped */
extern const struct record_kind record_taken;        /* struct render_taken */
extern const struct record_kind record_bookmarks;    /* struct render_bookmarks */
extern const struct record_kind record_saved;        /* struct render_saved */
extern const struct record_kind record_kept_change;  /* struct render_kept_change */
extern const struct record_kind record_config;       /* struct render_config */
extern const struct record_kind record_ingest;       /* struct render_ingest */
extern const struct record_kind record_aliases;      /* struct render_aliases */
extern const struct record_kind record_alias_change; /* struct render_alias_change */

extern const struct record_kind record_figures;      /* struct render_figures */
extern const struct record_kind record_hits;         /* struct render_hits */
extern const struct record_kind record_full_report;       /* struct render_report */

/* The records of ${what}: its rows, or else the document; a new object each. */
size_t record_rows(const struct record_kind *kind, const void *what);
struct json_t *record_row(const struct record_kind *kind, const void *what, size_t i);

/* Show ${what} in the format of ${r}. */
void render_record(struct render *r, const struct record_kind *kind, const void *what);

#endif
