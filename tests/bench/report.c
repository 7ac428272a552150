/*
 * From measurements to a table, JSON, and a chart:
 *
 *     report [--md] [--json FILE] [--svg FILE] <MEASUREMENTS
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

const char *const peer_names[PEERS] = { "paneldex", "fts5", "xapian", "lucene",
					"ripgrep" };

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(char *numbers)
{
	double v[64];
	size_t n = 0;
	char *word;

	for (word = strtok(numbers, " \n"); word && n < 64; word = strtok(NULL, " \n"))
		v[n++] = atof(word);
	qsort(v, n, sizeof(*v), by_number);
	return n ? v[n / 2] : 0;
}

static struct measured *find(struct report *r, long size, const char *peer)
{
	unsigned i, p;

	for (i = 0; i < r->nsizes && r->sizes[i] != size; i++)
		;
	for (p = 0; p < PEERS && strcmp(peer_names[p], peer) != 0; p++)
		;
	if (i == SIZES_MAX || p == PEERS)
		return NULL;
	if (i == r->nsizes)
		r->sizes[r->nsizes++] = size;
	return &r->of[i][p];
}

static bool read_latency(struct latency *v, const char *rest, bool warm)
{
	int class, n;

	v->found = -1;
	n = warm ? sscanf(rest, "%d %ld %lf %lf %lf", &class, &v->found, &v->p50,
			  &v->p95, &v->p99) == 5
		 : sscanf(rest, "%d %lf %lf %lf", &class, &v->p50, &v->p95, &v->p99) ==
			   4;
	v->there = n;
	return n;
}

static bool read_line(struct report *r, char *line)
{
	char peer[16], what[16], *rest;
	struct measured *m;
	long size;
	int at = 0, class;

	if (sscanf(line, "%ld %15s %15s %n", &size, peer, what, &at) != 3 || !at)
		return false;
	rest = line + at;
	m = find(r, size, peer);
	if (!m)
		return false;
	if (strcmp(what, "missing") == 0) {
		snprintf(m->missing, sizeof(m->missing), "%s", rest);
		m->missing[strcspn(m->missing, "\n")] = 0;
		return true;
	}
	m->there = true;
	if (strcmp(what, "ingest") == 0)
		return (m->ingest = median(rest)) > 0;
	if (strcmp(what, "bytes") == 0)
		return sscanf(rest, "%lf %lf", &m->text_bytes, &m->file_bytes) == 2;
	if (strcmp(what, "memory") == 0)
		return sscanf(rest, "%ld %ld", &m->ingest_kib, &m->search_kib) == 2;
	if (strcmp(what, "more") == 0)
		return sscanf(rest, "%lf %lf", &m->more_articles, &m->more) == 2;
	class = atoi(rest);
	if (class < 0 || class >= CLASSES)
		return false;
	if (strcmp(what, "warm") == 0)
		return read_latency(&m->warm[class], rest, true);
	return strcmp(what, "cold") == 0 && read_latency(&m->cold[class], rest, false);
}

bool report_read(struct report *r, FILE *in)
{
	char line[1024];
	unsigned long n = 0;

	memset(r, 0, sizeof(*r));
	while (fgets(line, sizeof(line), in)) {
		char copy[sizeof(line)];

		n++;
		memcpy(copy, line, sizeof(line));
		if (!read_line(r, copy)) {
			fprintf(stderr, "report: line %lu: %s", n, line);
			return false;
		}
	}
	return true;
}

double report_rate(const struct measured *m)
{
	return m->ingest > 0 ? m->text_bytes / m->ingest : 0;
}

static bool write_file(const char *path, const struct report *r,
		       void (*write)(FILE *out, const struct report *r))
{
	FILE *out = fopen(path, "w");
	bool ok;

	if (!out) {
		perror(path);
		return false;
	}
	write(out, r);
	ok = !ferror(out);
	if (fclose(out) || !ok) {
		perror(path);
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	static struct report r;
	bool markdown = false, ok;
	const char *json = NULL, *svg = NULL;
	int i;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--md") == 0) {
			markdown = true;
		} else if (strcmp(argv[i], "--json") == 0 && i + 1 < argc) {
			json = argv[++i];
		} else if (strcmp(argv[i], "--svg") == 0 && i + 1 < argc) {
			svg = argv[++i];
		} else {
			fprintf(stderr, "usage: report [--md] [--json FILE]"
					" [--svg FILE]\n");
			return 2;
		}
	}
	ok = report_read(&r, stdin);
	if (ok) {
		report_text(stdout, &r, markdown);
		report_targets(stdout, &r, markdown);
	}
	if (ok && json)
		ok = write_file(json, &r, report_json);
	if (ok && svg)
		ok = write_file(svg, &r, report_svg);
	return !ok;
}
