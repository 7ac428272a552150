/*
 * Where a page of hits ended, as text that a user hands back for the next page.
 *
 * A later page must be cut from the same list as the first, though the index grows in
 * between: the cursor keeps what the list depended on.  Those are the highest row
 * number (rows after it are newer and left out), the counts behind the average
 * lengths, the idf of each leaf, the present of ages and of is:new, and what the last
 * hit was sorted by.  Scores are thus the same to the bit, whatever was added.
 *
 * The text is URL-safe base64 of: version, digest of everything behind (u32), digest of
 * query and order (u32), then varints, and doubles by their bits.
 */
#ifndef ENGINE_SQLITE_CURSOR_H
#define ENGINE_SQLITE_CURSOR_H

#include "engine/sqlite/topk.h"
#include "query/fields.h"
#include "query/query.h"

struct store;

struct cursor {
	uint64_t generation;
	int64_t last_row, last_added;
	int32_t today;
	uint64_t articles, tokens[TEXT_COLUMNS];
	double *idf; /* by leaf */
	size_t nidf;
	uint64_t before;       /* hits up to and with the last */
	bool positioned;       /* false: before the first hit */
	struct candidate last; /* company and category are dictionary ids in it */
};

/* The beginning of the list as the index is now; its idf are not known yet. */
void cursor_begin(struct cursor *out, const struct store *s,
		  const struct pdx_search *how);

/*
 * The cursor that ${how} goes on from, its parts in ${arena}.  PDX_E_USAGE: no cursor,
 * or one of another query, order or index.
 */
int cursor_read(struct cursor *out, struct arena *arena, const struct store *s,
		const struct pdx_query *query, const struct pdx_search *how,
		struct pdx_err *err);

/* The text of ${c} in ${arena}; NULL where memory is out. */
const char *cursor_text(const struct cursor *c, struct arena *arena,
			const struct pdx_query *query, const struct pdx_search *how);

#endif
