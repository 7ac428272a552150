/* Strings by number: each distinct one is kept once and has the next number. */
#ifndef REPORT_STRINGS_H
#define REPORT_STRINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define STRINGS_NONE UINT32_MAX

struct string {
	const char *text; /* NUL-terminated */
	size_t len;
};

struct string_slot {
	uint32_t number; /* STRINGS_NONE: the slot is free */
	uint32_t tag; /* of the hash: tells most strings apart without a look at them */
};

/* A zeroed struct is ready. */
struct strings {
	struct arena arena;
	struct string *v;
	size_t n, cap;
	struct string_slot *slots;
	size_t nslots; /* a power of two */
};

void strings_release(struct strings *strings);

/* The number of the ${len} bytes, which are added where they are new; STRINGS_NONE:
 * memory is out. */
uint32_t strings_add(struct strings *strings, const char *text, size_t len);

/* The number of the ${len} bytes; STRINGS_NONE: they were not added. */
uint32_t strings_find(const struct strings *strings, const char *text, size_t len);

#endif
