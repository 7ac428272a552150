/* Templates of lines: read once, filled for each record. */
#include "render/line.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "render/json_record.h"
#include "render/layout.h"
#include "render/record.h"
#include "render/schema.h"
#include "render/term.h"

#define WIDTH_MAX 1000 /* a typing error beyond that */
#define DECIMALS_MAX 9 /* a score has six that mean something */
#define ELLIPSIS "\xE2\x80\xA6"

void line_release(struct line *l)
{
	projection_release(&l->fields);
	free(l->v);
	*l = (struct line){ .v = NULL };
}

/* ---- reading ---- */

/* A template being read. */
struct reading {
	struct line *line;
	const char *text;
	size_t at;
	struct buf plain; /* text that is not yet a piece */
	json_t *schema;
};

static int add_piece(struct line *l, struct line_piece piece, struct pdx_err *err)
{
	if (!mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v)))
		return err_nomem(err);
	l->v[l->n++] = piece;
	return PDX_OK;
}

static int end_plain(struct reading *t, struct pdx_err *err)
{
	struct line_piece piece = { .text = NULL };

	if (!buf_ok(&t->plain))
		return err_nomem(err);
	if (!t->plain.len)
		return PDX_OK;
	piece.text = arena_strdup(&t->line->fields.arena, buf_str(&t->plain));
	buf_reset(&t->plain);
	return piece.text ? add_piece(t->line, piece, err) : err_nomem(err);
}

/* Digits at *${s} as a number up to ${max}; it is moved behind them. */
static bool number(size_t *out, const char **s, size_t max)
{
	const char *start = *s;

	for (*out = 0; **s >= '0' && **s <= '9' && *out <= max; (*s)++)
		*out = *out * 10 + (size_t)(**s - '0');
	return *s > start && *out <= max;
}

/* "40", ".2" or "8.2", ${len} bytes. */
static bool parse_shape(struct line_piece *piece, const char *s, size_t len)
{
	const char *end = s + len;
	size_t decimals;

	if (s == end || (*s != '.' && (!number(&piece->width, &s, WIDTH_MAX) ||
				       piece->width == 0)))
		return false;
	if (s == end)
		return true;
	if (*s++ != '.' || !number(&decimals, &s, DECIMALS_MAX))
		return false;
	piece->decimals = (int)decimals;
	return s == end;
}

static int fail(const struct reading *t, size_t start, size_t len, const char *message,
		struct pdx_err *err)
{
	err_set(err, PDX_E_USAGE, "%s", message);
	err_place(err, t->text, start, len);
	return PDX_E_USAGE;
}

/* "{name}" or "{name:shape}", at its brace. */
static int read_field(struct reading *t, struct pdx_err *err)
{
	size_t start = t->at + 1, len = strcspn(t->text + start, "{}");
	size_t name = strcspn(t->text + start, ":{}");
	struct projection *fields = &t->line->fields;
	struct line_piece piece = { .field = fields->n, .decimals = -1 };
	int rc;

	if (t->text[start + len] != '}')
		return fail(t, t->at, 1, "\"{\" has no \"}\"; \"{{\" is a brace", err);
	rc = projection_add(fields, t->text, start, name, t->schema, err);
	if (rc)
		return rc;
	if (name < len && !parse_shape(&piece, t->text + start + name + 1,
				       len - name - 1))
		return fail(t, start + name, len - name,
			    "behind \":\" stand columns, decimals or both: "
			    "{title:40} {score:.2} {score:8.2}",
			    err);
	if (piece.decimals >= 0 && !fields->v[piece.field].number)
		return fail(t, start + name, len - name,
			    "only numbers have decimals", err);
	t->at = start + len + 1;
	return add_piece(t->line, piece, err);
}

static int read_escape(struct reading *t, struct pdx_err *err)
{
	char c = t->text[t->at + 1];

	if (c == '\0' || !strchr("tn\\", c))
		return fail(t, t->at, c ? 2 : 1,
			    "a backslash begins \\t, \\n or \\\\", err);
	buf_putc(&t->plain, (char)(c == 't' ? '\t' : c == 'n' ? '\n' : c));
	t->at += 2;
	return PDX_OK;
}

static int read_one(struct reading *t, struct pdx_err *err)
{
	char c = t->text[t->at], after = t->text[t->at + 1];
	int rc;

	if (c == '\\')
		return read_escape(t, err);
	if (c == '{' && after != '{') {
		rc = end_plain(t, err);
		return rc ? rc : read_field(t, err);
	}
	if (c == '}' && after != '}')
		return fail(t, t->at, 1, "\"}\" has no \"{\"; \"}}\" is a brace", err);
	buf_putc(&t->plain, c);
	t->at += c == '{' || c == '}' ? 2 : 1;
	return PDX_OK;
}

int line_parse(struct line *l, const char *text, const char *schema,
	       struct pdx_err *err)
{
	struct reading t = { .line = l, .text = text, .schema = schema_of(schema) };
	int rc = t.schema ? PDX_OK : err_nomem(err);

	buf_init(&t.plain, 0);
	while (!rc && text[t.at])
		rc = read_one(&t, err);
	if (!rc)
		rc = end_plain(&t, err);
	buf_release(&t.plain);
	json_decref(t.schema);
	return rc;
}

/* ---- filling ---- */

static bool is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || cp == 0x85 || cp == 0x2028 ||
	       cp == 0x2029;
}

/*
 * ${text} on one line, as far as ${max} columns go; returns those it takes.  *whole: it
 * all went.
 */
static size_t put_cells(struct buf *out, bool *whole, const char *text, size_t len,
			size_t max, bool safe)
{
	size_t columns = 0, n;
	bool gap = false;

	for (size_t i = 0; i < len; i += n) {
		char bytes[UTF8_MAX_BYTES];
		uint32_t cp;
		size_t cell;
		bool space;

		n = utf8_decode(&cp, text + i, len - i);
		space = is_space(cp);
		if (space && gap)
			continue; /* the end of a paragraph is one blank */
		gap = space && cp != ' ';
		cp = space ? ' ' : safe ? layout_safe(cp) : cp;
		cell = layout_cell(layout_safe(cp));
		*whole = columns + cell <= max;
		if (!*whole)
			return columns;
		columns += cell;
		if (cp)
			buf_put(out, bytes, utf8_encode(bytes, cp));
	}
	*whole = true;
	return columns;
}

/* ${value} in exactly ${width} columns; a number is longer rather than wrong. */
static void put_wide(struct render *r, const struct buf *value, size_t width, bool number)
{
	const char *text = buf_str(value);
	struct buf line;
	bool whole;
	size_t columns;

	buf_init(&line, 0);
	columns = put_cells(&line, &whole, text, value->len,
			    width && !number ? width : SIZE_MAX, r->seen);
	if (!whole) {
		buf_reset(&line);
		columns = put_cells(&line, &whole, text, value->len, width - 1,
				    r->seen) + 1;
		buf_puts(&line, ELLIPSIS);
	}
	if (number && columns < width)
		out_pad(r->out, width - columns);
	out_write(r->out, buf_str(&line), line.len);
	if (!number && columns < width)
		out_pad(r->out, width - columns);
	if (!buf_ok(&line))
		out_fail(r->out, PDX_E_NOMEM);
	buf_release(&line);
}

static void put_field(struct render *r, const struct line_piece *piece, json_t *record)
{
	const struct projected *f = &r->line->fields.v[piece->field];
	struct buf value;
	double number;

	buf_init(&value, 0);
	if (piece->decimals >= 0 && projection_number(&number, f, record))
		buf_printf(&value, "%.*f", piece->decimals, number);
	else
		projection_text(&value, f, record);
	put_wide(r, &value, piece->width, f->number);
	if (!buf_ok(&value))
		out_fail(r->out, PDX_E_NOMEM);
	buf_release(&value);
}

/* ${record} is given up. */
static void put_line(struct render *r, json_t *record)
{
	const struct line *l = r->line;

	if (!record)
		out_fail(r->out, PDX_E_NOMEM);
	for (size_t i = 0; i < l->n && record; i++) {
		if (l->v[i].text)
			out_puts(r->out, l->v[i].text);
		else
			put_field(r, &l->v[i], record);
	}
	out_putc(r->out, '\n');
	json_decref(record);
}

static void begin(struct render *r, const struct render_search *search)
{
	(void)r, (void)search;
}

static void hit(struct render *r, const struct pdx_hit *h)
{
	put_line(r, json_hit(NULL, h));
}

static void count(struct render *r, const struct render_search *search)
{
	out_printf(r->out, "%" PRIu64 "\n", search->total);
}

static void record(struct render *r, const struct record_kind *kind, const void *what)
{
	for (size_t i = 0, n = record_rows(kind, what); i < n; i++)
		put_line(r, record_row(kind, what, i));
}

const struct renderer renderer_line = {
	.name = "template",
	.begin = begin,
	.hit = hit,
	.end = begin,
	.count = count,
	.record = record,
	TERM_MESSAGES,
};
