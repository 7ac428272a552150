/*
 * What the texts of an index have in common, by which each is compressed better: zstd's
 * dictionaries, called codebooks here since names have dictionaries already.  A text
 * says which one it was compressed with.  Once made, a codebook never changes.
 */
#ifndef ENGINE_SQLITE_CODEBOOK_H
#define ENGINE_SQLITE_CODEBOOK_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct codebook {
	struct codebook *next;
	uint32_t id;    /* from 1; 0: it was rolled back */
	bool committed; /* and stays for ever */
	void *compress; /* zstd's; NULL: for reading only */
	void *expand;
};

/* Those that a connection has met so far; a zeroed struct with ${db} is ready. */
struct codebooks {
	sqlite3 *db;
	struct codebook *first;
	_Atomic(const struct codebook *) current; /* that new texts are compressed with
						   */
};

void codebooks_release(struct codebooks *b);

/* What the open batch made stays, or is gone; who compresses with it can go on. */
void codebooks_commit(struct codebooks *b);
void codebooks_rollback(struct codebooks *b);

/* Take the newest in the index for new texts; one that has none stays without. */
int codebooks_ready(struct codebooks *b, struct pdx_err *err);

/* For new texts, by any thread; NULL: none. */
const struct codebook *codebooks_current(const struct codebooks *b);

/* To read with, by the connection's thread; PDX_E_INDEX where there is no such one. */
int codebooks_find(const struct codebook **out, struct codebooks *b, uint32_t id,
		   struct pdx_err *err);

/*
 * Make one of ${n} ${samples}, of ${lens} bytes and one after another, keep it in the
 * index and take it for new texts.  Where they have too little in common none is made.
 */
int codebooks_make(struct codebooks *b, const char *samples, const size_t *lens,
		   size_t n, struct pdx_err *err);

#endif
