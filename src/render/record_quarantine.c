/* What was rejected and is kept. */
#include <inttypes.h>

#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

static json_t *piece_json(const char *schema, const struct render_rejected *r)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "origin", json_text(r->origin));
	json_put(&o, "offset", json_number(r->offset));
	json_put(&o, "length", r->len ? json_number(r->len) : json_null());
	json_put(&o, "reason", json_text(r->reason));
	json_put(&o, "time", json_timestamp(r->time));
	json_put(&o, "path", json_text_or_null(r->path));
	json_put(&o, "kept", json_number(r->kept));
	json_put(&o, "whole", json_boolean(r->whole));
	return o;
}

static json_t *quarantine_json(const void *what)
{
	const struct render_quarantine *q = what;
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < q->n; i++)
		json_append(&array, piece_json(NULL, &q->pieces[i]));
	json_put(&o, "schema", json_text("paneldex.quarantine/1"));
	json_put(&o, "pieces", array);
	return o;
}

static json_t *quarantine_row(const void *what, size_t i)
{
	const struct render_quarantine *q = what;

	return piece_json("paneldex.rejected/1", &q->pieces[i]);
}

static size_t quarantine_rows(const void *what)
{
	const struct render_quarantine *q = what;

	return q->n;
}

static void quarantine_tables(struct tables *out, const void *what)
{
	const struct render_quarantine *q = what;

	tables_begin(out, "quarantine", "Quarantine");
	tables_column(out, "origin", TABLE_TEXT);
	tables_column(out, "offset", TABLE_NUMBER);
	tables_column(out, "reason", TABLE_TEXT);
	tables_column(out, "path", TABLE_TEXT);
	tables_column(out, "kept", TABLE_NUMBER);
	for (size_t i = 0; i < q->n; i++) {
		tables_text(out, "origin", q->pieces[i].origin);
		tables_number(out, "offset", q->pieces[i].offset);
		tables_text(out, "reason", q->pieces[i].reason);
		tables_text(out, "path", q->pieces[i].path);
		tables_number(out, "kept", q->pieces[i].kept);
		tables_end_row(out);
	}
}

/* "a.jsonl:3: not valid JSON (120 bytes at 456)" */
static void quarantine_text(struct render *r, const void *what)
{
	const struct render_quarantine *q = what;

	for (size_t i = 0; i < q->n; i++) {
		const struct render_rejected *piece = &q->pieces[i];

		layout_line(r->out, piece->origin, SIZE_MAX);
		out_puts(r->out, ": ");
		layout_line(r->out, piece->reason, SIZE_MAX);
		out_printf(r->out, " (%" PRIu64 " bytes%s at %" PRIu64 ")\n",
			   piece->kept, piece->whole ? "" : " kept", piece->offset);
	}
}

const struct record_kind record_quarantine = {
	.json = quarantine_json,
	.row = quarantine_row,
	.rows = quarantine_rows,
	.tables = quarantine_tables,
	.text = quarantine_text,
};

static json_t *dropped_json(const void *what)
{
	const struct render_dropped *d = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.dropped/1"));
	json_put(&o, "dropped", json_number(d->dropped));
	return o;
}

static void dropped_tables(struct tables *out, const void *what)
{
	const struct render_dropped *d = what;

	tables_begin(out, "dropped", "Quarantine");
	tables_number(out, "dropped", d->dropped);
	tables_end_row(out);
}

static void dropped_text(struct render *r, const void *what)
{
	const struct render_dropped *d = what;

	out_printf(r->out, "%" PRIu64 " dropped\n", d->dropped);
}

const struct record_kind record_dropped = {
	.json = dropped_json,
	.tables = dropped_tables,
	.text = dropped_text,
};
