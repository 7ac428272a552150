/*
 * The readers' table, and the choice among them.  Knows what inputs look like, not how
 * they are read.
 */
#include "ingest/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/peek.h"

const struct reader_ops *const readers[] = {
	&reader_capture,
	&reader_jsonl,
	&reader_json,
	&reader_csv,
	&reader_feed,
	&reader_markdown,
	&reader_mbox,
	&reader_html,
	NULL,
};

struct reader {
	const struct reader_ops *ops;
	void *state;
};

/* How other formats begin; longer before shorter where one is the other's start. */
static const struct {
	const char *magic;
	size_t len;
	const char *what;
} signatures[] = {
	{ "%PDF-", 5, "a PDF file" },
	{ "\x89PNG", 4, "an image" },
	{ "\xff\xd8\xff", 3, "an image" },
	{ "GIF8", 4, "an image" },
	{ "SQLite format 3", 15, "an SQLite database" },
	{ "\xff\xfe", 2, "UTF-16 text" },
	{ "\xfe\xff", 2, "UTF-16 text" },
	{ "<?xml", 5, "an XML document" },
	{ "<rss", 4, "an XML document" },
	{ "<feed", 5, "an XML document" },
	{ "{", 1, "a JSON document without articles" },
	{ "[", 1, "a JSON document without articles" },
};

static const char *looks_like(const char *head, size_t len)
{
	size_t n;

	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		n = signatures[i].len;
		if (n <= len && strncasecmp(head, signatures[i].magic, n) == 0)
			return signatures[i].what;
	}
	return memchr(head, '\0', len) ? "a binary file" : NULL;
}

static int refuse(struct pdx_err *err, const char *head, size_t len)
{
	const char *what;
	size_t n;

	while ((n = clean_blank(head, len)) > 0) {
		head += n;
		len -= n;
	}
	if (len == 0)
		return err_set(err, PDX_E_INPUT, "empty");
	what = looks_like(head, len);
	if (what)
		return err_set(err, PDX_E_INPUT, "looks like %s", what);
	return err_set(err, PDX_E_INPUT,
		       "not a captured page: no header line that ends with a date, no "
		       "\"Original source\", no \"Panel Takes\"; and no other format");
}

static const struct reader_ops *choose(const char *head, size_t len, bool whole,
				       const char *name)
{
	const struct reader_ops *best = NULL;
	int most = 0;

	for (size_t i = 0; readers[i]; i++) {
		int bid = readers[i]->bid(head, len, whole, name);

		if (bid > most) {
			most = bid;
			best = readers[i];
		}
	}
	return best;
}

int reader_open(struct reader **out, const struct input *input,
		const struct read_options *options, struct pdx_err *err)
{
	struct reader *r = calloc(1, sizeof(*r));
	char *head = malloc(PEEK_BYTES);
	size_t len = 0;
	int rc;

	*out = NULL;
	rc = r && head ? input_fill(&len, input, head, PEEK_BYTES, err)
		       : err_nomem(err);
	if (rc < 0 && len == 0)
		goto out;
	r->ops = choose(head, len, len < PEEK_BYTES && rc == 0, input->name);
	if (!r->ops) {
		rc = refuse(err, head, len);
		goto out;
	}
	rc = r->ops->open(&r->state, input, head, len, options, err);
	if (rc < 0)
		goto out;
	*out = r;
	r = NULL;
out:
	free(head);
	free(r);
	return rc;
}

int reader_next(struct reader *r, struct pdx_article *article, struct read_skip *skip,
		struct pdx_err *err)
{
	return r->ops->next(r->state, article, skip, err);
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	r->ops->close(r->state);
	free(r);
}

bool reader_ends_as(const char *name, const char *const *endings)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && endings[i]; i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return true;
	return false;
}

bool reader_is_promised(const char *name)
{
	for (size_t i = 0; readers[i]; i++)
		if (reader_ends_as(name, readers[i]->endings))
			return true;
	return false;
}

const char *reader_name(const struct reader *r)
{
	return r->ops->name;
}

bool reader_pieces_stand_alone(const struct reader *r)
{
	return r->ops->pieces_stand_alone;
}

void reader_warn(const struct reader_voice *voice, const char *fmt, ...)
{
	char message[PDX_ERR_MESSAGE];
	va_list args;

	if (!voice->warn.warn)
		return;
	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	voice->warn.warn(voice->warn.ctx, voice->origin, message);
}

int reader_skip(struct read_skip *skip, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(skip->reason, sizeof(skip->reason), fmt, args);
	va_end(args);
	return READ_SKIP;
}

const char *reader_origin(struct arena *arena, struct buf *scratch, const char *name,
			  uint64_t line)
{
	const char *origin = clean_line(arena, scratch, name, strlen(name));

	if (!origin || line == 0)
		return origin;
	buf_reset(scratch);
	buf_printf(scratch, "%s:%llu", origin, (unsigned long long)line);
	return buf_ok(scratch) ? arena_dup(arena, scratch->data, scratch->len) : NULL;
}

int reader_quote(const char *s, size_t len)
{
	return (int)utf8_cut(s, len, READER_QUOTE);
}
