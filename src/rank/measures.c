/*
 * Measures of rankings.  Knows grades and ranks; nothing of queries or documents.
 */
#include "rank/measures.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
	CUT = 10, /* of ndcg@10 and p@10 */
	RECALL_CUT = 100,
	ASSIGNMENTS = 10000 /* of the randomisation test */
};

const char *const measure_names[MEASURES] = {
	[MEASURE_NDCG_10] = "ndcg@10",
	[MEASURE_MAP] = "map",
	[MEASURE_RECALL_100] = "recall@100",
	[MEASURE_MRR] = "mrr",
	[MEASURE_P_10] = "p@10",
};

static double dcg(const int *grades, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n && i < CUT; i++)
		if (grades[i] > 0)
			sum += grades[i] / log2((double)i + 2);
	return sum;
}

/* The ${CUT} highest of ${judged}, highest first; the rest of ${best} is 0. */
static void find_best(int best[CUT], const int *judged, size_t n)
{
	memset(best, 0, CUT * sizeof(*best));
	for (size_t i = 0; i < n; i++) {
		size_t at = CUT;

		while (at > 0 && best[at - 1] < judged[i])
			at--;
		if (at == CUT)
			continue;
		memmove(best + at + 1, best + at, (CUT - at - 1) * sizeof(*best));
		best[at] = judged[i];
	}
}

void measures_of(double out[MEASURES], const int *found, size_t nfound,
		 const int *judged, size_t njudged)
{
	double all = 0, hits = 0, precisions = 0, first = 0, at_cut = 0, at_recall = 0;
	int best[CUT];

	memset(out, 0, MEASURES * sizeof(*out));
	for (size_t i = 0; i < njudged; i++)
		all += judged[i] > 0;
	if (all < 1)
		return;
	find_best(best, judged, njudged);
	for (size_t i = 0; i < nfound; i++) {
		if (found[i] <= 0)
			continue;
		hits++;
		precisions += hits / ((double)i + 1);
		first = hits > 1 ? first : 1 / ((double)i + 1);
		at_cut += i < CUT;
		at_recall += i < RECALL_CUT;
	}
	out[MEASURE_NDCG_10] = dcg(found, nfound) / dcg(best, CUT);
	out[MEASURE_MAP] = precisions / all;
	out[MEASURE_RECALL_100] = at_recall / all;
	out[MEASURE_MRR] = first;
	out[MEASURE_P_10] = at_cut / CUT;
}

/* xorshift64*: the same on every machine. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545F4914F6CDD1Du;
}

double measures_p_value(const double *a, const double *b, size_t n)
{
	uint64_t state = 0x9E3779B97F4A7C15u;
	double seen = 0;
	int as_far = 0;

	for (size_t i = 0; i < n; i++)
		seen += a[i] - b[i];
	/* Sums in another order may differ in their last bits. */
	seen = fabs(seen) * (1 - 1e-9);
	for (int k = 0; k < ASSIGNMENTS; k++) {
		double sum = 0;
		uint64_t bits = 0;

		for (size_t i = 0; i < n; i++) {
			bits = i % 32 ? bits >> 1 : next_random(&state) >> 32;
			sum += bits & 1 ? a[i] - b[i] : b[i] - a[i];
		}
		as_far += fabs(sum) >= seen;
	}
	/* The assignment that was seen is one of those that are possible. */
	return (as_far + 1.0) / (ASSIGNMENTS + 1.0);
}
