/* One writer at a time, for the whole of an ingest and not only for a transaction. */
#ifndef ENGINE_SQLITE_LOCK_H
#define ENGINE_SQLITE_LOCK_H

#include "base/err.h"

/*
 * Take the writer's lock of the index at ${path}: an empty file beside it, PATH-lock,
 * that stays (removing it would let two writers hold two files of one name).  *fd is
 * closed by lock_release().  PDX_E_INDEX: another writer has it.
 */
int lock_acquire(int *fd, const char *path, struct pdx_err *err);
void lock_release(int fd); /* accepts -1 */

#endif
