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
#include "engine/sqlite/doclist.h"
#include "engine/sqlite/tokens.h"

/* A string's entry in a table of the batch. */
struct term_entry {
	const char *text;
	uint32_t len;
	int32_t delta;    /* terms: change of df */
	uint32_t forms;   /* terms: that are new */
	uint64_t df;      /* terms: after terms_flush(), where ${delta} is not 0 */
	struct common_word *common; /* terms: NULL: it is none */
	uint64_t hash;
	struct term_entry *term; /* forms: the term, NULL in the table of terms */
	struct doclist doclist; /* terms: of rows that the full-text index lacks */
};

struct term_table {
	struct term_entry **slots; /* open addressing, size a power of 2 */
	size_t nslots, n;
};

/* The entries of a lexicon's terms, by their numbers: nothing is looked up twice. */
struct term_numbers {
	uint64_t lexicon;
	struct term_entry **v; /* NULL: not met yet */
	size_t n;
};

struct common;

struct terms {
	sqlite3 *db;
	struct common *common; /* is told of common terms; NULL: nobody is */
	struct arena arena;
	struct term_table terms, forms;
	struct term_numbers *numbers;
	size_t nnumbers, numbers_cap;
};

/*
 * Count the terms of article ${row}, which comes (${sign} 1) or goes (-1), each once, and
 * note its forms.  With ${doclists} it is a new row, higher than those before, whose
 * positions are added to the terms' doclists.  False: memory is out.
 */
bool terms_count(struct terms *t, int sign, int64_t row,
		 const struct article_tokens *article, bool doclists);

/* The ${table}->n entries in the order of their bytes, in an array to be freed. */
int terms_sort(struct term_entry ***order, const struct term_table *table,
	       struct pdx_err *err);

/* Write what was counted; ${order} has the terms sorted. */
int terms_flush(struct terms *t, struct term_entry *const *order, struct pdx_err *err);
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
