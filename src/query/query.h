/* A parsed query: text, tree, notes, and the arena that they live in. */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "base/arena.h"
#include "paneldex.h"
#include "query/ast.h"

#define QUERY_MAX_BYTES 4096
#define QUERY_MAX_TERMS 256
#define QUERY_MAX_WORDS 1024 /* of a text that is only words */
#define QUERY_MAX_DEPTH 16
#define QUERY_MIN_PREFIX 2 /* letters before a * */

struct pdx_query {
	struct arena arena;
	const char *text;   /* as given, but for bytes that are no text */
	const char *parsed; /* canonical text of ${root} */
	bool any;           /* any of its words will do */
	struct ast *root;   /* never NULL: the empty query is AST_ALL */
	int32_t today;
	struct pdx_note *notes;
	size_t nnotes, notes_cap;
};

/* Make ${root}, in the query's arena, its tree; NULL matches nothing. */
int query_set_root(struct pdx_query *q, struct ast *root, struct pdx_err *err);

/* Append a note; ${start} and ${len} are bytes of query->text. */
int query_note(struct pdx_query *q, const char *code, bool repair, size_t start,
	       size_t len, const char *fmt, ...) PRINTF_LIKE(6, 7);

/*
 * words.c: the words of q->text, as often as they stand there, joined by OR (${any}) or AND.  *out is NULL
 * where there is none.  Returns 0 or PDX_E_NOMEM.
 */
int query_words(struct ast **out, struct pdx_query *q, bool any);

/* words.c: the tree for which any word of ${root} will do; see pdx_query_match_any().
 * NULL where memory is out. */
struct ast *query_any(struct pdx_query *q, struct ast *root);

/*
 * words.c: the tree of ${q} with the list of TEXT nodes ${words}, in ${arena}; that of
 * ${q} stays as it is.  Where any of its words will do and they are not bound to a
 * field, they become further alternatives; else they are optional, and what matches is
 * what it was.  Filters, what is negated, take( ... ) and words joined by AND hold as
 * before.  NULL where memory is out.
 */
struct ast *query_with_words(const struct pdx_query *q, struct arena *arena,
			     struct ast *words);

#endif
