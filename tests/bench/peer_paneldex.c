/* paneldex by its library.  It is ingested, and asked cold, by the program itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paneldex.h"
#include "peer.h"

enum { TODAY = 20819 };

static const char *const facets[] = { "company", "category", "persona", "month" };

static void make_query(char *out, size_t size, enum class_id class, unsigned variant)
{
	struct words w = peer_words(class, variant);
	const char *between = w.any ? " OR " : " ";
	size_t n = 0;
	unsigned i;

	out[0] = 0;
	if (class == CLASS_PHRASE) {
		snprintf(out, size, "\"%s %s\"", w.v[0], w.v[1]);
		return;
	}
	for (i = 0; i < w.n; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", i ? between : "",
				      w.v[i]);
	if (class == CLASS_PREFIX)
		snprintf(out, size, "%s*", w.v[0]);
	if (class == CLASS_TAKE)
		snprintf(out, size, "take(%s)", w.v[0]);
	if (class == CLASS_FILTER)
		snprintf(out, size, "%s company:\"%s\" date:2023-01-01..2024-12-31",
			 w.v[0], peer_company(variant));
}

static void *open_index(const char *path)
{
	struct pdx *index;
	struct pdx_err err;

	if (pdx_open(&index, path, 0, NULL, &err)) {
		fprintf(stderr, "%s\n", err.message);
		return NULL;
	}
	return index;
}

static void close_index(void *index)
{
	pdx_close(index);
}

static long search(void *index, enum class_id class, unsigned variant)
{
	struct pdx_sort by_date = { PDX_SORT_DATE, false };
	struct pdx_search how = { .limit = LIMIT, .today = TODAY };
	struct pdx_query *query = NULL;
	struct pdx_result *result = NULL;
	const struct pdx_hit *hit;
	struct pdx_err err;
	char text[256];
	size_t i;
	long found;
	int status;

	make_query(text, sizeof(text), class, variant);
	if (class == CLASS_DATE) {
		how.sort = &by_date;
		how.nsort = 1;
	}
	if (class == CLASS_FACETS) {
		how.facets = facets;
		how.nfacets = 4;
	}
	status = pdx_query_parse(&query, text, strlen(text), TODAY, &err);
	if (!status)
		status = pdx_search(&result, index, query, &how, &err);
	if (status) {
		fprintf(stderr, "%s: %s\n", text, err.message);
		pdx_query_free(query);
		return -1;
	}
	found = (long)pdx_result_total(result);
	for (i = 0; i < pdx_result_returned(result) && !status; i++)
		status = pdx_result_hit(&hit, result, i, &err);
	if (status) {
		fprintf(stderr, "%s: %s\n", text, err.message);
		found = -1;
	}
	pdx_result_free(result);
	pdx_query_free(query);
	return found;
}

/* The query as the program takes it: its words as one argument each. */
static int print_query(int argc, char **argv)
{
	char text[256];

	if (argc < 4)
		return 2;
	make_query(text, sizeof(text), (enum class_id)atoi(argv[2]),
		   (unsigned)atoi(argv[3]));
	puts(text);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct peer peer = { NULL, open_index, search, close_index };

	if (argc > 1 && strcmp(argv[1], "query") == 0)
		return print_query(argc, argv);
	return peer_main(argc, argv, &peer);
}
