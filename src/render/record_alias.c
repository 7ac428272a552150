/* Companies and their other names, and what a command did to them. */
#include <inttypes.h>

#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

static json_t *company_json(const char *schema, const struct render_company *company)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "name", json_text(company->name));
	json_put(&o, "aliases", json_texts(company->aliases, company->naliases));
	return o;
}

static json_t *aliases_json(const void *what)
{
	const struct render_aliases *all = what;
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_append(&array, company_json(NULL, &all->companies[i]));
	json_put(&o, "schema", json_text("paneldex.aliases/1"));
	json_put(&o, "companies", array);
	return o;
}

static json_t *aliases_row(const void *what, size_t i)
{
	const struct render_aliases *all = what;

	return company_json("paneldex.alias/1", &all->companies[i]);
}

static size_t aliases_rows(const void *what)
{
	const struct render_aliases *all = what;

	return all->n;
}

static void aliases_tables(struct tables *out, const void *what)
{
	const struct render_aliases *all = what;

	tables_begin(out, "aliases", "Aliases");
	tables_column(out, "name", TABLE_TEXT);
	tables_column(out, "alias", TABLE_TEXT);
	for (size_t i = 0; i < all->n; i++) {
		const struct render_company *company = &all->companies[i];

		for (size_t j = 0; j < company->naliases; j++) {
			tables_text(out, "name", company->name);
			tables_text(out, "alias", company->aliases[j]);
			tables_end_row(out);
		}
	}
}

/* As `alias import` reads it: one company a line, tabs between its names. */
static void aliases_text(struct render *r, const void *what)
{
	const struct render_aliases *all = what;

	for (size_t i = 0; i < all->n; i++) {
		layout_line(r->out, all->companies[i].name, SIZE_MAX);
		for (size_t j = 0; j < all->companies[i].naliases; j++) {
			out_putc(r->out, '\t');
			layout_line(r->out, all->companies[i].aliases[j], SIZE_MAX);
		}
		out_putc(r->out, '\n');
	}
}

const struct record_kind record_aliases = {
	.json = aliases_json,
	.row = aliases_row,
	.rows = aliases_rows,
	.tables = aliases_tables,
	.text = aliases_text,
};

static json_t *alias_change_json(const void *what)
{
	const struct render_alias_change *change = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.alias_change/1"));
	json_put(&o, "added", json_number(change->added));
	json_put(&o, "unchanged", json_number(change->unchanged));
	json_put(&o, "removed", json_number(change->removed));
	json_put(&o, "rejected", json_number(change->rejected));
	return o;
}

static void alias_change_tables(struct tables *out, const void *what)
{
	const struct render_alias_change *change = what;

	tables_begin(out, "alias_change", "Aliases");
	tables_number(out, "added", change->added);
	tables_number(out, "unchanged", change->unchanged);
	tables_number(out, "removed", change->removed);
	tables_number(out, "rejected", change->rejected);
	tables_end_row(out);
}

static void alias_change_text(struct render *r, const void *what)
{
	const struct render_alias_change *c = what;
	if (c->removed) {
		out_printf(r->out, "%" PRIu64 " removed\n", c->removed);
		return;
	}
	out_printf(r->out, "%" PRIu64 " added, %" PRIu64 " unchanged", c->added,
		   c->unchanged);
	if (c->rejected)
		out_printf(r->out, ", %" PRIu64 " rejected", c->rejected);
	out_putc(r->out, '\n');
}

const struct record_kind record_alias_change = {
	.json = alias_change_json,
	.tables = alias_change_tables,
	.text = alias_change_text,
};
