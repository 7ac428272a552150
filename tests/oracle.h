/*
 * A search engine that is too simple to be wrong: every article in memory, every query
 * answered by looking at every token.  What the embedded engine says is compared with
 * what it says.
 */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include "base/arena.h"
#include "paneldex.h"
#include "query/leaves.h"
#include "query/query.h"

struct oracle_token {
	uint32_t pos;
	const char *text, *form;
};

struct oracle_article {
	const struct pdx_article *article;
	struct oracle_token *tokens[TEXT_COLUMNS];
	size_t ntokens[TEXT_COLUMNS];
	uint32_t words[TEXT_COLUMNS]; /* positions that hold a word */
	uint32_t *take_starts;
	size_t story; /* number of the first article of it, from oracle_stories() */
};

struct oracle {
	struct arena arena;
	struct analyzer *analyzer;
	struct oracle_article *v;
	size_t n;
	double avglen[TEXT_COLUMNS];
	double *idf; /* of each leaf of the query that is asked */
	/* Companies to be found in texts; their words begin with capitals. */
	const char *const *names;
	size_t nnames;
};

/* ${articles} are borrowed. */
void oracle_init(struct oracle *o, struct analyzer *analyzer,
		 const struct pdx_article *articles, size_t n);
void oracle_release(struct oracle *o);

/* Find the stories, by holding each article against each. */
void oracle_stories(struct oracle *o);

/* Whether the title, summary or body of article ${i} names o->names[${name}]. */
bool oracle_mentions(const struct oracle *o, size_t i, size_t name);

/* Weigh the leaves of a query that is to be asked of the articles. */
void oracle_weigh(struct oracle *o, const struct leaves *leaves);

/* Whether article ${i} satisfies ${query}; *score is what it scores. */
bool oracle_matches(struct oracle *o, size_t i, const struct pdx_query *query,
		    const struct leaves *leaves, double *score);

/* Whether ${query} leaves take ${take} of article ${i} in, as struct pdx_search says.
 */
bool oracle_chooses(struct oracle *o, size_t i, size_t take,
		    const struct pdx_query *query, const struct leaves *leaves);

#endif
