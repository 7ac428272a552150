/*
 * The vocabulary: how many articles have a term, and which written forms stand for
 * it.  Changes are collected by batch and written in the order of the terms.
 */
#ifndef ENGINE_SQLITE_TERMS_H
#define ENGINE_SQLITE_TERMS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "query/fields.h"

/* A string's entry in a table of the batch. */
struct term_entry {
	const char *text;
	uint32_t len;
	int32_t delta;    /* terms: change of df */
	uint64_t df;      /* terms: after terms_flush(), where ${delta} is not 0 */
	struct common_word *common; /* terms: NULL: it is none */
	uint32_t counts[TEXT_COLUMNS]; /* common terms: in the article */
	uint64_t seen;    /* terms: serial of the article counted last */
	const char *term; /* forms: the term, NULL in the table of terms */
	uint32_t termlen;
};

struct term_table {
	struct term_entry **slots; /* open addressing, size a power of 2 */
	size_t nslots, n;
};

struct common;

struct terms {
	sqlite3 *db;
	struct common *common; /* is told of common terms; NULL: nobody is */
	struct arena arena;
	struct term_table terms, forms;
	uint64_t serial; /* of the article that is being counted */
	struct term_entry **seen; /* its common terms */
	size_t nseen, seen_cap;
};

/* Begin counting another article. */
void terms_article(struct terms *t);

/* Count one token of the article, which comes (${sign} 1) or goes (-1), in ${column};
 * the same term again counts no article.  0 or PDX_E_NOMEM. */
int terms_count(struct terms *t, int sign, int column, const char *term, size_t len,
		const char *form, size_t formlen);

/* All of the article, which is ${row}, was counted: tell of its common terms. */
int terms_article_end(struct terms *t, int sign, int64_t row);

/* Write what was counted; the tables' entries stand first in their slots after it, and
 * stay until terms_drop(). */
int terms_flush(struct terms *t, struct pdx_err *err);
void terms_drop(struct terms *t); /* forget what was not flushed */

/* The number of articles that have ${term}; 0 where none has. */
int terms_df(uint64_t *df, sqlite3 *db, const char *term, size_t len,
	     struct pdx_err *err);

/* Distinct terms of the forms that begin with a prefix. */
struct term_list {
	struct term_text {
		const char *text;
		size_t len;
		bool whole; /* all its forms begin with the prefix */
		uint64_t df;
	} *v;
	size_t n;
	bool cut; /* there are more than were asked for: the most frequent stand here */
};

int terms_with_prefix(struct term_list *out, sqlite3 *db, const char *prefix,
		      size_t len, size_t most, struct arena *arena,
		      struct pdx_err *err);

/* Whether ${form} is the only form that ${term} has. */
int terms_single_form(bool *out, sqlite3 *db, const char *form, size_t formlen,
		      const char *term, size_t termlen, struct pdx_err *err);

#endif
