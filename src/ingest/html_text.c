/*
 * Layout of text: which tags end a line or a paragraph.  Knows nothing of articles.
 */
#include "ingest/html_text.h"

#include <string.h>

#include "base/utf8.h"
#include "ingest/html_entity.h"

/* The greatest that was asked for since the last text counts. */
enum pending { NOTHING, SPACE, CELL, LINE, PARAGRAPH };

void html_writer_init(struct html_writer *w, struct buf *out)
{
	*w = (struct html_writer){ .out = out, .start = out->len };
}

static void pend(struct html_writer *w, unsigned what)
{
	if (what > w->pending)
		w->pending = what;
}

static void trim_end(struct html_writer *w)
{
	size_t len = w->out->len;

	while (len > w->start &&
	       (w->out->data[len - 1] == ' ' || w->out->data[len - 1] == '\n'))
		len--;
	buf_truncate(w->out, len);
}

/* Write what separates the text that comes from the text before it. */
static void flush(struct html_writer *w)
{
	static const char *const marks[] = {
		[NOTHING] = "", [SPACE] = " ",        [CELL] = " | ",
		[LINE] = "\n",  [PARAGRAPH] = "\n\n",
	};

	if (w->pending > SPACE)
		trim_end(w);
	if (w->out->len > w->start)
		buf_puts(w->out, marks[w->pending]);
	if (w->item)
		buf_puts(w->out, "- ");
	w->pending = NOTHING;
	w->item = false;
}

/* Says where a word may be broken, or nothing at all. */
static bool is_invisible(uint32_t cp)
{
	return cp == 0xAD || cp == 0x034F || cp == 0x200B || cp == 0x2060 ||
	       cp == 0xFEFF;
}

static bool is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0;
}

static void put_kept(struct html_writer *w, uint32_t cp, const char *s, size_t len)
{
	bool feed = cp == '\n';

	if (feed && w->keep_first) { /* the one behind the tag is no line */
		w->keep_first = false;
		return;
	}
	w->keep_first = false;
	if (w->pending > NOTHING)
		flush(w);
	if (cp == '\r')
		return;
	buf_put(w->out, s, len);
}

static void put_point(struct html_writer *w, uint32_t cp, const char *s, size_t len)
{
	if (is_invisible(cp))
		return;
	if (w->keep > 0) {
		put_kept(w, cp, s, len);
		return;
	}
	if (is_space(cp)) {
		pend(w, SPACE);
		return;
	}
	if (w->pending > NOTHING || w->item)
		flush(w);
	buf_put(w->out, s, len);
}

/* Most of any text: printable ASCII without a reference. */
static size_t plain_run(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] > ' ' && s[n] < 0x7F && s[n] != '&')
		n++;
	return n;
}

static size_t put_reference(struct html_writer *w, const char *s, size_t len)
{
	char bytes[UTF8_MAX_BYTES];
	uint32_t cp;
	size_t n = html_entity(&cp, s, len);

	if (n > 0)
		put_point(w, cp, bytes, utf8_encode(bytes, cp));
	return n;
}

void html_writer_text(struct html_writer *w, const char *s, size_t len, bool literal)
{
	for (size_t i = 0, n; i < len; i += n) {
		uint32_t cp;

		n = plain_run(s + i, len - i);
		if (n > 0) {
			/* the first one brings what is pending with it */
			put_point(w, (unsigned char)s[i], s + i, 1);
			buf_put(w->out, s + i + 1, n - 1);
			continue;
		}
		if (s[i] == '&' && !literal)
			n = put_reference(w, s + i, len - i);
		if (n == 0) {
			n = utf8_decode(&cp, s + i, len - i);
			put_point(w, cp, s + i, n);
		}
	}
}

static void separate(struct html_writer *w, enum html_name name)
{
	unsigned traits = html_traits(name);

	if (traits & HTML_BLOCK)
		pend(w, PARAGRAPH);
	else if (traits & HTML_LINE)
		pend(w, LINE);
	else if (traits & HTML_CELL)
		pend(w, CELL);
}

void html_writer_open(struct html_writer *w, enum html_name name)
{
	separate(w, name);
	if (name == HTML_BR)
		pend(w, w->pending >= LINE ? PARAGRAPH : LINE);
	if (name == HTML_LI)
		w->item = true;
	if (html_traits(name) & HTML_KEEP) {
		w->keep++;
		w->keep_first = true;
	}
}

void html_writer_close(struct html_writer *w, enum html_name name)
{
	separate(w, name);
	if (name == HTML_LI || name == HTML_UL || name == HTML_OL)
		w->item = false;
	if ((html_traits(name) & HTML_KEEP) && w->keep > 0)
		w->keep--;
	if (w->keep == 0)
		w->keep_first = false;
}

void html_text(struct buf *out, const char *html, size_t len)
{
	struct html_scanner scan;
	struct html_writer w;
	struct html_token t;

	html_scan_init(&scan, html, len);
	html_writer_init(&w, out);
	while (html_scan_next(&t, &scan)) {
		if (t.kind == HTML_TEXT) {
			html_writer_text(&w, t.s, t.len, t.literal);
		} else if (t.kind == HTML_CLOSE) {
			html_writer_close(&w, t.name);
		} else {
			html_writer_open(&w, t.name);
			if (t.empty)
				html_writer_close(&w, t.name);
			else if (html_traits(t.name) & HTML_SKIP)
				html_scan_skip(&scan, t.name);
		}
	}
	trim_end(&w);
}
