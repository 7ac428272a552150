/*
 * The words of the generated archive, and a generator of numbers of our own: the same
 * archive on every machine.
 *
 * Words are built of syllables, most with an English ending so that a stemmer has work;
 * how often they come follows Zipf's law.  Beside them stand controlled words, whose
 * frequency is known and which no other word contains.
 */
#ifndef BENCH_VOCABULARY_H
#define BENCH_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

enum {
	WORDS = 200000, /* forms, in the order of their frequency */
	WORD_MAX = 32,
	COMPANY_MAX = 48
};

/* xorshift64*: Vigna, An experimental exploration of Marsaglia's xorshift generators,
 * scrambled (2016). */
struct numbers {
	uint64_t state; /* not 0 */
};

void numbers_seed(struct numbers *n, uint64_t seed);
uint64_t numbers_next(struct numbers *n);

/* A number below ${n}, which is not 0. */
uint32_t numbers_below(struct numbers *n, uint32_t below);

struct vocabulary;

/* NULL: memory is out. */
struct vocabulary *vocabulary_new(void);
void vocabulary_free(struct vocabulary *v);

/* The word of rank ${rank} below WORDS. */
const char *vocabulary_word(const struct vocabulary *v, uint32_t rank);

/* A rank by Zipf's law, exponent 1.05. */
uint32_t vocabulary_draw(const struct vocabulary *v, struct numbers *n);

/* The name of company ${n}. */
void vocabulary_company(char out[COMPANY_MAX], uint32_t n);

#endif
