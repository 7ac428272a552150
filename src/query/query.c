/*
 * The query as the public API has it: text in, tree and notes out, filters added. Knows
 * the limits and the cleaning of the text; the grammar is the parser's.
 */
#include "query/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "query/check.h"
#include "query/lexer.h"
#include "query/parser.h"
#include "query/tree.h"

#define NOTE_MAX 256 /* bytes of a note's message */

/* What a query of which nothing searchable was left is printed as: not everything. */
static const char nothing[] = "-*";

/* Room for one note more. */
static struct pdx_note *add_note(struct pdx_query *q)
{
	if (q->nnotes == q->notes_cap) {
		size_t cap = q->notes_cap ? q->notes_cap * 2 : 8;
		struct pdx_note *notes = arena_array(&q->arena, cap, sizeof(*notes));

		if (!notes)
			return NULL;
		if (q->nnotes > 0)
			memcpy(notes, q->notes, q->nnotes * sizeof(*notes));
		q->notes = notes;
		q->notes_cap = cap;
	}
	return &q->notes[q->nnotes++];
}

int query_note(struct pdx_query *q, const char *code, bool repair, size_t start,
	       size_t len, const char *fmt, ...)
{
	/* Longer than it may be, so that a character on the edge is seen whole. */
	char text[NOTE_MAX + UTF8_MAX_BYTES];
	struct pdx_note *note;
	const char *message;
	va_list args;

	va_start(args, fmt);
	if (vsnprintf(text, sizeof(text), fmt, args) < 0)
		text[0] = '\0';
	va_end(args);
	message = arena_dup(&q->arena, text, utf8_cut(text, strlen(text), NOTE_MAX));
	note = message ? add_note(q) : NULL;
	if (!note)
		return PDX_E_NOMEM;
	*note = (struct pdx_note){ .code = code,
				   .column = utf8_count(q->text, start) + 1,
				   .start = start,
				   .len = len,
				   .message = message,
				   .repair = repair };
	return PDX_OK;
}

/* The bytes of ${text} that come before its first fault; ${len} where it is clean. */
static size_t clean_length(const char *text, size_t len)
{
	uint32_t cp;
	size_t i = 0;

	while (i < len) {
		size_t n = utf8_decode(&cp, text + i, len - i);

		if (!utf8_valid(text + i, n) || cp == 0)
			break;
		i += n;
	}
	return i;
}

/* Bytes of ${len} bytes of ${text} when they are cleaned. */
static size_t cleaned_size(const char *text, size_t len)
{
	struct buf clean;
	size_t n;

	buf_init(&clean, 0);
	utf8_clean(&clean, text, len);
	n = clean.len;
	buf_release(&clean);
	return n;
}

/* Set q->text to what is readable of ${text}. */
static int set_text(struct pdx_query *q, const char *text, size_t len)
{
	size_t fault = clean_length(text, len);
	struct buf clean;
	int rc = PDX_OK;

	buf_init(&clean, 0);
	utf8_clean(&clean, text, len);
	q->text = arena_dup(&q->arena, buf_str(&clean), clean.len);
	if (!buf_ok(&clean) || !q->text)
		rc = PDX_E_NOMEM;
	else if (fault < len)
		rc = query_note(q, "invalid-text", true, cleaned_size(text, fault),
				strlen("\xEF\xBF\xBD"),
				"bytes that are no UTF-8 text replaced");
	buf_release(&clean);
	return rc;
}

/* The offset in ${text} of what is at ${offset} once it is cleaned. */
static size_t original_offset(const char *text, size_t len, size_t offset)
{
	size_t i = 0;
	uint32_t cp;

	while (i < len && cleaned_size(text, i) < offset)
		i += utf8_decode(&cp, text + i, len - i);
	if (i > 0 && i < len && text[i - 1] == '\r' && text[i] == '\n')
		i++; /* both were one */
	return i;
}

/* Move the error's place from the cleaned text to the one that was given. */
static void place_in_original(struct pdx_err *err, const struct pdx_query *q,
			      const char *text, size_t len)
{
	size_t start, end;

	if (!err || err->status != PDX_E_QUERY)
		return;
	if (strlen(q->text) == len && memcmp(q->text, text, len) == 0)
		return;
	start = original_offset(text, len, err->start);
	end = original_offset(text, len, err->start + err->len);
	err_place(err, text, start, end - start);
}

static int print(struct pdx_query *q, struct pdx_err *err)
{
	struct buf out;

	buf_init(&out, 0);
	ast_print(&out, q->root);
	q->parsed = arena_dup(&q->arena, buf_str(&out), out.len);
	if (!buf_ok(&out))
		q->parsed = NULL;
	buf_release(&out);
	return q->parsed ? PDX_OK : err_nomem(err);
}

static struct ast *match_nothing(struct pdx_query *q)
{
	size_t len = strlen(q->text);
	struct ast *all = tree_new(&q->arena, AST_ALL, 0, len);

	return tree_not(&q->arena, all, 0);
}

int query_set_root(struct pdx_query *q, struct ast *root, struct pdx_err *err)
{
	q->root = root ? root : match_nothing(q);
	return q->arena.failed ? err_nomem(err) : print(q, err);
}

/* The tree of q->text. */
static int build(struct pdx_query *q, struct pdx_err *err)
{
	size_t len = strlen(q->text);
	int rc = PDX_OK;

	if (lexer_is_blank(q->text, len)) {
		q->root = tree_new(&q->arena, AST_ALL, 0, len);
	} else if (strcmp(q->text, nothing) == 0) {
		q->root = match_nothing(q);
	} else {
		rc = parser_run(&q->root, q, err);
		if (rc == PDX_OK && !q->root) {
			rc = query_note(q, "nothing-left", true, 0, len,
					"nothing to search for is left");
			q->root = match_nothing(q);
		}
	}
	if (q->arena.failed)
		return err_nomem(err);
	return rc == PDX_OK ? print(q, err) : rc;
}

int pdx_query_parse(struct pdx_query **out, const char *text, size_t len, int32_t today,
		    struct pdx_err *err)
{
	struct pdx_query *q;
	int rc;

	*out = NULL;
	if (len > QUERY_MAX_BYTES) {
		rc = err_set(err, PDX_E_QUERY, "the query is longer than %d bytes",
			     QUERY_MAX_BYTES);
		err_place(err, text, QUERY_MAX_BYTES, len - QUERY_MAX_BYTES);
		return rc;
	}
	q = calloc(1, sizeof(*q));
	if (!q)
		return err_nomem(err);
	q->today = today;
	rc = set_text(q, text, len);
	if (rc == PDX_OK)
		rc = build(q, err);
	else
		err_nomem(err);
	if (rc == PDX_OK) {
		*out = q;
		return PDX_OK;
	}
	if (q->text)
		place_in_original(err, q, text, len);
	pdx_query_free(q);
	return rc;
}

/* The tree of the words of q->text. */
static int build_words(struct pdx_query *q, bool any, struct pdx_err *err)
{
	size_t len = strlen(q->text);

	if (query_words(&q->root, q, any))
		return err_nomem(err);
	if (!q->root && lexer_is_blank(q->text, len))
		q->root = tree_new(&q->arena, AST_ALL, 0, len);
	else if (!q->root)
		q->root = match_nothing(q);
	return q->root ? print(q, err) : err_nomem(err);
}

int pdx_query_parse_words(struct pdx_query **out, const char *text, size_t len,
			  bool any, struct pdx_err *err)
{
	struct pdx_query *q = calloc(1, sizeof(*q));
	int rc;

	*out = NULL;
	if (!q)
		return err_nomem(err);
	q->today = PDX_NO_DATE;
	q->any = any;
	rc = set_text(q, text, len) ? err_nomem(err) : build_words(q, any, err);
	if (rc == PDX_OK)
		*out = q;
	else
		pdx_query_free(q);
	return rc;
}

void pdx_query_free(struct pdx_query *query)
{
	if (!query)
		return;
	arena_release(&query->arena);
	free(query);
}

int pdx_query_match_any(struct pdx_query *query, struct pdx_err *err)
{
	struct ast *root = query_any(query, query->root);

	if (!root)
		return err_nomem(err);
	query->root = root;
	query->any = true;
	return print(query, err);
}

/* The field to filter by: any that is no text. */
static int find_filter(const struct field **out, const char *name, struct pdx_err *err)
{
	const struct field *field = field_find(name, strlen(name));
	const char *meant = field_suggest(name, strlen(name));
	int rc;

	*out = field;
	if (field && field->queryable && field->kind != FIELD_KIND_TEXT)
		return PDX_OK;
	if (field && field->queryable)
		return err_set(err, PDX_E_USAGE, "\"%s\" holds text and is no filter",
			       field->name);
	rc = err_set(err, PDX_E_USAGE, "unknown field \"%s\"%s%s%s", name,
		     meant ? "; did you mean \"" : "", meant ? meant : "",
		     meant ? "\"?" : "");
	if (meant)
		err_hint(err, meant);
	return rc;
}

/* The whole of ${value} in ${field}. */
static int filter_new(struct ast **out, struct pdx_query *q, const struct field *field,
		      const char *value, struct pdx_err *err)
{
	struct ast *node = tree_new(&q->arena, AST_VALUE, 0, 0);
	struct buf clean;
	int rc = PDX_OK;

	buf_init(&clean, 0);
	utf8_clean(&clean, value, strlen(value));
	if (node) {
		node->field = field->id;
		node->text = arena_dup(&q->arena, buf_str(&clean), clean.len);
		node->textlen = clean.len;
	}
	if (!buf_ok(&clean) || q->arena.failed)
		rc = err_nomem(err);
	else if (lexer_is_blank(node->text, node->textlen))
		rc = err_set(err, PDX_E_USAGE, "%s: no value", field->name);
	else
		rc = check_value(node, q, err);
	if (rc == PDX_E_QUERY && err) /* it is nowhere in the query's text */
		err->start = err->len = err->column = 0;
	buf_release(&clean);
	*out = node;
	return rc;
}

static bool is_nothing(const struct ast *root)
{
	return root->kind == AST_NOT && root->child->kind == AST_ALL;
}

int pdx_query_filter_any(struct pdx_query *query, const char *field,
			 const char *const *values, size_t n, struct pdx_err *err)
{
	const struct field *row;
	struct ast *any = NULL, *one;
	int rc = find_filter(&row, field, err);

	for (size_t i = 0; rc == PDX_OK && i < n; i++) {
		rc = filter_new(&one, query, row, values[i], err);
		any = tree_join(&query->arena, AST_OR, any, one);
	}
	if (rc == PDX_OK && n == 0)
		rc = err_set(err, PDX_E_USAGE, "%s: no value", row->name);
	if (rc != PDX_OK || is_nothing(query->root))
		return rc;
	if (query->root->kind != AST_ALL)
		any = tree_join(&query->arena, AST_AND, query->root, any);
	if (query->arena.failed)
		return err_nomem(err);
	query->root = any;
	return print(query, err);
}

const char *pdx_query_text(const struct pdx_query *query)
{
	return query->text;
}

const char *pdx_query_parsed(const struct pdx_query *query)
{
	return query->parsed;
}

const struct pdx_note *pdx_query_notes(const struct pdx_query *query, size_t *n)
{
	*n = query->nnotes;
	return query->notes;
}

static void narrow_days(struct date_range *range, const struct ast *n)
{
	if (n->kind != AST_DATES || n->field != FIELD_DATE)
		return;
	if (n->range.first > range->first)
		range->first = n->range.first;
	if (n->range.last < range->last)
		range->last = n->range.last;
}

void pdx_query_days(int32_t *first, int32_t *last, const struct pdx_query *query)
{
	struct date_range range = { DATE_MIN, DATE_MAX };
	const struct ast *n;

	narrow_days(&range, query->root);
	for (n = query->root->kind == AST_AND ? query->root->child : NULL; n;
	     n = n->next)
		narrow_days(&range, n);
	*first = range.first == DATE_MIN ? PDX_NO_DATE : range.first;
	*last = range.last == DATE_MAX ? PDX_NO_DATE : range.last;
}
