/* Settings with their values and who says so. */
#include <string.h>

#include "render/json_value.h"
#include "render/layout.h"
#include "render/record.h"

#define GAP 2

static json_t *config_json(const void *what)
{
	const struct render_config *c = what;
	json_t *o = json_object(), *settings = json_array();

	for (size_t i = 0; i < c->n; i++) {
		json_t *s = json_object();

		json_put(&s, "key", json_text(c->settings[i].key));
		json_put(&s, "value", json_text(c->settings[i].value));
		json_put(&s, "from", json_text(c->settings[i].from));
		json_append(&settings, s);
	}
	json_put(&o, "schema", json_text("paneldex.config/1"));
	json_put(&o, "file", json_text_or_null(c->file));
	json_put(&o, "settings", settings);
	return o;
}

static void config_tables(struct tables *out, const void *what)
{
	const struct render_config *c = what;

	tables_begin(out, "config", "Settings");
	for (size_t i = 0; i < c->n; i++) {
		tables_text(out, "key", c->settings[i].key);
		tables_text(out, "value", c->settings[i].value);
		tables_text(out, "from", c->settings[i].from);
		tables_end_row(out);
	}
}

static void config_text(struct render *r, const void *what)
{
	const struct render_config *c = what;
	size_t key = 0, value = 0;
	struct layout l;

	for (size_t i = 0; i < c->n; i++) {
		size_t k = layout_width(c->settings[i].key);
		size_t v = layout_width(c->settings[i].value);

		key = k > key ? k : key;
		value = v > value ? v : value;
	}
	/* A setting a line for whoever looks for one. */
	layout_init(&l, r->out, r->seen ? r->width : SIZE_MAX, false);
	for (size_t i = 0; i < c->n; i++) {
		const struct render_setting *s = &c->settings[i];

		layout_begin(&l, 0);
		l.indent = 2 * GAP;
		layout_text(&l, STYLE_PLAIN, s->key);
		layout_gap(&l, key - layout_width(s->key) + GAP);
		layout_text(&l, STYLE_PLAIN, s->value);
		layout_gap(&l, value - layout_width(s->value) + GAP);
		layout_text(&l, STYLE_PLAIN, s->from);
		layout_end(&l);
	}
	layout_release(&l);
}

const struct record_kind record_config = {
	.json = config_json,
	.tables = config_tables,
	.text = config_text,
};
