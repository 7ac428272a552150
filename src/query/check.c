/*
 * What the words of a query mean.  Malformed meaning is refused, never repaired: a
 * filter that is dropped widens the result.  Knows fields and dates, no syntax.
 */
#include "query/check.h"

#include <string.h>

#include "base/utf8.h"

#define QUOTE_MAX 60 /* bytes of a value that a message repeats */

struct check {
	struct pdx_query *q;
	const struct ast *node;
	const struct field *field;
	struct pdx_err *err;
};

int check_field(const struct field **out, const struct pdx_query *q, size_t start,
		size_t len, struct pdx_err *err)
{
	const char *name = q->text + start;
	const struct field *field = field_find(name, len);
	const char *meant;

	if (field && field->queryable) {
		*out = field;
		return PDX_OK;
	}
	meant = field_suggest(name, len);
	err_set(err, PDX_E_QUERY, "unknown field \"%.*s\"%s%s%s", (int)len, name,
		meant ? "; did you mean \"" : "", meant ? meant : "",
		meant ? "\"?" : "");
	err_place(err, q->text, start, len);
	if (meant)
		err_hint(err, meant);
	return PDX_E_QUERY;
}

bool check_holds_on_take(const struct field *field)
{
	return field->id == FIELD_TAKE || field->id == FIELD_PERSONA ||
	       field->id == FIELD_PERSPECTIVE;
}

/* Point the error at ${len} bytes from ${from} of the value. */
static int fail_at(struct check *c, size_t from, size_t len)
{
	const struct ast *node = c->node;

	/* Quotes shift the text against the query: then all of it is shown. */
	if (node->len == node->textlen)
		err_place(c->err, c->q->text, node->start + from, len);
	else
		err_place(c->err, c->q->text, node->start, node->len);
	return PDX_E_QUERY;
}

static int fail(struct check *c, const char *what)
{
	size_t shown = utf8_cut(c->node->text, c->node->textlen, QUOTE_MAX);

	err_set(c->err, PDX_E_QUERY, "%s: \"%.*s\" %s", c->field->name, (int)shown,
		c->node->text, what);
	return fail_at(c, 0, c->node->textlen);
}

/* The period that the bytes from ${from} to ${end} of the value name. */
static int parse_period(struct date_range *out, struct check *c, size_t from,
			size_t end)
{
	const char *s = c->node->text;
	struct pdx_err why = { 0 };

	while (from < end && s[from] == ' ')
		from++;
	while (end > from && s[end - 1] == ' ')
		end--;
	if (date_parse_period(out, s + from, end - from, c->q->today, &why) == PDX_OK)
		return PDX_OK;
	err_set(c->err, PDX_E_QUERY, "%s: %s", c->field->name, why.message);
	err_hint(c->err, why.hint);
	return from < end ? fail_at(c, from, end - from)
			  : fail_at(c, 0, c->node->textlen);
}

/* "2026-05", "2026-01..2026-03", "..2026", "2026..", ".." */
static int parse_range(struct date_range *out, struct check *c)
{
	const char *s = c->node->text;
	const char *dots = strstr(s, "..");
	size_t left, right, len = c->node->textlen;
	struct date_range first = { DATE_MIN, 0 }, last = { 0, DATE_MAX };
	int rc = PDX_OK;

	if (!dots)
		return parse_period(out, c, 0, len);
	left = (size_t)(dots - s);
	right = left + strlen("..");
	if (left > 0)
		rc = parse_period(&first, c, 0, left);
	if (rc == PDX_OK && right < len)
		rc = parse_period(&last, c, right, len);
	if (rc != PDX_OK)
		return rc;
	*out = (struct date_range){ first.first, last.last };
	return out->first <= out->last ? PDX_OK : fail(c, "ends before it begins");
}

/* "> 2026-05" is what comes after its last day. */
static int parse_comparison(struct date_range *out, struct check *c, size_t signs)
{
	const char *s = c->node->text;
	struct date_range period;
	bool less = s[0] == '<', more = s[0] == '>';
	bool equal = s[signs - 1] == '=';
	int rc;

	if (signs > 2 || (signs == 2 && (!equal || s[0] == '=')))
		return fail(c, "has no sign of comparison: <, <=, > or >=");
	rc = parse_period(&period, c, signs, c->node->textlen);
	if (rc != PDX_OK)
		return rc;
	if (!equal && (more ? period.last == DATE_MAX : period.first == DATE_MIN))
		return fail(c, "leaves no day");
	*out = (struct date_range){ DATE_MIN, DATE_MAX };
	if (less)
		out->last = equal ? period.last : period.first - 1;
	else if (more)
		out->first = equal ? period.first : period.last + 1;
	else
		*out = period;
	return PDX_OK;
}

static int parse_dates(struct date_range *out, struct check *c)
{
	size_t signs = strspn(c->node->text, "<>=");
	bool since = c->field->id == FIELD_SINCE, until = c->field->id == FIELD_UNTIL;
	int rc;

	if ((since || until) && (signs > 0 || strstr(c->node->text, "..")))
		return fail(c, "is not a single date");
	rc = signs > 0 ? parse_comparison(out, c, signs) : parse_range(out, c);
	if (rc == PDX_OK && since)
		out->last = DATE_MAX;
	if (rc == PDX_OK && until)
		out->first = DATE_MIN;
	return rc;
}

static int check_dates(struct ast *node, struct check *c)
{
	struct buf period;
	struct date_range range;
	int rc = parse_dates(&range, c);

	if (rc != PDX_OK)
		return rc;
	buf_init(&period, 0);
	ast_print_period(&period, range);
	node->kind = AST_DATES;
	node->field = c->field->id == FIELD_ADDED ? FIELD_ADDED : FIELD_DATE;
	node->range = range;
	node->period = arena_strdup(&c->q->arena, buf_str(&period));
	if (!buf_ok(&period) || !node->period)
		rc = err_nomem(c->err);
	buf_release(&period);
	return rc;
}

static bool is_flag(const struct ast *node, const char *name)
{
	if (node->textlen != strlen(name))
		return false;
	for (size_t i = 0; i < node->textlen; i++) {
		char c = node->text[i];

		if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != name[i])
			return false;
	}
	return true;
}

static int check_flag(struct ast *node, struct check *c)
{
	if (is_flag(node, "bookmarked"))
		node->flag = FLAG_BOOKMARKED;
	else if (is_flag(node, "new"))
		node->flag = FLAG_NEW;
	else
		return fail(c, "is neither bookmarked nor new");
	node->kind = AST_FLAG;
	return PDX_OK;
}

int check_value(struct ast *node, struct pdx_query *q, struct pdx_err *err)
{
	struct check c = { q, node, field_get(node->field), err };

	if (c.field->kind == FIELD_KIND_DATE)
		return check_dates(node, &c);
	if (c.field->kind == FIELD_KIND_FLAG)
		return check_flag(node, &c);
	return PDX_OK;
}
