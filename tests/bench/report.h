/*
 * What the bench measured, and how it is shown.
 *
 * Measurements come as lines of numbers and words, one space between them:
 *
 *     N PEER ingest SECONDS-OF-EACH-RUN...         in microseconds
 *     N PEER bytes TEXT FILE                       of text in, of all files
 *     N PEER memory KIB-OF-INGEST KIB-OF-SEARCH
 *     N PEER warm CLASS FOUND P50 P95 P99          microseconds
 *     N PEER cold CLASS P50 P95 P99
 *     N PEER more ARTICLES MICROSECONDS            a small ingest into the archive
 *     N PEER missing WHY...
 */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "queries.h"

enum peer_id { PEER_PANELDEX, PEER_FTS5, PEER_XAPIAN, PEER_LUCENE, PEER_RIPGREP, PEERS };
extern const char *const peer_names[PEERS];

enum { SIZES_MAX = 8 };

/* Microseconds. */
struct latency {
	bool there;
	long found; /* warm only; -1: not counted */
	double p50, p95, p99;
};

struct measured {
	bool there;
	char missing[120]; /* why it is not; "": nobody asked for it */
	double ingest;     /* median, microseconds; 0: none */
	double text_bytes, file_bytes;
	long ingest_kib, search_kib;
	double more, more_articles;
	struct latency warm[CLASSES], cold[CLASSES];
};

struct report {
	long sizes[SIZES_MAX]; /* articles, as they came */
	unsigned nsizes;
	struct measured of[SIZES_MAX][PEERS];
};

/* False after a message that names the line. */
bool report_read(struct report *r, FILE *in);

/* Megabytes of text a second; 0: not measured. */
double report_rate(const struct measured *m);

void report_text(FILE *out, const struct report *r, bool markdown);
void report_targets(FILE *out, const struct report *r, bool markdown);
void report_json(FILE *out, const struct report *r);
void report_svg(FILE *out, const struct report *r);

#endif
