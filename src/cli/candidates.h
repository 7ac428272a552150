/*
 * What a shell may offer for a command line that is being typed: words from the tables
 * of commands, options and fields, and from the index.
 */
#ifndef CLI_CANDIDATES_H
#define CLI_CANDIDATES_H

#include "base/arena.h"
#include "cli/cli.h"

struct candidate_list {
	struct arena arena;
	struct candidate_word {
		const char *word; /* all of the word that is being typed, or more */
		const char *help; /* NULL: nothing to say of it */
	} * v;
	size_t n, cap;
	bool failed; /* memory was out */
};

void candidates_release(struct candidate_list *list);

/*
 * Add what may stand where ${line}, the command line up to the cursor, ends.  Quotes
 * and backslashes are taken as a shell does.  Nothing of it can fail but memory: an
 * index that cannot be opened has no words.
 */
void candidates_find(struct candidate_list *list, const struct cli *c,
		     const char *line);

#endif
