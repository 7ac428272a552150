/* Differences of counts, and how far they can be chance. */
#include "report/contrast.h"

#include <math.h>

struct contrast_odds contrast_odds(struct contrast_side a, struct contrast_side b)
{
	double n1 = (double)a.n, n2 = (double)b.n, a0 = n1 < n2 ? n1 : n2;
	double y1 = (double)a.y, y2 = (double)b.y, prior;
	struct contrast_odds odds = { 0, 0 };

	if (a.n == 0 || b.n == 0 || a.y + b.y == 0 || a.y + b.y == a.n + b.n)
		return odds;
	prior = a0 * (y1 + y2) / (n1 + n2);
	odds.delta = log((y1 + prior) / (n1 + a0 - y1 - prior)) -
		     log((y2 + prior) / (n2 + a0 - y2 - prior));
	odds.z = odds.delta / sqrt(1 / (y1 + prior) + 1 / (y2 + prior));
	return odds;
}

/* O ln(O / E), which is 0 for O = 0. */
static double cell(double observed, double expected)
{
	return observed > 0 ? observed * log(observed / expected) : 0;
}

double contrast_g2(struct contrast_side a, struct contrast_side b)
{
	double n1 = (double)a.n, n2 = (double)b.n, n = n1 + n2;
	double with = (double)a.y + (double)b.y, without = n - with, g2;

	if (a.n == 0 || b.n == 0)
		return 0;
	g2 = 2 * (cell((double)a.y, n1 * with / n) + cell((double)b.y, n2 * with / n) +
		  cell((double)(a.n - a.y), n1 * without / n) +
		  cell((double)(b.n - b.y), n2 * without / n));
	return g2 > 0 ? g2 : 0; /* rounding goes below */
}

double contrast_p(double g2)
{
	return erfc(sqrt(g2 / 2));
}

/* Sift order[i] down the heap of ${n} numbers with the highest p first. */
static void sift(size_t *order, const double *p, size_t i, size_t n)
{
	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		size_t swap = order[i];

		if (child + 1 < n && p[order[child + 1]] > p[order[child]])
			child++;
		if (p[swap] >= p[order[child]])
			return;
		order[i] = order[child];
		order[child] = swap;
	}
}

void contrast_correct(double *q, const double *p, size_t *order, size_t n)
{
	double lowest = 1;

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n / 2; i-- > 0;)
		sift(order, p, i, n);
	/* From the highest p down: q is p n / rank, and never more than a higher p's.
	 */
	for (size_t left = n; left > 0; left--) {
		size_t at = order[0];
		double value = p[at] * (double)n / (double)left;

		lowest = value < lowest ? value : lowest;
		q[at] = lowest;
		order[0] = order[left - 1];
		sift(order, p, 0, left - 1);
	}
}
