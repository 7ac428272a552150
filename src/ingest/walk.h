/*
 * The files below a directory, in byte order of their names, level by level as `ls`
 * would show them.  Knows nothing of formats.
 */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct walker {
	/*
	 * A regular file.  Nonzero ends the walk and is returned.
	 */
	int (*file)(void *ctx, const char *path, uint64_t size);
	/* A directory, before its names are read; may be NULL. */
	int (*directory)(void *ctx, const char *path);
	/* Something that is no regular file or directory, or cannot be looked at. */
	int (*other)(void *ctx, const char *path, const char *reason, bool unreadable);
	void *ctx;
};

/*
 * Walk ${path}, a directory.  Names that begin with a dot are passed over.  Symbolic
 * links are followed, but for one that leads to a directory the walk is inside of.
 * Returns 0, what a callback returned, or PDX_E_NOMEM.
 */
int walk_directory(const char *path, const struct walker *w, struct pdx_err *err);

#endif
