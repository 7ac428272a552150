/*
 * Pseudo-relevance feedback: the words that the best articles of a query have in common
 * and others have not, by Bo1 (G. Amati, Probability Models for Information Retrieval
 * based on Divergence from Randomness, 2003, chapter 6; the Bose-Einstein model).
 *
 *     p      = F / N
 *     bo1    = tf log2((1 + p) / p) + log2(1 + p)
 *     weight = 0.4 bo1 / max bo1
 *
 * tf is how often a word stands in the feedback articles, each field by its weight in
 * the default profile; N the number of articles.  F is the number of articles that have
 * the word: how often it stands in all of them, which Bo1 has here, is not kept, and
 * twice or four times this F gave the same measures to within 0.01.
 *
 * A word's weight is multiplied into its idf.  A word of the query that is among the
 * best weighs that much more than it did.
 */
#ifndef ENGINE_EXPAND_H
#define ENGINE_EXPAND_H

#include "engine/engine.h"

/* Articles that are learnt from.  With 3 to 10 of them, and 10 to 40 words, all judged
 * collections gain; more words are slower and say less to one who reads them. */
#define EXPAND_ARTICLES 5
#define EXPAND_WORDS 10

/* Whether ${leaves} have a word that an article can be found by. */
bool expand_can(const struct leaves *leaves);

/*
 * Find the words that go with the query of ${leaves}, whose best articles are
 * ${found}; *words, heaviest first, and *nodes, which are TEXT nodes for them in a
 * list, in ${arena}.
 */
int expand_words(struct pdx_expansion **words, size_t *n, struct ast **nodes,
		 const struct engine_ops *ops, void *engine, struct arena *arena,
		 const struct leaves *leaves, const struct ranking *found,
		 struct pdx_err *err);

#endif
