/*
 * How good a ranking is, by the judgements of its queries: trec_eval's measures
 * (github.com/usnistgov/trec_eval, the m_*.c of the same names), of a run of up to
 * 1000 documents.  Relevant is what has a grade of 1 or more; what was not judged is
 * not relevant.
 *
 *     ndcg@10     ndcg_cut_10: sum over the first 10 of grade / log2(rank + 1), over
 *                 the same sum of the best order of all judged documents
 *     map         map: sum of precision at the rank of each relevant document found,
 *                 over the number of all relevant documents
 *     recall@100  recall_100: relevant in the first 100 over all relevant
 *     mrr         recip_rank: 1 / rank of the first relevant document
 *     p@10        P_10: relevant in the first 10 over 10, however many were found
 *
 * Means are over the queries that have a relevant document; one for which nothing was
 * found counts as 0 (trec_eval -c).  trec_eval orders equal scores by document name;
 * here they stay in the order of the run.
 *
 * Pure arithmetic.
 */
#ifndef RANK_MEASURES_H
#define RANK_MEASURES_H

#include <stddef.h>

#define MEASURES_RUN 1000 /* documents of a run */

enum measure {
	MEASURE_NDCG_10,
	MEASURE_MAP,
	MEASURE_RECALL_100,
	MEASURE_MRR,
	MEASURE_P_10,
	MEASURES
};

/* "ndcg@10", ... */
extern const char *const measure_names[MEASURES];

/*
 * The measures of one query.  ${found} has the grade of each document of the run,
 * ${judged} that of each judged document, in any order; grades below 1 count as 0.
 * All are 0 where no judged document is relevant.
 */
void measures_of(double out[MEASURES], const int *found, size_t nfound,
		 const int *judged, size_t njudged);

/*
 * How likely means of the ${n} pairs would differ as much if both came from one ranker:
 * the two-sided paired randomisation test (Smucker, Allan, Carterette: A Comparison of
 * Statistical Significance Tests for Information Retrieval Evaluation, 2007), from
 * 10,000 assignments that are the same in every run.  1 where nothing differs.
 */
double measures_p_value(const double *a, const double *b, size_t n);

#endif
