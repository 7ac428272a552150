/* What was read of an entry of a feed, and the article that it makes. */
#ifndef INGEST_FEED_ENTRY_H
#define INGEST_FEED_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/feed_keys.h"
#include "ingest/reader.h"

struct feed_list {
	const char **v;
	size_t n, cap;
};

struct feed_value {
	const char *text; /* clean, in the arena; NULL: none yet */
	int rank;         /* of the element that it is from */
};

/* Of an entry, or of the feed itself.  A zeroed struct has nothing. */
struct feed_entry {
	struct feed_value values[FEED_ROLES];
	bool opaque; /* the identifier is no link, whatever it looks like */
	struct feed_list categories, companies;
	size_t bytes;  /* of its text */
	bool too_long; /* it has more than it may */
	uint64_t line, offset;
};

struct feed_work {
	struct arena *arena;
	struct buf *scratch, *plain;
};

/*
 * Set or add the value of role ${key}->role from ${len} bytes of ${text}, written as
 * ${as} says, unless there is one of a lower rank.  Empty text is no value.  False
 * where memory is out.
 */
bool feed_entry_add(struct feed_entry *e, const struct feed_work *w,
		    const struct feed_key *key, enum feed_text as, const char *text,
		    size_t len);

/*
 * The article that ${e} is, of the feed ${head}.  Returns READ_ARTICLE, READ_SKIP with
 * the reason, or PDX_E_NOMEM.
 */
int feed_entry_article(struct pdx_article *a, struct read_skip *skip,
		       struct feed_entry *e, const struct feed_entry *head,
		       const struct feed_work *w, const struct reader_voice *voice,
		       const char *source);

#endif
