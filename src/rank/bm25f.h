/*
 * BM25F in its simple form (Robertson, Zaragoza: The Probabilistic Relevance Framework:
 * BM25 and Beyond, 2009, section 3.5):
 *
 *     tf'   = sum_f w_f tf_f / (1 - b_f + b_f len_f / avglen_f)
 *     score = sum_t idf_t tf' / (k1 + tf')
 *     idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
 *
 * Pure arithmetic: no storage, no text.
 */
#ifndef RANK_BM25F_H
#define RANK_BM25F_H

#include <stdint.h>

#include "paneldex.h"
#include "query/fields.h"

/* The one that pdx_profile(0) is. */
extern const struct pdx_profile rank_default;

/*
 * Field lengths are kept in one byte: exact up to 24 tokens, then three bits of
 * mantissa (steps of 1/8 at most).  rank_length(rank_quantise(n)) is n to within 6
 * percent.
 */
uint8_t rank_quantise(uint32_t tokens);
uint32_t rank_length(uint8_t quantised);

/* What of the formula depends on the index and not on the term. */
struct rank_norms {
	double k1;
	/* w_f / (1 - b_f + b_f len / avglen_f) for each quantised length */
	float factor[TEXT_COLUMNS][256];
};

/* ${avglen} 0 stands for a field that no article has. */
void rank_norms_init(struct rank_norms *out, const struct pdx_profile *profile,
		     const double avglen[TEXT_COLUMNS]);

double rank_idf(uint64_t articles, uint64_t df);

/* idf tf' / (k1 + tf') for one term from its counts and the article's lengths. */
double rank_term(const struct rank_norms *norms, double idf,
		 const uint32_t tf[TEXT_COLUMNS], const uint8_t len[TEXT_COLUMNS]);

/* 2^(-age / half_life); 1 for what has no date or lies in the future of ${today}. */
double rank_recency(int32_t date, int32_t today, double half_life_days);

#endif
