/*
 * When an index gets a codebook, and from what.  Knows the articles as samples; making
 * one of them is codebook.c's.
 *
 * It depends on the articles alone, so that the same input gives the same file however
 * many threads make articles ready.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/store.h"

enum {
	/* Bytes of text in the index; with less the codebook would be much of the file.
	 * What was put before stays as it is. */
	TRAIN_TEXT = 4 << 20,
	/* Of samples: with nine times as many texts become smaller by 0.4 percent of
	 * their bytes. */
	TRAIN_SAMPLES = 1 << 20,
	/* Of one sample, so that there are many. */
	TRAIN_SAMPLE = 16 << 10
};

/* Each time the texts have doubled: the first may have too little in common. */
static bool is_due(uint64_t before, uint64_t now)
{
	uint64_t at = TRAIN_TEXT;

	while (at <= before)
		at *= 2;
	return now >= at;
}

struct samples {
	struct buf text;
	size_t *lens;
	size_t n, cap;
};

static int add_sample(struct samples *to, struct store *s, struct arena *arena,
		      int64_t row, struct pdx_err *err)
{
	struct record record;
	size_t before = to->text.len;
	int status;

	arena_reset(arena);
	status = store_record(&record, NULL, NULL, s, arena, row, err);
	if (status)
		return status;
	record_plain(&to->text, &record);
	buf_truncate(&to->text, before + TRAIN_SAMPLE);
	if (!buf_ok(&to->text) ||
	    !mem_grow(&to->lens, &to->cap, to->n + 1, sizeof(*to->lens)))
		return err_nomem(err);
	to->lens[to->n++] = to->text.len - before;
	return 0;
}

/* Articles at even distances, up to the last. */
static int take_samples(struct samples *to, struct store *s, struct pdx_err *err)
{
	uint64_t times = s->state.text_bytes / TRAIN_SAMPLES;
	int64_t step = times ? (int64_t)times : 1, row;
	struct arena arena = { 0 };
	int status = 0;

	for (row = s->last_row; row > 0 && to->text.len < TRAIN_SAMPLES && !status;
	     row -= step)
		status = add_sample(to, s, &arena, row, err);
	arena_release(&arena);
	return status;
}

int store_train(struct store *s, uint64_t before, struct pdx_err *err)
{
	struct samples samples = { .n = 0 };
	int status;

	if (codebooks_current(&s->books) || !is_due(before, s->state.text_bytes))
		return 0;
	status = take_samples(&samples, s, err);
	if (!status)
		status = codebooks_make(&s->books, samples.text.data, samples.lens,
					samples.n, err);
	buf_release(&samples.text);
	free(samples.lens);
	return status;
}
