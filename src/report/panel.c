/*
 * The panel's account: one pass over the hits that counts takes, names and terms.  What
 * is made of the terms is panel_terms.c's.
 */
#include "report/panel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/panel_work.h"

/* The first number of a key of the tally; the others are persona and value. */
enum kind {
	KIND_TAKES,    /* of a persona */
	KIND_ARTICLES, /* with a take of it */
	KIND_PERSPECTIVE,
	KIND_COMPANY, /* articles with it and a take of the persona */
	KIND_CATEGORY,
	KIND_COMPANY_ALL, /* matching articles with it */
	KIND_CATEGORY_ALL,
	KIND_COMPANIES, /* different ones that the persona spoke about */
	KIND_CATEGORIES,
	/* From the kind of a value to that of all articles with it, and of how many. */
	KIND_TO_ALL = KIND_COMPANY_ALL - KIND_COMPANY,
	KIND_TO_DIFFERENT = KIND_COMPANIES - KIND_COMPANY
};

static uint32_t add_name(struct strings *names, const char *name)
{
	return strings_add(names, name ? name : "", name ? strlen(name) : 0);
}

/* NULL for the name that stands for none. */
static const char *name_of(const struct panel_work *w, const struct strings *names,
			   size_t i)
{
	return names->v[i].len ? arena_strdup(w->arena, names->v[i].text) : NULL;
}

static bool count(struct panel_work *w, enum kind kind, uint32_t persona,
		  uint32_t value)
{
	const uint32_t key[TALLY_KEYS] = { (uint32_t)kind, persona, value };

	return persona != STRINGS_NONE && value != STRINGS_NONE &&
	       tally_add(&w->tally, key, 1, 0);
}

static uint32_t counted(const struct panel_work *w, enum kind kind, size_t persona,
			size_t value)
{
	const uint32_t key[TALLY_KEYS] = { (uint32_t)kind, (uint32_t)persona,
					   (uint32_t)value };
	const struct tally_entry *e = tally_find(&w->tally, key);

	return e ? e->count : 0;
}

/* ---- the first pass ----------------------------------------------------------- */

/* The persona spoke about what has ${values}. */
static bool count_spoken(struct panel_work *w, enum kind kind, struct strings *names,
			 uint32_t persona, const char *const *values, size_t n)
{
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		uint32_t value = add_name(names, values[i]);

		if (!counted(w, kind, persona, value))
			ok = count(w, kind + KIND_TO_DIFFERENT, persona, 0);
		ok = ok && count(w, kind, persona, value);
	}
	return ok;
}

/* A take of the persona is in the article: what was not counted of both yet. */
static bool count_article(struct panel_work *w, uint32_t persona,
			  const struct pdx_article *a, uint32_t number)
{
	bool first;

	if (!marks_set(&first, &w->heard, persona, number))
		return false;
	if (!first)
		return true;
	return count(w, KIND_ARTICLES, persona, 0) &&
	       count_spoken(w, KIND_COMPANY, &w->companies, persona, a->companies,
			    a->ncompanies) &&
	       count_spoken(w, KIND_CATEGORY, &w->categories, persona, a->categories,
			    a->ncategories);
}

static int count_take(struct panel_work *w, const struct pdx_article *a, size_t i,
		      bool chosen, uint32_t number, struct pdx_err *err)
{
	const struct pdx_take *take = &a->takes[i];
	uint32_t persona = 0;
	int rc;

	if (chosen) {
		persona = add_name(&w->personas, take->persona);
		if (persona == STRINGS_NONE || !count(w, KIND_TAKES, persona, 0) ||
		    !count(w, KIND_PERSPECTIVE, persona,
			   add_name(&w->perspectives, take->perspective)) ||
		    !count_article(w, persona, a, number))
			return err_nomem(err);
	}
	rc = terms_read(w->terms, take->text, err);
	if (!rc)
		rc = terms_end_text(w->terms,
				    chosen ? PANEL_GROUP(persona) : PANEL_LEFT_OUT,
				    number, err);
	return rc;
}

/* Count each of ${values} among those of all matches. */
static bool count_values(struct panel_work *w, enum kind kind, struct strings *names,
			 const char *const *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!count(w, kind, 0, add_name(names, values[i])))
			return false;
	return true;
}

static const char *const *copy_texts(struct arena *arena, const char *const *v,
				     size_t n)
{
	const char **copy = arena_array(arena, n, sizeof(*copy));

	for (size_t i = 0; i < n && copy; i++)
		copy[i] = arena_strdup(arena, v[i]);
	return copy;
}

/* Keep the article with the ${ntakes} takes that count. */
static void keep_article(struct panel_work *w, const struct pdx_hit *hit, size_t ntakes)
{
	const struct pdx_article *a = hit->article;
	struct panel_article *out = &w->shown[w->out->nshown++];
	struct panel_take *takes = arena_array(w->arena, ntakes, sizeof(*takes));

	*out = (struct panel_article){
		.id = arena_strdup(w->arena, a->id),
		.title = arena_strdup(w->arena, a->title),
		.url = arena_strdup(w->arena, a->url),
		.date = a->date,
		.companies = copy_texts(w->arena, a->companies, a->ncompanies),
		.ncompanies = a->ncompanies,
		.categories = copy_texts(w->arena, a->categories, a->ncategories),
		.ncategories = a->ncategories,
		.takes = takes,
	};
	for (size_t i = 0; i < a->ntakes && takes; i++) {
		const struct pdx_take *t = &a->takes[i];

		if (hit->take_chosen[i])
			takes[out->ntakes++] = (struct panel_take){
				.n = i + 1,
				.persona = arena_strdup(w->arena, t->persona),
				.perspective = arena_strdup(w->arena, t->perspective),
				.text = arena_strdup(w->arena, t->text),
			};
	}
}

static int count_hit(struct panel_work *w, const struct pdx_hit *hit, uint32_t number,
		     struct pdx_err *err)
{
	const struct pdx_article *a = hit->article;
	size_t ntakes = 0;
	int rc = PDX_OK;

	if (!count_values(w, KIND_COMPANY_ALL, &w->companies, a->companies,
			  a->ncompanies) ||
	    !count_values(w, KIND_CATEGORY_ALL, &w->categories, a->categories,
			  a->ncategories))
		return err_nomem(err);
	for (size_t i = 0; i < a->ntakes && !rc; i++) {
		ntakes += hit->take_chosen[i];
		rc = count_take(w, a, i, hit->take_chosen[i], number, err);
	}
	w->out->takes += ntakes;
	w->out->articles += ntakes > 0;
	if (ntakes && w->out->nshown < w->request->articles)
		keep_article(w, hit, ntakes);
	return rc;
}

static int first_pass(struct panel_work *w, struct pdx_err *err)
{
	const struct pdx_hit *hit;
	size_t number;
	int rc;

	while ((rc = hits_next(&hit, &number, &w->hits, err)) > 0) {
		rc = count_hit(w, hit, (uint32_t)number + 1, err);
		if (rc)
			break;
	}
	hits_release(&w->hits);
	return rc ? rc : terms_finish(w->terms, PANEL_LEAST_TAKES, err);
}

/* ---- what comes of it --------------------------------------------------------- */

static int by_count(const void *a, const void *b)
{
	const struct panel_count *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	if (!x->name || !y->name)
		return !x->name - !y->name;
	return strcmp(x->name, y->name);
}

/* All of ${names} with the articles that have them, the most first. */
static struct panel_count *rank_values(struct panel_work *w, enum kind kind,
				       const struct strings *names)
{
	struct panel_count *v = arena_array(w->arena, names->n, sizeof(*v));

	for (size_t i = 0; i < names->n && v; i++)
		v[i] = (struct panel_count){ names->v[i].text, counted(w, kind, 0, i) };
	if (v && names->n > 1)
		qsort(v, names->n, sizeof(*v), by_count);
	return v;
}

/* The first of ${ranked} that the persona never spoke about. */
static bool put_silent(struct panel_silent *out, struct panel_work *w, enum kind kind,
		       const struct strings *names, const struct panel_count *ranked,
		       size_t persona)
{
	size_t room, n = 0;
	struct panel_count *v;

	out->n = names->n - counted(w, kind + KIND_TO_DIFFERENT, persona, 0);
	room = out->n < w->request->silent ? (size_t)out->n : w->request->silent;
	v = arena_array(w->arena, room, sizeof(*v));
	for (size_t i = 0; n < room && v; i++) {
		const char *name = ranked[i].name;

		if (counted(w, kind, persona, strings_find(names, name, strlen(name))))
			continue;
		v[n] = ranked[i];
		v[n++].name = arena_strdup(w->arena, name);
	}
	out->names = v;
	out->nnames = n;
	return v != NULL;
}

static bool put_all_silent(struct panel_work *w)
{
	const struct panel_count *companies =
		rank_values(w, KIND_COMPANY_ALL, &w->companies);
	const struct panel_count *categories =
		rank_values(w, KIND_CATEGORY_ALL, &w->categories);
	bool ok = companies && categories;

	for (size_t p = 0; p < w->personas.n && ok; p++)
		ok = put_silent(&w->persona[p].companies, w, KIND_COMPANY,
				&w->companies, companies, p) &&
		     put_silent(&w->persona[p].categories, w, KIND_CATEGORY,
				&w->categories, categories, p);
	return ok;
}

/* Perspectives stand in the sorted tally, persona by persona. */
static bool put_perspectives(struct panel_work *w)
{
	const struct tally_entry *e;
	size_t i = 0, n;

	tally_sort(&w->tally);
	e = w->tally.slots;
	while (i < w->tally.n && e[i].key[0] < KIND_PERSPECTIVE)
		i++;
	for (; i < w->tally.n && e[i].key[0] == KIND_PERSPECTIVE; i += n) {
		struct panel_persona *p = &w->persona[e[i].key[1]];
		struct panel_count *v;

		for (n = 1; i + n < w->tally.n && e[i + n].key[0] == KIND_PERSPECTIVE &&
			    e[i + n].key[1] == e[i].key[1];
		     n++)
			;
		v = arena_array(w->arena, n, sizeof(*v));
		for (size_t j = 0; j < n && v; j++)
			v[j] = (struct panel_count){ name_of(w, &w->perspectives,
							     e[i + j].key[2]),
						     e[i + j].count };
		if (!v)
			return false;
		qsort(v, n, sizeof(*v), by_count);
		p->perspectives = v;
		p->nperspectives = n;
	}
	return true;
}

static int by_takes(const void *a, const void *b)
{
	const struct panel_persona *x = a, *y = b;
	struct panel_count left = { x->name, x->takes }, right = { y->name, y->takes };

	return by_count(&left, &right);
}

/* The personas, with what was counted of them. */
static bool put_personas(struct panel_work *w)
{
	size_t n = w->personas.n;

	w->persona = arena_array(w->arena, n, sizeof(*w->persona));
	w->picks = calloc(n + 1, sizeof(*w->picks));
	if (!w->persona || !w->picks)
		return false;
	for (size_t p = 0; p < n; p++) {
		w->persona[p].name = name_of(w, &w->personas, p);
		w->persona[p].takes = counted(w, KIND_TAKES, p, 0);
		w->persona[p].articles = counted(w, KIND_ARTICLES, p, 0);
	}
	return put_all_silent(w) && put_perspectives(w);
}

static int make(struct panel_work *w, struct pdx_err *err)
{
	struct panel *out = w->out;
	int rc;

	w->shown = arena_array(w->arena, w->request->articles, sizeof(*w->shown));
	rc = w->shown ? first_pass(w, err) : err_nomem(err);
	if (!rc && !put_personas(w))
		rc = err_nomem(err);
	if (!rc)
		rc = panel_terms(w, err);
	if (!rc)
		rc = panel_quotes(w, err);
	if (!rc && w->arena->failed)
		rc = err_nomem(err);
	if (rc)
		return rc;
	if (w->personas.n > 1)
		qsort(w->persona, w->personas.n, sizeof(*w->persona), by_takes);
	out->companies = w->companies.n;
	out->categories = w->categories.n;
	out->missed = terms_missed(w->terms);
	out->personas = w->persona;
	out->npersonas = w->personas.n;
	out->shown = w->shown;
	return PDX_OK;
}

static void work_release(struct panel_work *w)
{
	for (size_t p = 0; p < w->personas.n && w->picks; p++)
		free(w->picks[p].v);
	free(w->picks);
	marks_release(&w->heard);
	tally_release(&w->tally);
	strings_release(&w->personas);
	strings_release(&w->perspectives);
	strings_release(&w->companies);
	strings_release(&w->categories);
	terms_free(w->terms);
}

int panel_make(struct panel *out, struct arena *arena, struct pdx *index,
	       struct pdx_result *result, const struct panel_request *request,
	       struct pdx_err *err)
{
	struct panel_work w = {
		.out = out,
		.arena = arena,
		.hits = { .index = index, .result = result, .stop = request->stop },
		.request = request,
	};
	struct pdx_stats stats;
	int rc;

	*out = (struct panel){ .total = pdx_result_total(result) };
	rc = pdx_stats(&stats, index, err);
	if (!rc)
		rc = terms_new(&w.terms, stats.language, err);
	if (!rc)
		rc = make(&w, err);
	work_release(&w);
	return rc;
}
