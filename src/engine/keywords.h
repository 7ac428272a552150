/*
 * The words of articles that may stand for what these are about: no stop words, no
 * numbers, each with a weight.
 */
#ifndef ENGINE_KEYWORDS_H
#define ENGINE_KEYWORDS_H

#include "engine/engine.h"
#include "query/ast.h"

struct keyword {
	const char *term; /* as in the index */
	const char *form; /* the first of its written forms, A to Z */
	double weight;
	uint64_t df; /* articles that have it; set by keywords_count() */
};

struct keywords {
	struct arena *arena;
	const char *language;
	double weight; /* of the column that is being read */
	bool stopped;  /* the part read last was a stop word: no "cant" of can't */
	struct keyword *v;
	size_t n, cap;
};

/* Strings go into ${arena}; ${language} is that of the analyzer. */
void keywords_init(struct keywords *k, struct arena *arena, const char *language);
void keywords_release(struct keywords *k);

/*
 * Append the words of ${a}, each as often as it stands there with the default
 * profile's weight of the field that it stands in.  Returns 0 or PDX_E_NOMEM.
 */
int keywords_read(struct keywords *k, struct analyzer *analyzer,
		  const struct pdx_article *a);

/* One entry for each term, with the sum of its weights, in the order of the terms. */
void keywords_merge(struct keywords *k);

/* Look up how many articles have each; those that one alone has are dropped. */
int keywords_count(struct keywords *k, const struct engine_ops *ops, void *engine,
		   struct pdx_err *err);

/* Keep the ${most} heaviest, heaviest first. */
void keywords_best(struct keywords *k, size_t most);

/* A TEXT node of ${word} in any field; NULL where memory is out. */
struct ast *keyword_node(struct arena *arena, const struct keyword *word);

#endif
