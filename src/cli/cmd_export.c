/* paneldex export: articles as JSON Lines for another index, or as ordinary tables. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cli/export.h"

static int by_id(const void *a, const void *b)
{
	const struct export_place *x = a, *y = b;
	int order = memcmp(x->id, y->id, PDX_ID_SIZE);

	return order ? order : (x->hit > y->hit) - (x->hit < y->hit);
}

static int show(struct search *s)
{
	size_t n = pdx_result_returned(s->result);
	struct export_place *places = calloc(n + 1, sizeof(*places));
	struct render_search found;
	struct pdx_err err;
	int rc = places ? PDX_OK : err_nomem(&err);

	search_describe(&found, s);
	search_show_notes(s, &found);
	for (size_t i = 0; i < n && !rc; i++) {
		pdx_result_id(places[i].id, s->result, i);
		places[i].hit = i;
	}
	if (!rc) {
		qsort(places, n, sizeof(*places), by_id);
		rc = export_write(s, places, n, &err);
	}
	free(places);
	if (rc)
		return cli_fail(s->cli, rc == PDX_E_USAGE ? "export" : NULL, NULL,
				&err);
	return n ? EXIT_FOUND : EXIT_NONE;
}

int cmd_export(struct cli *c)
{
	struct pdx_search how = { .limit = SEARCH_ALL, .suggest = true };
	int code = export_choose(c);

	return code ? code : search_command(c, &how, show);
}
