/* What writing files and directories has in common. */
#ifndef CLI_OUTFILE_PARTS_H
#define CLI_OUTFILE_PARTS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* PDX_E_IO: "PATH: what: why" by errno. */
int outfile_fail(const char *path, const char *what, struct pdx_err *err);

/* Whether the file is empty, or has ${mark}, if any, near its beginning or its end. */
bool outfile_is_ours(const char *path, const char *mark);

/* A pattern for a new name beside ${path}; ${out} is released by the caller. */
int outfile_beside(struct buf *out, const char *path, struct pdx_err *err);

/* Let ${path} have ${mode} as far as the user's mask lets it. */
int outfile_usual_mode(const char *path, mode_t mode, struct pdx_err *err);

#endif
