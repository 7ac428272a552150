/*
 * Run a program and say how long it took and what memory it had:
 *
 *     measure time RUNS LINES PROGRAM [ARGUMENT]...   p50 p95 p99, in microseconds
 *     measure disk RUNS LINES PROGRAM [ARGUMENT]...   the same, from the disk
 *     measure memory PROGRAM [ARGUMENT]...            microseconds, KiB at most
 *
 * time runs it RUNS times, from start to exit; of the arguments {} is replaced by a line
 * of the file LINES, in turn.  disk empties the page cache before each run, which only
 * root may and only Linux can.  memory looks every two milliseconds at what the process
 * has of its own (RssAnon: not what it maps of files, which is the page cache's).  What
 * the program writes goes nowhere.  Exit status: 1 where it failed.
 */
#define _DEFAULT_SOURCE 1 /* sync() */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES_MAX = 16, LINE = 512, RUNS_MAX = 10000 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static pid_t start(char **argv)
{
	pid_t pid = fork();
	int nowhere;

	if (pid)
		return pid;
	nowhere = open("/dev/null", O_WRONLY);
	if (nowhere >= 0)
		dup2(nowhere, 1);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

/* 1 found nothing, which is an answer. */
static int failed(int status, const char *program)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) <= 1)
		return 0;
	fprintf(stderr, "measure: %s: status %d\n", program, status);
	return 1;
}

static long read_anonymous(pid_t pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "RssAnon: %ld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib;
}

static int memory(char **argv)
{
	const struct timespec pause = { 0, 2000000 };
	double begun = now();
	pid_t pid = start(argv);
	long most = 0, kib;
	int status = 0;

	if (pid < 0)
		return 1;
	while (waitpid(pid, &status, WNOHANG) == 0) {
		kib = read_anonymous(pid);
		most = kib > most ? kib : most;
		nanosleep(&pause, NULL);
	}
	if (failed(status, argv[0]))
		return 1;
	printf("%.0f %ld\n", now() - begun, most);
	return 0;
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int read_lines(char lines[LINES_MAX][LINE], const char *path)
{
	FILE *f = fopen(path, "r");
	int n = 0;

	if (!f) {
		perror(path);
		return 0;
	}
	for (; n < LINES_MAX && fgets(lines[n], LINE, f); n++)
		lines[n][strcspn(lines[n], "\n")] = 0;
	fclose(f);
	return n;
}

static int empty_cache(void)
{
	static const char path[] = "/proc/sys/vm/drop_caches";
	int file;
	int ok;

	sync();
	file = open(path, O_WRONLY);
	ok = file >= 0 && write(file, "1", 1) == 1;
	if (!ok)
		perror(path);
	if (file >= 0)
		close(file);
	return ok ? 0 : 1;
}

static int times(int argc, char **argv, int from_disk)
{
	static char lines[LINES_MAX][LINE];
	static double took[RUNS_MAX];
	int runs = atoi(argv[0]), nlines = read_lines(lines, argv[1]), i, k, status;
	char **command = calloc((size_t)argc, sizeof(*command));

	if (!command || !nlines || runs < 1 || runs > RUNS_MAX)
		return 1;
	for (i = -1; i < runs; i++) { /* one more before, which is not counted */
		double from;
		pid_t pid;

		for (k = 2; k < argc; k++)
			command[k - 2] = strcmp(argv[k], "{}") == 0
						 ? lines[(i + nlines) % nlines]
						 : argv[k];
		if (from_disk && empty_cache())
			return 1;
		from = now();
		pid = start(command);
		if (pid < 0 || waitpid(pid, &status, 0) < 0 ||
		    failed(status, command[0]))
			return 1;
		if (i >= 0)
			took[i] = now() - from;
	}
	free(command);
	qsort(took, (size_t)runs, sizeof(*took), by_number);
	printf("%.0f %.0f %.0f\n", took[(runs - 1) / 2], took[(runs * 95 + 99) / 100 - 1],
	       took[(runs * 99 + 99) / 100 - 1]);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 4 && strcmp(argv[1], "time") == 0)
		return times(argc - 2, argv + 2, 0);
	if (argc > 4 && strcmp(argv[1], "disk") == 0)
		return times(argc - 2, argv + 2, 1);
	if (argc > 2 && strcmp(argv[1], "memory") == 0)
		return memory(argv + 2);
	fprintf(stderr, "usage: see the head of measure.c\n");
	return 2;
}
