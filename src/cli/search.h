/*
 * One search of the program: what the commands share that take a query.  Each makes its
 * text, prepares, opens, runs, and shows in its own way what was found.
 */
#ifndef CLI_SEARCH_H
#define CLI_SEARCH_H

#include "base/buf.h"
#include "cli/cli.h"

#define SEARCH_ALL SIZE_MAX /* a limit: every hit, for those who count */

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
	uint64_t newer_than; /* as in pdx_search */
	bool strictly;       /* nothing else is offered where nothing is found */
};

/* ${cli} is kept; the text is empty. */
void search_init(struct search *s, struct cli *cli);

/* Forget the query and its result; the index stays open. */
void search_release(struct search *s);

/* Append the words of the command line from number ${from} on to the text. */
void search_join_words(struct search *s, size_t from);

/* Narrow the query by the options that are filters. */
int search_filter(struct search *s, struct pdx_err *err);

/* Parse s->text and narrow it by the options; on failure the exit code, else 0. */
int search_prepare(struct search *s);

/* How to rank, for c->profile; on failure the exit code, else 0. */
int search_find_profile(struct cli *c);

/* Open the index, where it is not open; on failure the exit code, else 0. */
int search_open(struct search *s);

/* Whether near-copies are shown as one hit. */
bool search_collapses(const struct search *s);

/* search_release(), and close the index that search_open() opened; again, it does
 * nothing. */
void search_close(struct search *s);

/* Run the query in s->index; on failure the exit code, else 0. */
int search_run(struct search *s, const struct pdx_search *how);

/* What there is to say of the result but its hits; the strings stay the search's. */
void search_describe(struct render_search *out, const struct search *s);

/* Show what was noticed, and what to ask instead, where the format shows it apart. */
void search_show_notes(const struct search *s, const struct render_search *found);

/*
 * A command from its words to its output: make the query of them, open the index, run
 * the search ${how}, whose today is the command's, and have ${show} show its result.
 * Returns the exit code, which is ${show}'s where it comes as far.
 */
int search_command(struct cli *c, struct pdx_search *how, int (*show)(struct search *s));

/* cmd_search.c: run it in s->index and show what it finds; returns the exit code. */
int search_answer(struct search *s);

/* Answer each query of the file that --batch names. */
int search_batch(struct cli *c);

#endif
