/*
 * One input to its articles.  A container's members go the same way as files do, down
 * to the limit of nesting; what went wrong in one costs that one.
 */
#include "ingest/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "ingest/clean.h"
#include "ingest/peek.h"
#include "ingest/tape.h"

struct intake {
	const struct outlet *outlet;
	const struct intake_options *options;
	struct unpacking unpacking;
	struct arena *arena; /* of what is added to the current article */
	const char *name;
	int fd;
	struct pdx_err *err;
};

/* Members of one container that no reader wanted. */
struct passed {
	uint64_t n;
	char first[PDX_ERR_MESSAGE]; /* "name: reason" */
};

/* Where an input stands. */
struct place {
	bool listed;
	bool unpromised;       /* how its name ends promises no format */
	unsigned depth;        /* containers around it */
	struct passed *passed; /* of the container; NULL: it is in none */
	int32_t date;          /* when it was fetched, or PDX_NO_DATE */
};

static int reject(const struct intake *in, const struct piece *piece,
		  const char *reason)
{
	return in->outlet->reject(in->outlet->ctx, piece, reason, in->err);
}

static int reject_whole(const struct intake *in, const char *name, const char *problem,
			const char *reason)
{
	const struct piece piece = { .origin = name,
				     .input = name,
				     .name = in->name ? in->name : name };
	struct read_skip skip;

	reader_skip(&skip, "%s%s", problem, reason);
	return reject(in, &piece, skip.reason);
}

static void pass_over(const struct intake *in, const struct place *place,
		      const char *name, const char *reason)
{
	const struct reader_voice voice = { { in->outlet->warn, in->outlet->ctx },
					    name };

	if (!place->passed)
		reader_warn(&voice, "passed over: %s", reason);
	else if (place->passed->n++ == 0)
		snprintf(place->passed->first, sizeof(place->passed->first), "%s: %s",
			 name, reason);
}

/* A container's members that were passed over, in one warning. */
static void report_passed(const struct intake *in, const struct passed *passed,
			  const char *name)
{
	const struct reader_voice voice = { { in->outlet->warn, in->outlet->ctx },
					    name };
	size_t skip = strlen(name) + 1; /* and the "!" */

	if (passed->n == 0)
		return;
	reader_warn(&voice, "passed over: %llu member%s, %s%s",
		    (unsigned long long)passed->n, passed->n == 1 ? "" : "s",
		    passed->n == 1 ? "" : "the first is ",
		    passed->first + (strlen(passed->first) > skip ? skip : 0));
}

/* An input that fails while it is read costs what is left of it. */
static int input_failed(const struct intake *in, const char *name, int rc,
			const struct pdx_err *why)
{
	if (rc == PDX_E_IO)
		return reject_whole(in, name, "cannot be read further: ", why->message);
	if (in->err)
		*in->err = *why;
	return rc;
}

/* ${skip} of the input on ${tape}, with its bytes. */
static int reject_piece(const struct intake *in, const struct tape *tape,
			const struct read_skip *skip, bool alone)
{
	const struct input *input = &tape->input;
	struct piece piece = { .origin = skip->origin,
			       .offset = skip->offset,
			       .len = skip->len,
			       .input = input->name,
			       .name = in->name,
			       .url = input->url,
			       .type = input->type };

	piece.bytes =
		tape_piece(&piece.nbytes, &piece.whole, tape, piece.offset, piece.len);
	piece.whole = piece.whole && alone;
	return reject(in, &piece, skip->reason);
}

/* No reader took the input. */
static int input_refused(const struct intake *in, struct tape *tape,
			 const struct place *place, int rc, const struct pdx_err *why)
{
	const struct input *input = &tape->input;
	struct read_skip skip = { .origin = input->name };
	bool promised = !place->unpromised && (reader_is_promised(input->name) ||
					       container_is_promised(input->name));

	if (rc != PDX_E_INPUT)
		return input_failed(in, input->name, rc, why);
	if (place->listed && !promised) {
		pass_over(in, place, input->name, why->message);
		return 0;
	}
	tape_fill(tape);
	reader_skip(&skip, "%s", why->message);
	return reject_piece(in, tape, &skip, true);
}

static int take_article(const struct intake *in, struct pdx_article *article,
			const struct piece *piece, const struct place *place)
{
	arena_reset(in->arena);
	if (defaults_apply(article, &in->options->defaults, in->arena) < 0)
		return err_nomem(in->err);
	/* Without an address the date would become a part of what it is. */
	if (article->date == PDX_NO_DATE && article->url &&
	    place->date != PDX_NO_DATE) {
		article->date = place->date;
		article->provenance[PDX_PART_DATE] = PDX_FROM_HEADER;
	}
	return in->outlet->article(in->outlet->ctx, article, piece, in->err);
}

/* What the reader gave: hand it on. */
static int take_result(const struct intake *in, int got, struct pdx_article *article,
		       struct read_skip *skip, const struct tape *tape, bool alone,
		       const struct place *place)
{
	const struct piece piece = { .origin = article->origin,
				     .offset = skip->offset,
				     .len = skip->len,
				     .input = tape->input.name,
				     .name = in->name };

	if (got == READ_SKIP)
		return reject_piece(in, tape, skip, alone);
	if (article->title && *article->title)
		return take_article(in, article, &piece, place);
	skip->origin = article->origin;
	reader_skip(skip, "an article without a title");
	return reject_piece(in, tape, skip, alone && skip->len > 0);
}

static int read_articles(const struct intake *in, struct reader *r,
			 const struct tape *tape, const struct place *place)
{
	bool alone = reader_pieces_stand_alone(r);
	struct pdx_article article;
	struct pdx_err why;
	int got, rc;

	for (;;) {
		struct read_skip skip = { .origin = NULL };

		got = reader_next(r, &article, &skip, &why);
		if (got == READ_END)
			return 0;
		if (got < 0)
			return input_failed(in, tape->input.name, got, &why);
		rc = take_result(in, got, &article, &skip, tape, alone, place);
		if (rc != 0)
			return rc;
	}
}

static int take_articles(const struct intake *in, const struct input *input,
			 const struct place *place)
{
	const struct outlet *outlet = in->outlet;
	const struct read_options options = {
		.known = { outlet->known, outlet->ctx },
		.warn = { outlet->warn, outlet->ctx },
		.source = in->options->source,
		.map = in->options->map,
	};
	struct reader *reader = NULL;
	struct tape tape;
	struct pdx_err why;
	int rc = outlet->begin(outlet->ctx, in->err);

	if (rc != 0)
		return rc;
	tape_init(&tape, input);
	rc = reader_open(&reader, &tape.input, &options, &why);
	rc = rc < 0 ? input_refused(in, &tape, place, rc, &why)
		    : read_articles(in, reader, &tape, place);
	reader_close(reader);
	tape_release(&tape);
	return rc;
}

static int take_input(struct intake *in, const struct input *input,
		      const struct place *place);

static bool stopped(const struct intake *in)
{
	return in->outlet->stopped(in->outlet->ctx);
}

static int interrupted(struct pdx_err *err)
{
	return err_set(err, PDX_E_INTERRUPTED, "interrupted");
}

/* One step of a container: ${got} is what its next() returned. */
static int take_step(struct intake *in, const struct input *input, int got,
		     const struct member *member, const struct read_skip *skip,
		     const struct place *around, const struct place *inside)
{
	const struct piece piece = { .origin = skip->origin,
				     .offset = skip->offset,
				     .len = skip->len,
				     .input = input->name,
				     .name = in->name };
	struct place place = *inside;

	place.unpromised = member->unpromised;
	if (stopped(in))
		return interrupted(in->err);
	if (got == CONTAINER_REJECT)
		return reject(in, &piece, skip->reason);
	if (got == CONTAINER_PASS) {
		pass_over(in, inside, skip->origin, skip->reason);
		return 0;
	}
	if (member->itself)
		return take_input(in, &member->input, around);
	if (member->date != PDX_NO_DATE)
		place.date = member->date;
	return take_input(in, &member->input, &place);
}

static bool is_too_deep(const struct intake *in, int got, const struct member *member,
			const struct place *inside)
{
	return got == CONTAINER_MEMBER && !member->itself &&
	       inside->depth > in->unpacking.limits.nesting;
}

static int take_members(struct intake *in, const struct container_ops *ops,
			const struct input *input, const struct place *place)
{
	struct passed passed = { 0 };
	const struct place inside = { .listed = true,
				      .depth = place->depth + 1,
				      .passed = &passed,
				      .date = place->date };
	struct read_skip skip = { .origin = input->name };
	struct member member = { .date = PDX_NO_DATE };
	struct pdx_err why;
	void *state;
	int rc = 0, got = ops->open(&state, input, &in->unpacking, &why);

	if (got < 0)
		return input_failed(in, input->name, got, &why);
	while (rc == 0 && (got = ops->next(state, &member, &skip, &why)) > 0) {
		if (!is_too_deep(in, got, &member, &inside)) {
			rc = take_step(in, input, got, &member, &skip, place, &inside);
			continue;
		}
		got = CONTAINER_END;
		rc = reject_whole(in, input->name, "",
				  "a container within too many others; not unpacked");
		break;
	}
	if (rc == 0 && got < 0)
		rc = input_failed(in, input->name, got, &why);
	report_passed(in, &passed, input->name);
	ops->close(state);
	return rc;
}

static int take_input(struct intake *in, const struct input *input,
		      const struct place *place)
{
	const struct container_ops *ops;
	struct peek peek;
	struct pdx_err why;
	int rc = peek_init(&peek, input, &why);

	if (rc < 0) {
		rc = input_failed(in, input->name, rc, &why);
	} else {
		ops = container_find(peek.head, peek.len);
		rc = ops ? take_members(in, ops, &peek.input, place)
			 : take_articles(in, &peek.input, place);
	}
	peek_release(&peek);
	return rc;
}

/* Wait until there is input, or a reason to stop.  False: stop. */
static bool await_input(const struct intake *in)
{
	struct pollfd fds[] = {
		{ .fd = in->fd, .events = POLLIN },
		{ .fd = in->outlet->stop_fd, .events = POLLIN },
	};

	if (fds[1].fd > 0)
		poll(fds, 2, -1);
	return !stopped(in);
}

static int64_t input_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct intake *in = ctx;
	ssize_t n;

	do {
		if (!await_input(in))
			return interrupted(err);
		n = read(in->fd, out, size);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, PDX_E_IO, "%s", strerror(errno));
	in->unpacking.in += (uint64_t)n;
	in->outlet->bytes(in->outlet->ctx, (size_t)n);
	return n;
}

int intake_fd(const struct outlet *outlet, const struct intake_options *options, int fd,
	      const char *name, bool listed, struct pdx_err *err)
{
	struct arena arena = { 0 };
	struct intake in = {
		.outlet = outlet,
		.options = options,
		.arena = &arena,
		.name = name,
		.fd = fd,
		.err = err,
	};
	const struct input input = { .name = name, .read = input_read, .ctx = &in };
	const struct place place = { .listed = listed, .date = PDX_NO_DATE };
	int rc;

	unpacking_init(&in.unpacking, &options->limits);
	rc = take_input(&in, &input, &place);
	arena_release(&arena);
	return rc;
}

/* Bytes in memory, as an input. */
struct memory {
	const char *bytes;
	size_t len;
};

static int64_t memory_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct memory *m = ctx;
	size_t n = m->len < size ? m->len : size;

	(void)err;
	memcpy(out, m->bytes, n);
	m->bytes += n;
	m->len -= n;
	return (int64_t)n;
}

int intake_piece(const struct outlet *outlet, const struct intake_options *options,
		 const struct pdx_rejected *piece, struct pdx_err *err)
{
	struct memory memory = { piece->bytes, piece->nbytes };
	struct arena arena = { 0 };
	struct intake in = {
		.outlet = outlet,
		.options = options,
		.arena = &arena,
		.name = piece->name,
		.err = err,
	};
	const struct input input = { .name = piece->input,
				     .url = piece->url,
				     .type = piece->type,
				     .read = memory_read,
				     .ctx = &memory };
	const struct place place = { .date = PDX_NO_DATE };
	int rc;

	unpacking_init(&in.unpacking, &options->limits);
	in.unpacking.in = piece->nbytes;
	rc = take_input(&in, &input, &place);
	arena_release(&arena);
	return rc;
}

/* A path as text that may be shown and kept. */
struct shown {
	struct arena arena;
	struct buf scratch;
};

static const char *shown_name(struct shown *s, const char *path)
{
	*s = (struct shown){ { 0 }, { 0 } };
	return clean_line(&s->arena, &s->scratch, path, strlen(path));
}

static void shown_release(struct shown *s)
{
	buf_release(&s->scratch);
	arena_release(&s->arena);
}

int intake_path(const struct outlet *outlet, const struct intake_options *options,
		const char *path, bool listed, struct pdx_err *err)
{
	struct shown shown;
	const char *name = shown_name(&shown, path);
	int fd, rc;

	if (!name) {
		rc = err_nomem(err);
		goto out;
	}
	if (outlet->stopped(outlet->ctx)) {
		rc = interrupted(err);
		goto out;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		rc = intake_unreadable(outlet, path, strerror(errno), err);
		goto out;
	}
	rc = intake_fd(outlet, options, fd, name, listed, err);
	close(fd);
out:
	shown_release(&shown);
	return rc;
}

int intake_unreadable(const struct outlet *outlet, const char *path, const char *reason,
		      struct pdx_err *err)
{
	const struct intake in = { .outlet = outlet, .err = err };
	struct shown shown;
	const char *name = shown_name(&shown, path);
	int rc = name ? reject_whole(&in, name, "cannot be read: ", reason)
		      : err_nomem(err);

	shown_release(&shown);
	return rc;
}

int intake_passed(const struct outlet *outlet, const char *path, const char *reason,
		  struct pdx_err *err)
{
	const struct intake in = { .outlet = outlet, .err = err };
	const struct place place = { .listed = true };
	struct shown shown;
	const char *name = shown_name(&shown, path);

	if (name)
		pass_over(&in, &place, name, reason);
	shown_release(&shown);
	return name ? 0 : err_nomem(err);
}
