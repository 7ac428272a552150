/*
 * The named profiles that are built in.  Knows constants only.
 */
#include "rank/bm25f.h"

_Static_assert((int)PDX_TEXT_TITLE == (int)COLUMN_TITLE &&
		       (int)PDX_TEXT_SUMMARY == (int)COLUMN_SUMMARY &&
		       (int)PDX_TEXT_BODY == (int)COLUMN_BODY &&
		       (int)PDX_TEXT_TAKES == (int)COLUMN_TAKES &&
		       (int)PDX_TEXT_FIELDS == (int)TEXT_COLUMNS,
	       "profiles have the columns of the index");

/* clang-format off */

/* Weights are those of body, title, summary and takes. */

/*
 * k1 and b are among those that are usual for BM25 (1.2 to 2, 0.5 to 0.8).  A word in
 * the title counts more than once, so that it takes more to saturate than in a single
 * field: over the judged collections that scripts/relevance runs 1.5 and 0.7 did better
 * than 1.2 and 0.75 with each weight of the title from 2 to 3.
 */
const struct pdx_profile rank_default = {
	"default", 1.5, { 1.0, 2.5, 1.5, 0.8 }, { 0.7, 0.7, 0.7, 0.7 },
};

static const struct pdx_profile others[] = {
	/* the title decides: for one who remembers a headline */
	{ "title", 1.5, { 1.0, 8.0, 2.0, 0.5 }, { 0.7, 0.7, 0.7, 0.7 } },
	/* what the panel said before what the article says */
	{ "panel", 1.5, { 1.0, 1.0, 1.0, 3.0 }, { 0.7, 0.7, 0.7, 0.7 } },
	/* a word is a word wherever it stands */
	{ "flat", 1.5, { 1.0, 1.0, 1.0, 1.0 }, { 0.7, 0.7, 0.7, 0.7 } },
};
/* clang-format on */

const struct pdx_profile *pdx_profile(size_t i)
{
	if (i == 0)
		return &rank_default;
	return i <= sizeof(others) / sizeof(others[0]) ? &others[i - 1] : NULL;
}
