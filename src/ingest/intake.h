/*
 * From one input to its articles: opens it, takes containers apart, and reads what is
 * in them.  Knows containers and readers; what becomes of the articles is the outlet's.
 */
#ifndef INGEST_INTAKE_H
#define INGEST_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/container.h"
#include "ingest/defaults.h"
#include "ingest/reader.h"

/* Where something in an input stands. */
struct piece {
	const char *origin;     /* "dir/a.zip!b.jsonl:88" */
	uint64_t offset, len;   /* bytes; ${len} 0: the rest of it, or nobody knows */
	const char *input;      /* what it stands in: "dir/a.zip!b.jsonl" */
	const char *name;       /* the input as a whole: "dir/a.zip" */
	const char *url, *type; /* struct input's */
	/* Of a reject, as far as they are at hand; as in struct pdx_rejected. */
	const char *bytes;
	size_t nbytes;
	bool whole;
	const struct ahead *ahead; /* of an article: that it is 1 of its siblings;
				    * NULL: nothing was worked out */
};

/*
 * What is done with what is found, in the order in which it stands in the input.  All
 * strings are the caller's.  A nonzero return ends the intake and is returned.
 */
struct outlet {
	/* Another input begins, which may be a member of one. */
	int (*begin)(void *ctx, struct pdx_err *err);
	/* May set what the article does not have. */
	int (*article)(void *ctx, struct pdx_article *article,
		       const struct piece *piece, struct pdx_err *err);
	int (*reject)(void *ctx, const struct piece *piece, const char *reason,
		      struct pdx_err *err);
	/* Kept, or passed over; worth a look. */
	void (*warn)(void *ctx, const char *origin, const char *message);
	/* ${n} more bytes were read of the input itself. */
	void (*bytes)(void *ctx, size_t n);
	/* As in struct known_names; may be NULL. */
	bool (*known)(void *ctx, const char *field, const char *text, size_t len);
	/* Whether to end with PDX_E_INTERRUPTED. */
	bool (*stopped)(void *ctx);
	/* A wait for input ends when this descriptor can be read; 0: there is none. */
	int stop_fd;
	void *ctx;
};

struct ahead;

struct intake_options {
	const char *source;           /* may be NULL */
	const struct record_map *map; /* as in struct read_options; may be NULL */
	struct defaults defaults;
	struct unpack_limits limits;
};

/*
 * Read all of ${fd}, called ${name}.  ${listed}: it was found in a directory rather
 * than named, so that it is passed over where it has no known format and its name does
 * not promise one; otherwise that is a reject.
 */
int intake_fd(const struct outlet *outlet, const struct intake_options *options, int fd,
	      const char *name, bool listed, struct pdx_err *err);

/* Read the bytes of ${piece}, as the input that they were in. */
int intake_piece(const struct outlet *outlet, const struct intake_options *options,
		 const struct pdx_rejected *piece, struct pdx_err *err);

/* The same of the file at ${path}; one that cannot be opened is a reject. */
int intake_path(const struct outlet *outlet, const struct intake_options *options,
		const char *path, bool listed, struct pdx_err *err);

/*
 * ${path} cannot be read at all, or is passed over, for ${reason}.
 */
int intake_unreadable(const struct outlet *outlet, const char *path, const char *reason,
		      struct pdx_err *err);
int intake_passed(const struct outlet *outlet, const char *path, const char *reason,
		  struct pdx_err *err);

#endif
