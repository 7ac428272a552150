/*
 * Containers: what holds other inputs instead of articles.  Each kind is a file behind
 * struct container_ops, is known by its first bytes, and yields its members one at a
 * time, to be read like any input.  Nothing is extracted, and nothing that a member is
 * called is ever opened.
 */
#ifndef INGEST_CONTAINER_H
#define INGEST_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ingest/reader.h"

/* What unpacking may cost; 0 means the default. */
struct unpack_limits {
	size_t member;  /* bytes of one member */
	size_t total;   /* bytes unpacked from one input, at all levels */
	size_t ratio;   /* bytes unpacked for each byte of the input */
	size_t nesting; /* containers in one another */
};

#define UNPACK_MEMBER ((size_t)64 << 20)
#define UNPACK_TOTAL ((size_t)4 << 30)
#define UNPACK_RATIO 200
#define UNPACK_NESTING 2

/* The account of one input, which all containers in it share. */
struct unpacking {
	struct unpack_limits limits; /* none is 0 */
	uint64_t in;                 /* bytes that were read of the input */
	uint64_t out;                /* bytes that came out of containers */
	bool spent;                  /* a limit of the whole was reached */
};

void unpacking_init(struct unpacking *u, const struct unpack_limits *limits);

/*
 * Enter ${n} more bytes that came out of a container, ${made} with them.  PDX_E_IO with
 * the limit that they exceed; nothing more may then be unpacked.
 */
int unpacking_add(struct unpacking *u, uint64_t made, size_t n, struct pdx_err *err);

enum container_result {
	CONTAINER_MEMBER = 1,
	CONTAINER_REJECT = READ_SKIP, /* ${skip} says what and why */
	CONTAINER_PASS = 3,           /* ${skip} says what was passed over, and why */
	CONTAINER_END = 0 /* or a negative enum pdx_status: no use to go on */
};

struct member {
	struct input input; /* to be read before the next one is asked for */
	int32_t date;       /* when it was fetched; PDX_NO_DATE where nobody says */
	bool itself;        /* the container's own content, not one of many */
	bool unpromised;    /* how its name ends promises no format */
};

struct container_ops {
	const char *name; /* "archive" */
	const char *help;
	/* How names of files end that promise it, ended by NULL. */
	const char *const *endings;
	/* Whether ${len} first bytes are of one. */
	bool (*knows)(const char *head, size_t len);
	/* ${input} and ${unpacking} must live until close(). */
	int (*open)(void **state, const struct input *input,
		    struct unpacking *unpacking, struct pdx_err *err);
	/* A member's strings, and those of ${skip}, last until the next call. */
	int (*next)(void *state, struct member *member, struct read_skip *skip,
		    struct pdx_err *err);
	void (*close)(void *state); /* accepts NULL */
};

/* All kinds, ended by NULL. */
extern const struct container_ops *const containers[];

extern const struct container_ops container_archive, container_warc;

/* The kind that the first bytes are of; NULL: it is no container. */
const struct container_ops *container_find(const char *head, size_t len);

/* Whether a file's ${name} ends as the names of some container's files do. */
bool container_is_promised(const char *name);

#endif
