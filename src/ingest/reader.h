/*
 * Readers: one for each format, all behind struct reader.  A reader is given the whole
 * of one input, bids on its first bytes, and yields articles one at a time.
 *
 * Bad input is data, not failure: next() returns READ_SKIP with a reason and goes on
 * behind it where it can.
 */
#ifndef INGEST_READER_H
#define INGEST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "paneldex.h"

enum read_result {
	READ_ARTICLE = 1, /* *article is filled, in the reader's arena until next() */
	READ_SKIP = 2,    /* ${skip} says what was rejected and why, as long as that */
	READ_END = 0
	/*
	 * or a negative enum pdx_status: memory is out, or the input's read failed with
	 * it; the reader must then be closed
	 */
};

/* What the index already knows, for a header that structure alone cannot split. */
struct known_names {
	/* Is the folded text (fold_key) a value of field "company" or "category"?  NULL
	 * function: nothing is known. */
	bool (*is_known)(void *ctx, const char *field, const char *text, size_t len);
	void *ctx;
};

/* Something kept that a user may want to look at: a missing date, an unused key. */
struct read_warn {
	void (*warn)(void *ctx, const char *origin, const char *message);
	void *ctx;
};

struct read_skip {
	const char *origin; /* "dir/x.jsonl:88" */
	uint64_t offset;    /* byte in the input where the rejected piece begins */
	uint64_t len;       /* its bytes, at ${offset}; 0: the rest of the input */
	char reason[PDX_ERR_MESSAGE];
};

/*
 * An input as the readers see it: bytes arrive by ${read} (returns bytes, 0 at the
 * end, negative enum pdx_status) so that a 10 GB JSON Lines file needs no 10 GB.
 */
struct input {
	const char *name; /* path, or "-" */
	/* What is known of it from outside, as from a header of a crawl; may be NULL. */
	const char *url;  /* where it was fetched */
	const char *type; /* its media type: "text/html; charset=utf-8" */
	int64_t (*read)(void *ctx, void *out, size_t size, struct pdx_err *err);
	void *ctx;
};

/* More is no article, and would take more than a quarter of a GiB of memory. */
#define READ_MAX_BYTES ((size_t)16 << 20)

struct record_map;

struct read_options {
	struct known_names known;
	struct read_warn warn;
	const struct record_map *map; /* for records of any shape; may be NULL */
	const char *source; /* default for articles that name none; may be NULL */
	size_t max_bytes;   /* of one article's text; 0 means READ_MAX_BYTES */
};

struct reader_ops {
	const char *name; /* "capture" */
	const char *help;
	/* How names of files end that promise this format, ended by NULL: ".txt". */
	const char *const *endings;
	/*
	 * How sure it is that ${len} first bytes (the whole input if ${whole}) of the
	 * input called ${name} are its format: 0 not at all to 100 certainly.
	 */
	int (*bid)(const char *head, size_t len, bool whole, const char *name);
	/* ${head} was already read from ${input} and comes before what read() gives. */
	int (*open)(void **state, const struct input *input, const char *head,
		    size_t len, const struct read_options *options,
		    struct pdx_err *err);
	int (*next)(void *state, struct pdx_article *article, struct read_skip *skip,
		    struct pdx_err *err);
	void (*close)(void *state); /* accepts NULL */
	/* A rejected piece can be read without what is around it. */
	bool pieces_stand_alone;
};

/* All formats, ended by NULL. */
extern const struct reader_ops *const readers[];

extern const struct reader_ops reader_capture, reader_jsonl, reader_json,
	reader_csv, reader_feed, reader_markdown, reader_mbox, reader_html;

struct reader;

/*
 * Open the reader that bids highest for ${input}.  The first bytes decide; a read that
 * fails behind them must fail again.
 * PDX_E_INPUT: no reader wants it; the message says what it looks like.
 */
int reader_open(struct reader **out, const struct input *input,
		const struct read_options *options, struct pdx_err *err);
int reader_next(struct reader *r, struct pdx_article *article, struct read_skip *skip,
		struct pdx_err *err);
void reader_close(struct reader *r); /* accepts NULL */

/* Whether a file's ${name} ends as the names of some reader's files do. */
bool reader_is_promised(const char *name);

/* Whether ${name} has one of ${endings}, ended by NULL, in any case. */
bool reader_ends_as(const char *name, const char *const *endings);

const char *reader_name(const struct reader *r);

/* Whether a rejected piece can be read without what is around it. */
bool reader_pieces_stand_alone(const struct reader *r);

/* ---- for the readers ------------------------------------------------------- */

/* Whom to tell, and about which piece of the input. */
struct reader_voice {
	struct read_warn warn;
	const char *origin;
};

void reader_warn(const struct reader_voice *voice, const char *fmt, ...)
	PRINTF_LIKE(2, 3);

/* Fill the reason of ${skip} and return READ_SKIP. */
int reader_skip(struct read_skip *skip, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * "dir/x.jsonl:88" as clean text in ${arena}; without the line where that is 0.  NULL
 * where memory is out.
 */
const char *reader_origin(struct arena *arena, struct buf *scratch, const char *name,
			  uint64_t line);

#define READER_QUOTE 80 /* bytes of an input's text that a message quotes */

/* For "%.*s": how much of ${len} bytes of text is quoted, in whole code points. */
int reader_quote(const char *s, size_t len);

#endif
