/*
 * A small archive that is generated, the same everywhere, with the embedded engine and
 * the oracle side by side; and queries to ask both.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "base/buf.h"
#include "harness.h"
#include "oracle.h"

enum { ARTICLES = 160, TODAY = 20000 };

struct world {
	struct arena arena;
	struct pdx_article articles[ARTICLES];
	struct analyzer *analyzer;
	struct oracle oracle;
	struct pdx *index;
};

/* A group's setup and its end; the state is a struct world. */
int world_set_up(void **state);
int world_tear_down(void **state);

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A number below ${n}, from a generator of our own: a failure is the same everywhere.
 */
unsigned below(unsigned n);
#define PICK(a) ((a)[below(COUNT(a))])

/* How often to do a thing ${n} times: under valgrind each takes fifty times as long. */
unsigned few(unsigned n);

/* A word, company, category, persona of the archive. */
const char *world_word(void);
const char *world_company(void);
const char *world_category(void);
const char *world_persona(void);

/* Set ${out} to article ${number}, which lives in ${arena}; its body has ${most} words
 * at most. */
void world_article(struct pdx_article *out, struct arena *arena, unsigned number,
		   unsigned most);

/*
 * Put ${n} articles, every tenth a near-copy of the one before, in one batch.  Their
 * words are in nearly all of them, in some, in a few: rare0 in one of 40, rare1 in half
 * as many, up to rare3.
 */
void world_put_many(struct pdx *index, unsigned n);

/* Append something searchable; a whole query with groups down to ${depth}. */
void world_text(struct buf *out);
void world_query(struct buf *out, unsigned depth, bool in_take);

/* The number of the article with ${url}. */
size_t world_number(const struct world *w, const char *url);

/* What the oracle says. */
struct answer {
	bool matches[ARTICLES];
	double score[ARTICLES];
	uint64_t total;
};

void world_ask(struct answer *out, struct world *w, const struct pdx_query *q);

#endif
