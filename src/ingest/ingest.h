/*
 * The main job's first half: inputs (files, directories, standard input) to articles in
 * an index, batch by batch, and an account of every one of them.
 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "ingest/identity.h"
#include "ingest/intake.h"
#include "paneldex.h"

struct ingest_counts {
	uint64_t read; /* added + updated + unchanged + rejected, always */
	uint64_t added, updated, unchanged, rejected;
	uint64_t bytes; /* of input */
};

struct ingest_options {
	struct intake_options intake;
	int64_t now;           /* seconds since 1970 */
	size_t batch_articles; /* 0: INGEST_BATCH_ARTICLES */
	size_t batch_bytes;    /* of text; 0: INGEST_BATCH_BYTES */
	/*
	 * Nonzero ends at the next article; may be NULL.  ${stop_fd} is the reading end
	 * of a pipe into which the setter of ${stop} writes: a wait for input ends with
	 * it, however the two fall together.  0: there is none.
	 */
	volatile sig_atomic_t *stop;
	int stop_fd;

	/* Threads that read and make ready; 0: as many as there are processors.  1: none
	 * but the caller's. */
	size_t jobs;

	/* Called for each rejected input or piece; never NULL. */
	void (*rejected)(void *ctx, const struct read_skip *skip);
	/* Called for each article that was put; may be NULL. */
	void (*put)(void *ctx, const struct pdx_article *article, enum pdx_put outcome);
	/* Kept, but worth a look: "no date", "keys not used: author".  May be NULL. */
	void (*warned)(void *ctx, const char *origin, const char *message);
	/*
	 * Now and then, and at the end of each input; may be NULL.  ${counts} has what
	 * is not committed yet as well; ${total} bytes is 0 where it is not known.
	 */
	void (*progress)(void *ctx, const struct ingest_counts *counts, uint64_t total);
	void *ctx;
};

/*
 * What a run takes along before it commits: a ^C loses no more than a second's work.
 * The vocabulary of a batch is written with it, which with 1,000 articles a batch was a
 * quarter of the time.
 */
#define INGEST_BATCH_ARTICLES 10000
#define INGEST_BATCH_BYTES ((size_t)32 << 20)

/* Where the articles go: the functions of paneldex.h, and what the index knows. */
struct ingest_sink {
	int (*begin)(void *ctx, struct pdx_err *err);
	int (*put)(enum pdx_put *outcome, void *ctx, const struct pdx_article *article,
		   const struct ahead *ahead, int64_t now, struct pdx_err *err);
	int (*commit)(void *ctx, struct pdx_err *err);
	void (*rollback)(void *ctx);
	/* As in struct known_names; may be NULL. */
	bool (*known)(void *ctx, const char *field, const char *text, size_t len);
	/* Keep what was rejected, in the open batch; NULL: it is only reported. */
	int (*quarantine)(int64_t *id, void *ctx, const struct pdx_rejected *piece,
			  struct pdx_err *err);
	/* As in struct engine_ops, called in threads of their own; all NULL: nothing is
	 * made ready ahead. */
	int (*worker_new)(void **worker, void *ctx, struct pdx_err *err);
	void (*worker_free)(void *ctx, void *worker);
	int (*prepare)(void **prepared, void *ctx, void *worker,
		       const struct pdx_article *article, struct pdx_err *err);
	void (*prepared_free)(void *ctx, void *prepared);
	void *ctx;
};

/* ${index} as a sink. */
struct ingest_sink ingest_sink_of(struct pdx *index);

/*
 * Take all articles of the ${n} ${inputs} into ${sink}: a path to a file, to a
 * directory (walked in order of names), or "-" for standard input.
 *
 * An input that is named and cannot be read, or has no known format, is a reject.  In a
 * directory hidden files are passed over, and so are, with a warning, files of no known
 * format whose names do not promise one (reader_is_promised).
 *
 * *counts is what is in the index and what was rejected: whole batches only, also after
 * an error, when the unfinished batch is rolled back.  Returns 0, PDX_E_INTERRUPTED, or
 * a failure of the sink.
 */
int ingest_into(struct ingest_counts *counts, const struct ingest_sink *sink,
		const char *const *inputs, size_t n,
		const struct ingest_options *options, struct pdx_err *err);

/* The same into ${index}. */
int ingest_run(struct ingest_counts *counts, struct pdx *index,
	       const char *const *inputs, size_t n,
	       const struct ingest_options *options, struct pdx_err *err);

/*
 * Take what is in ${directory}, and then each file that comes there or below it, when
 * it is complete: until options->stop is set, which is PDX_E_INTERRUPTED, with all that
 * was complete committed.  PDX_E_IO: it cannot be watched, or went away.
 */
int ingest_watch(struct ingest_counts *counts, struct pdx *index, const char *directory,
		 const struct ingest_options *options, struct pdx_err *err);

/*
 * Read again what ${index} has in quarantine: what is taken now leaves it.  What was not
 * kept whole is read from its file, where that is still there.  The counts are of what
 * was read: a piece that stays is rejected.
 */
int ingest_retry(struct ingest_counts *counts, struct pdx *index,
		 const struct ingest_options *options, struct pdx_err *err);

/*
 * The same, but nothing is kept: what ingest_run() would do with ${index}, which may be
 * open for reading only, or NULL: there is none.
 */
int ingest_try(struct ingest_counts *counts, struct pdx *index,
	       const char *const *inputs, size_t n,
	       const struct ingest_options *options, struct pdx_err *err);

#endif
