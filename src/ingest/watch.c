/*
 * A directory that is watched: files are taken when they are complete, that is, when
 * they were closed after writing, or moved or linked in.  Knows inotify.
 *
 * A directory is watched before its names are read, so that a file is seen one way or
 * the other; one that is still open for writing is left to the event that will come.
 */
/* F_SETLEASE */
#define _GNU_SOURCE

#include "ingest/ingest.h"

#include "base/err.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "ingest/run.h"
#include "ingest/walk.h"

#define EVENTS                                                                         \
	(IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE_SELF |   \
	 IN_MOVE_SELF | IN_ONLYDIR)
/* No event for so long, and what was taken is committed: files that come together are
 * one batch. */
#define QUIET_MSEC 50
#define EVENT_BUFFER 65536

struct watched {
	int id; /* inotify's number */
	char *path;
};

struct watch {
	struct run run;
	const char *root;
	int fd, root_id;
	struct watched *v;
	size_t n, cap;
	bool gone;     /* the root */
	bool overflow; /* events were lost */
	_Alignas(struct inotify_event) char buffer[EVENT_BUFFER];
};

static struct watched *find(struct watch *w, int id)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].id == id)
			return &w->v[i];
	return NULL;
}

static void forget(struct watch *w, struct watched *watched)
{
	free(watched->path);
	*watched = w->v[--w->n];
}

/* ${id}, which may be known under another name, is ${path}. */
static int remember(struct watch *w, int id, const char *path)
{
	struct watched *watched = find(w, id);
	char *copy = strdup(path);

	if (!copy || !mem_grow(&w->v, &w->cap, w->n + 1, sizeof(*w->v))) {
		free(copy);
		return err_nomem(w->run.err);
	}
	if (watched)
		free(watched->path);
	else
		watched = &w->v[w->n++];
	*watched = (struct watched){ id, copy };
	return 0;
}

static int walked_directory(void *ctx, const char *path)
{
	struct watch *w = ctx;
	int id = inotify_add_watch(w->fd, path, EVENTS);

	if (id >= 0 && w->root_id < 0)
		w->root_id = id;
	if (id >= 0)
		return remember(w, id, path);
	if (errno == ENOENT || errno == EACCES)
		return 0; /* gone again, or of no use: the walk says so */
	return err_set(w->run.err, PDX_E_IO, "cannot watch %s: %s", path,
		       strerror(errno));
}

/* A lease for reading is only given where nobody has the file open for writing. */
static bool is_being_written(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool written = fd >= 0 && fcntl(fd, F_SETLEASE, F_RDLCK) < 0 && errno == EAGAIN;

	if (fd >= 0) {
		fcntl(fd, F_SETLEASE, F_UNLCK);
		close(fd);
	}
	return written;
}

static int take(struct watch *w, const char *path)
{
	struct run *run = &w->run;
	int rc;

	if (is_being_written(path))
		return 0;
	run_set_path(run, path);
	rc = intake_path(&run->outlet, &run->options->intake, path, true, run->err);
	run_tell(run, true);
	return rc;
}

static int walked_file(void *ctx, const char *path, uint64_t size)
{
	(void)size;
	return take(ctx, path);
}

static int walked_other(void *ctx, const char *path, const char *reason,
			bool unreadable)
{
	struct watch *w = ctx;
	struct run *run = &w->run;
	struct stat st;

	if (unreadable && lstat(path, &st) != 0 && errno == ENOENT)
		return 0; /* gone again */
	run_set_path(run, path);
	return unreadable ? intake_unreadable(&run->outlet, path, reason, run->err)
			  : intake_passed(&run->outlet, path, reason, run->err);
}

/* Watch ${path} and what is below it, and take what is there. */
static int scan(struct watch *w, const char *path)
{
	const struct walker walker = { .file = walked_file,
				       .other = walked_other,
				       .directory = walked_directory,
				       .ctx = w };

	return walk_directory(path, &walker, w->run.err);
}

static bool is_below(const char *path, const char *directory)
{
	size_t len = strlen(directory);

	return strncmp(path, directory, len) == 0 &&
	       (path[len] == '/' || path[len] == '\0');
}

/* A directory was moved away: its events are no business of ours any more. */
static void leave(struct watch *w, const char *path)
{
	for (size_t i = w->n; i-- > 0;) {
		if (!is_below(w->v[i].path, path))
			continue;
		inotify_rm_watch(w->fd, w->v[i].id);
		forget(w, &w->v[i]);
	}
}

/* A link is complete as soon as it is there, and nobody will close it. */
static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 &&
	       (S_ISLNK(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink > 1));
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Something happened to ${path}. */
static int happened(struct watch *w, uint32_t mask, const char *path)
{
	if (mask & IN_ISDIR) {
		if (mask & IN_MOVED_FROM)
			leave(w, path);
		return mask & (IN_CREATE | IN_MOVED_TO) ? scan(w, path) : 0;
	}
	if ((mask & (IN_CLOSE_WRITE | IN_MOVED_TO) ||
	     (mask & IN_CREATE && is_link(path))) &&
	    is_file(path))
		return take(w, path);
	return 0;
}

static int handle(struct watch *w, const struct inotify_event *e)
{
	struct watched *at = find(w, e->wd);
	struct buf path = { 0 };
	int rc = 0;

	w->overflow = w->overflow || e->mask & IN_Q_OVERFLOW;
	if (e->wd == w->root_id &&
	    e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT))
		w->gone = true;
	if (at && e->mask & IN_IGNORED)
		forget(w, at);
	else if (at && e->len > 0 && e->name[0] != '.') {
		buf_printf(&path, "%s%s%s", at->path,
			   at->path[strlen(at->path) - 1] == '/' ? "" : "/", e->name);
		rc = buf_ok(&path) ? happened(w, e->mask, path.data)
				   : err_nomem(w->run.err);
	}
	buf_release(&path);
	return rc;
}

/* Handle what has happened so far; *any: something had. */
static int handle_events(struct watch *w, bool *any)
{
	ssize_t n = read(w->fd, w->buffer, sizeof(w->buffer));
	int rc = 0;

	*any = n > 0;
	for (ssize_t at = 0; rc == 0 && at < n;) {
		const struct inotify_event *e =
			(const struct inotify_event *)(const void *)(w->buffer + at);

		rc = handle(w, e);
		at += (ssize_t)(sizeof(*e) + e->len);
	}
	if (rc == 0 && w->overflow) {
		w->overflow = false;
		rc = scan(w, w->root);
	}
	return rc;
}

/* Wait for events; true: there are some. */
static bool await_events(const struct watch *w, int msec)
{
	struct pollfd fds[] = {
		{ .fd = w->fd, .events = POLLIN },
		{ .fd = w->run.options->stop_fd, .events = POLLIN },
	};

	return poll(fds, fds[1].fd > 0 ? 2 : 1, msec) > 0 && fds[0].revents;
}

static int watch_events(struct watch *w)
{
	bool any = true;
	int rc = 0;

	while (rc == 0 && !run_stopped(&w->run) && !w->gone) {
		if (!await_events(w, QUIET_MSEC)) {
			rc = run_commit(&w->run);
			if (rc == 0 && !run_stopped(&w->run))
				await_events(w, -1);
			continue;
		}
		rc = handle_events(w, &any);
	}
	if (rc == 0)
		rc = run_commit(&w->run); /* no file is in the middle */
	if (rc == 0 && w->gone)
		return err_set(w->run.err, PDX_E_IO, "%s is not there any more",
			       w->root);
	return rc ? rc : run_interrupted(w->run.err);
}

static int watch_directory(struct watch *w)
{
	struct stat st;
	int rc;

	if (stat(w->root, &st) != 0)
		return err_set(w->run.err, PDX_E_IO, "cannot watch %s: %s", w->root,
			       strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(w->run.err, PDX_E_USAGE, "%s is no directory", w->root);
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd < 0)
		return err_set(w->run.err, PDX_E_IO, "cannot watch: %s",
			       strerror(errno));
	rc = scan(w, w->root);
	return rc ? rc : watch_events(w);
}

int ingest_watch(struct ingest_counts *counts, struct pdx *index, const char *directory,
		 const struct ingest_options *options, struct pdx_err *err)
{
	const struct ingest_sink sink = ingest_sink_of(index);
	struct watch *w = calloc(1, sizeof(*w));
	int rc;

	if (!w)
		return err_nomem(err);
	w->root = directory;
	w->fd = w->root_id = -1;
	run_init(&w->run, counts, &sink, options, err);
	rc = watch_directory(w);
	rc = run_end(&w->run, rc);
	while (w->n > 0)
		forget(w, &w->v[w->n - 1]);
	if (w->fd >= 0)
		close(w->fd);
	free(w->v);
	free(w);
	return rc;
}

#else

int ingest_watch(struct ingest_counts *counts, struct pdx *index, const char *directory,
		 const struct ingest_options *options, struct pdx_err *err)
{
	(void)counts, (void)index, (void)directory, (void)options;
	return err_set(err, PDX_E_USAGE, "directories can be watched on Linux only");
}

#endif
