/*
 * The table of containers, the choice among them, and the limits that they share.
 * Knows the first bytes of a file, not how it is taken apart.
 */
#include "ingest/container.h"

#include <string.h>

/* Below this any ratio is harmless, and short texts do reach great ones. */
#define RATIO_FREE ((uint64_t)1 << 20)

const struct container_ops *const containers[] = { &container_archive, &container_warc,
						   NULL };

const struct container_ops *container_find(const char *head, size_t len)
{
	for (size_t i = 0; containers[i]; i++)
		if (containers[i]->knows(head, len))
			return containers[i];
	return NULL;
}

bool container_is_promised(const char *name)
{
	for (size_t i = 0; containers[i]; i++)
		if (reader_ends_as(name, containers[i]->endings))
			return true;
	return false;
}

static size_t given_or(size_t given, size_t otherwise)
{
	return given ? given : otherwise;
}

void unpacking_init(struct unpacking *u, const struct unpack_limits *limits)
{
	*u = (struct unpacking){
		.limits = {
			.member = given_or(limits->member, UNPACK_MEMBER),
			.total = given_or(limits->total, UNPACK_TOTAL),
			.ratio = given_or(limits->ratio, UNPACK_RATIO),
			.nesting = given_or(limits->nesting, UNPACK_NESTING),
		},
	};
}

/* ${made} > ${in} * ratio, beyond what is free. */
static bool is_bomb(const struct unpacking *u, uint64_t made)
{
	return made > RATIO_FREE && (made - RATIO_FREE) / u->limits.ratio > u->in;
}

int unpacking_add(struct unpacking *u, uint64_t made, size_t n, struct pdx_err *err)
{
	u->out += n;
	if (is_bomb(u, made)) {
		u->spent = true;
		return err_set(err, PDX_E_IO, "unpacks to more than %zu times its size",
			       u->limits.ratio);
	}
	if (u->out > u->limits.total) {
		u->spent = true;
		return err_set(err, PDX_E_IO, "unpacks to more than %zu bytes",
			       u->limits.total);
	}
	return 0;
}
