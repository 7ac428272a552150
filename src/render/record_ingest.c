/* The account of an ingest. */
#include <inttypes.h>
#include <stdio.h>

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
	if (s->dry_run)
		json_put(&o, "dry_run", json_true());
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
	char bytes[32], line[192];
	struct layout l;

	snprintf(line, sizeof(line),
		 "%sread %" PRIu64 ": %" PRIu64 " added, %" PRIu64 " updated, %" PRIu64
		 " unchanged, %" PRIu64 " rejected (%s in %.1f s)",
		 s->dry_run ? "dry run: " : "", s->read, s->added, s->updated,
		 s->unchanged, s->rejected, term_bytes(bytes, sizeof(bytes), s->bytes),
		 s->seconds);
	/* A line for whoever looks for it in a log. */
	layout_init(&l, r->out, r->seen ? r->width : SIZE_MAX, false);
	layout_begin(&l, 0);
	layout_text(&l, STYLE_PLAIN, line);
	layout_end(&l);
	layout_release(&l);
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

static json_t *taken_json(const void *what)
{
	const struct render_taken *t = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.taken/1"));
	json_put(&o, "outcome", json_text(t->outcome));
	json_put(&o, "id", json_text_or_null(t->id));
	json_put(&o, "title", json_text_or_null(t->title));
	json_put(&o, "date", json_day(t->date));
	json_put(&o, "origin", json_text_or_null(t->origin));
	if (t->reason) {
		json_put(&o, "offset", json_number(t->offset));
		json_put(&o, "reason", json_text(t->reason));
	}
	return o;
}

static void taken_tables(struct tables *out, const void *what)
{
	const struct render_taken *t = what;

	tables_begin(out, "taken", "Taken");
	tables_text(out, "outcome", t->outcome);
	tables_text(out, "id", t->id);
	tables_day(out, "date", t->date);
	tables_text(out, "title", t->title);
	tables_text(out, "origin", t->origin);
	tables_text(out, "reason", t->reason);
	tables_end_row(out);
}

/* "added      8a9970c9aa63  Title  (a.zip!b.html)" */
static void taken_text(struct render *r, const void *what)
{
	const struct render_taken *t = what;

	out_printf(r->out, "%-10s %-12s  ", t->outcome, t->id ? t->id : "");
	layout_line(r->out, t->title ? t->title : t->reason, SIZE_MAX);
	out_puts(r->out, "  (");
	layout_line(r->out, t->origin ? t->origin : "", SIZE_MAX);
	out_puts(r->out, ")\n");
}

const struct record_kind record_taken = {
	.json = taken_json,
	.tables = taken_tables,
	.text = taken_text,
};
