/*
 * Reader of tables: CSV and TSV with a header, of which each row is an article.  The
 * names of columns are the keys of JSON records, in any case.  What paneldex itself
 * writes as csv or tsv reads back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/clean.h"
#include "ingest/csv_row.h"
#include "ingest/reader.h"
#include "ingest/record.h"
#include "ingest/stream.h"

#define NAME_MAX 64 /* bytes of a column's name that is a key of ours */

struct table {
	struct stream stream;
	struct record_reader records;
	size_t max;
	struct csv_row row;
	struct buf line, cell;
	uint64_t number; /* of lines, from 1 */

	char **names; /* of columns, as keys; NULL: not read */
	size_t nnames;
	bool ours;   /* written by paneldex search */
	bool passed; /* inside a table that is not of articles */
	bool gap;    /* an empty line stands before the row */
	bool ended, latin;

	uint64_t row_offset, row_line;
	bool too_long; /* the row was */
};

/* ---- the header ------------------------------------------------------------ */

/* The key of ours that ${len} bytes of ${name} are, in any case; NULL: none. */
static const struct record_key *find_key(const char *name, size_t len)
{
	char lower[NAME_MAX];

	if (len >= sizeof(lower))
		return NULL;
	for (size_t i = 0; i < len; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20)
							    : name[i];
	lower[len] = '\0';
	return vocabulary_find(&vocabulary_article, lower);
}

struct sniffed {
	char delimiter;
	size_t columns, known;
	bool text; /* one of them is a title or a body */
};

static struct sniffed sniff_with(struct csv_row *row, const char *line, size_t len)
{
	struct sniffed s = { .delimiter = row->delimiter };

	csv_row_begin(row);
	csv_row_add(row, line, len);
	s.columns = row->n;
	for (size_t i = 0; csv_row_ok(row) && i < row->n; i++) {
		size_t n;
		const char *name = csv_row_trimmed(&n, row, i);
		const struct record_key *key = find_key(name, n);

		s.known += key != NULL;
		s.text = s.text || (key && vocabulary_is_text(key->name));
	}
	return s;
}

/* The delimiter that makes most of a header: names that are known, then columns. */
static struct sniffed sniff(const char *line, size_t len)
{
	static const char delimiters[] = ",\t;|";
	struct sniffed best = { .delimiter = ',' };

	for (const char *d = delimiters; *d; d++) {
		struct csv_row row;
		struct sniffed s;

		csv_row_init(&row, *d);
		s = sniff_with(&row, line, len);
		if (s.known > best.known ||
		    (s.known == best.known && s.columns > best.columns))
			best = s;
		csv_row_release(&row);
	}
	return best;
}

static const char *const csv_endings[] = { ".csv", ".tsv", NULL };

static int csv_bid(const char *head, size_t len, bool whole, const char *name)
{
	const char *feed;
	struct sniffed s;
	size_t blank;

	while ((blank = clean_blank(head, len)) > 0) {
		head += blank;
		len -= blank;
	}
	feed = len > 0 ? memchr(head, '\n', len) : NULL;
	if (len == 0 || (!feed && !whole) || strchr("{[<", *head) ||
	    memchr(head, '\0', len))
		return 0;
	s = sniff(head, feed ? (size_t)(feed - head) : len);
	if (s.text && s.known >= 2)
		return 80;
	return reader_ends_as(name, csv_endings) && (s.columns > 1 || s.text) ? 60 : 0;
}

/* ---- rows ------------------------------------------------------------------ */

static bool is_blank_line(const struct buf *line)
{
	const char *s = buf_str(line);
	size_t len = line->len;

	clean_trim(&s, &len);
	return len == 0;
}

/* A line without what Windows puts at its end, and the first without its mark. */
static void add_line(bool *done, struct table *t)
{
	const char *s = buf_str(&t->line);
	size_t len = t->line.len;

	if (t->number == 1 && len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		s += 3;
		len -= 3;
	}
	if (len > 0 && s[len - 1] == '\r')
		len--;
	*done = csv_row_add(&t->row, s, len);
}

/*
 * Read the next row that is not empty.  1, 0 at the end, or an error; *closed is false
 * where the input ends inside of quotes.
 */
static int next_row(bool *closed, struct table *t, struct pdx_err *err)
{
	struct stream_line line;
	int rc = 1;

	csv_row_begin(&t->row);
	t->too_long = t->gap = *closed = false;
	t->row_line = 0;
	while (!*closed &&
	       (rc = stream_line(&line, &t->stream, &t->line, t->max, err)) > 0) {
		t->number++;
		if (t->row_line == 0 && line.whole && is_blank_line(&t->line)) {
			t->gap = true;
			continue;
		}
		if (t->row_line == 0) {
			t->row_line = t->number;
			t->row_offset = line.offset;
		}
		if (!line.whole || t->row.text.len > t->max) {
			t->too_long = true;
			csv_row_forget(&t->row);
		}
		if (line.whole)
			add_line(closed, t);
		else
			*closed = true; /* where in it quotes are is not known */
	}
	if (!*closed && rc < 0)
		return rc;
	return csv_row_ok(&t->row) ? t->row_line > 0 : err_nomem(err);
}

/* ---- what the columns are -------------------------------------------------- */

static bool is_named(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->nnames; i++) {
		if (t->names[i] && strcmp(t->names[i], name) == 0)
			return true;
	}
	return false;
}

static char *copy(const char *s, size_t len)
{
	char *out = malloc(len + 1);

	if (out) {
		memcpy(out, s, len);
		out[len] = '\0';
	}
	return out;
}

/* Clean text of a cell in t->cell: other encodings are windows-1252, as Excel's are. */
static void decode(struct table *t, const char *s, size_t len)
{
	buf_reset(&t->cell);
	if (utf8_valid(s, len)) {
		buf_put(&t->cell, s, len);
		return;
	}
	t->latin = true;
	charset_decode(&t->cell, charset_find("windows-1252", 12), s, len);
}

/* The key of column ${i}: ours where it is one and the user does not map it. */
static int name_column(struct table *t, size_t i)
{
	const struct record_key *key;
	const char *name;
	size_t len;

	name = csv_row_trimmed(&len, &t->row, i);
	decode(t, name, len);
	name = buf_str(&t->cell);
	key = find_key(name, t->cell.len);
	if (key && !(t->records.map && record_map_uses(t->records.map, name)))
		name = key->name;
	if (is_named(t, name)) {
		reader_warn(&t->records.voice, "a second column \"%.*s\"; not read",
			    reader_quote(name, strlen(name)), name);
		return 0;
	}
	t->names[i] = copy(name, strlen(name));
	return t->names[i] ? 0 : PDX_E_NOMEM;
}

/* What a search shows beside the article. */
static void drop_own_columns(struct table *t)
{
	static const char *const own[] = { "rank", "score", "takes_matched", "group" };

	t->ours = is_named(t, "rank") && is_named(t, "id") && is_named(t, "score");
	for (size_t i = 0; t->ours && i < t->nnames; i++) {
		for (size_t j = 0; j < sizeof(own) / sizeof(own[0]); j++) {
			if (t->names[i] && strcmp(t->names[i], own[j]) == 0) {
				free(t->names[i]);
				t->names[i] = NULL;
			}
		}
	}
}

/* Every row will be rejected; say once what is there instead. */
static int warn_no_text(struct table *t)
{
	for (size_t i = 0; i < t->nnames; i++) {
		if (t->names[i] && vocabulary_is_text(t->names[i]))
			return 0;
	}
	for (size_t i = 0; t->records.map && i < t->records.map->n; i++) {
		if (vocabulary_is_text(t->records.map->v[i].field))
			return 0;
	}
	buf_reset(&t->cell);
	for (size_t i = 0; i < t->nnames; i++)
		buf_printf(&t->cell, "%s%s", i ? ", " : "",
			   t->names[i] ? t->names[i] : "");
	if (!buf_ok(&t->cell))
		return PDX_E_NOMEM;
	reader_warn(&t->records.voice, "no column is called title or body: %.*s",
		    reader_quote(buf_str(&t->cell), t->cell.len), buf_str(&t->cell));
	return 0;
}

static int read_header(struct table *t, struct pdx_err *err)
{
	int rc = 0;

	if (record_begin(&t->records, t->stream.input->name, t->row_line) < 0)
		return err_nomem(err);
	t->names = calloc(t->row.n, sizeof(*t->names));
	if (!t->names)
		return err_nomem(err);
	t->nnames = t->row.n;
	for (size_t i = 0; rc == 0 && i < t->nnames; i++)
		rc = name_column(t, i);
	drop_own_columns(t);
	if (rc == 0)
		rc = warn_no_text(t);
	return rc == 0 ? 0 : err_nomem(err);
}

/* ---- a row as a record ----------------------------------------------------- */

/* Before what a spreadsheet would take for a formula stands an apostrophe. */
static const char *unguarded(const char *s, size_t *len)
{
	if (*len < 2 || *s != '\'' || !strchr("=+-@\t\r", s[1]))
		return s;
	--*len;
	return s + 1;
}

static int add_cell(json_t *record, struct table *t, size_t i)
{
	const char *s;
	size_t len;

	if (!t->names[i])
		return 0;
	s = csv_row_trimmed(&len, &t->row, i);
	if (len == 0)
		return 0;
	decode(t, s, len);
	s = buf_str(&t->cell);
	len = t->cell.len;
	s = unguarded(s, &len);
	if (!buf_ok(&t->cell) ||
	    json_object_set_new(record, t->names[i], json_stringn(s, len)) < 0)
		return PDX_E_NOMEM;
	return 0;
}

static json_t *make_record(struct table *t)
{
	json_t *record = json_object();
	int rc = record ? 0 : PDX_E_NOMEM;

	for (size_t i = 0; rc == 0 && i < t->nnames; i++)
		rc = add_cell(record, t, i);
	if (rc == 0 && t->ours &&
	    (json_object_set_new(record, "schema", json_string(RECORD_SCHEMA)) < 0 ||
	     json_object_set_new(record, "ref", json_null()) < 0))
		rc = PDX_E_NOMEM;
	if (rc == 0)
		return record;
	json_decref(record);
	return NULL;
}

static int read_row(struct table *t, struct pdx_article *article,
		    struct read_skip *skip)
{
	json_t *record;
	bool latin = t->latin;
	int rc;

	if (t->row.n != t->nnames)
		return reader_skip(skip, "%zu column%s, not %zu", t->row.n,
				   t->row.n == 1 ? "" : "s", t->nnames);
	record = make_record(t);
	if (!record)
		return PDX_E_NOMEM;
	if (t->latin && !latin)
		reader_warn(&t->records.voice,
			    "not valid UTF-8; taken for windows-1252");
	rc = record_read_value(article, &t->records, record, skip);
	json_decref(record);
	return rc;
}

/* "field,value,count": the facets behind the hits of a search. */
static bool begins_facets(const struct table *t)
{
	static const char *const names[] = { "field", "value", "count" };

	for (size_t i = 0; i < 3; i++) {
		if (t->row.n != 3 || strcmp(csv_row_cell(&t->row, i), names[i]) != 0)
			return false;
	}
	return t->ours && t->gap;
}

static int end_table(struct table *t, struct pdx_err *err)
{
	t->ended = true;
	if (record_report(&t->records, t->stream.input->name) < 0)
		return err_nomem(err);
	return READ_END;
}

/* The row that was read.  As next(), or -1 + READ_END where it is no article. */
static int take_row(struct table *t, bool closed, struct pdx_article *article,
		    struct read_skip *skip)
{
	if (record_begin(&t->records, t->stream.input->name, t->row_line) < 0)
		return PDX_E_NOMEM;
	*skip = (struct read_skip){ .origin = t->records.voice.origin,
				    .offset = t->row_offset,
				    .len = t->stream.offset - t->row_offset };
	if (t->too_long)
		return reader_skip(skip, "a row longer than %zu bytes", t->max);
	if (t->row.wide)
		return reader_skip(skip, "more than %d columns", CSV_COLUMNS_MAX);
	if (!closed)
		return reader_skip(skip, "a quote in this row is never closed");
	return read_row(t, article, skip);
}

static int csv_next(void *state, struct pdx_article *article, struct read_skip *skip,
		    struct pdx_err *err)
{
	struct table *t = state;
	bool closed;
	int rc;

	if (t->ended)
		return READ_END;
	do {
		rc = next_row(&closed, t, err);
		if (rc < 0)
			return rc;
		if (rc == 0)
			return end_table(t, err);
		if (begins_facets(t))
			t->passed = true;
		else if (t->gap)
			t->passed = false;
	} while (t->passed);
	rc = take_row(t, closed, article, skip);
	return rc < 0 ? err_nomem(err) : rc;
}

static void csv_close(void *state)
{
	struct table *t = state;

	if (!t)
		return;
	for (size_t i = 0; i < t->nnames; i++)
		free(t->names[i]);
	free(t->names);
	csv_row_release(&t->row);
	buf_release(&t->line);
	buf_release(&t->cell);
	record_release(&t->records);
	stream_release(&t->stream);
	free(t);
}

/* Sniff and read the header, which is in ${head}. */
static int begin_table(struct table *t, struct pdx_err *err)
{
	size_t len, n, blank;
	const char *s = stream_bytes(&len, &t->stream), *feed;
	bool closed;
	int rc;

	while ((blank = clean_blank(s, len)) > 0) {
		s += blank;
		len -= blank;
	}
	feed = len > 0 ? memchr(s, '\n', len) : NULL;
	n = feed ? (size_t)(feed - s) : len;
	csv_row_init(&t->row, sniff(s, n).delimiter);
	rc = next_row(&closed, t, err);
	return rc > 0 ? read_header(t, err) : rc;
}

static int csv_open(void **state, const struct input *input, const char *head,
		    size_t len, const struct read_options *options, struct pdx_err *err)
{
	struct table *t = calloc(1, sizeof(*t));
	int rc;

	*state = NULL;
	if (!t)
		return err_nomem(err);
	t->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	buf_init(&t->line, 0);
	buf_init(&t->cell, 0);
	rc = record_init(&t->records, &vocabulary_article, options) < 0
		     ? err_nomem(err)
		     : stream_init(&t->stream, input, head, len, err);
	t->records.context.joined = true;
	if (rc == 0)
		rc = begin_table(t, err);
	if (rc < 0) {
		csv_close(t);
		return rc;
	}
	*state = t;
	return 0;
}

const struct reader_ops reader_csv = {
	.name = "csv",
	.help = "tables with a header, CSV or TSV: one article a row",
	.endings = csv_endings,
	.bid = csv_bid,
	.open = csv_open,
	.next = csv_next,
	.close = csv_close,
};
