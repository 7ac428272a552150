/*
 * Workers read files into queues of events, one queue a file; the owner takes the
 * events of the first file until it ends, then those of the next.  In between workers
 * make articles ready to be put: whoever has no file to read does, and a reader that
 * is too far ahead.  An article whose turn comes before that is handed on as it is.
 *
 * Memory is bounded: all queues together hold QUEUE_BYTES, beyond which a worker waits,
 * but for the one whose file is being handed on and whose queue is empty.  Files are
 * begun in order, so that this one always has a worker, and nobody waits for ever.
 *
 * A reader may ask what the index knows, and the answer depends on what was put before:
 * the question waits in the queue like anything else, and the worker for its answer.
 */
#include "ingest/jobs.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/thread.h"
#include "ingest/event.h"

#define QUEUE_BYTES ((size_t)44 << 20)
#define READY_FACTOR 4      /* what is made of a text takes three times its memory */
#define RAW_MAX 64          /* articles that a reader leaves to others */
#define RAW_MANY 8          /* so many are worth another thread */
#define FILES_EACH 8        /* files in work or waiting for each thread */
#define LOOK_NSEC 100000000 /* how often the owner looks whether to stop: 0.1 s */

struct job {
	struct job *next;
	char *path;
	bool listed;
	struct event *first, **last;
	size_t read; /* bytes that no event tells of yet; the worker's */
	struct jobs *jobs;
	void *worker; /* the sink's, of the thread that reads it */
};

struct thread {
	pthread_t id;
	struct jobs *jobs;
};

struct jobs {
	struct jobs_options options;
	pthread_mutex_t mutex;
	pthread_cond_t work; /* a job or a raw article was added */
	pthread_cond_t come; /* the first job has an event, or one is ready */
	pthread_cond_t room; /* an event was taken, or a question answered */
	struct job *first, **last;
	struct job *todo; /* the first that nobody reads */
	size_t njobs, queued;
	struct event *raw, **raw_last;
	size_t nraw;
	atomic_bool stop;
	struct thread *threads;
	size_t nthreads, idle;
};

static void *work(void *ctx);

/* ---- the worker's side ----------------------------------------------------- */

static int interrupted(struct pdx_err *err)
{
	return err_set(err, PDX_E_INTERRUPTED, "interrupted");
}

/* With the mutex: whether ${job} has to wait before it queues ${size} more. */
static bool is_full(const struct job *job, size_t size)
{
	const struct jobs *j = job->jobs;

	if (job == j->first && !job->first)
		return false;
	return j->queued + size > QUEUE_BYTES;
}

static void free_event(const struct jobs *j, struct event *e)
{
	const struct ingest_sink *sink = j->options.sink;

	if (e && e->ahead.prepared)
		sink->prepared_free(sink->ctx, e->ahead.prepared);
	event_free(e);
}

/* With the mutex. */
static void start_thread(struct jobs *j)
{
	struct thread *t = &j->threads[j->nthreads];

	if (j->idle || j->nthreads == j->options.threads)
		return;
	t->jobs = j;
	if (thread_start(&t->id, work, t))
		j->nthreads++;
}

/* Work out what can be of ${e}, as the first of its siblings. */
static void make_ready(const struct jobs *j, void *worker, struct event *e)
{
	const struct ingest_sink *sink = j->options.sink;
	struct pdx_article first = e->article;

	first.sibling = 1;
	e->ahead.key = identity_key(&first);
	e->ahead.digest = identity_digest(&first);
	if (worker)
		e->status = sink->prepare(&e->ahead.prepared, sink->ctx, worker,
					  &e->article, &e->err);
}

/* With the mutex, which is let go meanwhile: make the first raw article ready.  False:
 * there is none. */
static bool help(struct jobs *j, void *worker)
{
	struct event *e = j->raw;

	if (!e)
		return false;
	j->raw = e->next_raw;
	if (!j->raw)
		j->raw_last = &j->raw;
	j->nraw--;
	e->state = EVENT_TAKEN;
	pthread_mutex_unlock(&j->mutex);
	make_ready(j, worker, e);
	pthread_mutex_lock(&j->mutex);
	e->state = EVENT_READY;
	pthread_cond_signal(&j->come);
	return true;
}

/* With the mutex. */
static void add_raw(struct jobs *j, struct event *e)
{
	e->state = EVENT_RAW;
	*j->raw_last = e;
	j->raw_last = &e->next_raw;
	if (++j->nraw > RAW_MANY)
		start_thread(j);
	pthread_cond_signal(&j->work);
}

/* With the mutex. */
static void queue(struct job *job, struct event *e)
{
	struct jobs *j = job->jobs;

	e->read = job->read;
	job->read = 0;
	*job->last = e;
	job->last = &e->next;
	j->queued += e->size;
	if (job == j->first)
		pthread_cond_signal(&j->come);
}

/* Queue ${e}, which may be NULL: memory is out.  It is given up. */
static int push(struct job *job, struct event *e, struct pdx_err *err)
{
	struct jobs *j = job->jobs;

	if (!e || e->arena.failed) {
		event_free(e);
		return err_nomem(err);
	}
	if (e->kind == EVENT_ARTICLE)
		e->size *= READY_FACTOR;
	pthread_mutex_lock(&j->mutex);
	while (!j->stop && is_full(job, e->size))
		if (!help(j, job->worker))
			pthread_cond_wait(&j->room, &j->mutex);
	if (j->stop) {
		pthread_mutex_unlock(&j->mutex);
		event_free(e);
		return interrupted(err);
	}
	queue(job, e);
	if (e->kind == EVENT_ARTICLE)
		add_raw(j, e);
	while (!j->stop && j->nraw > RAW_MAX)
		help(j, job->worker);
	pthread_mutex_unlock(&j->mutex);
	return 0;
}

static int on_begin(void *ctx, struct pdx_err *err)
{
	return push(ctx, event_new(EVENT_BEGIN), err);
}

static int on_article(void *ctx, struct pdx_article *article, const struct piece *piece,
		      struct pdx_err *err)
{
	return push(ctx, event_article(article, piece), err);
}

static int on_reject(void *ctx, const struct piece *piece, const char *reason,
		     struct pdx_err *err)
{
	return push(ctx, event_reject(piece, reason), err);
}

static void on_warn(void *ctx, const char *origin, const char *message)
{
	push(ctx, event_warn(origin, message), NULL);
}

static void on_bytes(void *ctx, size_t n)
{
	struct job *job = ctx;

	job->read += n;
}

/* With the mutex: ${e} is the last that was queued, and lives no longer. */
static void unqueue(struct job *job, const struct event *e)
{
	job->last = &job->first;
	while (*job->last != e)
		job->last = &(*job->last)->next;
	*job->last = NULL;
}

/* Ask, and wait until all that is before the question was put, and it is answered. */
static bool on_known(void *ctx, const char *field, const char *text, size_t len)
{
	struct job *job = ctx;
	struct jobs *j = job->jobs;
	struct event question = {
		.kind = EVENT_KNOWN, .field = field, .text = text, .len = len
	};

	pthread_mutex_lock(&j->mutex);
	queue(job, &question);
	while (!question.answered && (question.taken || !j->stop))
		pthread_cond_wait(&j->room, &j->mutex);
	if (!question.answered)
		unqueue(job, &question);
	pthread_mutex_unlock(&j->mutex);
	return question.known;
}

static bool on_stopped(void *ctx)
{
	const struct job *job = ctx;

	return job->jobs->stop;
}

static void read_job(struct job *job)
{
	const struct outlet *to = job->jobs->options.outlet;
	const struct outlet outlet = {
		.begin = on_begin,
		.article = on_article,
		.reject = on_reject,
		.warn = on_warn,
		.bytes = on_bytes,
		.known = to->known ? on_known : NULL,
		.stopped = on_stopped,
		.stop_fd = to->stop_fd,
		.ctx = job,
	};
	struct event *end = event_new(EVENT_END);
	struct pdx_err err;
	int status = end ? intake_path(&outlet, job->jobs->options.intake, job->path,
				       job->listed, &err)
			 : err_nomem(&err);

	if (end) {
		end->status = status;
		end->err = err;
	}
	if (push(job, end, NULL) == PDX_E_NOMEM)
		job->jobs->stop = true; /* nobody would be told that it ended */
}

static void *work(void *ctx)
{
	const struct thread *t = ctx;
	struct jobs *j = t->jobs;
	const struct ingest_sink *sink = j->options.sink;
	void *worker = NULL;

	/* Who puts has to keep up, and what it cannot do is done meanwhile. */
	thread_step_back();
	if (sink->worker_new)
		sink->worker_new(&worker, sink->ctx, NULL);
	pthread_mutex_lock(&j->mutex);
	while (!j->stop) {
		struct job *job = j->todo;

		if (help(j, worker))
			continue;
		if (!job) {
			j->idle++;
			pthread_cond_wait(&j->work, &j->mutex);
			j->idle--;
			continue;
		}
		j->todo = job->next;
		job->worker = worker;
		pthread_mutex_unlock(&j->mutex);
		read_job(job);
		pthread_mutex_lock(&j->mutex);
	}
	pthread_mutex_unlock(&j->mutex);
	if (worker)
		sink->worker_free(sink->ctx, worker);
	return NULL;
}

/* ---- the owner's side ------------------------------------------------------ */

static void stop(struct jobs *j)
{
	pthread_mutex_lock(&j->mutex);
	j->stop = true;
	pthread_cond_broadcast(&j->work);
	pthread_cond_broadcast(&j->room);
	pthread_mutex_unlock(&j->mutex);
}

/* With the mutex: no worker need look at ${e} any more. */
static void unlink_raw(struct jobs *j, struct event *e)
{
	struct event **at = &j->raw;

	while (*at != e)
		at = &(*at)->next_raw;
	*at = e->next_raw;
	if (!*at)
		j->raw_last = at;
	j->nraw--;
	e->state = EVENT_READY;
}

/* With the mutex: there is an event, and nobody is at it. */
static bool has_event(const struct job *job)
{
	return job->first && job->first->state != EVENT_TAKEN;
}

/* The next event of ${job}, which is the first; NULL: it is to stop. */
static struct event *next_event(struct jobs *j, struct job *job)
{
	const struct outlet *outlet = j->options.outlet;
	struct event *e;

	pthread_mutex_lock(&j->mutex);
	while (!has_event(job) && !j->stop && !outlet->stopped(outlet->ctx)) {
		struct timespec until;

		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += LOOK_NSEC;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&j->come, &j->mutex, &until);
	}
	e = has_event(job) ? job->first : NULL;
	if (e && e->state == EVENT_RAW)
		unlink_raw(j, e);
	if (e) {
		job->first = e->next;
		if (!job->first)
			job->last = &job->first;
		j->queued -= e->size;
		e->taken = true;
		pthread_cond_broadcast(&j->room);
	}
	pthread_mutex_unlock(&j->mutex);
	return e;
}

/* The worker that asked waits; its event is not looked at any more after this. */
static void answer(struct jobs *j, struct event *question)
{
	const struct outlet *outlet = j->options.outlet;
	bool known = outlet->known(outlet->ctx, question->field, question->text,
				   question->len);

	pthread_mutex_lock(&j->mutex);
	question->known = known;
	question->answered = true;
	pthread_cond_broadcast(&j->room);
	pthread_mutex_unlock(&j->mutex);
}

static int hand_on_article(struct jobs *j, struct event *e, struct pdx_err *err)
{
	const struct outlet *to = j->options.outlet;

	if (e->status != 0) {
		if (err)
			*err = e->err;
		return e->status;
	}
	e->piece.ahead = e->ahead.key ? &e->ahead : NULL;
	return to->article(to->ctx, &e->article, &e->piece, err);
}

/* Hand ${e} on, and free it. */
static int hand_on(struct jobs *j, struct event *e, bool *ended, struct pdx_err *err)
{
	const struct outlet *to = j->options.outlet;
	int rc = 0;

	to->bytes(to->ctx, e->read);
	*ended = e->kind == EVENT_END;
	if (e->kind == EVENT_KNOWN) {
		answer(j, e);
		return 0;
	}
	if (e->kind == EVENT_BEGIN)
		rc = to->begin(to->ctx, err);
	else if (e->kind == EVENT_ARTICLE)
		rc = hand_on_article(j, e, err);
	else if (e->kind == EVENT_REJECT)
		rc = to->reject(to->ctx, &e->piece, e->text, err);
	else if (e->kind == EVENT_WARN)
		to->warn(to->ctx, e->origin, e->text);
	else
		rc = e->status;
	if (*ended && rc != 0 && err)
		*err = e->err;
	free_event(j, e);
	return rc;
}

static void job_free(struct job *job)
{
	struct event *e;

	while ((e = job->first)) {
		job->first = e->next;
		free_event(job->jobs, e);
	}
	free(job->path);
	free(job);
}

/* Take the first job, which has ended, off the list. */
static void finish_first(struct jobs *j)
{
	struct job *job;

	pthread_mutex_lock(&j->mutex);
	job = j->first;
	j->first = job->next;
	if (!j->first)
		j->last = &j->first;
	j->njobs--;
	pthread_cond_broadcast(&j->room); /* another is the first now */
	pthread_mutex_unlock(&j->mutex);
	job_free(job);
}

/* Hand on all of the first job. */
static int hand_on_first(struct jobs *j, struct pdx_err *err)
{
	struct job *job = j->first;
	struct event *e;
	bool ended = false;
	int rc = 0;

	j->options.start(j->options.outlet->ctx, job->path);
	while (rc == 0 && !ended) {
		e = next_event(j, job);
		rc = e ? hand_on(j, e, &ended, err) : interrupted(err);
	}
	if (rc != 0)
		stop(j);
	else
		finish_first(j);
	return rc;
}

int jobs_add(struct jobs *j, const char *path, bool listed, struct pdx_err *err)
{
	struct job *job;
	int rc = 0;

	while (rc == 0 && j->njobs >= j->options.threads * FILES_EACH)
		rc = hand_on_first(j, err);
	if (rc != 0)
		return rc;
	job = calloc(1, sizeof(*job));
	if (job)
		job->path = strdup(path);
	if (!job || !job->path) {
		free(job);
		return err_nomem(err);
	}
	job->listed = listed;
	job->jobs = j;
	job->last = &job->first;
	pthread_mutex_lock(&j->mutex);
	*j->last = job;
	j->last = &job->next;
	j->njobs++;
	if (!j->todo)
		j->todo = job;
	start_thread(j);
	pthread_cond_signal(&j->work);
	rc = j->nthreads ? 0 : err_nomem(err);
	pthread_mutex_unlock(&j->mutex);
	return rc;
}

int jobs_drain(struct jobs *j, struct pdx_err *err)
{
	int rc = 0;

	while (rc == 0 && j->first)
		rc = hand_on_first(j, err);
	return rc;
}

int jobs_new(struct jobs **out, const struct jobs_options *options, struct pdx_err *err)
{
	struct jobs *j = calloc(1, sizeof(*j));

	*out = NULL;
	if (!j)
		return err_nomem(err);
	j->options = *options;
	j->last = &j->first;
	j->raw_last = &j->raw;
	pthread_mutex_init(&j->mutex, NULL);
	pthread_cond_init(&j->work, NULL);
	pthread_cond_init(&j->come, NULL);
	pthread_cond_init(&j->room, NULL);
	j->threads = calloc(options->threads, sizeof(*j->threads));
	if (!j->threads) {
		jobs_free(j);
		return err_nomem(err);
	}
	*out = j;
	return 0;
}

void jobs_free(struct jobs *j)
{
	struct job *job;

	if (!j)
		return;
	stop(j);
	for (size_t i = 0; i < j->nthreads; i++)
		pthread_join(j->threads[i].id, NULL);
	while ((job = j->first)) {
		j->first = job->next;
		job_free(job);
	}
	pthread_cond_destroy(&j->room);
	pthread_cond_destroy(&j->come);
	pthread_cond_destroy(&j->work);
	pthread_mutex_destroy(&j->mutex);
	free(j->threads);
	free(j);
}
