/*
 * Running a program with given input and catching all it writes.
 */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A sanitised program on a busy machine is slow; a hanging one must end some day. */
#define SECONDS_MAX 300

struct stream {
	int fd; /* -1: closed */
	char *data;
	size_t len, cap;
};

struct child {
	pid_t pid;
	int in;
	const char *input;
	size_t inputlen;
	struct stream out, err;
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A pipe whose ends no other child gets, above the three standard descriptors. */
static void make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		fail_msg("pipe: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		int high = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);

		if (high < 0)
			fail_msg("fcntl: %s", strerror(errno));
		close(ends[i]);
		ends[i] = high;
	}
}

/* In the child: never returns. */
static void exec_program(const char *const argv[], int in, int out, int err)
{
	const char *file = argv[0];
	size_t n = 0;
	char **args;

	if (strcmp(file, "paneldex") == 0)
		file = getenv("PANELDEX_BIN");
	while (argv[n])
		n++;
	/* execvp() takes strings that it could change, but does not. */
	args = calloc(n + 1, sizeof(*args));
	for (size_t i = 0; args && i < n; i++)
		args[i] = strdup(argv[i]);
	if (args && file && dup2(in, 0) == 0 && dup2(out, 1) == 1 &&
	    dup2(err, 2) == 2) {
		signal(SIGPIPE, SIG_DFL);
		signal(SIGINT, SIG_DFL); /* ignored below a shell's background job */
		execvp(file, args);
	}
	dprintf(2, "cannot run %s: %s\n",
		file ? file : "paneldex: PANELDEX_BIN is not set", strerror(errno));
	_exit(127);
}

static void start(struct child *c, const char *const argv[])
{
	int in[2], out[2], err[2];

	make_pipe(in);
	make_pipe(out);
	make_pipe(err);
	fflush(NULL); /* or the child would write it again */
	c->pid = fork();
	if (c->pid < 0)
		fail_msg("fork: %s", strerror(errno));
	if (c->pid == 0)
		exec_program(argv, in[0], out[1], err[1]);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	c->in = in[1];
	c->out = (struct stream){ .fd = out[0] };
	c->err = (struct stream){ .fd = err[0] };
}

static void feed(struct child *c)
{
	ssize_t n = 0;

	if (c->inputlen > 0)
		n = write(c->in, c->input, c->inputlen);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	/* A program that stops reading is no failure: EPIPE. */
	if (n > 0) {
		c->input += n;
		c->inputlen -= (size_t)n;
	}
	if (n < 0 || c->inputlen == 0)
		close_end(&c->in);
}

static void drain(struct stream *s)
{
	ssize_t n;

	if (s->cap - s->len < 4096) {
		s->cap = s->cap ? 2 * s->cap : 16384;
		s->data = realloc(s->data, s->cap);
		if (!s->data)
			fail_msg("out of memory");
	}
	n = read(s->fd, s->data + s->len, s->cap - s->len - 1);
	if (n < 0 && errno == EINTR)
		return;
	if (n > 0)
		s->len += (size_t)n;
	else
		close_end(&s->fd);
}

/* Serve all three pipes together: neither side can wait for the other for ever. */
static void serve(struct child *c)
{
	time_t deadline = time(NULL) + SECONDS_MAX;

	while (c->in >= 0 || c->out.fd >= 0 || c->err.fd >= 0) {
		struct pollfd fds[3] = {
			{ .fd = c->in, .events = POLLOUT },
			{ .fd = c->out.fd, .events = POLLIN },
			{ .fd = c->err.fd, .events = POLLIN },
		};

		if (time(NULL) > deadline) {
			kill(c->pid, SIGKILL);
			return;
		}
		if (poll(fds, 3, 1000) <= 0)
			continue;
		if (fds[0].revents)
			feed(c);
		if (fds[1].revents)
			drain(&c->out);
		if (fds[2].revents)
			drain(&c->err);
	}
}

static char *finish(struct stream *s, size_t *len)
{
	char *data = s->data ? s->data : calloc(1, 1);

	close_end(&s->fd);
	if (!data)
		fail_msg("out of memory");
	data[s->len] = '\0';
	*len = s->len;
	return data;
}

static void keep(const char *folder, unsigned number, const struct run *r,
		 const char *stream, const char *data, size_t len)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%ld-%u.%d.%s", folder, (long)getpid(), number,
		 r->status, stream);
	f = fopen(path, "w");
	if (!f || fwrite(data, 1, len, f) != len || fclose(f) != 0)
		fail_msg("cannot write %s: %s", path, strerror(errno));
}

/* For scripts/validate: what programs print, where somebody asks for it. */
static void keep_output(const struct run *r)
{
	static unsigned number;
	const char *folder = getenv("PANELDEX_OUTPUTS");

	if (!folder)
		return;
	number++;
	if (r->outlen)
		keep(folder, number, r, "out", r->out, r->outlen);
	if (r->errlen)
		keep(folder, number, r, "err", r->err, r->errlen);
}

struct run run_program(const char *const argv[], const char *input, size_t inputlen)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	struct child c = { .input = input, .inputlen = inputlen };
	struct run r = { 0 };
	int status;

	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, &before);
	start(&c, argv);
	serve(&c);
	close_end(&c.in);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	sigaction(SIGPIPE, &before, NULL);

	r.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	r.out = finish(&c.out, &r.outlen);
	r.err = finish(&c.err, &r.errlen);
	keep_output(&r);
	return r;
}

void run_free(struct run *r)
{
	free(r->out);
	free(r->err);
	*r = (struct run){ 0 };
}
