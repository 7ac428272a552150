/*
 * From the parts of a word to its tokens: terms, joined and written forms, positions.
 */
#ifndef TEXT_EMIT_H
#define TEXT_EMIT_H

#include <stddef.h>
#include <stdint.h>

#include "text/analyze.h"
#include "text/stem.h"
#include "text/word.h"

struct emitter {
	struct stemmer *stemmer;
	const char *text;
	size_t len;
	uint32_t pos; /* of the next word */
	int (*emit)(void *ctx, const struct token *token);
	void *ctx;
};

/* A token that has a position to itself; its pos and span are set here. */
int emit_alone(struct emitter *e, struct token *t);

/*
 * The ${n} first parts of a word, at most JOINED_PARTS, with what stands beside them,
 * and those that ${s} still has, for which ${parts} is reused.  s->at may move over a
 * dot that belongs to an acronym.  As analyzer_run() returns.
 */
int emit_word(struct emitter *e, struct part *parts, size_t n, struct splitter *s);

/* Without the 's of "GPT-4's", where no stemmer takes it off. */
size_t emit_without_possessive(const char *form, size_t len);

#endif
