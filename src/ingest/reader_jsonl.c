/*
 * Reader of JSON Lines: one article an object, one object a line.  Takes lines apart
 * and accounts for each; what a record means is record.c's business.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"
#include "ingest/reader.h"
#include "ingest/record.h"
#include "ingest/stream.h"

struct jsonl {
	struct stream stream;
	struct record_reader records;
	size_t max;
	struct buf line;
	uint64_t number; /* of the line, from 1 */
	bool ended;
};

static bool has_extension(const char *name, const char *extension)
{
	size_t len = strlen(name), n = strlen(extension);

	return len >= n && strcasecmp(name + len - n, extension) == 0;
}

static bool is_object(const char *s, size_t len)
{
	json_error_t e;
	json_t *v = json_loadb(s, len, RECORD_JSON_FLAGS, &e);
	bool object = json_is_object(v);

	json_decref(v);
	return object;
}

/*
 * The first line decides: an object is surely ours, and a broken one is where its line
 * is more than the lone brace of a document spread over many lines.
 */
static int jsonl_bid(const char *head, size_t len, bool whole, const char *name)
{
	int by_name = has_extension(name, ".jsonl") || has_extension(name, ".ndjson");
	const char *feed;
	size_t n, blank;

	while ((blank = clean_blank(head, len)) > 0) {
		head += blank;
		len -= blank;
	}
	feed = len > 0 ? memchr(head, '\n', len) : NULL;
	n = feed ? (size_t)(feed - head) : len;
	if (n == 0 || *head != '{')
		return by_name ? 30 : 0;
	if (feed || whole) {
		if (is_object(head, n))
			return 95;
		clean_trim(&head, &n);
		return n > 1 || by_name ? 40 : 0;
	}
	return 80; /* a first line longer than what was read */
}

static bool is_blank(const struct buf *line)
{
	const char *s = buf_str(line);
	size_t len = line->len;

	clean_trim(&s, &len);
	return len == 0;
}

static int read_line(struct jsonl *j, struct pdx_article *article,
		     struct read_skip *skip)
{
	const char *s = buf_str(&j->line);
	size_t len = j->line.len;

	clean_trim(&s, &len); /* a byte-order mark is no JSON */
	return record_read(article, &j->records, s, len, skip);
}

static int jsonl_next(void *state, struct pdx_article *article, struct read_skip *skip,
		      struct pdx_err *err)
{
	struct jsonl *j = state;
	struct stream_line line;
	int rc;

	if (j->ended)
		return READ_END;
	do {
		rc = stream_line(&line, &j->stream, &j->line, j->max, err);
		j->number++;
	} while (rc > 0 && line.whole && is_blank(&j->line));
	if (rc < 0)
		return rc;

	if (rc == 0) {
		j->ended = true;
		return record_report(&j->records, j->stream.input->name) < 0
			       ? err_nomem(err)
			       : READ_END;
	}
	if (record_begin(&j->records, j->stream.input->name, j->number) < 0)
		return err_nomem(err);
	*skip = (struct read_skip){ .origin = j->records.voice.origin,
				    .offset = line.offset,
				    .len = line.len };
	if (!line.whole)
		return reader_skip(skip, "a line longer than %zu bytes", j->max);
	rc = read_line(j, article, skip);
	return rc < 0 ? err_nomem(err) : rc;
}

static void jsonl_close(void *state)
{
	struct jsonl *j = state;

	if (!j)
		return;
	record_release(&j->records);
	buf_release(&j->line);
	stream_release(&j->stream);
	free(j);
}

static int jsonl_open(void **state, const struct input *input, const char *head,
		      size_t len, const struct read_options *options,
		      struct pdx_err *err)
{
	struct jsonl *j = calloc(1, sizeof(*j));
	int rc;

	*state = NULL;
	if (!j)
		return err_nomem(err);
	j->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	buf_init(&j->line, 0);
	rc = record_init(&j->records, &vocabulary_article, options) < 0
		     ? err_nomem(err)
		     : stream_init(&j->stream, input, head, len, err);
	if (rc < 0) {
		jsonl_close(j);
		return rc;
	}
	*state = j;
	return 0;
}

static const char *const jsonl_endings[] = { ".jsonl", ".ndjson", ".json", NULL };

const struct reader_ops reader_jsonl = {
	.name = "jsonl",
	.help = "JSON Lines: one article an object, one object a line",
	.endings = jsonl_endings,
	.bid = jsonl_bid,
	.open = jsonl_open,
	.next = jsonl_next,
	.close = jsonl_close,
	.pieces_stand_alone = true,
};
