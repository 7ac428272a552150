/* One search of the program, from text to output: what search and its batches share. */
#ifndef CLI_SEARCH_H
#define CLI_SEARCH_H

#include "base/buf.h"
#include "cli/cli.h"

struct search {
	struct cli *cli;
	int32_t today;
	size_t limit;
	struct buf text; /* of the query */
	struct pdx_query *query;
	struct pdx *index; /* not the search's own */
	struct pdx_result *result;
	struct pdx_note *notes; /* of query and result */
	size_t nnotes;
};

/* ${cli} is kept; the text is empty. */
void search_init(struct search *s, struct cli *cli);

/* Forget the query and its result; the index stays open. */
void search_release(struct search *s);

/* Parse s->text and narrow it by the options; on failure the exit code, else 0. */
int search_prepare(struct search *s);

/* Run it in s->index and show what it finds; returns the exit code. */
int search_answer(struct search *s);

/* Answer each query of the file that --batch names. */
int search_batch(struct cli *c);

#endif
