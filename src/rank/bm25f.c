/*
 * BM25F arithmetic: lengths, factors, scores.  Knows numbers only; what they were
 * counted from is the engine's matter.
 */
#include "rank/bm25f.h"

#include <math.h>
enum {
	EXACT = 24,       /* lengths below it stand for themselves */
	MANTISSA_BITS = 3 /* steps of an eighth: an error of 6 percent at most */
};

uint8_t rank_quantise(uint32_t tokens)
{
	uint32_t above, shift = 0, code;

	if (tokens < EXACT)
		return (uint8_t)tokens;
	/* The lengths from EXACT on, moved so that the codes begin at a power of 2. */
	above = tokens - EXACT + (1u << MANTISSA_BITS);
	if (above < tokens - EXACT)
		return UINT8_MAX;
	while (above >> shift >= 2u << MANTISSA_BITS)
		shift++;
	code = EXACT + (shift << MANTISSA_BITS) +
	       ((above >> shift) - (1u << MANTISSA_BITS));
	return code > UINT8_MAX ? UINT8_MAX : (uint8_t)code;
}

uint32_t rank_length(uint8_t quantised)
{
	uint32_t code, shift, low, width;

	if (quantised < EXACT)
		return quantised;
	code = quantised - (uint32_t)EXACT;
	shift = code >> MANTISSA_BITS;
	low = ((code & ((1u << MANTISSA_BITS) - 1)) + (1u << MANTISSA_BITS));
	/* The middle of the lengths that have this code. */
	width = shift < 28 ? 1u << shift : 1u << 28;
	return low * width + width / 2 - (1u << MANTISSA_BITS) + EXACT;
}

void rank_norms_init(struct rank_norms *out, const struct pdx_profile *profile,
		     const double avglen[TEXT_COLUMNS])
{
	int column, code;

	out->k1 = profile->k1;
	for (column = 0; column < TEXT_COLUMNS; column++) {
		double b = profile->b[column], avg = avglen[column];

		for (code = 0; code < 256; code++) {
			double relative =
				avg > 0 ? rank_length((uint8_t)code) / avg : 1.0;

			out->factor[column][code] = (float)(profile->weight[column] /
							    (1 - b + b * relative));
		}
	}
}

double rank_idf(uint64_t articles, uint64_t df)
{
	double n = (double)articles, d = (double)df;

	if (d > n) /* a df that is a bound may exceed the number of articles */
		d = n;
	return log(1.0 + (n - d + 0.5) / (d + 0.5));
}

double rank_term(const struct rank_norms *norms, double idf,
		 const uint32_t tf[TEXT_COLUMNS], const uint8_t len[TEXT_COLUMNS])
{
	double sum = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		if (tf[column])
			sum += (double)norms->factor[column][len[column]] * tf[column];
	return idf * sum / (norms->k1 + sum);
}

double rank_recency(int32_t date, int32_t today, double half_life_days)
{
	if (date == PDX_NO_DATE || date >= today || half_life_days <= 0)
		return 1.0;
	return exp2(-((double)today - (double)date) / half_life_days);
}
