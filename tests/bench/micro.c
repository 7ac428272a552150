/*
 * micro: what the hot functions take by themselves, in nanoseconds of the processor a
 * unit, the least of several rounds.  To see what a change of one of them does; what
 * all of it comes to is for scripts/bench to say.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "engine/sqlite/postings.h"
#include "ingest/json_parse.h"
#include "text/analyze.h"
#include "text/stem.h"
#include "vocabulary.h"

enum { ROUNDS = 9, TEXT_WORDS = 20000, NUMBERS = 100000, MANY = 2000, COMMON = 2048 };

/* What the functions work on, and their sum, so that none is left out. */
struct work {
	struct vocabulary *words;
	struct analyzer *analyzer;
	struct stemmer *stemmer;
	struct buf text, json, varints, postings;
	struct postings *decoded;
	struct postings_view view;
	struct rank_norms norms;
	uint64_t sum;
};

/* Each does its work once and returns the units of it. */
struct hot {
	const char *what, *unit;
	size_t (*run)(struct work *w);
};

static int count_token(void *ctx, const struct token *token)
{
	struct work *w = ctx;

	w->sum += token->len;
	return 0;
}

static size_t analyze(struct work *w)
{
	analyzer_run(w->analyzer, w->text.data, w->text.len, count_token, w);
	return w->text.len;
}

static size_t stem(struct work *w)
{
	for (uint32_t i = 0; i < MANY; i++) {
		const char *word = vocabulary_word(w->words, i * 10);
		const char *out;
		size_t len;

		if (!stemmer_stem(&out, &len, w->stemmer, word, strlen(word)))
			w->sum += len;
	}
	return MANY;
}

static size_t parse_json(struct work *w)
{
	json_t *value = json_parse(w->json.data, w->json.len);

	w->sum += json_object_size(value);
	json_decref(value);
	return w->json.len;
}

static size_t read_varints(struct work *w)
{
	const unsigned char *start = (const unsigned char *)w->varints.data;
	struct bytes in = { start, start + w->varints.len, false };

	for (size_t i = 0; i < NUMBERS; i++)
		w->sum += bytes_varint(&in);
	return NUMBERS;
}

static size_t open_postings(struct work *w)
{
	w->sum += postings_view_open(&w->view, w->postings.data, w->postings.len);
	return w->view.n;
}

/* As a chunk is scored: each row that has the term. */
static size_t score(struct work *w)
{
	static const uint8_t lengths[TEXT_COLUMNS] = { 8, 30, 60, 50 };
	double sum = 0;

	for (size_t at = 0; at < WINDOW_ROWS; at++)
		if (postings_has(&w->view, at))
			sum += rank_term(&w->norms, 1.5, postings_counts(&w->view, at),
					 lengths);
	w->sum += (uint64_t)sum;
	return w->view.n;
}

static const struct hot hot[] = {
	{ "analysis of text", "byte", analyze },
	{ "stem of a word", "word", stem },
	{ "JSON of an article", "byte", parse_json },
	{ "varints", "number", read_varints },
	{ "postings of a window", "row", open_postings },
	{ "BM25F of a term", "row", score },
};

static void make_text(struct work *w)
{
	struct numbers numbers;

	numbers_seed(&numbers, 1);
	for (unsigned i = 0; i < TEXT_WORDS; i++) {
		buf_puts(
			&w->text,
			vocabulary_word(w->words, vocabulary_draw(w->words, &numbers)));
		buf_puts(&w->text, i % 12 == 11 ? ". " : " ");
	}
	buf_puts(&w->json, "{\"title\":\"A title\",\"body\":\"");
	buf_put(&w->json, w->text.data, buf_ok(&w->text) ? w->text.len : 0);
	buf_puts(&w->json, "\"}");
	for (unsigned i = 0; i < NUMBERS; i++)
		buf_put_varint(&w->varints,
			       numbers_below(&numbers, i % 8 ? 100 : 30000));
}

static int make_postings(struct work *w)
{
	static uint8_t of[WINDOW_ROWS][TEXT_COLUMNS];
	static const double mean[TEXT_COLUMNS] = { 8, 40, 300, 120 };
	struct window_lengths lengths = { .of = of, .norms = &w->norms };

	memcpy(lengths.mean, mean, sizeof(mean));
	memset(of, 40, sizeof(of));
	rank_norms_init(&w->norms, &rank_default, mean);
	for (uint32_t i = 0; i < COMMON; i++) {
		const column_counts counts = { i % 7 == 0, i % 5 == 0, 1 + i % 3,
					       i % 2 };

		if (!postings_set(w->decoded, i * 2, counts))
			return -1;
	}
	postings_encode(&w->postings, w->decoded, &lengths);
	return postings_view_open(&w->view, w->postings.data, w->postings.len) ? 0 : -1;
}

static int make_work(struct work *w)
{
	struct pdx_err err;

	w->words = vocabulary_new();
	w->decoded = calloc(1, sizeof(*w->decoded));
	if (!w->words || !w->decoded || analyzer_new(&w->analyzer, "english", &err) ||
	    stemmer_new(&w->stemmer, "english", &err))
		return -1;
	make_text(w);
	if (make_postings(w))
		return -1;
	return buf_ok(&w->text) && buf_ok(&w->json) && buf_ok(&w->varints) ? 0 : -1;
}

static void release_work(struct work *w)
{
	postings_view_release(&w->view);
	if (w->decoded)
		postings_release(w->decoded);
	free(w->decoded);
	buf_release(&w->postings);
	buf_release(&w->varints);
	buf_release(&w->json);
	buf_release(&w->text);
	stemmer_free(w->stemmer);
	if (w->analyzer)
		analyzer_free(w->analyzer);
	vocabulary_free(w->words);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void time_hot(const struct hot *h, struct work *w)
{
	double least = 0;

	for (unsigned i = 0; i < ROUNDS; i++) {
		double from = now();
		size_t units = h->run(w);
		double each = (now() - from) / (double)units;

		if (!i || each < least)
			least = each;
	}
	printf("%-24s %8.2f ns a %s\n", h->what, least, h->unit);
}

int main(void)
{
	struct work w;
	int rc;

	memset(&w, 0, sizeof(w));
	rc = make_work(&w);
	for (size_t i = 0; !rc && i < sizeof(hot) / sizeof(hot[0]); i++)
		time_hot(&hot[i], &w);
	printf(rc ? "micro: out of memory\n"
		  : "scripts/bench measures the whole beside other engines\n");
	release_work(&w);
	return rc ? 1 : w.sum == 0;
}
