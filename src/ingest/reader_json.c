/*
 * Reader of JSON documents: an array of articles, objects one after another, or an
 * object with a list of articles in it, of which a JSON Feed is one.  Cuts the elements
 * out as they come, so that an array may be of any length; what a record means is
 * record.c's business.
 */
#include <stdlib.h>
#include <string.h>

#include "ingest/clean.h"
#include "ingest/json_extent.h"
#include "ingest/reader.h"
#include "ingest/record.h"
#include "ingest/stream.h"

/* Of what stands around a list: title, language and the like.  A page has less text. */
#define ENVELOPE_MAX ((size_t)1 << 20)

enum place {
	AT_TOP,
	IN_LIST,   /* an array of records */
	IN_OBJECT, /* one that is a record, or has a list of them */
	AT_END
};

struct document {
	struct stream stream;
	struct record_reader records;
	size_t max;
	enum place place;
	bool enclosed;  /* the list stands in an object */
	bool listed;    /* the object had a list: it is no record itself */
	uint64_t line;  /* from 1 */
	struct buf key; /* of a member */
	/* The value that was read last, or the object so far. */
	struct buf text;
	bool too_long; /* ${text} does not have all of it */
	uint64_t begin, begin_line;
	struct arena arena; /* what the envelope says */
};

static int json_bid(const char *head, size_t len, bool whole, const char *name)
{
	size_t blank;

	(void)name;
	while ((blank = clean_blank(head, len)) > 0) {
		head += blank;
		len -= blank;
	}
	switch (json_look(head, len)) {
	case JSON_LOOK_ENVELOPE: /* more than JSON Lines bid for an object */
		return 96;
	case JSON_LOOK_ARRAY:
		return 90;
	case JSON_LOOK_RECORD:
	case JSON_LOOK_RECORDS:
		return 60;
	case JSON_LOOK_PART: /* less than they bid for a line that is cut off */
		return whole ? 35 : 60;
	case JSON_LOOK_NOT:
		break;
	}
	/* Surely meant as JSON; where it is not, next() says the line. */
	return len > 1 && *head == '{' && strchr("\" \t\r\n", head[1]) ? 20 : 0;
}

/* Keep ${n} bytes of the stream's next, as far as the limit lets, and go behind them.
 */
static void take(struct document *d, size_t n)
{
	size_t have;
	const char *s = stream_bytes(&have, &d->stream);

	if (d->too_long || n > d->max - d->text.len)
		d->too_long = true;
	else
		buf_put(&d->text, s, n);
	for (const char *p = s; (p = memchr(p, '\n', n - (size_t)(p - s))); p++)
		d->line++;
	stream_take(&d->stream, n);
}

/* Go to the next byte that is no blank.  It, STREAM_END, or an error. */
static int next_byte(struct document *d, struct pdx_err *err)
{
	int c;

	while ((c = stream_peek(&d->stream, err)) >= 0 && c < STREAM_END) {
		if (!json_is_blank((char)c) && c != 0xEF && c != 0xBB && c != 0xBF)
			break; /* the three are a byte-order mark */
		take(d, 1);
	}
	return c;
}

static void begin_value(struct document *d)
{
	buf_reset(&d->text);
	d->too_long = false;
	d->begin = d->stream.offset;
	d->begin_line = d->line;
}

/* Take one value into the text.  1, 0 where the input ends in it, or an error. */
static int take_value(struct document *d, struct json_extent *st, struct pdx_err *err)
{
	bool done = false;
	int c;

	while (!done) {
		const char *s;
		size_t n;

		c = stream_peek(&d->stream, err);
		if (c < 0)
			return c;
		if (c == STREAM_END)
			return 0;
		s = stream_bytes(&n, &d->stream);
		take(d, json_extent_feed(&done, st, s, n));
	}
	return 1;
}

/* The value that was begun and the rest of the input are rejected. */
static int begin_skip_rest(struct document *d, struct read_skip *skip)
{
	d->place = AT_END;
	if (record_begin(&d->records, d->stream.input->name, d->begin_line) < 0)
		return PDX_E_NOMEM;
	*skip = (struct read_skip){ .origin = d->records.voice.origin,
				    .offset = d->begin };
	return READ_SKIP;
}

static int skip_cut(struct document *d, struct read_skip *skip, const char *inside)
{
	int rc = begin_skip_rest(d, skip);

	return rc < 0 ? rc : reader_skip(skip, "the input ends inside %s", inside);
}

/* What is next is no JSON. */
static int skip_broken(struct document *d, struct read_skip *skip, struct pdx_err *err)
{
	int c = stream_peek(&d->stream, err), rc;

	if (c < 0)
		return c;
	if (c == STREAM_END)
		return skip_cut(d, skip, "an object");
	rc = begin_skip_rest(d, skip);
	if (rc < 0)
		return rc;
	return reader_skip(skip,
			   c > ' ' && c < 0x7F
				   ? "not valid JSON: \"%c\" is in the wrong place at "
				     "line %llu"
				   : "not valid JSON: byte %d is in the wrong place at "
				     "line %llu",
			   c, (unsigned long long)d->line);
}

/* The value in the text is a record. */
static int read_record(struct document *d, struct pdx_article *article,
		       struct read_skip *skip)
{
	if (record_begin(&d->records, d->stream.input->name, d->begin_line) < 0 ||
	    !buf_ok(&d->text))
		return PDX_E_NOMEM;
	*skip = (struct read_skip){ .origin = d->records.voice.origin,
				    .offset = d->begin,
				    .len = d->stream.offset - d->begin };
	if (d->too_long)
		return reader_skip(skip, "a record longer than %zu bytes", d->max);
	return record_read(article, &d->records, buf_str(&d->text), d->text.len, skip);
}

/* A string of the envelope; NULL where it has none. */
static const char *envelope_text(struct document *d, json_t *envelope, const char *key)
{
	json_t *v = json_object_get(envelope, key);
	const char *text;

	if (!json_is_string(v))
		return NULL;
	text = clean_line(&d->arena, &d->records.scratch, json_string_value(v),
			  json_string_length(v));
	return text && *text ? text : NULL;
}

/* What stands before the list, its key last, says whose it is. */
static int read_envelope(struct document *d)
{
	const char *text = buf_str(&d->text), *version;
	size_t len = d->text.len - d->key.len;
	json_t *envelope;

	while (len > 1 && text[len - 1] != ',')
		len--;
	if (d->too_long || len > ENVELOPE_MAX)
		return 0;
	buf_truncate(&d->text, len > 1 ? len - 1 : 1);
	buf_putc(&d->text, '}');
	envelope = json_loadb(buf_str(&d->text), d->text.len, JSON_ALLOW_NUL, NULL);
	version = envelope_text(d, envelope, "version");
	if (version && strstr(version, "jsonfeed.org"))
		d->records.words = &vocabulary_json_feed;
	if (envelope && d->records.words == &vocabulary_json_feed)
		d->records.context = (struct record_context){
			.source = envelope_text(d, envelope, "title"),
			.lang = envelope_text(d, envelope, "language"),
			.base = envelope_text(d, envelope, "home_page_url"),
		};
	json_decref(envelope);
	return buf_ok(&d->text) && !d->arena.failed ? 0 : PDX_E_NOMEM;
}

/* A list of objects begins behind the bracket that comes next. */
static int begins_list(struct document *d, struct pdx_err *err)
{
	int c;

	take(d, 1);
	c = next_byte(d, err);
	return c < 0 ? c : c == '{';
}

/* A key, which is next, and its colon.  As take_value(). */
static int take_key(struct document *d, struct pdx_err *err)
{
	struct json_extent st = { .depth = 0 };
	size_t from = d->text.len;
	int rc = take_value(d, &st, err);

	buf_reset(&d->key);
	if (rc <= 0)
		return rc;
	if (!d->too_long)
		buf_put(&d->key, d->text.data + from, d->text.len - from);
	rc = next_byte(d, err);
	if (rc != ':')
		return rc < 0 ? rc : 0;
	take(d, 1);
	return buf_ok(&d->key) ? 1 : err_nomem(err);
}

static bool is_list_key(const struct buf *key)
{
	return key->len > 2 && json_is_list_key(key->data + 1, key->len - 2);
}

/*
 * A member of the object.  1, 0 where the input ends in it or is no JSON, or an error.
 */
static int take_member(struct document *d, struct pdx_err *err)
{
	struct json_extent st = { .depth = 0 };
	int rc = take_key(d, err);

	if (rc <= 0)
		return rc;
	rc = next_byte(d, err);
	if (rc < 0)
		return rc;
	if (rc == '[' && is_list_key(&d->key)) {
		size_t before = d->text.len;

		rc = begins_list(d, err);
		if (rc < 0)
			return rc;
		if (rc > 0) {
			buf_truncate(&d->text, before);
			d->place = IN_LIST;
			d->enclosed = d->listed = true;
			return read_envelope(d) < 0 ? err_nomem(err) : 1;
		}
		st.depth = 1;
		st.begun = true;
	}
	return take_value(d, &st, err);
}

/* The steps below give a read_result, or STEP where there is none yet. */
#define STEP 3

static int step_object(struct document *d, struct pdx_article *article,
		       struct read_skip *skip, struct pdx_err *err)
{
	int c = next_byte(d, err);

	if (c < 0)
		return c;
	if (c == '}') {
		take(d, 1);
		d->place = AT_TOP;
		return d->listed ? STEP : read_record(d, article, skip);
	}
	if (c == ',') {
		take(d, 1);
		return STEP;
	}
	if (c == STREAM_END)
		return skip_cut(d, skip, "an object");
	c = c == '"' ? take_member(d, err) : 0;
	return c == 0 ? skip_broken(d, skip, err) : c < 0 ? c : STEP;
}

static int step_list(struct document *d, struct pdx_article *article,
		     struct read_skip *skip, struct pdx_err *err)
{
	struct json_extent st = { .depth = 0 };
	int c = next_byte(d, err);

	if (c < 0)
		return c;
	begin_value(d);
	switch (c) {
	case ',':
		take(d, 1);
		return STEP;
	case ']':
		take(d, 1);
		d->place = d->enclosed ? IN_OBJECT : AT_TOP;
		return STEP;
	case '}':
	case ':':
		return skip_broken(d, skip, err);
	case STREAM_END:
		return skip_cut(d, skip, "its list");
	default:
		break;
	}
	c = take_value(d, &st, err);
	if (c == 0)
		return skip_cut(d, skip, "a record");
	return c < 0 ? c : read_record(d, article, skip);
}

static int step_top(struct document *d, struct read_skip *skip, struct pdx_err *err)
{
	int c = next_byte(d, err);

	if (c < 0)
		return c;
	begin_value(d);
	if (c == STREAM_END) {
		d->place = AT_END;
		return record_report(&d->records, d->stream.input->name) < 0
			       ? err_nomem(err)
			       : READ_END;
	}
	if (c != '[' && c != '{')
		return skip_broken(d, skip, err);
	take(d, 1);
	d->enclosed = d->listed = false;
	d->place = c == '[' ? IN_LIST : IN_OBJECT;
	return STEP;
}

static int json_next(void *state, struct pdx_article *article, struct read_skip *skip,
		     struct pdx_err *err)
{
	struct document *d = state;
	int rc = STEP;

	while (rc == STEP) {
		switch (d->place) {
		case AT_TOP:
			rc = step_top(d, skip, err);
			break;
		case IN_LIST:
			rc = step_list(d, article, skip, err);
			break;
		case IN_OBJECT:
			rc = step_object(d, article, skip, err);
			break;
		case AT_END:
			return READ_END;
		}
	}
	return rc == PDX_E_NOMEM ? err_nomem(err) : rc;
}

static void json_close(void *state)
{
	struct document *d = state;

	if (!d)
		return;
	record_release(&d->records);
	arena_release(&d->arena);
	buf_release(&d->text);
	buf_release(&d->key);
	stream_release(&d->stream);
	free(d);
}

/* A feed may say only behind its items that it is one. */
static const struct vocabulary *first_words(const char *head, size_t len)
{
	static const char mark[] = "jsonfeed.org";

	if (json_look(head, len) != JSON_LOOK_ENVELOPE)
		return &vocabulary_article;
	for (size_t i = 0; i + sizeof(mark) <= len; i++) {
		if (memcmp(head + i, mark, sizeof(mark) - 1) == 0)
			return &vocabulary_json_feed;
	}
	return &vocabulary_article;
}

static int json_open(void **state, const struct input *input, const char *head,
		     size_t len, const struct read_options *options,
		     struct pdx_err *err)
{
	struct document *d = calloc(1, sizeof(*d));
	int rc;

	*state = NULL;
	if (!d)
		return err_nomem(err);
	d->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	d->line = 1;
	buf_init(&d->text, 0);
	buf_init(&d->key, 0);
	rc = record_init(&d->records, first_words(head, len), options) < 0
		     ? err_nomem(err)
		     : stream_init(&d->stream, input, head, len, err);
	if (rc < 0) {
		json_close(d);
		return rc;
	}
	*state = d;
	return 0;
}

static const char *const json_endings[] = { ".json", NULL };

const struct reader_ops reader_json = {
	.name = "json",
	.help = "JSON documents: an array of articles, an object, a JSON Feed",
	.endings = json_endings,
	.bid = json_bid,
	.open = json_open,
	.next = json_next,
	.close = json_close,
};
