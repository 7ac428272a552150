/*
 * A search tool on the library alone: find INDEX QUERY... prints the best five hits
 * with their takes that matched, and the companies they are about.
 *
 *     cc find.c $(pkg-config --cflags --libs paneldex) -o find
 */
#include <paneldex.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int fail(const struct pdx_err *err)
{
	fprintf(stderr, "find: %s\n", err->message);
	return 2;
}

static void show(const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;

	printf("%zu. %s (%s, %.2f)\n", hit->rank, a->title, a->id, hit->score);
	for (size_t i = 0; i < a->ntakes; i++)
		if (hit->take_matched[i] && a->takes[i].persona)
			printf("   %s\n", a->takes[i].persona);
}

static int show_result(struct pdx_result *result, struct pdx_err *err)
{
	size_t n, i, nfacets;
	const struct pdx_facet *facets = pdx_result_facets(result, &nfacets);

	n = pdx_result_returned(result);
	for (i = 0; i < n; i++) {
		const struct pdx_hit *hit;

		if (pdx_result_hit(&hit, result, i, err))
			return fail(err);
		show(hit);
	}
	for (i = 0; nfacets && i < facets[0].nvalues; i++)
		printf("%s: %llu\n", facets[0].values[i].value,
		       (unsigned long long)facets[0].values[i].count);
	return n ? 0 : 1;
}

int main(int argc, char **argv)
{
	static const char *const facets[] = { "company" };
	struct pdx_search how;
	struct pdx_result *result = NULL;
	struct pdx_query *query = NULL;
	struct pdx *index = NULL;
	struct pdx_err err;
	int code;

	if (argc != 3) {
		fprintf(stderr, "usage: find INDEX QUERY\n");
		return 2;
	}
	memset(&how, 0, sizeof(how));
	how.limit = 5;
	how.facets = facets;
	how.nfacets = 1;
	how.today = (int32_t)(time(NULL) / 86400);
	if (pdx_open(&index, argv[1], PDX_OPEN_READ, NULL, &err) ||
	    pdx_query_parse(&query, argv[2], strlen(argv[2]), how.today, &err) ||
	    pdx_search(&result, index, query, &how, &err))
		code = fail(&err);
	else
		code = show_result(result, &err);
	pdx_result_free(result);
	pdx_query_free(query);
	pdx_close(index);
	return code;
}
