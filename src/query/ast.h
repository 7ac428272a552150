/*
 * The query as a tree.  Nodes live in the arena of their query.
 *
 * AND and OR have two or more children, NOT one, TAKE one, NEAR two TEXT children,
 * OPTIONAL one or more TEXT children.  Only OPTIONAL cannot be typed.
 * ALL matches every article (the empty query).  A field before a group stands on the
 * TEXT and VALUE leaves below it, not on the group.
 */
#ifndef QUERY_AST_H
#define QUERY_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "query/fields.h"

enum ast_kind {
	AST_ALL,
	AST_AND,
	AST_OR,
	AST_NOT,
	AST_TAKE,  /* take( ... ): holds on one take */
	AST_NEAR,  /* two texts at most ${distance} positions apart, either order */
	AST_TEXT,  /* a word or phrase, in ${field} or, FIELD_ANY, in any text field */
	AST_VALUE, /* a dictionary or stored field that has ${text} as its value */
	AST_DATES, /* a date field inside ${range} */
	AST_FLAG,  /* is:bookmarked, is:new */
	AST_OPTIONAL /* always holds; what of its children is there adds to the score */
};

enum ast_flag { FLAG_BOOKMARKED, FLAG_NEW };

struct ast {
	enum ast_kind kind;
	struct ast *child; /* first of a list linked by ${next} */
	struct ast *next;
	size_t start, len; /* bytes of the query text it came from */

	enum field_id field; /* TEXT, VALUE, DATES */

	const char *text; /* TEXT, VALUE: as typed, without quotes; NUL-terminated */
	size_t textlen;
	const char *term; /* TEXT: its index term, where nobody typed it; else NULL */
	double boost;     /* TEXT that was not asked for: times its weight; else 0 */
	bool phrase;   /* TEXT: was quoted */
	bool exact;    /* TEXT: =word */
	bool prefix;   /* TEXT: word* */
	unsigned slop; /* TEXT: "..."~n; 0 is adjacent and in order */

	bool implied; /* VALUE: one of several names; an article needs only one */

	unsigned distance; /* NEAR */

	/* OR: how many of its children have to hold, and then those with the most of
	 * them come first; 0, as parsed: any one, and it does not matter. */
	unsigned minimum;

	struct date_range range; /* DATES */
	const char *period;      /* DATES: the canonical text that gave the range */

	enum ast_flag flag; /* FLAG */
};

/*
 * Append the canonical text of ${node}: parsed again, it gives an equal tree.
 */
void ast_print(struct buf *out, const struct ast *node);

/* Append the tree, each node on a line of its own, two blanks a level. */
void ast_print_tree(struct buf *out, const struct ast *node);

/* Append ${range} as a query says it: "2026-05-01..2026-05-31", "2026-05-01..". */
void ast_print_period(struct buf *out, struct date_range range);

/*
 * Equal in what they match: kind, fields, texts, signs and children.  Places and quotes
 * around a text do not count.
 */
bool ast_equal(const struct ast *a, const struct ast *b);

#endif
