/*
 * Stories: near-copies find each other whatever the order, and hits of one story are
 * one hit, on every page once.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "engine/sqlite/bands.h"
#include "engine/sqlite/db.h"
#include "harness.h"
#include "ingest/identity.h"
#include "oracle.h"
#include "paneldex.h"
#include "text/sketch.h"

enum { FAMILIES = 24, COPIES = 4, ARTICLES = FAMILIES * COPIES, SHUFFLES = 4 };

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define PICK(a) ((a)[below(COUNT(a))])

static const char *const words[] = {
	"acquire", "model", "GPT-4o", "open",  "source", "chip",  "C++",
	"drift",   "moat",  "deal",   "agent", "memory", "data",  "market",
	"loss",    "cost",  "team",   "plan",  "price",  "phone", "law",
	"test",    "score", "bank",   "fund",  "board",  "cloud",
};
static const char *const companies[] = { "Alder AI", "Birch Labs", "Cedar" };

static uint64_t seed = 0xda3e39cb94b95bdbu;

static unsigned below(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static struct pdx *create(const char **path)
{
	static char where[512];
	static unsigned serial;
	struct pdx *index;

	snprintf(where, sizeof(where), "%s/stories%u.db", test_tmpdir(), serial++);
	assert_int_equal(
		pdx_open(&index, where, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	if (path)
		*path = where;
	return index;
}

static void put(struct pdx *index, const struct pdx_article *a)
{
	enum pdx_put outcome;
	struct pdx_err err;

	if (pdx_put(&outcome, index, a, 1000, &err))
		fail_msg("%s: %s", a->title, err.message);
}

static void put_alone(struct pdx *index, const struct pdx_article *a)
{
	assert_int_equal(pdx_begin(index, NULL), 0);
	put(index, a);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

static void report(void *ctx, const char *problem)
{
	(void)ctx;
	print_message("%s\n", problem);
}

static uint64_t problems(struct pdx *index)
{
	uint64_t n = 1;

	assert_int_equal(pdx_check(&n, index, report, NULL, NULL), 0);
	return n;
}

/* ${n} words of their own. */
static const char *text(struct arena *arena, unsigned n)
{
	struct buf out;
	const char *copy;

	buf_init(&out, 0);
	for (; n > 1; n -= 2)
		buf_printf(&out, "%s of%u ", PICK(words), below(1000));
	copy = arena_dup(arena, buf_str(&out), out.len);
	buf_release(&out);
	return copy;
}

/* ${from} with about one word in ${every} replaced by another. */
static const char *variant(struct arena *arena, const char *from, unsigned every)
{
	struct buf out;
	const char *copy;

	buf_init(&out, 0);
	while (*from) {
		size_t n = strcspn(from, " ");

		if (below(every))
			buf_put(&out, from, n);
		else
			buf_puts(&out, PICK(words));
		buf_putc(&out, ' ');
		from += n + (from[n] == ' ');
	}
	copy = arena_dup(arena, buf_str(&out), out.len);
	buf_release(&out);
	return copy;
}

static struct pdx_article article(struct arena *arena, unsigned number,
				  const char *body)
{
	struct pdx_article a = { .title = "Title", .body = body, .date = PDX_NO_DATE };
	char *url = arena_alloc(arena, 40);

	snprintf(url, 40, "https://example.org/%u", number);
	a.url = url;
	return a;
}

/* Families of near-copies: each has one word in ${every} of the one before changed. */
static void make_families(struct pdx_article *out, struct arena *arena, unsigned every)
{
	for (unsigned i = 0; i < ARTICLES; i++) {
		const char **names = arena_array(arena, 1, sizeof(*names));
		const char *body = i % COPIES ? variant(arena, out[i - 1].body, every)
					      : text(arena, 60 + below(100));

		names[0] = PICK(companies);
		out[i] = article(arena, i, body);
		out[i].date = 20000 + (int32_t)below(40);
		out[i].companies = names;
		out[i].ncompanies = below(4) != 0;
		out[i].title = variant(arena, "open models and the price of memory", 3);
	}
}

/* A search and its result, which borrows it. */
struct asked {
	struct pdx_query *q;
	struct pdx_result *r;
};

static struct asked ask(struct pdx *index, const char *query,
			const struct pdx_search *how)
{
	struct asked out;
	struct pdx_err err;

	if (pdx_query_parse(&out.q, query, strlen(query), 20000, &err) ||
	    pdx_search(&out.r, index, out.q, how, &err))
		fail_msg("%s: %s", query, err.message);
	return out;
}

static void asked_free(struct asked *a)
{
	pdx_result_free(a->r);
	pdx_query_free(a->q);
}

static const struct pdx_hit *hit_at(const struct asked *a, size_t i)
{
	const struct pdx_hit *hit;

	assert_int_equal(pdx_result_hit(&hit, a->r, i, NULL), 0);
	return hit;
}

static uint64_t stories(struct pdx *index, const char *query)
{
	struct pdx_search how = { .collapse = true };
	struct asked a = ask(index, query, &how);
	uint64_t n = pdx_result_stories(a.r);

	asked_free(&a);
	return n;
}

/* The stories of an index of small ones: of each article the least id in its story. */
struct partition {
	char id[ARTICLES][PDX_ID_SIZE], least[ARTICLES][PDX_ID_SIZE];
	size_t n;
};

static void add_member(struct partition *p, const char *id, const char *least)
{
	assert_true(p->n < ARTICLES);
	memcpy(p->id[p->n], id, PDX_ID_SIZE);
	memcpy(p->least[p->n++], least, PDX_ID_SIZE);
}

static void read_partition(struct partition *out, struct pdx *index)
{
	struct pdx_search how = { .limit = ARTICLES, .collapse = true };
	struct asked a = ask(index, "", &how);
	size_t i, j;

	out->n = 0;
	assert_int_equal(pdx_result_returned(a.r), pdx_result_stories(a.r));
	for (i = 0; i < pdx_result_returned(a.r); i++) {
		const struct pdx_hit *hit = hit_at(&a, i);
		const struct pdx_cluster *c = hit->cluster;
		const char *least = hit->article->id;

		for (j = 0; c && j < c->nids; j++)
			least = strcmp(c->ids[j], least) < 0 ? c->ids[j] : least;
		add_member(out, hit->article->id, least);
		for (j = 0; c && j < c->nids; j++)
			add_member(out, c->ids[j], least);
		assert_true(!c || (c->size > 1 && c->size == c->nids + 1));
	}
	assert_int_equal(out->n, pdx_result_total(a.r));
	asked_free(&a);
}

static const char *least_of(const struct partition *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->id[i], id) == 0)
			return p->least[i];
	fail_msg("%s is in no story", id);
	return NULL;
}

static void near_copies_are_one_story_and_other_texts_are_not(void **state)
{
	struct arena arena = { 0 };
	const char *body = text(&arena, 120);
	struct pdx_article a = article(&arena, 1, body), b = article(&arena, 2, body),
			   c = article(&arena, 3, variant(&arena, body, 25)),
			   d = article(&arena, 4, text(&arena, 120)),
			   e = article(&arena, 5, variant(&arena, body, 2));
	const struct pdx_take take = { "The Skeptic", NULL, "Another voice." };
	struct pdx *index = create(NULL);

	(void)state;
	put_alone(index, &a);
	b.title = "The same under another title";
	put_alone(index, &b);
	assert_int_equal(stories(index, ""), 1);
	c.takes = &take; /* what a panel says makes no other news */
	c.ntakes = 1;
	put_alone(index, &c);
	assert_int_equal(stories(index, ""), 1);
	put_alone(index, &d);
	put_alone(index, &e);
	assert_int_equal(stories(index, ""), 3);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

static void a_text_of_few_words_is_alone(void **state)
{
	struct arena arena = { 0 };
	struct pdx *index = create(NULL);
	unsigned i;

	(void)state;
	for (i = 0; i < 6; i++) {
		struct pdx_article a = article(&arena, i, "What happened today.");

		put_alone(index, &a);
	}
	assert_int_equal(stories(index, ""), 6);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

static void an_article_that_changes_leaves_its_story(void **state)
{
	struct arena arena = { 0 };
	const char *body = text(&arena, 120);
	struct pdx *index = create(NULL);
	struct pdx_article a[3];
	unsigned i;

	(void)state;
	for (i = 0; i < 3; i++) {
		a[i] = article(&arena, i, body);
		put_alone(index, &a[i]);
	}
	assert_int_equal(stories(index, ""), 1);
	a[0].body = text(&arena, 120);
	put_alone(index, &a[0]);
	assert_int_equal(stories(index, ""), 2);
	/* A copy of what it is now makes a story of its own, not the old one. */
	a[1].body = variant(&arena, a[0].body, 30);
	put_alone(index, &a[1]);
	assert_int_equal(stories(index, ""), 2);
	a[0].body = a[1].body = body;
	put_alone(index, &a[0]);
	put_alone(index, &a[1]);
	assert_int_equal(stories(index, ""), 1);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

static void any_number_of_copies_is_one_story(void **state)
{
	struct arena arena = { 0 };
	const char *body = text(&arena, 90);
	struct pdx *index = create(NULL);
	struct pdx_search how = { .limit = 3, .collapse = true };
	struct asked asked;
	unsigned i;

	(void)state;
	assert_int_equal(pdx_begin(index, NULL), 0);
	for (i = 0; i < 200; i++) {
		struct pdx_article a = article(&arena, i, body);

		put(index, &a);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
	asked = ask(index, "", &how);
	assert_int_equal(pdx_result_total(asked.r), 200);
	assert_int_equal(pdx_result_returned(asked.r), 1);
	assert_int_equal(hit_at(&asked, 0)->cluster->size, 200);
	assert_int_equal(hit_at(&asked, 0)->cluster->nids, PDX_CLUSTER_IDS);
	asked_free(&asked);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

/* How many buckets have entries that are not of late. */
static int64_t aged(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *stmt = NULL;
	int64_t n;

	assert_int_equal(db_open(&db, path, SQLITE_OPEN_READONLY, NULL), 0);
	assert_int_equal(db_prepare(&stmt, db,
				    "SELECT count(*) FROM band WHERE bucket < 16384",
				    NULL),
			 0);
	assert_int_equal(db_step(stmt, NULL), 1);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return n;
}

/* So many that the bands go where the older ones are, once and again: articles of each
 * age are found, and leave. */
static void a_story_grows_over_many_batches(void **state)
{
	enum { BATCHES = 7, BATCH = 30 };
	struct arena arena = { 0 };
	const char *path, *body = text(&arena, 90), *other = text(&arena, 90);
	struct pdx *index = create(&path);
	struct pdx_article a;
	unsigned i, batch;

	(void)state;
	for (batch = 0; batch < BATCHES; batch++) {
		assert_int_equal(pdx_begin(index, NULL), 0);
		for (i = 0; i < BATCH; i++) {
			a = article(&arena, batch * BATCH + i, body);
			put(index, &a);
		}
		assert_int_equal(pdx_commit(index, NULL), 0);
		assert_int_equal(stories(index, ""), 1);
		assert_int_equal(problems(index), 0);
		if (batch == 0)
			assert_int_equal(aged(path), 0);
	}
	assert_true(aged(path) >= SKETCH_BANDS / 2);
	for (i = 0; i < BATCHES * BATCH; i++) {
		a = article(&arena, i, other);
		put_alone(index, &a);
		assert_int_equal(stories(index, ""), i + 1 < BATCHES * BATCH ? 2 : 1);
	}
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

/* So many that hashes are looked up in a filter (bands.h): copies are found of articles
 * that came before there was one and after, in the batch and before; and who only reads
 * sees what others have added. */
static void copies_are_found_among_many(void **state)
{
	enum { BATCHES = 4, BATCH = 500, MANY = BATCHES * BATCH };
	static const char *bodies[MANY];
	struct arena arena = { 0 };
	const char *path;
	struct pdx *index = create(&path), *reader;
	struct pdx_article a;
	unsigned i, batch, copies = 0;

	(void)state;
	for (batch = 0; batch < BATCHES; batch++) {
		assert_int_equal(pdx_begin(index, NULL), 0);
		for (i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
			bodies[i] = text(&arena, 60);
			a = article(&arena, i, bodies[i]);
			put(index, &a);
			if (i % 100 < 97)
				continue;
			a = article(&arena, MANY + i, bodies[below(i + 1)]);
			put(index, &a);
			copies++;
		}
		assert_int_equal(pdx_commit(index, NULL), 0);
		assert_int_equal(stories(index, ""), (batch + 1) * BATCH);
	}
	assert_true(copies > 50 && SKETCH_BANDS * MANY > BAND_BUCKETS);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	assert_int_equal(pdx_open(&reader, path, PDX_OPEN_READ, NULL, NULL), 0);
	assert_int_equal(problems(reader), 0);
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_WRITE, NULL, NULL), 0);
	a = article(&arena, MANY * 2, text(&arena, 60));
	put_alone(index, &a);
	pdx_close(index);
	assert_int_equal(problems(reader), 0);
	pdx_close(reader);
	arena_release(&arena);
}

static void shuffle(size_t order[ARTICLES])
{
	for (size_t i = 0; i < ARTICLES; i++) {
		size_t j = below((unsigned)i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}

static void stories_do_not_depend_on_the_order_of_ingest(void **state)
{
	static struct pdx_article articles[ARTICLES];
	static struct partition first, other;
	struct arena arena = { 0 };
	size_t order[ARTICLES], i;
	int turn;

	(void)state;
	make_families(articles, &arena, 20);
	for (i = 0; i < ARTICLES; i++)
		order[i] = i;
	for (turn = 0; turn < SHUFFLES; turn++) {
		struct pdx *index = create(NULL);

		assert_int_equal(pdx_begin(index, NULL), 0);
		for (i = 0; i < ARTICLES; i++) {
			put(index, &articles[order[i]]);
			if (i % 13 == 12) {
				assert_int_equal(pdx_commit(index, NULL), 0);
				assert_int_equal(pdx_begin(index, NULL), 0);
			}
		}
		assert_int_equal(pdx_commit(index, NULL), 0);
		assert_int_equal(problems(index), 0);
		read_partition(turn ? &other : &first, index);
		for (i = 0; turn && i < ARTICLES; i++)
			assert_string_equal(least_of(&first, first.id[i]),
					    least_of(&other, first.id[i]));
		/* The families are what is found, or nearly. */
		assert_true(stories(index, "") >= FAMILIES &&
			    stories(index, "") < FAMILIES * 2);
		pdx_close(index);
		shuffle(order);
	}
	arena_release(&arena);
}

/* Two texts and one between them, which alone is a near-copy of both. */
static void make_bridge(struct pdx_article out[3], struct arena *arena)
{
	const char *left = text(arena, 90), *middle = text(arena, 200),
		   *right = text(arena, 90);
	struct buf all;

	buf_init(&all, 0);
	buf_printf(&all, "%s%s", left, middle);
	out[0] = article(arena, 0, arena_dup(arena, all.data, all.len));
	buf_reset(&all);
	buf_printf(&all, "%s%s", middle, right);
	out[1] = article(arena, 1, arena_dup(arena, all.data, all.len));
	out[2] = article(arena, 2, middle);
	buf_release(&all);
}

static void what_links_two_stories_changes_no_page_that_was_begun(void **state)
{
	struct arena arena = { 0 };
	struct pdx *index = create(NULL);
	struct pdx_search how = { .limit = 1, .collapse = true };
	struct pdx_article a[3];
	struct asked first, second;

	(void)state;
	make_bridge(a, &arena);
	put_alone(index, &a[0]);
	put_alone(index, &a[1]);
	assert_int_equal(stories(index, ""), 2);
	first = ask(index, "", &how);
	how.after = pdx_result_next(first.r);
	assert_non_null(how.after);
	put_alone(index, &a[2]);
	assert_int_equal(stories(index, ""), 1);
	second = ask(index, "", &how);
	assert_int_equal(pdx_result_total(second.r), 2);
	assert_int_equal(pdx_result_stories(second.r), 2);
	assert_int_equal(pdx_result_returned(second.r), 1);
	assert_null(hit_at(&second, 0)->cluster);
	assert_string_not_equal(hit_at(&second, 0)->article->url,
				hit_at(&first, 0)->article->url);
	asked_free(&second);
	asked_free(&first);
	/* With what linked them gone they are two again. */
	a[2].body = "Retracted.";
	put_alone(index, &a[2]);
	assert_int_equal(stories(index, ""), 3);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
	arena_release(&arena);
}

struct world {
	struct arena arena;
	struct pdx_article articles[ARTICLES];
	struct analyzer *analyzer;
	struct oracle oracle;
	struct pdx *index;
};

static int set_up(void **out)
{
	struct world *w = calloc(1, sizeof(*w));
	size_t i;

	assert_non_null(w);
	assert_int_equal(analyzer_new(&w->analyzer, "english", NULL), 0);
	w->index = create(NULL);
	/* Far from the bound of what is a near-copy, which a sketch only estimates. */
	make_families(w->articles, &w->arena, 50);
	assert_int_equal(pdx_begin(w->index, NULL), 0);
	for (i = 0; i < ARTICLES; i++) {
		/* Every third was another family's at first. */
		if (i % 3 == 0) {
			struct pdx_article was = w->articles[(i + 17) % ARTICLES];

			was.url = w->articles[i].url;
			put(w->index, &was);
		}
		put(w->index, &w->articles[i]);
	}
	assert_int_equal(pdx_commit(w->index, NULL), 0);
	oracle_init(&w->oracle, w->analyzer, w->articles, ARTICLES);
	oracle_stories(&w->oracle);
	*out = w;
	return 0;
}

static int tear_down(void **out)
{
	struct world *w = *out;

	pdx_close(w->index);
	oracle_release(&w->oracle);
	analyzer_free(w->analyzer);
	arena_release(&w->arena);
	free(w);
	return 0;
}

static size_t number_of(const struct world *w, const char *url)
{
	size_t i;

	for (i = 0; i < ARTICLES; i++)
		if (strcmp(w->articles[i].url, url) == 0)
			return i;
	fail_msg("no article has %s", url);
	return 0;
}

static void make_query(struct buf *out)
{
	unsigned n;

	buf_reset(out);
	for (n = below(3); n; n--) {
		switch (below(5)) {
		case 0:
			buf_printf(out, "company:\"%s\" ", PICK(companies));
			break;
		case 1:
			buf_printf(out, "-title:%s ", PICK(words));
			break;
		case 2:
			buf_printf(out, "(%s OR %s) ", PICK(words), PICK(words));
			break;
		default:
			buf_printf(out, "%s ", PICK(words));
		}
	}
}

/* What the oracle says of a collapsed search: of each story its best and its size. */
struct expected {
	size_t best[ARTICLES];  /* by story, which is an article's number */
	size_t count[ARTICLES]; /* of matches in it */
	uint64_t total, stories;
};

/* The order of hits: the score, the date, the id. */
static bool is_better(const struct world *w, size_t a, size_t b, const double *score)
{
	const struct pdx_article *x = &w->articles[a], *y = &w->articles[b];

	if (fabs(score[a] - score[b]) > 1e-9)
		return score[a] > score[b];
	if (x->date != y->date)
		return x->date > y->date;
	return identity_key(x) < identity_key(y);
}

static void expect(struct expected *out, struct world *w, const struct pdx_query *q)
{
	struct arena arena = { 0 };
	struct leaves leaves;
	double score[ARTICLES];
	size_t i;

	memset(out, 0, sizeof(*out));
	assert_int_equal(leaves_build(&leaves, &arena, q, w->analyzer, NULL), 0);
	oracle_weigh(&w->oracle, &leaves);
	for (i = 0; i < ARTICLES; i++) {
		size_t story = w->oracle.v[i].story;

		if (!oracle_matches(&w->oracle, i, q, &leaves, &score[i]))
			continue;
		out->total++;
		out->stories += out->count[story] == 0;
		if (!out->count[story]++ || is_better(w, i, out->best[story], score))
			out->best[story] = i;
	}
	arena_release(&arena);
}

static void compare(struct world *w, const char *query, const struct asked *a,
		    const struct expected *want)
{
	size_t i;

	if (pdx_result_total(a->r) != want->total ||
	    pdx_result_stories(a->r) != want->stories ||
	    pdx_result_returned(a->r) != want->stories)
		fail_msg("%s\n  %llu articles in %llu stories, not %llu in %llu", query,
			 (unsigned long long)pdx_result_total(a->r),
			 (unsigned long long)pdx_result_stories(a->r),
			 (unsigned long long)want->total,
			 (unsigned long long)want->stories);
	for (i = 0; i < pdx_result_returned(a->r); i++) {
		const struct pdx_hit *hit = hit_at(a, i);
		size_t at = number_of(w, hit->article->url);
		size_t story = w->oracle.v[at].story;

		if (want->best[story] != at)
			fail_msg("%s\n  article %zu stands for story %zu, not %zu",
				 query, at, story, want->best[story]);
		assert_int_equal(hit->cluster ? hit->cluster->size : 1,
				 want->count[story]);
	}
}

static void random_queries_collapse_as_the_oracle_says(void **out)
{
	struct world *w = *out;
	struct buf text_of;
	unsigned i, collapsed = 0;

	buf_init(&text_of, 0);
	assert_int_equal(problems(w->index), 0);
	for (i = 0; i < (getenv("PANELDEX_SLOW") ? 20u : 600u); i++) {
		struct pdx_search how = { .limit = ARTICLES, .collapse = true };
		struct expected want;
		struct asked a;

		make_query(&text_of);
		a = ask(w->index, buf_str(&text_of), &how);
		expect(&want, w, a.q);
		compare(w, buf_str(&text_of), &a, &want);
		collapsed += want.stories < want.total;
		asked_free(&a);
	}
	assert_true(collapsed > i / 2);
	buf_release(&text_of);
}

static const struct pdx_sort sorts[][2] = {
	{ { PDX_SORT_RELEVANCE, false }, { PDX_SORT_DATE, false } },
	{ { PDX_SORT_TITLE, true }, { PDX_SORT_DATE, true } },
	{ { PDX_SORT_COMPANY, false }, { PDX_SORT_TITLE, false } },
};

/* The ids of ${a}, one after another. */
static void list_ids(struct buf *out, const struct asked *a)
{
	char id[PDX_ID_SIZE];
	size_t i;

	for (i = 0; i < pdx_result_returned(a->r); i++) {
		pdx_result_id(id, a->r, i);
		buf_printf(out, "%s ", id);
	}
}

static void pages_by_offset_are_the_whole_list(void **out)
{
	struct world *w = *out;
	size_t i;

	for (i = 0; i < COUNT(sorts); i++) {
		struct pdx_search how = { .limit = ARTICLES,
					  .collapse = true,
					  .sort = sorts[i],
					  .nsort = 2 };
		struct asked all = ask(w->index, "model OR chip", &how);
		struct buf whole, pages;

		buf_init(&whole, 0);
		buf_init(&pages, 0);
		list_ids(&whole, &all);
		how.limit = 5;
		for (; how.offset < pdx_result_stories(all.r); how.offset += 5) {
			struct asked page = ask(w->index, "model OR chip", &how);

			list_ids(&pages, &page);
			asked_free(&page);
		}
		assert_string_equal(buf_str(&pages), buf_str(&whole));
		buf_release(&pages);
		buf_release(&whole);
		asked_free(&all);
	}
}

/* Page on while copies of what is there, and what links them, are added. */
static void pages_by_cursor_are_the_list_of_the_first(void **state)
{
	static struct pdx_article articles[ARTICLES];
	struct arena arena = { 0 };
	unsigned serial = ARTICLES;
	size_t i, n;

	(void)state;
	make_families(articles, &arena, 20);
	for (i = 0; i < COUNT(sorts); i++) {
		struct pdx *index = create(NULL);
		struct pdx_search how = { .limit = ARTICLES,
					  .collapse = true,
					  .sort = sorts[i],
					  .nsort = 2 };
		struct buf whole, pages;
		struct asked all, page;
		char *next = NULL;

		assert_int_equal(pdx_begin(index, NULL), 0);
		for (n = 0; n < ARTICLES; n++)
			put(index, &articles[n]);
		assert_int_equal(pdx_commit(index, NULL), 0);
		buf_init(&whole, 0);
		buf_init(&pages, 0);
		all = ask(index, "model", &how);
		list_ids(&whole, &all);
		how.limit = 4;
		do {
			struct pdx_article more;

			how.after = next;
			page = ask(index, "model", &how);
			free(next);
			list_ids(&pages, &page);
			assert_int_equal(pdx_result_stories(page.r),
					 pdx_result_stories(all.r));
			next = pdx_result_next(page.r) ? strdup(pdx_result_next(page.r))
						       : NULL;
			asked_free(&page);
			more = articles[below(ARTICLES)];
			more = article(&arena, serial++,
				       variant(&arena, more.body, 40));
			put_alone(index, &more);
		} while (next);
		assert_string_equal(buf_str(&pages), buf_str(&whole));
		assert_int_equal(problems(index), 0);
		buf_release(&pages);
		buf_release(&whole);
		asked_free(&all);
		pdx_close(index);
	}
	arena_release(&arena);
}

static void groups_have_the_best_of_each_story(void **out)
{
	struct world *w = *out;
	struct pdx_search how = { .limit = ARTICLES,
				  .collapse = true,
				  .group_by = "company",
				  .group_size = ARTICLES };
	struct asked a = ask(w->index, "model", &how), all;
	uint64_t articles = 0, total;
	size_t i, story, in_group;
	bool seen[ARTICLES];
	const struct pdx_group *group = NULL;

	how.collapse = false;
	all = ask(w->index, "model", &how);
	assert_int_equal(pdx_result_total(a.r), pdx_result_total(all.r));
	assert_int_equal(pdx_result_groups(a.r), pdx_result_groups(all.r));
	assert_true(pdx_result_returned(a.r) < pdx_result_returned(all.r));
	for (i = 0, in_group = 0, total = 0; i < pdx_result_returned(a.r); i++) {
		const struct pdx_hit *hit = hit_at(&a, i);

		if (hit->group != group) {
			assert_int_equal(in_group, group ? group->count : 0);
			memset(seen, 0, sizeof(seen));
			group = hit->group;
			in_group = 0;
			total += group->count;
		}
		story = w->oracle.v[number_of(w, hit->article->url)].story;
		assert_false(seen[story]);
		seen[story] = true;
		in_group += hit->cluster ? (size_t)hit->cluster->size : 1;
		articles += hit->cluster ? hit->cluster->size : 1;
	}
	assert_int_equal(articles, total);
	asked_free(&all);
	asked_free(&a);
}

/* The stories that have a value among the matches, by the oracle. */
static uint64_t count_stories(const struct world *w, const bool matches[ARTICLES],
			      const char *company, const char *month)
{
	bool seen[ARTICLES] = { false };
	char date[DATE_TEXT];
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < ARTICLES; i++) {
		const struct pdx_article *a = &w->articles[i];
		size_t story = w->oracle.v[i].story;
		bool has = matches[i] && !seen[story];

		if (company)
			has = has && a->ncompanies &&
			      strcmp(a->companies[0], company) == 0;
		if (month)
			has = has && strncmp(date_format(date, a->date), month, 7) == 0;
		seen[story] = seen[story] || has;
		count += has;
	}
	return count;
}

static void facets_and_pivots_count_stories(void **out)
{
	static const char *const facets[] = { "company", "month" };
	static const struct pdx_cross cross = { "company", "month" };
	struct world *w = *out;
	struct pdx_search how = { .facets = facets,
				  .nfacets = 2,
				  .pivots = &cross,
				  .npivots = 1,
				  .count_by = PDX_COUNT_STORIES };
	struct arena arena = { 0 };
	struct leaves leaves;
	const struct pdx_facet *f;
	const struct pdx_pivot *p;
	bool matches[ARTICLES];
	double score;
	size_t i, j, n;
	struct asked a = ask(w->index, "model OR of7 OR chip", &how);

	assert_int_equal(leaves_build(&leaves, &arena, a.q, w->analyzer, NULL), 0);
	oracle_weigh(&w->oracle, &leaves);
	for (i = 0; i < ARTICLES; i++)
		matches[i] = oracle_matches(&w->oracle, i, a.q, &leaves, &score);
	f = pdx_result_facets(a.r, &n);
	assert_int_equal(f[0].total, count_stories(w, matches, NULL, NULL));
	assert_true(f[0].total < pdx_result_total(a.r));
	assert_int_equal(f[0].nvalues, COUNT(companies));
	for (i = 0; i < f[0].nvalues; i++)
		assert_int_equal(f[0].values[i].count,
				 count_stories(w, matches, f[0].values[i].value, NULL));
	for (i = 0; i < f[1].nvalues; i++)
		assert_int_equal(f[1].values[i].count,
				 count_stories(w, matches, NULL, f[1].values[i].value));
	p = pdx_result_pivots(a.r, &n);
	for (i = 0, j = 0; i < p->ncells; i++) {
		const struct pdx_pivot_cell *cell = &p->cells[i];

		if (cell->row == p->rows.nvalues) /* has none */
			continue;
		assert_int_equal(cell->count,
				 count_stories(w, matches,
					       p->rows.values[cell->row].value,
					       p->columns.values[cell->column].value));
		j++;
	}
	assert_true(j > COUNT(companies));
	asked_free(&a);
	arena_release(&arena);
}

static void damage_to_stories_is_found(void **state)
{
	static const char *const damages[] = {
		"UPDATE sketch SET story = 7 WHERE id = 1",
		"UPDATE sketch SET bytes = zeroblob(128) WHERE id = 2",
		"DELETE FROM sketch WHERE id = 1",
		"UPDATE band SET data = data || x'010101'"
		" WHERE bucket = (SELECT min(bucket) FROM band)",
		"UPDATE band SET data = substr(data, 1, length(data) - 1)"
		" WHERE bucket = (SELECT min(bucket) FROM band)",
		"DELETE FROM band WHERE bucket = (SELECT max(bucket) FROM band)",
	};
	struct arena arena = { 0 };
	const char *body = text(&arena, 80);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(damages); i++) {
		const char *path;
		struct pdx *index = create(&path);
		struct pdx_article a = article(&arena, 1, body),
				   b = article(&arena, 2, body);
		sqlite3 *db;

		put_alone(index, &a);
		put_alone(index, &b);
		assert_int_equal(problems(index), 0);
		pdx_close(index);
		assert_int_equal(db_open(&db, path, SQLITE_OPEN_READWRITE, NULL), 0);
		assert_int_equal(db_exec(db, damages[i], NULL), 0);
		sqlite3_close(db);
		assert_int_equal(pdx_open(&index, path, PDX_OPEN_READ, NULL, NULL), 0);
		if (!problems(index))
			fail_msg("not found: %s", damages[i]);
		pdx_close(index);
	}
	arena_release(&arena);
}

int main(void)
{
#define WORLD(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(near_copies_are_one_story_and_other_texts_are_not),
		cmocka_unit_test(a_text_of_few_words_is_alone),
		cmocka_unit_test(an_article_that_changes_leaves_its_story),
		cmocka_unit_test(any_number_of_copies_is_one_story),
		cmocka_unit_test(a_story_grows_over_many_batches),
		cmocka_unit_test(stories_do_not_depend_on_the_order_of_ingest),
		cmocka_unit_test(what_links_two_stories_changes_no_page_that_was_begun),
		WORLD(random_queries_collapse_as_the_oracle_says),
		WORLD(pages_by_offset_are_the_whole_list),
		cmocka_unit_test(pages_by_cursor_are_the_list_of_the_first),
		WORLD(groups_have_the_best_of_each_story),
		WORLD(facets_and_pivots_count_stories),
		cmocka_unit_test(damage_to_stories_is_found),
		cmocka_unit_test(copies_are_found_among_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
