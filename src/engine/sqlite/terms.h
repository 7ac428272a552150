/*
 * The vocabulary: how many articles have a term (df), and which written forms stand for
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

/* A string's entry in a table.  What a term of an article needs stands first. */
struct term_entry {
	/* Of the batch: */
	struct doclist doclist;     /* terms: of rows that the full-text index lacks */
	int32_t delta;              /* terms: change of df */
	bool touched;               /* something of it may have changed */
	struct common_word *common; /* terms that are touched: NULL: it is none */
	uint32_t forms;             /* terms: that are new */
	/* Longer: */
	uint32_t len;
	const char *text;
	uint64_t hash;
	union {
		/* Terms: as the tables have them, where ${state} says so.  ${df} is
		 * that of the last batch that changed it. */
		struct {
			enum { TERM_UNKNOWN, TERM_NEW, TERM_STORED } state;
			uint32_t id, df, all_forms;
		};
		struct term_entry *term; /* forms: NULL where nothing is known yet */
	};
};

struct term_table {
	struct term_entry **slots; /* open addressing, size a power of 2 */
	size_t nslots, n;
};

/* Entries in an array: those of a table, or the ones that a batch touched. */
struct term_entries {
	struct term_entry **v;
	size_t n, cap;
};

/* The entries of a lexicon's terms, by their numbers: nothing is looked up twice. */
struct term_numbers {
	uint64_t lexicon;
	struct term_entry **v; /* NULL: not met yet */
	size_t n;
};

struct common;

/* Entries of terms stay from batch to batch, until there are too many. */
struct terms {
	sqlite3 *db;
	struct common *common; /* is told of common terms; NULL: nobody is */
	struct arena arena;    /* of the entries of terms */
	struct arena batch;    /* of doclists and forms */
	struct term_table terms, forms;
	struct term_entries touched; /* terms of the batch */
	struct term_numbers *numbers;
	size_t nnumbers, numbers_cap;
};

/*
 * Count the terms of article ${row}, which comes (${sign} 1) or goes (-1), each once,
 * and note its forms.  With ${doclists} it is a new row, higher than those before,
 * whose positions are added to the terms' doclists.  False: memory is out.
 */
bool terms_count(struct terms *t, int sign, int64_t row,
		 const struct article_tokens *article, bool doclists);

/* Sort the terms that the batch touched by their bytes. */
int terms_sort(struct terms *t, struct pdx_err *err);

/* Write what was counted; t->touched is sorted. */
int terms_flush(struct terms *t, struct pdx_err *err);

void terms_next(struct terms *t); /* the batch is over, all of it is written */
void terms_drop(struct terms *t); /* forget everything */

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

/*
 * Whether two terms whose forms begin with ${prefix} may stand at one place: the joined
 * form of a compound does with its first part, with which it begins.
 */
int terms_are_nested(bool *out, sqlite3 *db, const char *prefix, size_t len,
		     struct pdx_err *err);

/* Whether ${form} is the only form that ${term} has. */
int terms_single_form(bool *out, sqlite3 *db, const char *form, size_t formlen,
		      const char *term, size_t termlen, struct pdx_err *err);

#endif
