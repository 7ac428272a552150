/*
 * The table of output formats.
 */
#include "render/render.h"

#include <jansson.h>
#include <string.h>

#include "render/formats.h"
#include "render/record.h"

const struct renderer *const renderers[] = {
	&renderer_text,     &renderer_json, &renderer_jsonl,
	&renderer_csv,      &renderer_tsv,  &renderer_md,
	&renderer_html,     &renderer_ids,  &renderer_atom,
	&renderer_jsonfeed, NULL,
};

const struct renderer *renderer_find(const char *name)
{
	for (size_t i = 0; renderers[i]; i++)
		if (strcmp(renderers[i]->name, name) == 0)
			return renderers[i];
	return NULL;
}

const char *render_at_least(const struct render_search *search)
{
	return search->partial ? "at least " : "";
}

size_t record_rows(const struct record_kind *kind, const void *what)
{
	return kind->row ? kind->rows(what) : 1;
}

json_t *record_row(const struct record_kind *kind, const void *what, size_t i)
{
	return kind->row ? kind->row(what, i) : kind->json(what);
}

void render_record(struct render *r, const struct record_kind *kind, const void *what)
{
	r->ops->record(r, kind, what);
}
