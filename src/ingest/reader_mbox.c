/*
 * Reader of newsletters: mailboxes (mboxo, mboxrd) and single messages.  One message is
 * one article; its headers say what it is, its text is what mail_text.c finds.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/mail_header.h"
#include "ingest/mail_text.h"
#include "ingest/provenance.h"
#include "ingest/reader.h"
#include "ingest/stream.h"
#include "ingest/text_panel.h"

struct mbox {
	struct stream stream;
	struct read_options options;
	size_t max;
	struct reader_voice voice;
	struct arena arena;
	struct buf scratch, line, message, value, words;
	bool box;        /* messages begin with "From " lines; else there is one */
	bool begun;      /* the "From " line of the next message was read */
	bool too_long;   /* the message is */
	uint64_t number; /* of the last line, from 1 */
	uint64_t first, offset, end; /* of the message: line, bytes */
	uint64_t next_first, next_offset;
};

/* ---- what a message begins with -------------------------------------------- */

/* "From ana@lantern.example Fri May  8 10:00:00 2026", as mailboxes have it. */
static bool is_from_line(const char *s, size_t len)
{
	if (len < 10 || memcmp(s, "From ", 5) != 0)
		return false;
	for (size_t i = 5; i + 4 < len; i++) {
		if (s[i] >= '0' && s[i] <= '9' && s[i + 1] == ':' && s[i + 2] >= '0' &&
		    s[i + 2] <= '9')
			return true; /* a clock */
	}
	return false;
}

static bool is_mail_name(const char *s, size_t len)
{
	static const char *const names[] = { "From",        "Date",         "Subject",
					     "Message-ID",  "MIME-Version", "Received",
					     "Return-Path", "Delivered-To" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == len && strncasecmp(names[i], s, len) == 0)
			return true;
	}
	return false;
}

/* How many headers of mail there are before the first line that is none. */
static size_t count_mail_headers(const char *s, size_t len)
{
	size_t n = 0, namelen;

	while (len > 0) {
		const char *feed = memchr(s, '\n', len);
		size_t line = feed ? (size_t)(feed - s) : len;

		if (mail_is_header(&namelen, s, line))
			n += is_mail_name(s, namelen);
		else if (*s != ' ' && *s != '\t')
			break;
		if (!feed)
			break;
		s += line + 1;
		len -= line + 1;
	}
	return n;
}

static const char *const mbox_endings[] = { ".mbox", ".eml", ".mbx", NULL };

static int mbox_bid(const char *head, size_t len, bool whole, const char *name)
{
	const char *feed = memchr(head, '\n', len);
	size_t line = feed ? (size_t)(feed - head) : len, headers;

	(void)whole;
	if (is_from_line(head, line) && feed)
		return count_mail_headers(feed + 1, len - line - 1) > 0 ? 90 : 0;
	headers = count_mail_headers(head, len);
	if (headers >= 2)
		return 85;
	return headers > 0 && reader_ends_as(name, mbox_endings) ? 50 : 0;
}

/* ---- lines to messages ----------------------------------------------------- */

/* ">From " was "From " before it was put into a mailbox, ">>From " was ">From ". */
static size_t quoted_from(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == '>')
		n++;
	return n > 0 && len - n >= 5 && memcmp(s + n, "From ", 5) == 0 ? 1 : 0;
}

static void add_line(struct mbox *m)
{
	const char *s = buf_str(&m->line);
	size_t len = m->line.len, quote = m->box ? quoted_from(s, len) : 0;

	if (len > 0 && s[len - 1] == '\r')
		len--;
	if (m->too_long || len - quote + 1 > m->max - m->message.len) {
		m->too_long = true;
		return;
	}
	buf_put(&m->message, s + quote, len - quote);
	buf_putc(&m->message, '\n');
}

/* Read the next message.  1, 0 at the end, or an error. */
static int next_message(struct mbox *m, struct pdx_err *err)
{
	struct stream_line line;
	bool blank = true, any = m->begun;
	int rc;

	buf_reset(&m->message);
	m->too_long = m->begun = false;
	m->first = m->next_first;
	m->offset = m->next_offset;
	while ((rc = stream_line(&line, &m->stream, &m->line, m->max, err)) > 0) {
		m->number++;
		m->end = line.offset;
		if (m->box && blank && is_from_line(buf_str(&m->line), m->line.len)) {
			m->next_first = m->number;
			m->next_offset = line.offset;
			m->begun = true;
			if (any)
				return 1;
			any = true;
			m->begun = false;
			m->first = m->number;
			m->offset = line.offset;
			continue;
		}
		if (!any) {
			m->first = m->number;
			m->offset = line.offset;
		}
		any = true;
		blank = m->line.len == 0 || (m->line.len == 1 && *m->line.data == '\r');
		m->too_long = m->too_long || !line.whole;
		add_line(m);
	}
	m->end = m->stream.offset;
	return rc < 0 ? rc : any;
}

/* ---- a message as an article ----------------------------------------------- */

/* A header with its words decoded, clean, in the arena; NULL: there is none. */
static int header_text(const char **out, struct mbox *m, const char *name)
{
	size_t len = mail_headers_len(m->message.data, m->message.len);
	const char *text;

	*out = NULL;
	if (!mail_header(&m->value, m->message.data, len, name))
		return buf_ok(&m->value) ? 0 : PDX_E_NOMEM;
	buf_reset(&m->words);
	mail_words(&m->words, buf_str(&m->value), m->value.len);
	text = clean_line(&m->arena, &m->scratch, buf_str(&m->words), m->words.len);
	if (!text || !buf_ok(&m->words))
		return PDX_E_NOMEM;
	*out = *text ? text : NULL;
	return 0;
}

/* What stands in the <angles> of ${s}, else all of it. */
static const char *inside_angles(struct mbox *m, const char *s)
{
	const char *open = strchr(s, '<'), *close = open ? strchr(open, '>') : NULL;

	return close ? clean_line(&m->arena, &m->scratch, open + 1,
				  (size_t)(close - open) - 1)
		     : s;
}

/* The name in "Name <address>", else the address. */
static const char *display_name(struct mbox *m, const char *s)
{
	const char *open = strchr(s, '<');
	size_t len = open ? (size_t)(open - s) : 0;

	clean_trim(&s, &len);
	if (len > 1 && s[0] == '"' && s[len - 1] == '"') {
		s++;
		len -= 2;
	}
	if (len > 0)
		return clean_line(&m->arena, &m->scratch, s, len);
	return inside_angles(m, s);
}

static int set_source(struct pdx_article *a, struct mbox *m)
{
	const char *from;
	int rc = header_text(&from, m, "List-Id");

	if (rc == 0 && !from)
		rc = header_text(&from, m, "From");
	if (rc < 0)
		return rc;
	if (from) {
		a->source = display_name(m, from);
		return a->source ? 0 : PDX_E_NOMEM;
	}
	a->source = m->options.source;
	a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
	return 0;
}

static int set_date(struct pdx_article *a, struct mbox *m)
{
	const char *date;

	if (header_text(&date, m, "Date") < 0)
		return PDX_E_NOMEM;
	if (date && !date_parse_written(&a->date, date, strlen(date)))
		reader_warn(&m->voice,
			    "date \"%.*s\" is not understood; kept without one",
			    reader_quote(date, strlen(date)), date);
	return 0;
}

/* "a, b" */
static int set_categories(struct pdx_article *a, struct mbox *m)
{
	const char *words, **v;
	size_t n = 1;

	if (header_text(&words, m, "Keywords") < 0)
		return PDX_E_NOMEM;
	for (const char *p = words; p && (p = strchr(p, ',')); p++)
		n++;
	v = words ? arena_array(&m->arena, n, sizeof(*v)) : NULL;
	if (words && !v)
		return PDX_E_NOMEM;
	a->categories = v;
	for (size_t len; words && *words; words += len + (words[len] != '\0')) {
		char *value;

		len = strcspn(words, ",");
		value = clean_line(&m->arena, &m->scratch, words, len);
		if (!value)
			return PDX_E_NOMEM;
		if (*value)
			v[a->ncategories++] = value;
	}
	return 0;
}

static int set_headers(struct pdx_article *a, struct mbox *m)
{
	const char *id, *link;

	if (header_text(&a->title, m, "Subject") < 0 ||
	    header_text(&id, m, "Message-ID") < 0 ||
	    header_text(&link, m, "Archived-At") < 0 ||
	    header_text(&a->lang, m, "Content-Language") < 0)
		return PDX_E_NOMEM;
	a->ref = id ? inside_angles(m, id) : NULL;
	a->url = link ? inside_angles(m, link) : NULL;
	if ((id && !a->ref) || (link && !a->url) || set_date(a, m) < 0 ||
	    set_source(a, m) < 0)
		return PDX_E_NOMEM;
	return set_categories(a, m);
}

static int set_body(struct pdx_article *a, struct mbox *m)
{
	struct mail_text text;
	bool ok;

	mail_text_init(&text);
	ok = mail_text_read(&text, m->message.data, m->message.len);
	if (ok) {
		a->body = clean_block(&m->arena, &m->scratch, buf_str(&text.text),
				      text.text.len);
		if (text.attachments > 0)
			reader_warn(&m->voice, "%zu attachment%s left out",
				    text.attachments, text.attachments == 1 ? "" : "s");
		if (text.limited)
			reader_warn(&m->voice, "more parts than are read; the rest is "
					       "left out");
	}
	mail_text_release(&text);
	return a->body ? text_panel(a, &m->arena, &m->scratch) : PDX_E_NOMEM;
}

static int set_title(struct pdx_article *a, struct mbox *m)
{
	if (a->title)
		return 0;
	a->title = clean_sentence(&m->arena, &m->scratch, a->body);
	a->provenance[PDX_PART_TITLE] = PDX_FROM_TEXT;
	reader_warn(&m->voice, "no subject; the first sentence stands for it");
	return a->title ? 0 : PDX_E_NOMEM;
}

static int read_message(struct mbox *m, struct pdx_article *a, struct read_skip *skip)
{
	*a = (struct pdx_article){ .date = PDX_NO_DATE, .origin = m->voice.origin };
	if (set_headers(a, m) < 0 || set_body(a, m) < 0)
		return PDX_E_NOMEM;
	if (!a->title && !*a->body)
		return reader_skip(skip,
				   "a message without a subject and without text");
	if (set_title(a, m) < 0)
		return PDX_E_NOMEM;
	if (*a->body)
		a->provenance[PDX_PART_BODY] = PDX_FROM_TEXT;
	provenance_rest(a, PDX_FROM_HEADER);
	return READ_ARTICLE;
}

static int mbox_next(void *state, struct pdx_article *article, struct read_skip *skip,
		     struct pdx_err *err)
{
	struct mbox *m = state;
	int rc;

	arena_reset(&m->arena);
	rc = next_message(m, err);
	if (rc <= 0)
		return rc;
	m->voice.origin = reader_origin(&m->arena, &m->scratch, m->stream.input->name,
					m->box ? m->first : 0);
	if (!m->voice.origin || !buf_ok(&m->message))
		return err_nomem(err);
	*skip = (struct read_skip){ .origin = m->voice.origin,
				    .offset = m->offset,
				    .len = m->end - m->offset };
	if (m->too_long)
		return reader_skip(skip, "more than %zu bytes in one message", m->max);
	if (m->message.len == 0)
		return reader_skip(skip, "a message without anything in it");
	rc = read_message(m, article, skip);
	return rc < 0 ? err_nomem(err) : rc;
}

static void mbox_close(void *state)
{
	struct mbox *m = state;

	if (!m)
		return;
	buf_release(&m->scratch);
	buf_release(&m->line);
	buf_release(&m->message);
	buf_release(&m->value);
	buf_release(&m->words);
	arena_release(&m->arena);
	stream_release(&m->stream);
	free(m);
}

static int mbox_open(void **state, const struct input *input, const char *head,
		     size_t len, const struct read_options *options,
		     struct pdx_err *err)
{
	struct mbox *m = calloc(1, sizeof(*m));
	int rc;

	*state = NULL;
	if (!m)
		return err_nomem(err);
	m->options = *options;
	m->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	m->voice.warn = options->warn;
	m->box = len >= 5 && memcmp(head, "From ", 5) == 0;
	buf_init(&m->scratch, 0);
	buf_init(&m->line, 0);
	buf_init(&m->message, 0);
	buf_init(&m->value, 0);
	buf_init(&m->words, 0);
	rc = stream_init(&m->stream, input, head, len, err);
	if (rc < 0) {
		mbox_close(m);
		return rc;
	}
	*state = m;
	return 0;
}

const struct reader_ops reader_mbox = {
	.name = "mbox",
	.help = "newsletters: mailboxes and single messages",
	.endings = mbox_endings,
	.bid = mbox_bid,
	.open = mbox_open,
	.next = mbox_next,
	.close = mbox_close,
};
