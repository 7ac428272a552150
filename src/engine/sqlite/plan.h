/*
 * How a query is run: which part of it FTS5 answers, and what is left for the
 * collector to decide row by row.
 */
#ifndef ENGINE_SQLITE_PLAN_H
#define ENGINE_SQLITE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/sqlite/store.h"
#include "engine/sqlite/terms.h"

/* Terms at consecutive positions, as FTS5 is asked for them. */
struct plan_phrase {
	const char **terms;
	size_t *lens;
	size_t n;
	bool prefix; /* of the last term */
};

struct plan_leaf {
	const struct leaf *leaf;
	unsigned columns; /* as in struct leaf */
	struct plan_phrase *phrases;
	size_t nphrases;
	unsigned slop; /* over 0: the phrases are the words of one loose phrase */
	bool verify;   /* FTS5 finds too much: look into the text */
	double idf;
	uint64_t df; /* a bound of the rows that have it, to choose by */
	int first;   /* number of the first phrase in the driver; -1: not in it */
	/* A prefix alone: the terms that it stands for; n 0: no prefix, or too many. */
	struct term_list family;
};

/* What a subtree asks of the full-text index. */
enum plan_cover {
	COVER_ALL,   /* cannot be narrowed by words */
	COVER_MATCH, /* a MATCH expression finds all that satisfy it */
	COVER_NONE   /* nothing satisfies it */
};

struct plan_node {
	const struct ast *ast;
	struct plan_node *child, *next;
	struct plan_leaf *leaf; /* TEXT */
	uint32_t *ids;          /* VALUE: dictionary ids, sorted */
	size_t nids;
	uint64_t first_key, last_key; /* VALUE of FIELD_ID */
	enum plan_cover cover;
	bool exact;               /* the cover is the answer, not only a bound */
	bool plain;               /* its words are single terms in any column */
	uint64_t rows;            /* a bound of the rows of the cover, to choose by */
	struct plan_node *narrow; /* AND: the one child that stands for it; NULL: all */
	/* At the top of the tree: the field that it is a filter of and whose filters
	 * are told apart; else FIELD_ANY. */
	enum field_id own;
};

struct plan {
	struct plan_node *root;
	struct plan_leaf *leaves; /* in the order of the query's */
	size_t nleaves;
	const char *match;         /* the driver's MATCH expression; NULL: every row */
	bool nothing;              /* no row can satisfy it */
	struct plan_node *relaxed; /* the OR with a minimum; NULL: none */
	bool exact;                /* a row of the driver needs no other look */
	bool optional;             /* some leaves are only scored, not matched */
	bool apart;                /* there are filters that are told apart */
};

/*
 * ${apart} has a bit (1 << enum field_id) for each field whose filters are told apart:
 * the driver finds the rows that fail these too.
 */
int plan_make(struct plan *out, struct store *s, struct arena *arena,
	      const struct pdx_query *query, const struct leaves *leaves,
	      uint32_t apart, struct pdx_err *err);

/* Append the MATCH expression of one leaf. */
void plan_match_leaf(struct buf *out, const struct plan_leaf *leaf);

#endif
