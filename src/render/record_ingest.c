/* The account of an ingest. */
#include <inttypes.h>

#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

static json_t *ingest_json(const void *what)
{
	const struct render_ingest *s = what;
	json_t *o = json_object(), *rejects = json_array();

	for (size_t i = 0; i < s->nrejects; i++) {
		json_t *r = json_object();

		json_put(&r, "origin", json_text(s->rejects[i].origin));
		json_put(&r, "offset", json_number(s->rejects[i].offset));
		json_put(&r, "reason", json_text(s->rejects[i].reason));
		json_append(&rejects, r);
	}
	json_put(&o, "schema", json_text("paneldex.ingest/1"));
	json_put(&o, "read", json_number(s->read));
	json_put(&o, "added", json_number(s->added));
	json_put(&o, "updated", json_number(s->updated));
	json_put(&o, "unchanged", json_number(s->unchanged));
	json_put(&o, "rejected", json_number(s->rejected));
	json_put(&o, "bytes", json_number(s->bytes));
	json_put(&o, "seconds", json_decimal(s->seconds));
	json_put(&o, "rejects", rejects);
	return o;
}

static void ingest_text(struct render *r, const void *what)
{
	const struct render_ingest *s = what;
	char bytes[32];

	out_printf(r->out,
		   "read %" PRIu64 ": %" PRIu64 " added, %" PRIu64 " updated, %" PRIu64
		   " unchanged, %" PRIu64 " rejected (%s in %.1f s)\n",
		   s->read, s->added, s->updated, s->unchanged, s->rejected,
		   term_bytes(bytes, sizeof(bytes), s->bytes), s->seconds);
}

static void ingest_tables(struct tables *out, const void *what)
{
	const struct render_ingest *s = what;

	tables_begin(out, "ingest", "Ingest");
	tables_number(out, "read", s->read);
	tables_number(out, "added", s->added);
	tables_number(out, "updated", s->updated);
	tables_number(out, "unchanged", s->unchanged);
	tables_number(out, "rejected", s->rejected);
	tables_number(out, "bytes", s->bytes);
	tables_decimal(out, "seconds", s->seconds);
	tables_end_row(out);
	if (!s->nrejects)
		return;
	tables_begin(out, "rejects", "Rejected");
	for (size_t i = 0; i < s->nrejects; i++) {
		tables_text(out, "origin", s->rejects[i].origin);
		tables_number(out, "offset", s->rejects[i].offset);
		tables_text(out, "reason", s->rejects[i].reason);
		tables_end_row(out);
	}
}

const struct record_kind record_ingest = {
	.json = ingest_json,
	.tables = ingest_tables,
	.text = ingest_text,
};
