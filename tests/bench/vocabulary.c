/* Words, and how often they come.  Knows nothing of articles. */
#include "vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Ranks are drawn through a table of so many equally likely cells: what comes
	 * less often than one of them shares a cell with others like it. */
	CELL_BITS = 20,
	CELLS = 1 << CELL_BITS
};

struct vocabulary {
	char words[WORDS][WORD_MAX];
	uint32_t first[CELLS + 1]; /* rank at which the cell begins */
};

void numbers_seed(struct numbers *n, uint64_t seed)
{
	int i;

	n->state = seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u;
	if (!n->state)
		n->state = 1;
	for (i = 0; i < 4; i++)
		numbers_next(n);
}

uint64_t numbers_next(struct numbers *n)
{
	n->state ^= n->state >> 12;
	n->state ^= n->state << 25;
	n->state ^= n->state >> 27;
	return n->state * 0x2545F4914F6CDD1Du;
}

uint32_t numbers_below(struct numbers *n, uint32_t below)
{
	return (uint32_t)((numbers_next(n) >> 32) * below >> 32);
}

static const char *const onsets[] = { "b",  "br", "c",	"cl", "d",  "dr", "f",	"fl",
				      "g",  "gr", "h",	"j",  "k",  "l",  "m",	"n",
				      "p",  "pr", "r",	"s",  "st", "t",  "tr", "v" };
static const char *const vowels[] = { "a", "e", "i", "o", "u", "ai", "ea", "ou" };
static const char *const codas[] = { "", "l", "n", "r", "s", "t", "m", "nd" };
/* What the stemmer is there for. */
static const char *const endings[] = { "",    "",    "s",     "ed",   "ing", "er",
				       "ly",  "al",  "ation", "ment", "ive", "ness" };
/* The words that any English text is full of. */
static const char *const frequent[] = {
	"the", "of",   "and",  "to",   "a",    "in",   "that", "it",   "is",   "for",
	"was", "on",   "with", "as",   "be",   "by",   "at",   "are",  "this", "from",
	"or",  "have", "an",   "they", "which", "one",  "you",  "had",  "not",  "but",
	"we",  "more", "its",  "their", "model", "new",  "will", "can",  "has",  "who"
};
enum { FREQUENT = sizeof(frequent) / sizeof(*frequent) };

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define PICK(a, n) ((a)[(n) % COUNT(a)])

static size_t add(char *out, size_t len, const char *part)
{
	size_t n = strlen(part);

	memcpy(out + len, part, n + 1);
	return len + n;
}

/* Syllable by syllable the digits of ${n} in mixed radix: no two numbers share one. */
static size_t add_syllables(char *out, uint32_t n, int least)
{
	size_t len = 0;
	int i;

	for (i = 0; i < least || n; i++) {
		len = add(out, len, PICK(onsets, n));
		n /= COUNT(onsets);
		len = add(out, len, PICK(vowels, n));
		n /= COUNT(vowels);
		if (!n && i + 1 >= least)
			break;
		len = add(out, len, PICK(codas, n));
		n /= COUNT(codas);
	}
	return len;
}

static void make_word(char out[WORD_MAX], uint32_t rank)
{
	uint32_t root = (rank - FREQUENT) / 3;
	size_t len;

	if (rank < FREQUENT) {
		add(out, 0, frequent[rank]);
		return;
	}
	/* Three forms a root: most words are met with more than one ending. */
	len = add_syllables(out, root, root < 200 ? 1 : 2);
	add(out, len, endings[(rank % 3) * 4 + root % 4]);
}

void vocabulary_company(char out[COMPANY_MAX], uint32_t n)
{
	static const char *const sectors[] = { " Labs", " Systems", " AI", " Robotics" };
	size_t len = add_syllables(out, n * 37 + 5000, 2);

	out[0] = (char)(out[0] - 'a' + 'A');
	add(out, len, PICK(sectors, n));
}

/*
 * Cumulative weights of 1/(rank + 2.7)^1.05 (Mandelbrot's form of the law), in integers
 * from here on.  x^-1.05 by a product of roots: exact enough, and the same everywhere,
 * which pow() is not.
 */
static double weight(uint32_t rank)
{
	double x = rank + 2.7, root = 1, low = 1, high = 2;
	int i;

	/* The twentieth root of x, by bisection: x^1.05 is x times it. */
	for (i = 0; i < 50; i++) {
		double power = 1;
		int k;

		root = (low + high) / 2;
		for (k = 0; k < 20; k++)
			power *= root;
		if (power < x)
			low = root;
		else
			high = root;
	}
	return 1 / (x * root);
}

struct vocabulary *vocabulary_new(void)
{
	struct vocabulary *v = calloc(1, sizeof(*v));
	double total = 0, sum = 0, *weights = malloc(WORDS * sizeof(*weights));
	uint32_t rank, cell = 0;

	if (!v || !weights) {
		free(v);
		free(weights);
		return NULL;
	}
	for (rank = 0; rank < WORDS; rank++) {
		make_word(v->words[rank], rank);
		total += weights[rank] = weight(rank);
	}
	for (rank = 0; rank < WORDS; rank++) {
		sum += weights[rank];
		for (; cell < CELLS && (cell + 0.5) / CELLS <= sum / total; cell++)
			v->first[cell] = rank;
	}
	for (; cell <= CELLS; cell++)
		v->first[cell] = WORDS - 1;
	free(weights);
	return v;
}

void vocabulary_free(struct vocabulary *v)
{
	free(v);
}

const char *vocabulary_word(const struct vocabulary *v, uint32_t rank)
{
	return v->words[rank];
}

uint32_t vocabulary_draw(const struct vocabulary *v, struct numbers *n)
{
	uint64_t number = numbers_next(n);
	uint32_t cell = (uint32_t)(number >> (64 - CELL_BITS));
	uint32_t from = v->first[cell], to = v->first[cell + 1];

	return to > from + 1 ? from + (uint32_t)(number % (to - from)) : from;
}
