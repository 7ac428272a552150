/*
 * Articles made ready in other threads than the one that puts them.  Knows what a worker
 * has to itself and what it shares: the names that are looked for, and the lexicon.
 */
#include <stdlib.h>

#include "engine/sqlite/store.h"

struct worker {
	struct preparer preparer;
	struct codec codec;
	struct arena arena; /* of the current article */
};

void store_worker_free(void *worker)
{
	struct worker *w = worker;

	if (!w)
		return;
	analyzer_free(w->preparer.analyzer);
	preparer_release(&w->preparer);
	codec_release(&w->codec);
	arena_release(&w->arena);
	free(w);
}

int store_worker_new(void **worker, void *engine, struct pdx_err *err)
{
	struct store *s = engine;
	struct worker *w = calloc(1, sizeof(*w));
	int status;

	*worker = NULL;
	if (!w)
		return err_nomem(err);
	w->preparer.names = &s->mentions.names;
	w->preparer.lexicons = &s->lexicons;
	w->preparer.codec = &w->codec;
	w->codec.books = &s->books;
	status = analyzer_new(&w->preparer.analyzer, analyzer_language(s->analyzer),
			      err);
	if (status)
		store_worker_free(w);
	else
		*worker = w;
	return status;
}

static int add_takes(struct record *r, struct arena *arena, const struct pdx_article *a,
		     struct pdx_err *err)
{
	size_t i;

	r->takes = arena_array(arena, a->ntakes ? a->ntakes : 1, sizeof(*r->takes));
	if (!r->takes)
		return err_nomem(err);
	for (i = 0; i < a->ntakes; i++)
		r->takes[i].text = a->takes[i].text;
	r->ntakes = a->ntakes;
	return 0;
}

void store_prepared_free(void *engine, void *prepared)
{
	(void)engine;
	if (prepared)
		prepared_release(prepared);
	free(prepared);
}

int store_prepare(void **prepared, void *worker, const struct pdx_article *article,
		  struct pdx_err *err)
{
	struct worker *w = worker;
	struct prepared *p = calloc(1, sizeof(*p));
	struct record record;
	int status;

	*prepared = NULL;
	if (!p)
		return err_nomem(err);
	arena_reset(&w->arena);
	record_texts(&record, article);
	status = add_takes(&record, &w->arena, article, err);
	if (!status)
		status = preparer_run(p, &w->preparer, &record,
				      PREPARE_PUT, err);
	if (status)
		store_prepared_free(NULL, p);
	else
		*prepared = p;
	return status;
}
