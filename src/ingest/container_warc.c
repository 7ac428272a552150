/*
 * WARC 1.0 and 1.1: what a crawler or `wget --warc-file` keeps.  A page is the body of
 * a response record, or a resource record.  A record is held in memory whole, so that a
 * length that lies is found before anybody has read beyond it: reading then goes on at
 * the next record that begins.
 *
 * ISO 28500:2017; compressed files come here through container_archive.c.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "ingest/clean.h"
#include "ingest/container.h"
#include "ingest/http.h"
#include "ingest/stream.h"

/* Blocks' lengths that are read twice to find where a record begins; without a bound a
 * file of nothing but records that lie would be read as often as it has records. */
#define MAX_AGAIN 4
#define MAX_HEADER 65536 /* of a record; real ones have some hundred bytes */

/* What the header of a record says. */
struct record_header {
	uint64_t offset; /* of its first byte in the input */
	const char *type, *url, *date, *media, *truncated, *segment;
	uint64_t length;
	bool has_length;
};

/* A body, and what goes before and behind it to be a gzip file. */
struct body {
	const char *part[3];
	size_t len[3];
	unsigned at;
};

struct warc {
	const struct input *from;
	size_t max_block;
	struct stream stream;
	struct buf line, header, block, scratch;
	struct arena arena; /* of the current record */
	bool long_line;     /* ${line} is not all of it */
	bool begun;         /* ${line} is the first line of a record */
	uint64_t begun_at;
	bool ended;
	uint64_t again; /* bytes that were given back to be read again */
	struct body body;
};

static bool begins_record(const char *s, size_t len)
{
	return len >= 7 &&
	       (memcmp(s, "WARC/1.", 7) == 0 || memcmp(s, "WARC/0.", 7) == 0);
}

static bool is_blank_line(const struct warc *w)
{
	const char *s = buf_str(&w->line);
	size_t len = w->line.len;

	clean_trim(&s, &len);
	return len == 0 && !w->long_line;
}

/* The next line, its end left out.  1, 0 at the end, or what the input returned. */
static int next_line(struct warc *w, uint64_t *offset, struct pdx_err *err)
{
	struct stream_line line;
	int rc = stream_line(&line, &w->stream, &w->line, MAX_HEADER, err);

	*offset = line.offset;
	w->long_line = !line.whole;
	while (w->line.len > 0 && w->line.data[w->line.len - 1] == '\r')
		buf_truncate(&w->line, w->line.len - 1);
	return rc;
}

/* A reject that begins at ${offset} and ends where the stream is. */
static int reject_from(struct warc *w, uint64_t offset, uint64_t end,
		       struct read_skip *skip, const char *reason)
{
	*skip = (struct read_skip){ .origin = w->from->name,
				    .offset = offset,
				    .len = end - offset };
	return reader_skip(skip, "%s", reason);
}

/* The input failed with ${rc}: what is left of it is lost, and no more is to come. */
static int input_failed(struct warc *w, uint64_t offset, int rc, struct read_skip *skip,
			const struct pdx_err *why, struct pdx_err *err)
{
	w->ended = true;
	if (rc != PDX_E_IO) {
		if (err)
			*err = *why;
		return rc;
	}
	*skip = (struct read_skip){ .origin = w->from->name, .offset = offset };
	return reader_skip(skip, "cannot be read further: %s", why->message);
}

/*
 * Come to the first line of a record.  1: it is in w->line; CONTAINER_REJECT: something
 * else was before it; 0: there is none; or an error.
 */
static int find_record(struct warc *w, struct read_skip *skip, struct pdx_err *err)
{
	uint64_t at, from = 0;
	bool other = false;
	struct pdx_err why;
	int rc;

	if (w->begun)
		return 1;
	while ((rc = next_line(w, &at, &why)) > 0) {
		if (begins_record(buf_str(&w->line), w->line.len)) {
			w->begun = true;
			w->begun_at = at;
			break;
		}
		if (!other && !is_blank_line(w)) {
			other = true;
			from = at;
		}
	}
	if (rc < 0)
		return input_failed(w, other ? from : at, rc, skip, &why, err);
	if (other)
		return reject_from(w, from, rc ? at : w->stream.offset, skip,
				   "not a WARC record");
	return rc;
}

static bool parse_length(uint64_t *out, const char *s)
{
	char *end;

	if (!isdigit((unsigned char)*s) || strlen(s) > 18)
		return false;
	*out = strtoull(s, &end, 10);
	return *end == '\0';
}

/* wget 1.x writes the address between < and >. */
static const char *address(struct arena *arena, const char *s)
{
	size_t len = strlen(s);

	if (len >= 2 && s[0] == '<' && s[len - 1] == '>')
		return arena_dup(arena, s + 1, len - 2);
	return s;
}

static int note_line(struct record_header *h, struct arena *arena,
		     const struct header_line *line)
{
	if (header_line_is(line, "WARC-Type"))
		h->type = line->value;
	else if (header_line_is(line, "WARC-Date"))
		h->date = line->value;
	else if (header_line_is(line, "Content-Type"))
		h->media = line->value;
	else if (header_line_is(line, "WARC-Truncated"))
		h->truncated = line->value;
	else if (header_line_is(line, "WARC-Segment-Number"))
		h->segment = line->value;
	else if (header_line_is(line, "Content-Length"))
		h->has_length = parse_length(&h->length, line->value);
	else if (header_line_is(line, "WARC-Target-URI"))
		h->url = address(arena, line->value);
	else
		return 0;
	return header_line_is(line, "WARC-Target-URI") && !h->url ? PDX_E_NOMEM : 0;
}

/* 0, PDX_E_INPUT: not a header, PDX_E_NOMEM. */
static int parse_header(struct record_header *h, struct warc *w)
{
	struct header_line line;
	char *s = w->header.data;
	size_t len = w->header.len;
	int rc;

	if (!buf_ok(&w->header))
		return PDX_E_NOMEM;
	if (len == 0)
		return PDX_E_INPUT;
	while ((rc = header_line_next(&line, &w->arena, &s, &len)) == 1) {
		rc = note_line(h, &w->arena, &line);
		if (rc < 0)
			return rc;
	}
	return rc == 0 && !(h->type && h->has_length) ? PDX_E_INPUT : rc;
}

/* The lines behind the first, up to the empty one. */
static int read_header(struct record_header *h, struct warc *w, struct pdx_err *err)
{
	uint64_t at;
	int rc;

	*h = (struct record_header){ .offset = w->begun_at };
	w->begun = false;
	buf_reset(&w->header);
	while ((rc = next_line(w, &at, err)) > 0 && w->line.len > 0 &&
	       w->header.len <= MAX_HEADER) {
		w->begun = begins_record(buf_str(&w->line), w->line.len);
		w->begun_at = at;
		if (w->begun)
			return PDX_E_INPUT; /* it was cut, and here is the next */
		buf_put(&w->header, w->line.data, w->line.len);
		buf_putc(&w->header, '\n');
	}
	if (rc < 0)
		return rc;
	rc = parse_header(h, w);
	return rc == PDX_E_NOMEM ? err_nomem(err) : rc;
}

/* Where in the block the next record begins; ${otherwise} where none does. */
static size_t find_in_block(const struct buf *block, size_t otherwise)
{
	const char *s = block->data, *end = s + block->len;

	while (s < end && !begins_record(s, (size_t)(end - s))) {
		const char *feed = memchr(s, '\n', (size_t)(end - s));

		s = feed ? feed + 1 : end;
	}
	return s < end ? (size_t)(s - block->data) : otherwise;
}

/*
 * Read what stands between two records, which is two empty lines, with some writers
 * one or none.  *well: it is that.  All that was read is in w->scratch, but for the
 * first line of the next record.
 */
static int read_separator(bool *well, struct warc *w, struct pdx_err *err)
{
	uint64_t at;
	int rc = 1;

	*well = true;
	buf_reset(&w->scratch);
	for (int i = 0; i < 2 && *well && (rc = next_line(w, &at, err)) > 0; i++) {
		w->begun = begins_record(buf_str(&w->line), w->line.len);
		w->begun_at = at;
		if (w->begun)
			return 0;
		*well = is_blank_line(w);
		buf_put(&w->scratch, buf_str(&w->line), w->line.len);
		buf_putc(&w->scratch, '\n');
	}
	return rc < 0 ? rc : 0;
}

/*
 * The length of the record is wrong: give back what may be the next one, of the block
 * and of w->scratch, which is behind it.  *used is what of the block is not given back.
 */
static int give_back(size_t *used, struct warc *w, struct pdx_err *err)
{
	struct buf *block = &w->block;
	size_t len = block->len;

	buf_put(block, buf_str(&w->scratch), w->scratch.len);
	if (!buf_ok(block) || !buf_ok(&w->scratch))
		return err_nomem(err);
	*used = len;
	if (w->again <= MAX_AGAIN * (uint64_t)w->max_block)
		*used = find_in_block(block, len);
	w->again += block->len - *used;
	return stream_unread(&w->stream, block->data + *used, block->len - *used, err);
}

/*
 * The block into w->block.  1; CONTAINER_REJECT: it is shorter or longer than its
 * header says, and the stream is where the next record may begin.
 */
static int read_block(struct warc *w, const struct record_header *h,
		      struct read_skip *skip, struct pdx_err *err)
{
	uint64_t begin = w->stream.offset;
	size_t len = (size_t)h->length, used = 0;
	bool well = false, whole;
	int rc;

	buf_reset(&w->block);
	buf_reset(&w->scratch);
	if (!buf_reserve(&w->block, len + 1))
		return err_nomem(err);
	rc = stream_read(&w->block.len, &w->stream, w->block.data, len, err);
	w->block.data[w->block.len] = '\0';
	whole = w->block.len == len;
	if (rc == 0 && whole)
		rc = read_separator(&well, w, err);
	if (rc < 0 || well)
		return rc < 0 ? rc : 1;

	rc = give_back(&used, w, err);
	if (rc < 0)
		return rc;
	return reject_from(w, h->offset, begin + used, skip,
			   whole ? "a record longer than it says"
				 : "a truncated record");
}

/* A record that is too large: over it, as far as it goes. */
static int skip_block(struct warc *w, const struct record_header *h,
		      struct read_skip *skip, struct pdx_err *err)
{
	uint64_t left = h->length;
	size_t n = 1, want;
	int rc = buf_reserve(&w->scratch, MAX_HEADER) ? 0 : err_nomem(err);

	while (rc == 0 && left > 0 && n > 0) {
		want = left < MAX_HEADER ? (size_t)left : MAX_HEADER;
		rc = stream_read(&n, &w->stream, w->scratch.data, want, err);
		left -= n;
	}
	if (rc < 0)
		return rc;
	*skip = (struct read_skip){ w->from->name, h->offset,
				    w->stream.offset - h->offset, "" };
	return reader_skip(skip, "more than %zu bytes in one record", w->max_block);
}

static int64_t body_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct body *b = ctx;
	size_t n;

	(void)err;
	while (b->at < 3 && b->len[b->at] == 0)
		b->at++;
	if (b->at == 3)
		return 0;
	n = b->len[b->at] < size ? b->len[b->at] : size;
	memcpy(out, b->part[b->at], n);
	b->part[b->at] += n;
	b->len[b->at] -= n;
	return (int64_t)n;
}

/*
 * "deflate" is the body of a gzip file without its ends, and in most archives between
 * the ends of a zlib stream: with gzip's around it, it is read as gzip is.
 */
static void wrap_deflate(struct body *b)
{
	static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";
	static const char tail[8] = { 0 };
	const unsigned char *s = (const unsigned char *)b->part[1];

	if (b->len[1] >= 2 && (s[0] & 0x0f) == 8 && (s[0] << 8 | s[1]) % 31 == 0) {
		b->part[1] += 2;
		b->len[1] -= 2;
	}
	b->part[0] = head;
	b->len[0] = sizeof(head) - 1;
	b->part[2] = tail;
	b->len[2] = sizeof(tail);
}

/* gzip, zstd and the like are known by their first bytes, said or not. */
static bool can_decode(const char *encoding)
{
	static const char *const known[] = { "",       "identity", "gzip",
					     "x-gzip", "deflate",  "zstd" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!encoding || strcmp(encoding, known[i]) == 0)
			return true;
	return false;
}

/* The body of the response in w->block.  CONTAINER_MEMBER, _PASS or _REJECT. */
static int open_response(struct warc *w, struct member *member, struct read_skip *skip)
{
	struct http_response r;
	const char *reason;
	int rc = http_parse(&r, &reason, &w->arena, w->block.data, w->block.len);

	if (rc == PDX_E_NOMEM)
		return rc;
	if (rc < 0)
		return reader_skip(skip, "%s", reason);
	if (r.status != 200) {
		reader_skip(skip, "a response with status %d", r.status);
		return CONTAINER_PASS;
	}
	member->input.type = r.type;
	w->body = (struct body){ .part = { "", r.body, "" }, .len = { 0, r.len, 0 } };
	if (!http_may_be_text(r.type))
		return CONTAINER_MEMBER;
	if (!can_decode(r.encoding))
		return reader_skip(skip, "content encoding \"%.*s\" is not known",
				   reader_quote(r.encoding, strlen(r.encoding)),
				   r.encoding);
	if (r.encoding && strcmp(r.encoding, "deflate") == 0)
		wrap_deflate(&w->body);
	return CONTAINER_MEMBER;
}

/* "crawl.warc!https://host/path" */
static const char *member_name(struct warc *w, const struct record_header *h)
{
	const char *url = h->url ? h->url : "(no address)";

	url = clean_line(&w->arena, &w->scratch, url, strlen(url));
	if (!url)
		return NULL;
	buf_reset(&w->scratch);
	buf_printf(&w->scratch, "%s!%s", w->from->name, url);
	return buf_ok(&w->scratch)
		       ? arena_dup(&w->arena, w->scratch.data, w->scratch.len)
		       : NULL;
}

/* A page, rather than what a crawler keeps of its own doings. */
static bool is_page(const struct record_header *h)
{
	static const char *const schemes[] = { "http://", "https://", "ftp://",
					       "file://" };
	bool fetched = false;

	for (size_t i = 0; h->url && i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(h->url, schemes[i], strlen(schemes[i])) == 0)
			fetched = true;
	if (strcasecmp(h->type, "response") == 0)
		return fetched && h->media &&
		       strncasecmp(h->media, "application/http", 16) == 0;
	return fetched && strcasecmp(h->type, "resource") == 0;
}

/*
 * What is in a record whose block was read.  CONTAINER_END: nothing for a reader, as
 * it should be.
 */
static int open_record(struct warc *w, const struct record_header *h,
		       struct member *member, struct read_skip *skip)
{
	int rc = CONTAINER_MEMBER;

	if (!is_page(h))
		return CONTAINER_END;
	*member = (struct member){
		.input = { .name = member_name(w, h),
			   .url = h->url,
			   .type = h->media,
			   .read = body_read,
			   .ctx = &w->body },
		.unpromised = true,
	};
	*skip = (struct read_skip){ .origin = member->input.name,
				    .offset = h->offset,
				    .len = w->stream.offset - h->offset };
	if (!member->input.name)
		return PDX_E_NOMEM;
	if (!h->date || !date_parse_written(&member->date, h->date, strlen(h->date)))
		member->date = PDX_NO_DATE;
	if (h->segment || h->truncated)
		return reader_skip(skip, h->segment ? "one part of a record in several"
						    : "was cut when it was fetched");
	w->body = (struct body){ .part = { "", w->block.data, "" },
				 .len = { 0, w->block.len, 0 } };
	if (strcasecmp(h->type, "response") == 0)
		rc = open_response(w, member, skip);
	if (rc != CONTAINER_MEMBER || http_may_be_text(member->input.type))
		return rc;
	reader_skip(skip, "%.*s",
		    reader_quote(member->input.type, strlen(member->input.type)),
		    member->input.type);
	return CONTAINER_PASS;
}

/* The next record, from its first line on. */
static int next_record(struct warc *w, struct member *member, struct read_skip *skip,
		       struct pdx_err *err)
{
	struct record_header h;
	struct pdx_err why;
	uint64_t begin = w->begun_at;
	int rc = read_header(&h, w, &why);

	if (rc == PDX_E_INPUT)
		return reject_from(w, begin, w->begun ? w->begun_at : w->stream.offset,
				   skip, "a record without a type or a length");
	if (rc == 0)
		rc = h.length > w->max_block ? skip_block(w, &h, skip, &why)
					     : read_block(w, &h, skip, &why);
	if (rc < 0)
		return input_failed(w, begin, rc, skip, &why, err);
	if (rc != 1)
		return rc;
	rc = open_record(w, &h, member, skip);
	return rc < 0 ? err_nomem(err) : rc;
}

static int warc_next(void *state, struct member *member, struct read_skip *skip,
		     struct pdx_err *err)
{
	struct warc *w = state;
	int rc;

	do {
		arena_reset(&w->arena);
		if (w->ended)
			return CONTAINER_END;
		rc = find_record(w, skip, err);
		w->ended = w->ended || rc == 0;
		if (rc != 1)
			return rc;
		rc = next_record(w, member, skip, err);
	} while (rc == CONTAINER_END);
	return rc;
}

static void warc_close(void *state)
{
	struct warc *w = state;

	if (!w)
		return;
	stream_release(&w->stream);
	buf_release(&w->line);
	buf_release(&w->header);
	buf_release(&w->block);
	buf_release(&w->scratch);
	arena_release(&w->arena);
	free(w);
}

static int warc_open(void **state, const struct input *input,
		     struct unpacking *unpacking, struct pdx_err *err)
{
	struct warc *w = calloc(1, sizeof(*w));
	int rc;

	*state = NULL;
	if (!w)
		return err_nomem(err);
	w->from = input;
	w->max_block = unpacking->limits.member;
	rc = stream_init(&w->stream, input, NULL, 0, err);
	if (rc < 0)
		warc_close(w);
	else
		*state = w;
	return rc;
}

static const char *const warc_endings[] = { ".warc", NULL };

const struct container_ops container_warc = {
	.name = "warc",
	.help = "WARC 1.0 and 1.1: the pages of a crawl",
	.endings = warc_endings,
	.knows = begins_record,
	.open = warc_open,
	.next = warc_next,
	.close = warc_close,
};
