/*
 * Files that a command writes for its user.  A file is written under another name
 * beside its place and moved there when it is complete, so that a failure leaves what
 * was there before.  What paneldex did not write itself is not overwritten, unless by
 * force.
 */
#ifndef CLI_OUTFILE_H
#define CLI_OUTFILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "render/out.h"

struct outfile {
	const char *path;
	struct buf temporary; /* its name while it is written; "": it is written to
				 directly */
	struct out out;
};

/* Whether the file holds ${mark} at byte ${at}. */
bool outfile_has(const char *path, long at, const char *mark);

/*
 * Begin to write ${path}, which is kept.  It is ours where the file that is there holds
 * ${mark} in its first or last kilobyte, or nothing; a NULL ${mark} is in none.  What is no regular file (a pipe,
 * a terminal) is written to as it is.
 */
int outfile_begin(struct outfile *f, const char *path, const char *mark, bool force,
		  struct pdx_err *err);

/* All of it is written: put it in its place.  ${f} is released. */
int outfile_commit(struct outfile *f, struct pdx_err *err);

/* Leave everything as it was. */
void outfile_abort(struct outfile *f);

/*
 * The same of a directory of files, each of which is added by name.  It is ours where
 * the directory that is there holds nothing, or the file ${key} with ${mark} in it, and
 * only files whose names end with ${ending}.
 */
struct outdir {
	const char *path;
	struct buf temporary;
	struct buf file; /* the path of the file being written */
	struct out out;
};

int outdir_begin(struct outdir *d, const char *path, const char *key, const char *mark,
		 const char *ending, bool force, struct pdx_err *err);

/* Begin the file ${name}, to be written to d->out; and end it. */
int outdir_open(struct outdir *d, const char *name, struct pdx_err *err);
int outdir_close(struct outdir *d, struct pdx_err *err);

int outdir_commit(struct outdir *d, struct pdx_err *err);
void outdir_abort(struct outdir *d);

#endif
