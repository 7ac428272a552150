/* The measurements as one JSON document: nothing in it is not in them. */
#include "report.h"

static void put_latencies(FILE *out, const char *name, const struct latency v[CLASSES])
{
	const char *comma = "";
	unsigned c;

	fprintf(out, ",\n      \"%s\": {", name);
	for (c = 0; c < CLASSES; c++) {
		if (!v[c].there)
			continue;
		fprintf(out, "%s\n        \"%s\": {", comma, class_names[c]);
		if (v[c].found >= 0)
			fprintf(out, "\"found\": %ld, ", v[c].found);
		fprintf(out, "\"p50_us\": %.1f, \"p95_us\": %.1f, \"p99_us\": %.1f}",
			v[c].p50, v[c].p95, v[c].p99);
		comma = ",";
	}
	fprintf(out, "}");
}

static void put_peer(FILE *out, const struct measured *m)
{
	fprintf(out, "{\"ingest_us\": %.0f, \"text_bytes\": %.0f, \"file_bytes\": %.0f,\n",
		m->ingest, m->text_bytes, m->file_bytes);
	fprintf(out, "      \"ingest_mb_per_s\": %.3f, \"ingest_memory_kib\": %ld,"
		     " \"search_memory_kib\": %ld,\n",
		report_rate(m), m->ingest_kib, m->search_kib);
	fprintf(out, "      \"more_articles\": %.0f, \"more_us\": %.0f", m->more_articles,
		m->more);
	put_latencies(out, "warm", m->warm);
	put_latencies(out, "cold", m->cold);
	fprintf(out, "}");
}

void report_json(FILE *out, const struct report *r)
{
	unsigned i, p;

	fprintf(out, "{\"sizes\": [");
	for (i = 0; i < r->nsizes; i++) {
		const char *comma = "";

		fprintf(out, "%s\n  {\"articles\": %ld, \"peers\": {", i ? "," : "",
			r->sizes[i]);
		for (p = 0; p < PEERS; p++) {
			if (!r->of[i][p].there)
				continue;
			fprintf(out, "%s\n    \"%s\": ", comma, peer_names[p]);
			put_peer(out, &r->of[i][p]);
			comma = ",";
		}
		fprintf(out, "}}");
	}
	fprintf(out, "]}\n");
}
