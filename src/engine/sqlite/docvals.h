/*
 * Doc values: what ranking, filtering, sorting and facets need of each article, by row
 * number, in blobs of DOCVALS_CHUNK articles.
 *
 * Fixed part, DOCVALS_SIZE bytes an article, little-endian (docvals_layout.h): the
 * key (0: no such article), date, time of ingest, first company, first category,
 * quantised field lengths, source, language, number of takes, whether there are more
 * companies or categories, and mentions; the story.
 * Variable part: what it mentions, the further companies and categories, and of each
 * take its persona, its perspective and the position in the takes column where it
 * begins.
 */
#ifndef ENGINE_SQLITE_DOCVALS_H
#define ENGINE_SQLITE_DOCVALS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "query/fields.h"

#define DOCVALS_CHUNK 256 /* articles a blob: a selective query reads 10 KB a match */
#define DOCVALS_SIZE 44   /* bytes */

struct docval {
	uint64_t key;
	int32_t date;
	uint32_t added;                           /* seconds since 1970, until 2106 */
	uint32_t company, category, source, lang; /* 0: none */
	uint8_t len[TEXT_COLUMNS];
	uint16_t ntakes; /* 65535 stands for that many or more */
	bool more_companies, more_categories;
	bool mentions;  /* there are some */
	uint32_t story; /* 0: alone */
};

struct docval_take {
	uint32_t persona, perspective;
	uint32_t start; /* position in the takes column */
};

/* The variable part of one article, in memory of the reader. */
struct docval_lists {
	uint32_t *companies, *categories; /* the first ones included */
	size_t ncompanies, ncategories;
	uint32_t *mentions; /* as they first stand in the text */
	size_t nmentions;
	struct docval_take *takes;
	size_t ntakes;
};

struct docvals_chunk;

/* The blobs of one of the two tables, as a reader has them. */
struct docvals_blobs {
	sqlite3_stmt *stmt;
	int64_t chunk; /* that was read last, + 1; 0: none */
	const unsigned char *data;
	size_t len;
	struct buf read; /* its bytes, where they are not kept */
	struct docvals_kept {
		unsigned char *bytes; /* NULL: not kept */
		size_t len;
	} *kept; /* by chunk */
	size_t nkept;
};

/*
 * One reader: remembers the chunk it read last.  One that ${keeps} goes on remembering
 * what it reads, up to so many bytes: for one search that would only cost, the next
 * ones in a process are the faster for it.  A zeroed struct with ${db} is ready.
 */
struct docvals_reader {
	sqlite3 *db;
	struct docvals_blobs fixed, lists;
	size_t keeps; /* bytes; 0: it does not */
	size_t bytes_kept;
	struct arena arena; /* of the lists of the article read last */
};

#define DOCVALS_KEPT ((size_t)24 << 20) /* the values of half a million articles */

void docvals_reader_release(struct docvals_reader *r);

/* Forget what was read: the next call sees the file again. */
void docvals_reader_forget(struct docvals_reader *r);

/*
 * The fixed parts of a chunk in place, *n of them; valid until the next call.  For
 * docvals_layout.h's offsets.
 */
int docvals_chunk(const unsigned char **fixed, size_t *n, struct docvals_reader *r,
		  int64_t chunk, struct pdx_err *err);

/* Fill ${out} with one of them. */
void docvals_unpack(struct docval *out, const unsigned char *fixed);

/* The bytes of the lists of ${slot} of a chunk, as docvals_chunk(). */
int docvals_list_bytes(struct bytes *out, struct docvals_reader *r, int64_t chunk,
		       size_t slot, struct pdx_err *err);

/* 1: *out is filled; 0: no such article; negative: failed. */
int docvals_read(struct docval *out, struct docvals_reader *r, int64_t row,
		 struct pdx_err *err);

/* The lists of ${row}, whose fixed part is ${doc}; valid until the next call. */
int docvals_read_lists(struct docval_lists *out, struct docvals_reader *r, int64_t row,
		       const struct docval *doc, struct pdx_err *err);

/* The writer collects changes until they are flushed into the transaction. */
struct docvals_writer {
	sqlite3 *db;
	struct docvals_chunk **chunks; /* by number */
	size_t nchunks, cap;
};

int docvals_write(struct docvals_writer *w, int64_t row, const struct docval *doc,
		  const struct docval_lists *lists, struct pdx_err *err);
/* Replace the mentions of ${row}, which is there. */
int docvals_set_mentions(struct docvals_writer *w, int64_t row, const uint32_t *ids,
			 size_t n, struct pdx_err *err);
/* Likewise its story. */
int docvals_set_story(struct docvals_writer *w, int64_t row, uint32_t story,
		      struct pdx_err *err);
int docvals_flush(struct docvals_writer *w, struct pdx_err *err);
void docvals_drop(struct docvals_writer *w); /* forget what was not flushed */

#endif
