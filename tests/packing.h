/*
 * Archives made in memory, to be read again.
 */
#ifndef TESTS_PACKING_H
#define TESTS_PACKING_H

#include <stddef.h>

#include "base/buf.h"

struct entry {
	const char *name;
	const char *bytes;
	size_t len;       /* 0: the string's */
	const char *link; /* what a symbolic link leads to; NULL: it is a file */
};

/*
 * Append to ${out} an archive of ${format} ("ustar", "pax", "zip", "7zip", "cpio") with
 * ${n} ${entries}, or for "raw" the bytes of the first alone, compressed by ${filter}
 * ("gzip", "zstd", "xz", "bzip2", or NULL).  ${options} are libarchive's, or NULL.
 */
void pack(struct buf *out, const char *format, const char *filter, const char *options,
	  const struct entry *entries, size_t n);

#endif
