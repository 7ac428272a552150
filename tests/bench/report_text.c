/* The tables, and what the project wants to reach beside what was measured. */
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const char *number(char *out, size_t size, double v)
{
	if (v <= 0)
		snprintf(out, size, "-");
	else if (v >= 100)
		snprintf(out, size, "%.0f", v);
	else
		snprintf(out, size, v >= 10 ? "%.1f" : "%.2f", v);
	return out;
}

static void begin_table(FILE *out, const char *title, bool markdown)
{
	unsigned p;

	if (!markdown) {
		fprintf(out, "\n%-26s", title);
		for (p = 0; p < PEERS; p++)
			fprintf(out, "%20s", peer_names[p]);
		fputc('\n', out);
		return;
	}
	fprintf(out, "\n| %s |", title);
	for (p = 0; p < PEERS; p++)
		fprintf(out, " %s |", peer_names[p]);
	fprintf(out, "\n| --- |");
	for (p = 0; p < PEERS; p++)
		fprintf(out, " ---: |");
	fputc('\n', out);
}

/* A row of values, and in brackets what they are of that of FTS5. */
static void row(FILE *out, const char *title, const double v[PEERS], bool markdown)
{
	unsigned p;

	fprintf(out, markdown ? "| %s |" : "%-26s", title);
	for (p = 0; p < PEERS; p++) {
		char text[24], cell[48];

		number(text, sizeof(text), v[p]);
		if (v[p] > 0 && v[PEER_FTS5] > 0 && p != PEER_FTS5)
			snprintf(cell, sizeof(cell), "%s (%.2f)", text,
				 v[p] / v[PEER_FTS5]);
		else
			snprintf(cell, sizeof(cell), "%s", text);
		fprintf(out, markdown ? " %s |" : "%20s", cell);
	}
	fputc('\n', out);
}

static void sizes_table(FILE *out, const struct measured *of, bool markdown)
{
	double rate[PEERS], size[PEERS], ingest[PEERS], search[PEERS], more[PEERS];
	unsigned p;

	for (p = 0; p < PEERS; p++) {
		const struct measured *m = &of[p];

		rate[p] = report_rate(m);
		size[p] = m->text_bytes > 0 ? m->file_bytes / m->text_bytes : 0;
		ingest[p] = (double)m->ingest_kib / 1024;
		search[p] = (double)m->search_kib / 1024;
		more[p] = m->more / 1000;
	}
	begin_table(out, "(ratio to FTS5)", markdown);
	row(out, "ingest, MB of text/s", rate, markdown);
	row(out, "index, bytes/byte", size, markdown);
	row(out, "memory of ingest, MiB", ingest, markdown);
	row(out, "memory of search, MiB", search, markdown);
	row(out, "100 articles more, ms", more, markdown);
}

static void latency_table(FILE *out, const struct measured *of, bool warm, int which,
			  const char *title, bool markdown)
{
	unsigned c, p;

	begin_table(out, title, markdown);
	for (c = 0; c < CLASSES; c++) {
		double v[PEERS];

		for (p = 0; p < PEERS; p++) {
			const struct latency *l = warm ? &of[p].warm[c] : &of[p].cold[c];

			v[p] = which == 50 ? l->p50 : which == 95 ? l->p95 : l->p99;
			v[p] = l->there ? v[p] / 1000 : 0;
		}
		row(out, class_names[c], v, markdown);
	}
}

void report_text(FILE *out, const struct report *r, bool markdown)
{
	unsigned i, p;

	for (i = 0; i < r->nsizes; i++) {
		const struct measured *of = r->of[i];

		fprintf(out, "%s%s%ld articles%s\n", i ? "\n" : "", markdown ? "**" : "",
			r->sizes[i], markdown ? "**" : "");
		for (p = 0; p < PEERS; p++)
			if (of[p].missing[0])
				fprintf(out, "%s: %s\n", peer_names[p], of[p].missing);
		sizes_table(out, of, markdown);
		latency_table(out, of, true, 50, "warm, p50, ms", markdown);
		latency_table(out, of, true, 95, "warm, p95, ms", markdown);
		latency_table(out, of, true, 99, "warm, p99, ms", markdown);
		latency_table(out, of, false, 50, "cold, p50, ms", markdown);
		latency_table(out, of, false, 95, "cold, p95, ms", markdown);
		latency_table(out, of, false, 99, "cold, p99, ms", markdown);
	}
}

/* One thing to reach; ${got} below 0: not measured. */
static void target(FILE *out, const char *what, const char *wanted, double got,
		   const char *unit, bool reached, bool markdown)
{
	char text[32];

	if (got < 0)
		snprintf(text, sizeof(text), "not measured");
	else
		snprintf(text, sizeof(text), got < 10 ? "%.2f%s" : "%.1f%s", got, unit);
	fprintf(out, markdown ? "| %s | %s | %s | %s |\n" : "%-46s %-12s %-14s %s\n",
		what, wanted, text, got < 0 ? "-" : reached ? "reached" : "NOT REACHED");
}

/* In how many classes ${a} is no slower than ${b}; -1: they were not both measured. */
static int classes_won(const struct measured *a, const struct measured *b)
{
	unsigned c;
	int won = 0, both = 0;

	for (c = 0; c < CLASSES; c++) {
		both += a->warm[c].there && b->warm[c].there;
		won += a->warm[c].there && b->warm[c].there &&
		       a->warm[c].p50 <= b->warm[c].p50;
	}
	return both ? won : -1;
}

static double ratio(double a, double b)
{
	return a > 0 && b > 0 ? a / b : -1;
}

/* The least of cold latencies, b over a. */
static double least_cold(const struct measured *a, const struct measured *b)
{
	double least = -1;
	unsigned c;

	for (c = 0; c < CLASSES; c++) {
		double v = a->cold[c].there && b->cold[c].there
				   ? ratio(b->cold[c].p50, a->cold[c].p50)
				   : -1;

		if (v >= 0 && (least < 0 || v < least))
			least = v;
	}
	return least;
}

/* Stated for an archive of LARGE articles: of a smaller one ${us} says nothing. */
enum { LARGE = 1000000 };

static double milliseconds_of_large(const struct latency *l, double us, long articles)
{
	return articles >= LARGE && l->there ? us / 1000 : -1;
}

static void targets_of(FILE *out, const struct measured *of, long articles,
		       bool markdown)
{
	const struct measured *m = &of[PEER_PANELDEX], *fts5 = &of[PEER_FTS5];
	const struct measured *lucene = &of[PEER_LUCENE];
	const struct latency *cold;
	double v;

	v = ratio(report_rate(m), report_rate(fts5));
	target(out, "ingest, to FTS5", ">= 2.5x", v, "x", v >= 2.5, markdown);
	v = ratio(m->file_bytes, m->text_bytes);
	target(out, "index, bytes per byte of text", "<= 0.9", v, "", v <= 0.9, markdown);
	v = ratio(fts5->warm[CLASS_FACETS].p50, m->warm[CLASS_FACETS].p50);
	target(out, "top 20, total, 4 facets, warm, to FTS5", ">= 10x", v, "x", v >= 10,
	       markdown);
	cold = &m->cold[CLASS_RARE];
	v = milliseconds_of_large(cold, cold->p50, articles);
	target(out, "cold, a selective query (of 1,000,000)", "<= 10 ms", v, " ms",
	       v <= 10, markdown);
	cold = &m->cold[CLASS_FACETS]; /* the slowest of its queries, of five kinds */
	v = milliseconds_of_large(cold, cold->p95, articles);
	target(out, "cold, a word in half, facets (of 1,000,000)", "<= 150 ms", v, " ms",
	       v <= 150, markdown);
	v = m->ingest_kib ? (double)m->ingest_kib / 1024 : -1;
	target(out, "memory of ingest", "<= 256 MiB", v, " MiB", v <= 256, markdown);
	v = m->search_kib ? (double)m->search_kib / 1024 : -1;
	target(out, "memory of search", "<= 64 MiB", v, " MiB", v <= 64, markdown);
	v = m->more > 0 ? m->more / 1000 : -1;
	target(out, "100 articles more", "< 1000 ms", v, " ms", v < 1000, markdown);
	v = classes_won(m, lucene);
	target(out, "classes no slower than Lucene, warm", ">= 8", v, "", v >= 8,
	       markdown);
	v = least_cold(m, lucene);
	target(out, "cold, to Lucene, the least of the classes", ">= 30x", v, "x", v >= 30,
	       markdown);
}

void report_targets(FILE *out, const struct report *r, bool markdown)
{
	unsigned i;

	for (i = 0; i < r->nsizes; i++) {
		if (!r->of[i][PEER_PANELDEX].there)
			continue;
		fprintf(out, "\nTo reach, at %ld articles\n", r->sizes[i]);
		if (markdown)
			fprintf(out, "\n| what | wanted | measured | |\n"
				     "| --- | --- | --- | --- |\n");
		targets_of(out, r->of[i], r->sizes[i], markdown);
	}
}
