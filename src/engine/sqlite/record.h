/*
 * An article as it is stored, but for its title, which stands beside it: a head of
 * numbers, and its other texts, compressed with zstd.
 * Names (company, category, persona, perspective, source, lang) stand in the head as
 * ids of their dictionaries, so that a name reads the same everywhere; the texts depend
 * on the article alone, and can be compressed before the dictionaries are at hand.
 */
#ifndef ENGINE_SQLITE_RECORD_H
#define ENGINE_SQLITE_RECORD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "engine/sqlite/codebook.h"
#include "paneldex.h"

struct record_take {
	uint32_t persona, perspective; /* 0: none */
	const char *text;
};

struct record {
	int32_t date;
	const char *title, *summary, *body; /* summary may be NULL */
	const char *url, *ref, *origin;     /* each may be NULL */
	uint32_t source, lang;              /* 0: none */
	uint32_t sibling;
	uint32_t *companies, *categories;
	size_t ncompanies, ncategories;
	struct record_take *takes;
	size_t ntakes;
	uint8_t provenance[PDX_PARTS]; /* enum pdx_provenance */
};

/* Compression contexts, reused from record to record; a zeroed struct is ready. */
struct codec {
	void *compress, *expand;
	struct codebooks *books; /* shared; NULL: there are none */
	struct buf plain;
};

void codec_release(struct codec *c);

/* Make ${r} the texts of ${article}, but for the takes, and nothing else. */
void record_texts(struct record *r, const struct pdx_article *article);

/* Append what is compressed of ${record}. */
void record_plain(struct buf *out, const struct record *record);

/* Replace the content of ${out} with the texts of ${record}, compressed with ${book},
 * which may be NULL. */
int record_pack(struct buf *out, struct codec *c, const struct codebook *book,
		const struct record *record, struct pdx_err *err);

/* Replace the content of ${out} with the stored form of ${record}, whose texts are
 * packed in ${texts}. */
int record_encode(struct buf *out, const struct record *record, const struct buf *texts,
		  struct pdx_err *err);

/*
 * Read the stored form back; texts and arrays are in ${arena}, the title is empty.
 * PDX_E_INDEX where the bytes are not a record.
 */
int record_decode(struct record *out, struct codec *c, struct arena *arena,
		  const void *bytes, size_t len, struct pdx_err *err);

/*
 * Append the text that column ${column} (enum text_column) has in the full-text
 * index: the takes are joined by ANALYZER_BREAK.
 */
void record_column(struct buf *out, const struct record *record, int column);

/* The bytes of all its texts. */
uint64_t record_text_bytes(const struct record *record);

#endif
