/*
 * The embedded engine against the oracle: thousands of generated queries over generated
 * articles give the same articles, scores, order, totals and facets.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "world.h"

enum { QUERIES = 4000, MAX_HITS = 200 };

static void compare_hits(struct world *w, const char *query, struct pdx_result *r,
			 const struct answer *want)
{
	double last = INFINITY;
	size_t i, n = pdx_result_returned(r);

	if (pdx_result_total(r) != want->total || n != want->total)
		fail_msg("%s\n  total %llu, the oracle says %llu", query,
			 (unsigned long long)pdx_result_total(r),
			 (unsigned long long)want->total);
	for (i = 0; i < n; i++) {
		const struct pdx_hit *hit;
		size_t at;

		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		at = world_number(w, hit->article->url);
		if (!want->matches[at])
			fail_msg("%s\n  article %zu is no match", query, at);
		if (fabs(hit->score - want->score[at]) > 1e-5 * (1 + want->score[at]))
			fail_msg("%s\n  article %zu scores %.9g, the oracle says %.9g",
				 query, at, hit->score, want->score[at]);
		if (hit->score > last)
			fail_msg("%s\n  hit %zu scores more than the one before", query,
				 i);
		last = hit->score;
	}
}

static uint64_t count_company(const struct world *w, const struct answer *want,
			      const char *name)
{
	uint64_t count = 0;
	size_t i, j;

	for (i = 0; i < ARTICLES; i++)
		for (j = 0; want->matches[i] && j < w->articles[i].ncompanies; j++)
			count += strcmp(w->articles[i].companies[j], name) == 0;
	return count;
}

static void compare_mentions(struct world *w, const char *query,
			     const struct pdx_facet *f, const struct answer *want)
{
	uint64_t count, none = 0, found = 0;
	size_t i, j, name;

	for (name = 0; name < w->oracle.nnames; name++) {
		for (i = 0, count = 0; i < ARTICLES; i++)
			count += want->matches[i] && oracle_mentions(&w->oracle, i, name);
		for (j = 0; j < f->nvalues; j++)
			if (strcmp(f->values[j].value, w->oracle.names[name]) == 0)
				break;
		if (count != (j < f->nvalues ? f->values[j].count : 0))
			fail_msg("%s\n  %s is mentioned %llu times", query,
				 w->oracle.names[name], (unsigned long long)count);
		found += count != 0;
	}
	for (i = 0; i < ARTICLES; i++) {
		for (name = 0; name < w->oracle.nnames; name++)
			if (oracle_mentions(&w->oracle, i, name))
				break;
		none += want->matches[i] && name == w->oracle.nnames;
	}
	assert_int_equal(f->missing, none);
	assert_int_equal(f->nvalues, found);
}

static void compare_facets(struct world *w, const char *query, struct pdx_result *r,
			   const struct answer *want)
{
	const struct pdx_facet *f;
	uint64_t missing = 0;
	size_t n, i;

	f = pdx_result_facets(r, &n);
	assert_int_equal(n, 3);
	compare_mentions(w, query, &f[2], want);
	for (i = 0; i < f[0].nvalues; i++)
		if (f[0].values[i].count !=
		    count_company(w, want, f[0].values[i].value))
			fail_msg("%s\n  facet %s: %llu", query, f[0].values[i].value,
				 (unsigned long long)f[0].values[i].count);
	for (i = 0; i < ARTICLES; i++)
		missing += want->matches[i] && !w->articles[i].ncompanies;
	assert_int_equal(f[0].missing, missing);
	missing = f[1].missing + f[1].other;
	for (i = 0; i < f[1].nvalues; i++)
		missing += f[1].values[i].count;
	if (missing != want->total) /* an article has one month or none */
		fail_msg("%s\n  months add up to %llu of %llu", query,
			 (unsigned long long)missing, (unsigned long long)want->total);
}

static void compare(struct world *w, const char *text)
{
	static const char *const facets[] = { "company", "month", "mentions" };
	struct pdx_search how = { .limit = MAX_HITS, .facets = facets, .nfacets = 3 };
	struct answer want;
	struct pdx_result *r;
	struct pdx_query *q;
	struct pdx_err err;

	if (pdx_query_parse(&q, text, strlen(text), 20000, &err))
		fail_msg("%s\n  %s", text, err.message);
	world_ask(&want, w, q);
	if (pdx_search(&r, w->index, q, &how, &err))
		fail_msg("%s\n  %s", text, err.message);
	compare_hits(w, text, r, &want);
	compare_facets(w, text, r, &want);
	pdx_result_free(r);
	pdx_query_free(q);
}

static void generated_queries_agree_with_the_oracle(void **out)
{
	struct world *w = *out;
	struct buf text;
	unsigned i, clauses;

	buf_init(&text, 0);
	for (i = 0; i < few(QUERIES); i++) {
		buf_reset(&text);
		for (clauses = 1 + below(3); clauses; clauses--) {
			world_query(&text, 3, false);
			buf_putc(&text, ' ');
		}
		compare(w, buf_str(&text));
	}
	buf_release(&text);
}

static void check_explained(const char *query, const struct pdx_hit *hit)
{
	const struct pdx_explain_hit *e = hit->explain;
	double sum = 0, fields;
	size_t i, j;

	assert_non_null(e);
	for (i = 0; i < e->nparts; i++) {
		fields = 0;
		for (j = 0; j < e->parts[i].nfields; j++)
			fields += e->parts[i].fields[j].score;
		if (fabs(fields - e->parts[i].score) > 1e-6)
			fail_msg("%s\n  %s: fields give %.9g of %.9g", query,
				 e->parts[i].text, fields, e->parts[i].score);
		sum += fields;
	}
	sum *= e->recency;
	if (!e->matches || e->nfailing || e->rank != hit->rank ||
	    fabs(sum - hit->score) > 1e-6)
		fail_msg("%s\n  hit %zu scores %.9g, explained as %.9g, rank %zu",
			 query, hit->rank, hit->score, sum, e->rank);
}

static void every_score_is_the_sum_of_what_explains_it(void **out)
{
	struct world *w = *out;
	struct pdx_search how = {
		.limit = 5, .today = 20300, .recency_days = 90, .explain = true
	};
	unsigned i;

	for (i = 0; i < 200; i++) {
		struct pdx_result *r;
		struct pdx_query *q;
		const struct pdx_hit *hit;
		struct buf text;
		size_t j;

		buf_init(&text, 0);
		world_query(&text, 3, false);
		how.offset = below(3);
		assert_int_equal(
			pdx_query_parse(&q, buf_str(&text), text.len, 20000, NULL), 0);
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		assert_non_null(pdx_result_explain(r));
		for (j = 0; j < pdx_result_returned(r); j++) {
			assert_int_equal(pdx_result_hit(&hit, r, j, NULL), 0);
			check_explained(buf_str(&text), hit);
		}
		pdx_result_free(r);
		pdx_query_free(q);
		buf_release(&text);
	}
}

/* Ask for two articles whatever they are: ranks, failures and differences hold. */
static void two_articles_are_told_apart(void **out)
{
	struct world *w = *out;
	unsigned i;

	for (i = 0; i < 100; i++) {
		const char *ids[2];
		struct pdx_search how = { .explain = true, .ids = ids, .nids = 2 };
		struct pdx_search every = { .limit = MAX_HITS };
		const struct pdx_explain *e;
		const struct pdx_hit *hit;
		struct pdx_result *all, *r;
		struct pdx_query *q, *any;
		char id[2][PDX_ID_SIZE];
		struct buf text;
		double sum = 0;
		size_t j;

		buf_init(&text, 0);
		world_query(&text, 3, false);
		assert_int_equal(pdx_query_parse(&any, "", 0, 20000, NULL), 0);
		assert_int_equal(pdx_search(&all, w->index, any, &every, NULL), 0);
		for (j = 0; j < 2; j++) {
			assert_int_equal(
				pdx_result_hit(&hit, all, below(ARTICLES), NULL), 0);
			memcpy(id[j], hit->article->id, PDX_ID_SIZE);
			ids[j] = id[j];
		}
		pdx_result_free(all);
		assert_int_equal(
			pdx_query_parse(&q, buf_str(&text), text.len, 20000, NULL), 0);
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		assert_int_equal(pdx_search(&all, w->index, q, &every, NULL), 0);
		assert_int_equal(pdx_result_returned(r), 2);
		for (j = 0; j < 2; j++) {
			const struct pdx_explain_hit *x;
			const struct pdx_hit *ranked;

			assert_int_equal(pdx_result_hit(&hit, r, j, NULL), 0);
			x = hit->explain;
			assert_string_equal(hit->article->id, id[j]);
			if (x->matches != (x->rank > 0) ||
			    x->matches != (x->nfailing == 0))
				fail_msg("%s\n  matches %d, rank %zu, fails %zu",
					 buf_str(&text), x->matches, x->rank,
					 x->nfailing);
			if (!x->rank)
				continue;
			check_explained(buf_str(&text), hit);
			assert_int_equal(
				pdx_result_hit(&ranked, all, x->rank - 1, NULL), 0);
			assert_string_equal(ranked->article->id, id[j]);
		}
		e = pdx_result_explain(r);
		for (j = 0; j < e->ndifferences; j++)
			sum += e->differences[j].score[0] - e->differences[j].score[1];
		if (fabs(sum - (e->first->score - e->second->score)) > 1e-6)
			fail_msg("%s\n  differences add up to %.9g", buf_str(&text),
				 sum);
		pdx_result_free(r);
		pdx_result_free(all);
		pdx_query_free(any);
		pdx_query_free(q);
		buf_release(&text);
	}
}

static void written_queries_agree_with_the_oracle(void **out)
{
	static const char *const queries[] = {
		"",
		"acquisition",
		"-model",
		"-model -chip",
		"-company:cedar",
		"company:cedar OR drift",
		"(company:cedar drift) OR moat",
		"acquir*",
		"acquiri*",
		"=acquire",
		"=acquired -=acquires",
		"take(persona:skeptic drift)",
		"-take(persona:skeptic drift) moat",
		"take(-persona:skeptic drift -moat)",
		"GPT-4o",
		"\"gpt 4o\"",
		"\"open source model\"",
		"\"open-source\"~3",
		"(drift NEAR/2 moat) OR -model",
		"C++ R&D",
	};
	size_t i;

	for (i = 0; i < COUNT(queries); i++)
		compare(*out, queries[i]);
}

enum { CLAUSES = 5, RELAXED = 400 };

/* What the clauses of a query say of each article. */
struct tally {
	unsigned clauses[ARTICLES];
	double score[ARTICLES];
	bool filtered[ARTICLES]; /* not what the filters want */
};

static void make_clause(struct buf *out)
{
	static const char *const fields[] = { "title", "summary", "body", "take" };

	switch (below(5)) {
	case 0:
		buf_printf(out, "%s:%s", PICK(fields), world_word());
		break;
	case 1:
		buf_printf(out, "\"%s %s\"", world_word(), world_word());
		break;
	case 2:
		buf_printf(out, "take(persona:skeptic %s)", world_word());
		break;
	case 3:
		buf_printf(out, "(%s NEAR/1 %s)", world_word(), world_word());
		break;
	default:
		buf_printf(out, "(title:%s %s OR nowhere)", world_word(), world_word());
	}
}

static void ask_clause(struct answer *out, struct world *w, const char *text)
{
	struct pdx_query *q;

	if (pdx_query_parse(&q, text, strlen(text), 20000, NULL))
		fail_msg("%s: not a query", text);
	world_ask(out, w, q);
	pdx_query_free(q);
}

/* ${CLAUSES} clauses and some filters, joined in ${text}, and what they find. */
static void make_relaxed(struct buf *text, struct tally *tally, struct world *w)
{
	struct answer answer;
	struct buf clause, alone;
	size_t i, n;

	memset(tally, 0, sizeof(*tally));
	buf_init(&clause, 0);
	buf_init(&alone, 0);
	for (n = 0; n < CLAUSES + 2; n++) {
		bool filter = n >= CLAUSES;

		if (filter && below(2))
			continue;
		buf_reset(&clause);
		if (!filter)
			make_clause(&clause);
		else if (n == CLAUSES)
			buf_printf(&clause, "company:\"%s\"", world_company());
		else
			buf_printf(&clause, "-title:%s", world_word());
		buf_printf(text, "%s%s", text->len ? " " : "", buf_str(&clause));
		/* Beside another word a stop word weighs nothing, as in the query. */
		if (!filter) {
			buf_puts(&alone, buf_str(&clause));
			buf_puts(&alone, " OR nowhere");
		}
		ask_clause(&answer, w, filter ? buf_str(&clause) : buf_str(&alone));
		buf_reset(&alone);
		for (i = 0; i < ARTICLES; i++) {
			if (filter)
				tally->filtered[i] |= !answer.matches[i];
			else if (answer.matches[i]) {
				tally->clauses[i]++;
				tally->score[i] += answer.score[i];
			}
		}
	}
	buf_release(&alone);
	buf_release(&clause);
}

/* How many articles have ${least} clauses, filters observed. */
static uint64_t having(const struct tally *tally, unsigned least)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < ARTICLES; i++)
		n += !tally->filtered[i] && tally->clauses[i] >= least;
	return n;
}

static void compare_relaxed(struct world *w, const char *query, struct pdx_result *r,
			    const struct tally *tally)
{
	unsigned least = having(tally, (CLAUSES + 1) / 2) ? (CLAUSES + 1) / 2 : 1;
	unsigned clauses = CLAUSES;
	double score = INFINITY;
	size_t i;

	if (pdx_result_total(r) != having(tally, least))
		fail_msg("%s\n  total %llu, not %llu", query,
			 (unsigned long long)pdx_result_total(r),
			 (unsigned long long)having(tally, least));
	for (i = 0; i < pdx_result_returned(r); i++) {
		const struct pdx_hit *hit;
		size_t at;

		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		at = world_number(w, hit->article->url);
		if (tally->filtered[at] || tally->clauses[at] < least)
			fail_msg("%s\n  article %zu is no match", query, at);
		if (fabs(hit->score - tally->score[at]) > 1e-5 * (1 + tally->score[at]))
			fail_msg("%s\n  article %zu scores %.9g, not %.9g", query, at,
				 hit->score, tally->score[at]);
		if (tally->clauses[at] > clauses ||
		    (tally->clauses[at] == clauses && hit->score > score))
			fail_msg("%s\n  hit %zu is better than the one before", query,
				 i);
		clauses = tally->clauses[at];
		score = hit->score;
	}
}

static void relaxed_queries_have_the_most_clauses_first(void **state_)
{
	struct world *w = *state_;
	struct pdx_search how = { .limit = MAX_HITS, .relax = true };
	size_t i, compared = 0;

	for (i = 0; i < few(RELAXED); i++) {
		struct tally tally;
		struct pdx_query *q;
		struct pdx_result *r;
		struct buf text;

		buf_init(&text, 0);
		make_relaxed(&text, &tally, w);
		assert_int_equal(pdx_query_parse(&q, text.data, text.len, 20000, NULL),
				 0);
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		if (!having(&tally, CLAUSES)) {
			compare_relaxed(w, buf_str(&text), r, &tally);
			compared += pdx_result_total(r) > 0;
		}
		pdx_result_free(r);
		pdx_query_free(q);
		buf_release(&text);
	}
	assert_true(compared > few(RELAXED) / 4);
}

static void the_index_checks_out(void **out)
{
	struct world *w = *out;
	struct pdx_err err;
	uint64_t problems = 1;

	assert_int_equal(pdx_check(&problems, w->index, NULL, NULL, &err), 0);
	assert_int_equal(problems, 0);
}

static void collect_ids(struct pdx *index, const struct pdx_query *q,
			const struct pdx_search *how, char ids[][PDX_ID_SIZE],
			size_t *n)
{
	struct pdx_result *r;
	size_t i;

	assert_int_equal(pdx_search(&r, index, q, how, NULL), 0);
	for (i = 0; i < pdx_result_returned(r); i++) {
		const struct pdx_hit *hit;

		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		assert_int_equal(hit->rank, how->offset + i + 1);
		memcpy(ids[(*n)++], hit->article->id, PDX_ID_SIZE);
	}
	pdx_result_free(r);
}

static void pages_never_overlap_in_any_order(void **out)
{
	static const struct pdx_sort sorts[][2] = {
		{ { PDX_SORT_RELEVANCE, false }, { PDX_SORT_DATE, false } },
		{ { PDX_SORT_DATE, true }, { PDX_SORT_TITLE, false } },
		{ { PDX_SORT_COMPANY, false }, { PDX_SORT_DATE, false } },
		{ { PDX_SORT_CATEGORY, true }, { PDX_SORT_RELEVANCE, true } },
		{ { PDX_SORT_TITLE, false }, { PDX_SORT_ADDED, true } },
	};
	struct world *w = *out;
	struct pdx_query *q;
	size_t i;

	assert_int_equal(pdx_query_parse(&q, "model", 5, 20000, NULL), 0);
	for (i = 0; i < COUNT(sorts); i++) {
		struct pdx_search how = { .limit = MAX_HITS,
					  .sort = sorts[i],
					  .nsort = 2 };
		char whole[MAX_HITS][PDX_ID_SIZE], pages[MAX_HITS][PDX_ID_SIZE];
		size_t nwhole = 0, npages = 0;

		collect_ids(w->index, q, &how, whole, &nwhole);
		assert_true(nwhole > 20);
		how.limit = 7;
		for (how.offset = 0; how.offset < nwhole; how.offset += 7)
			collect_ids(w->index, q, &how, pages, &npages);
		assert_int_equal(npages, nwhole);
		assert_memory_equal(whole, pages, nwhole * PDX_ID_SIZE);
	}
	pdx_query_free(q);
}

static const struct pdx_hit *hit_at(struct pdx_result *r, size_t i)
{
	const struct pdx_hit *hit;

	assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
	return hit;
}

static void undated_articles_come_last_both_ways(void **out)
{
	struct world *w = *out;
	struct pdx_query *q;
	int reverse;

	assert_int_equal(pdx_query_parse(&q, "", 0, 20000, NULL), 0);
	for (reverse = 0; reverse < 2; reverse++) {
		struct pdx_sort sort = { PDX_SORT_DATE, reverse };
		struct pdx_search how = { .limit = MAX_HITS,
					  .sort = &sort,
					  .nsort = 1 };
		struct pdx_result *r;
		int32_t last = reverse ? INT32_MIN + 1 : INT32_MAX, date;
		bool undated = false;
		size_t i;

		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		for (i = 0; i < pdx_result_returned(r); i++) {
			date = hit_at(r, i)->article->date;
			undated = undated || date == PDX_NO_DATE;
			assert_int_equal(undated, date == PDX_NO_DATE);
			if (undated)
				continue;
			assert_true(reverse ? date >= last : date <= last);
			last = date;
		}
		assert_true(undated);
		pdx_result_free(r);
	}
	pdx_query_free(q);
}

static void the_names_run_from_a_to_z(void **out)
{
	struct world *w = *out;
	struct pdx_sort sort = { PDX_SORT_COMPANY, false };
	struct pdx_search how = { .limit = MAX_HITS, .sort = &sort, .nsort = 1 };
	const char *last = "";
	struct pdx_result *r;
	struct pdx_query *q;
	bool none = false;
	size_t i;

	assert_int_equal(pdx_query_parse(&q, "", 0, 20000, NULL), 0);
	assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
	for (i = 0; i < pdx_result_returned(r); i++) {
		const struct pdx_article *a = hit_at(r, i)->article;
		const char *name = a->ncompanies ? a->companies[0] : NULL;

		none = none || !name;
		assert_int_equal(none, name == NULL);
		if (!name)
			continue;
		for (last = strcmp(last, name) <= 0 ? name : NULL; !last;)
			fail_msg("%s comes too late", name);
		/* The hit's memory goes with the next one. */
		last = arena_strdup(&w->arena, name);
	}
	assert_true(none);
	pdx_result_free(r);
	pdx_query_free(q);
}

/* Whether ${a} belongs to the group ${value} of ${field}. */
static bool belongs(const struct pdx_article *a, const char *field, const char *value)
{
	const char *const *names = a->companies;
	size_t n = a->ncompanies, i;
	char month[DATE_TEXT] = "";

	if (strcmp(field, "month") == 0) {
		if (a->date == PDX_NO_DATE)
			return !value;
		date_format(month, a->date);
		return value && strncmp(month, value, 7) == 0;
	}
	if (strcmp(field, "persona") == 0) {
		for (i = 0; i < a->ntakes; i++)
			if (value && strcmp(a->takes[i].persona, value) == 0)
				return true;
		return !value && !a->ntakes;
	}
	for (i = 0; i < n; i++)
		if (value && strcmp(names[i], value) == 0)
			return true;
	return !value && !n;
}

/* The group of hit ${i} of ${r} against the hits of ${all}; returns its best rank. */
static size_t compare_group(struct pdx_result *r, size_t i, struct pdx_result *all,
			    const char *field, size_t size)
{
	const struct pdx_group *g = hit_at(r, i)->group;
	size_t n = pdx_result_returned(all), at, found = 0, best = 0;

	assert_string_equal(g->field, field);
	for (at = 0; at < n; at++) {
		const struct pdx_hit *hit = hit_at(all, at);

		assert_null(hit->group);
		if (!belongs(hit->article, field, g->value))
			continue;
		best = found ? best : at + 1;
		if (found++ < size) {
			char id[PDX_ID_SIZE];

			memcpy(id, hit->article->id, PDX_ID_SIZE);
			hit = hit_at(r, i + found - 1);
			assert_string_equal(hit->article->id, id);
			assert_ptr_equal(hit->group, g);
			assert_int_equal(hit->rank, i + found);
		}
	}
	assert_int_equal(g->count, found);
	assert_int_equal(g->shown, found < size ? found : size);
	return best;
}

static void groups_are_the_hits_by_their_values_the_best_first(void **out)
{
	static const char *const fields[] = { "company", "month", "persona" };
	static const struct pdx_sort sorts[] = { { PDX_SORT_RELEVANCE, false },
						 { PDX_SORT_TITLE, true } };
	struct world *w = *out;
	struct pdx_query *q;
	size_t i, n;

	assert_int_equal(pdx_query_parse(&q, "model", 5, 20000, NULL), 0);
	for (n = 0; n < 12; n++) {
		struct pdx_search how = { .limit = MAX_HITS,
					  .sort = &sorts[n % 2],
					  .nsort = 1 };
		struct pdx_result *all, *r;
		size_t last = 0, best, groups = 0;

		assert_int_equal(pdx_search(&all, w->index, q, &how, NULL), 0);
		how.group_by = fields[n % 3];
		how.group_size = n < 6 ? 0 : 3;
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		assert_int_equal(pdx_result_total(r), pdx_result_total(all));
		assert_null(pdx_result_next(r));
		for (i = 0; i < pdx_result_returned(r);) {
			best = compare_group(r, i, all, how.group_by, n < 6 ? 1 : 3);
			assert_true(best >= last);
			last = best;
			i += hit_at(r, i)->group->shown;
			groups++;
		}
		assert_true(groups > 2);
		assert_int_equal(pdx_result_groups(r), groups);
		pdx_result_free(r);
		pdx_result_free(all);
	}
	pdx_query_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_queries_agree_with_the_oracle),
		cmocka_unit_test(every_score_is_the_sum_of_what_explains_it),
		cmocka_unit_test(two_articles_are_told_apart),
		cmocka_unit_test(generated_queries_agree_with_the_oracle),
		cmocka_unit_test(relaxed_queries_have_the_most_clauses_first),
		cmocka_unit_test(the_index_checks_out),
		cmocka_unit_test(pages_never_overlap_in_any_order),
		cmocka_unit_test(undated_articles_come_last_both_ways),
		cmocka_unit_test(the_names_run_from_a_to_z),
		cmocka_unit_test(groups_are_the_hits_by_their_values_the_best_first),
	};

	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
