/*
 * The quarantine once more: what readers have learned since may take it now.  A piece
 * that was kept whole is read from its bytes; any other from the file that it was in,
 * all of which is read again, so that what is still rejected there shows.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "ingest/ingest.h"
#include "ingest/run.h"

/* A piece that has to be read from its file. */
struct left {
	int64_t id;
	const char *path, *name, *origin; /* ${path} NULL: it came through a pipe */
	uint64_t offset;
	bool done;
};

struct retry {
	struct run run;
	struct pdx *index;
	struct outlet outlet; /* run.outlet, with what stands below */
	struct arena arena;
	struct left *left;
	size_t nleft, left_cap;

	const struct pdx_rejected *piece; /* that is read; NULL: a file is */
	size_t taken;                     /* articles out of it */
	size_t refused;
	int64_t *again; /* numbers of what was rejected in a file again */
	size_t nagain, again_cap;
};

static int on_begin(void *ctx, struct pdx_err *err)
{
	struct retry *r = ctx;

	return r->run.outlet.begin(&r->run, err);
}

static int on_article(void *ctx, struct pdx_article *article, const struct piece *piece,
		      struct pdx_err *err)
{
	struct retry *r = ctx;

	if (r->piece)
		article->origin = r->piece->origin;
	r->taken++;
	return r->run.outlet.article(&r->run, article, piece, err);
}

/* ${piece} as it was kept. */
static struct piece as_kept(const struct pdx_rejected *kept)
{
	return (struct piece){
		.origin = kept->origin,
		.offset = kept->offset,
		.len = kept->len,
		.input = kept->input,
		.name = kept->name,
		.url = kept->url,
		.type = kept->type,
		.bytes = kept->bytes,
		.nbytes = kept->nbytes,
		.whole = kept->whole,
	};
}

static int on_reject(void *ctx, const struct piece *piece, const char *reason,
		     struct pdx_err *err)
{
	struct retry *r = ctx;
	struct piece kept;
	int rc;

	r->refused++;
	if (r->piece) {
		kept = as_kept(r->piece);
		return r->run.outlet.reject(&r->run, &kept, reason, err);
	}
	rc = r->run.outlet.reject(&r->run, piece, reason, err);
	if (rc != 0)
		return rc;
	if (!mem_grow(&r->again, &r->again_cap, r->nagain + 1, sizeof(*r->again)))
		return err_nomem(err);
	r->again[r->nagain++] = r->run.rejected;
	return 0;
}

static void on_warn(void *ctx, const char *origin, const char *message)
{
	struct retry *r = ctx;

	r->run.outlet.warn(&r->run, origin, message);
}

static void on_bytes(void *ctx, size_t n)
{
	struct retry *r = ctx;

	r->run.outlet.bytes(&r->run, n);
}

static bool on_known(void *ctx, const char *field, const char *text, size_t len)
{
	struct retry *r = ctx;

	return r->run.outlet.known(&r->run, field, text, len);
}

static bool on_stopped(void *ctx)
{
	const struct retry *r = ctx;

	return run_stopped(&r->run);
}

static int remove_piece(struct retry *r, int64_t id)
{
	int rc = run_begin(&r->run);

	return rc ? rc : pdx_quarantine_remove(r->index, id, r->run.err);
}

/* Read ${piece} from its bytes. */
static int try_bytes(struct retry *r, const struct pdx_rejected *piece)
{
	struct piece kept = as_kept(piece);
	int rc;

	free(r->run.path); /* it need not be there any more */
	r->run.path = piece->path ? strdup(piece->path) : NULL;
	if (piece->path && !r->run.path)
		return err_nomem(r->run.err);
	r->piece = piece;
	r->taken = r->refused = 0;
	rc = intake_piece(&r->outlet, &r->run.options->intake, piece, r->run.err);
	r->piece = NULL;
	if (rc != 0 || r->refused > 0)
		return rc;
	if (r->taken > 0)
		return remove_piece(r, piece->id);
	run_reject(&r->run, &kept, piece->reason);
	return 0;
}

/* Remember ${piece} for when its file is read. */
static int leave(struct retry *r, const struct pdx_rejected *piece)
{
	struct left *left;

	if (!mem_grow(&r->left, &r->left_cap, r->nleft + 1, sizeof(*r->left)))
		return err_nomem(r->run.err);
	left = &r->left[r->nleft++];
	*left = (struct left){
		.id = piece->id,
		.path = arena_strdup(&r->arena, piece->path),
		.name = arena_strdup(&r->arena, piece->name),
		.origin = arena_strdup(&r->arena, piece->origin),
		.offset = piece->offset,
	};
	return r->arena.failed ? err_nomem(r->run.err) : 0;
}

static int try_pieces(struct retry *r)
{
	struct pdx_rejected piece = { 0 };
	int rc;

	while ((rc = pdx_quarantine_next(&piece, r->index, piece.id, r->run.err)) > 0) {
		if (run_stopped(&r->run))
			return run_interrupted(r->run.err);
		rc = piece.whole ? try_bytes(r, &piece) : leave(r, &piece);
		if (rc != 0)
			return rc;
	}
	return rc;
}

static bool same_file(const struct left *a, const struct left *b)
{
	return a->path && b->path && strcmp(a->path, b->path) == 0 &&
	       strcmp(a->name, b->name) == 0;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* r->again has to be in order. */
static bool is_again(const struct retry *r, int64_t id)
{
	return r->nagain > 0 &&
	       bsearch(&id, r->again, r->nagain, sizeof(*r->again), by_number) != NULL;
}

/* ${left} and all others of its file stay, for ${reason}. */
static void stay(struct retry *r, const struct left *left, const char *reason)
{
	for (size_t i = 0; i < r->nleft; i++) {
		struct left *l = &r->left[i];
		const struct piece piece = { .origin = l->origin, .offset = l->offset };

		if (l != left && !same_file(l, left))
			continue;
		run_reject(&r->run, &piece, reason);
		l->done = true;
	}
}

/* ${left}'s file was read again: what was not rejected again leaves. */
static int settle(struct retry *r, const struct left *left)
{
	int rc = 0;

	if (r->nagain > 0)
		qsort(r->again, r->nagain, sizeof(*r->again), by_number);
	for (size_t i = 0; rc == 0 && i < r->nleft; i++) {
		struct left *l = &r->left[i];

		if (!same_file(l, left))
			continue;
		l->done = true;
		if (!is_again(r, l->id))
			rc = remove_piece(r, l->id);
	}
	return rc;
}

static int try_file(struct retry *r, const struct left *left)
{
	int fd, rc;

	if (!left->path) {
		stay(r, left,
		     "came through a pipe and is not kept whole; it stays in "
		     "quarantine");
		return 0;
	}
	fd = open(left->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		stay(r, left,
		     "is not kept whole, and its file cannot be read any more; "
		     "it stays in quarantine");
		return 0;
	}
	run_set_path(&r->run, left->path);
	r->nagain = 0;
	rc = intake_fd(&r->outlet, &r->run.options->intake, fd, left->name, false,
		       r->run.err);
	close(fd);
	return rc ? rc : settle(r, left);
}

int ingest_retry(struct ingest_counts *counts, struct pdx *index,
		 const struct ingest_options *options, struct pdx_err *err)
{
	const struct ingest_sink sink = ingest_sink_of(index);
	struct retry r = { .index = index };
	int rc;

	run_init(&r.run, counts, &sink, options, err);
	r.outlet = (struct outlet){
		.begin = on_begin,
		.article = on_article,
		.reject = on_reject,
		.warn = on_warn,
		.bytes = on_bytes,
		.known = on_known,
		.stopped = on_stopped,
		.stop_fd = options->stop_fd,
		.ctx = &r,
	};
	rc = try_pieces(&r);
	for (size_t i = 0; rc == 0 && i < r.nleft; i++)
		if (!r.left[i].done)
			rc = try_file(&r, &r.left[i]);
	rc = run_end(&r.run, rc);
	free(r.again);
	free(r.left);
	arena_release(&r.arena);
	return rc;
}
