/*
 * How much two sides differ: arithmetic, no texts.
 *
 * The log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi, Quinn:
 * Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content
 * of Political Conflict, Political Analysis 16, 2008).  Side i has y_i uses of a word
 * among its n_i of all words.  The prior of a word is its share of both sides together,
 * (y_1 + y_2) / (n_1 + n_2), times the prior's size a0 = min(n_1, n_2): it weighs as
 * much as what the smaller side said.  With a = a0 (y_1 + y_2) / (n_1 + n_2):
 *
 *     delta = ln((y_1 + a) / (n_1 + a0 - y_1 - a)) - ln((y_2 + a) / (n_2 + a0 - y_2 -
 * a)) var   = 1 / (y_1 + a) + 1 / (y_2 + a)              z = delta / sqrt(var)
 *
 * A word that was said once has a high ratio and a high variance: its z stays low.
 *
 * The log-likelihood ratio (Dunning: Accurate Methods for the Statistics of Surprise
 * and Coincidence, Computational Linguistics 19, 1993) of the table of y_i with and n_i
 * - y_i without, with O what was seen and E what was to be expected if the sides did
 * not differ:
 *
 *     G2 = 2 sum O ln(O / E)
 *
 * which is distributed as chi-square with one degree of freedom, so that
 * p = erfc(sqrt(G2 / 2)).
 */
#ifndef REPORT_CONTRAST_H
#define REPORT_CONTRAST_H

#include <stddef.h>
#include <stdint.h>

/* What was counted on one side: ${y} of ${n}. */
struct contrast_side {
	uint64_t y, n;
};

/*
 * delta and z of ${a} against ${b}; both 0 where a side is empty, or the word is
 * nowhere.
 */
struct contrast_odds {
	double delta, z;
};
struct contrast_odds contrast_odds(struct contrast_side a, struct contrast_side b);

/* G2, never negative; 0 where a side is empty or both are alike. */
double contrast_g2(struct contrast_side a, struct contrast_side b);

/* The chance of a G2 as high where nothing differs. */
double contrast_p(double g2);

/*
 * Correct the ${n} values of p of one family of tests (Benjamini, Hochberg: Controlling
 * the false discovery rate, 1995): in q[i] the lowest rate of false discoveries at
 * which test i counts as one.  ${order} is room for ${n} numbers.
 */
void contrast_correct(double *q, const double *p, size_t *order, size_t n);

#endif
