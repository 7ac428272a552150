/*
 * What rose and what fell between two searches: companies, categories, personas and
 * terms, all counted in articles.  Numbers, no output.
 *
 * A persona counts where it has a take that the search leaves in; terms are those of
 * titles, summaries, bodies and such takes (report/terms.h).  Each value is a test of
 * its own whether its share differs (contrast_g2()); the tests of one field are one
 * family, in which contrast_correct() corrects for their number.
 */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define COMPARE_SIGNIFICANT 0.05 /* a q below it */

enum compare_field {
	COMPARE_COMPANY,
	COMPARE_CATEGORY,
	COMPARE_PERSONA,
	COMPARE_TERM,
	COMPARE_FIELDS
};

/* "company", ... */
const char *compare_field_name(enum compare_field field);

enum compare_direction { COMPARE_ROSE, COMPARE_FELL, COMPARE_DIRECTIONS };

/* "rose", "fell" */
const char *compare_direction_name(enum compare_direction direction);

struct compare_request {
	size_t rows;                 /* of each field and direction */
	volatile sig_atomic_t *stop; /* not NULL and not 0: PDX_E_INTERRUPTED */
};

struct compare_row {
	const char *value;
	uint64_t articles[2]; /* of each side that have it */
	double share[2];      /* of the side's articles, 0 to 1 */
	double change;        /* share[1] - share[0] */
	double g2, p, q;
	char example[PDX_ID_SIZE]; /* of the side where its share is higher */
};

struct compare_table {
	uint64_t values; /* that were tested */
	/* By G2; values whose share is the same stand nowhere. */
	const struct compare_row *rows[COMPARE_DIRECTIONS];
	size_t nrows[COMPARE_DIRECTIONS];
};

struct compare {
	uint64_t articles[2];
	uint64_t both;   /* articles that are on both sides */
	uint64_t missed; /* articles with a term may be as many more; 0: exact */
	struct compare_table tables[COMPARE_FIELDS];
};

/*
 * Compare the hits of two searches of ${index} that were not limited: from side 0 to
 * side 1.  What *out points to is in ${arena}.
 */
int compare_make(struct compare *out, struct arena *arena, struct pdx *index,
		 struct pdx_result *const sides[2],
		 const struct compare_request *request, struct pdx_err *err);

#endif
