/* What an evaluation measured. */
#include <inttypes.h>

#include "render/json_value.h"
#include "render/record.h"
#include "render/render.h"

/* One number of each measure. */
static json_t *measures(const struct render_eval *e,
			double (*number_of)(const struct render_measure *m))
{
	json_t *o = json_object();

	for (size_t i = 0; i < e->nmeasures; i++)
		json_put(&o, e->measures[i].name,
			 json_decimal(number_of(&e->measures[i])));
	return o;
}

static double measure_value(const struct render_measure *m)
{
	return m->value;
}

static double measure_vs(const struct render_measure *m)
{
	return m->vs;
}

static double measure_difference(const struct render_measure *m)
{
	return m->vs - m->value;
}

static double measure_p(const struct render_measure *m)
{
	return m->p;
}

static json_t *eval_json(const void *what)
{
	const struct render_eval *e = what;
	json_t *o = json_object(), *vs = e->vs ? json_object() : json_null();

	if (e->vs) {
		json_put(&vs, "profile", json_text(e->vs));
		json_put(&vs, "measures", measures(e, measure_vs));
		json_put(&vs, "difference", measures(e, measure_difference));
		json_put(&vs, "p", measures(e, measure_p));
	}
	json_put(&o, "schema", json_text("paneldex.eval/1"));
	json_put(&o, "queries", json_number(e->queries));
	json_put(&o, "profile", json_text(e->profile));
	json_put(&o, "expanded", json_boolean(e->expand));
	json_put(&o, "measures", measures(e, measure_value));
	json_put(&o, "vs", vs);
	return o;
}

static void eval_text(struct render *r, const void *what)
{
	const struct render_eval *e = what;

	out_printf(r->out, "%-12s%10" PRIu64 "\n", "queries", e->queries);
	if (e->vs)
		out_printf(r->out, "%-12s%10.10s%10.10s%10s%10s\n", "profile",
			   e->profile, e->vs, "change", "p");
	if (e->expand)
		out_printf(r->out, "%-12s%10s%10s\n", "expanded", "yes",
			   e->vs ? "no" : "");
	for (size_t i = 0; i < e->nmeasures; i++) {
		const struct render_measure *m = &e->measures[i];

		out_printf(r->out, "%-12s%10.4f", m->name, m->value);
		if (e->vs)
			out_printf(r->out, "%10.4f%+10.4f%10.4f", m->vs,
				   m->vs - m->value, m->p);
		out_putc(r->out, '\n');
	}
}

static void eval_tables(struct tables *out, const void *what)
{
	const struct render_eval *e = what;

	tables_begin(out, "eval", "Measures");
	for (size_t i = 0; i < e->nmeasures; i++) {
		const struct render_measure *m = &e->measures[i];

		tables_text(out, "measure", m->name);
		tables_decimal(out, "value", m->value);
		if (e->vs) {
			tables_decimal(out, "vs", m->vs);
			tables_decimal(out, "change", m->vs - m->value);
			tables_decimal(out, "p", m->p);
		}
		tables_end_row(out);
	}
}

const struct record_kind record_eval = {
	.json = eval_json,
	.tables = eval_tables,
	.text = eval_text,
};
