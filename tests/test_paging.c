/*
 * Paging by cursor: while articles are added between the pages, the pages are the list
 * that stood at the time of the first, whole and in order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "harness.h"
#include "paneldex.h"

enum { FIRST_ARTICLES = 120, MORE_ARTICLES = 12, MOST = 400, PAGE = 23 };

#define COUNT(a)   (sizeof(a) / sizeof(*(a)))
#define MATCH_DATE 20500 /* today */

static const char *const words[] = {
	"acquire", "acquisition", "model", "models", "GPT-4o", "open-source",
	"chip",	   "drift",	  "moat",  "C++",    "deal",   "deals",
};
/* In no order, so that a new name comes before old ones. */
static const char *const companies[] = { "Maple", "Birch Labs", "Zelkova", "Alder AI",
					 "Oak",	  "Cedar",	"Willow",  "Ash" };
static const char *const categories[] = { "Policy", "Funding", "Research", "Chips" };

static uint64_t state = 0x2545f4914f6cdd1du;

static unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static const char *sentence(struct buf *out, unsigned most)
{
	unsigned n = 1 + below(most);

	buf_reset(out);
	while (n--)
		buf_printf(out, "%s ", words[below(COUNT(words))]);
	return buf_str(out);
}

struct world {
	struct pdx *index;
	unsigned articles;
	struct buf title, body, take;
};

static void put_one(struct world *w)
{
	/* Names appear one after another: later articles bring new ones. */
	unsigned known = 3 + w->articles / 80;
	const char *names[2] = { companies[below(known < 8 ? known : 8)],
				 categories[below(2 + w->articles / 150)] };
	struct pdx_take take = { "The Skeptic", NULL, sentence(&w->take, 6) };
	char url[64];
	struct pdx_article a = {
		.title = sentence(&w->title, 4),
		.body = sentence(&w->body, 30),
		.date = below(6) ? 20400 + (int32_t)below(30) : PDX_NO_DATE,
		.companies = names,
		.ncompanies = below(4) != 0,
		.categories = names + 1,
		.ncategories = below(4) != 0,
		.url = url,
		.takes = &take,
		.ntakes = below(2),
	};
	enum pdx_put outcome;
	struct pdx_err err;

	snprintf(url, sizeof(url), "https://example.org/%u", w->articles++);
	if (pdx_put(&outcome, w->index, &a, 1000 + w->articles / 10, &err))
		fail_msg("%s", err.message);
}

static void grow(struct world *w, unsigned n)
{
	assert_int_equal(pdx_begin(w->index, NULL), 0);
	while (n--)
		put_one(w);
	assert_int_equal(pdx_commit(w->index, NULL), 0);
}

/* A new index with FIRST_ARTICLES in it. */
static void begin(struct world *w)
{
	static int serial;
	char path[512];

	pdx_close(w->index);
	snprintf(path, sizeof(path), "%s/paging%d.db", test_tmpdir(), serial++);
	assert_int_equal(pdx_open(&w->index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE,
				  NULL, NULL),
			 0);
	w->articles = 0;
	grow(w, FIRST_ARTICLES);
}

static int set_up(void **out)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	begin(w);
	*out = w;
	return 0;
}

static int tear_down(void **out)
{
	struct world *w = *out;

	pdx_close(w->index);
	buf_release(&w->title);
	buf_release(&w->body);
	buf_release(&w->take);
	free(w);
	return 0;
}

static struct pdx_query *parse(const char *text)
{
	struct pdx_query *q;
	struct pdx_err err;

	if (pdx_query_parse(&q, text, strlen(text), MATCH_DATE, &err))
		fail_msg("%s: %s", text, err.message);
	return q;
}

struct list {
	char id[MOST][PDX_ID_SIZE];
	double score[MOST];
	size_t n;
	uint64_t total;
};

/* Append a page to ${out}; returns the cursor to the next, on the heap. */
static char *add_page(struct list *out, struct world *w, const struct pdx_query *q,
		      const struct pdx_search *how)
{
	struct pdx_result *r;
	struct pdx_err err;
	const char *next;
	char *copy;

	if (pdx_search(&r, w->index, q, how, &err))
		fail_msg("%s: %s", pdx_query_text(q), err.message);
	assert_int_equal(pdx_result_offset(r), how->offset + out->n);
	for (size_t i = 0; i < pdx_result_returned(r); i++) {
		const struct pdx_hit *hit;

		assert_true(out->n < MOST);
		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		memcpy(out->id[out->n], hit->article->id, PDX_ID_SIZE);
		out->score[out->n++] = hit->score;
		assert_int_equal(hit->rank, out->n);
	}
	out->total = pdx_result_total(r);
	next = pdx_result_next(r);
	copy = next ? strdup(next) : NULL;
	pdx_result_free(r);
	return copy;
}

/* Page through ${text}, adding articles after each page. */
static void page_through(struct world *w, const char *text, struct pdx_search how)
{
	static struct list whole, pages;
	struct pdx_query *q = parse(text);
	char *next = NULL;

	whole.n = pages.n = 0;
	how.today = MATCH_DATE;
	how.limit = MOST;
	assert_null(add_page(&whole, w, q, &how));
	how.limit = PAGE;
	do {
		char *last = next;

		how.after = last;
		next = add_page(&pages, w, q, &how);
		free(last);
		assert_int_equal(pages.total, whole.total);
		grow(w, MORE_ARTICLES);
	} while (next);
	assert_int_equal(pages.n, whole.n);
	assert_int_equal(whole.n, whole.total);
	for (size_t i = 0; i < whole.n; i++)
		if (memcmp(pages.id[i], whole.id[i], PDX_ID_SIZE) != 0 ||
		    memcmp(&pages.score[i], &whole.score[i], sizeof(double)) != 0)
			fail_msg("<%s> hit %zu is %s with %.17g, it was %s with %.17g",
				 text, i, pages.id[i], pages.score[i], whole.id[i],
				 whole.score[i]);
	pdx_query_free(q);
}

static const char *const queries[] = {
	"model",
	"",
	"acqui*",
	"model drift OR (moat chip)",
	"\"open source\" -chip",
	"(drift OR company:oak OR \"gpt 4o\"~4) model",
	"take(persona:skeptic model) OR deal",
	"=deals OR =acquire",
	"is:new OR date:2025-11 OR title:moat",
};

static void page_all(struct world *w, const struct pdx_sort *sort, size_t nsort)
{
	static size_t turn;

	/* Some queries for each order, others for the next: commits take long. */
	for (size_t end = turn + 4; turn < end; turn++) {
		struct pdx_search how = { .sort = sort, .nsort = nsort };

		if (w->articles > MOST / 2) /* keeps the lists short */
			begin(w);
		how.recency_days = turn % 2 ? 30 : 0;
		page_through(w, queries[turn % COUNT(queries)], how);
	}
}

static void pages_by_any_key_are_the_list_of_the_first(void **out)
{
	for (int key = PDX_SORT_RELEVANCE; key <= PDX_SORT_ADDED; key++) {
		struct pdx_sort forward = { (enum pdx_sort_key)key, false };
		struct pdx_sort back = { (enum pdx_sort_key)key, true };

		page_all(*out, &forward, 1);
		page_all(*out, &back, 1);
	}
}

static void pages_by_several_keys_are_the_list_of_the_first(void **out)
{
	static const struct pdx_sort sorts[][3] = {
		{ { PDX_SORT_COMPANY, false },
		  { PDX_SORT_CATEGORY, true },
		  { PDX_SORT_RELEVANCE, false } },
		{ { PDX_SORT_ADDED, true },
		  { PDX_SORT_TITLE, false },
		  { PDX_SORT_DATE, true } },
	};

	for (size_t i = 0; i < COUNT(sorts); i++)
		page_all(*out, sorts[i], 3);
	page_all(*out, NULL, 0);
}

static char *cursor_of(struct world *w, const char *text, const struct pdx_search *how)
{
	static struct list page;
	struct pdx_query *q = parse(text);
	char *next;

	page.n = 0;
	next = add_page(&page, w, q, how);
	assert_non_null(next);
	pdx_query_free(q);
	return next;
}

/* What searching with ${after} says; "" where it works. */
static const char *try(struct world *w, const char *text, const char *after,
		       struct pdx_search how)
{
	static struct pdx_err err;
	struct pdx_query *q = parse(text);
	struct pdx_result *r = NULL;
	int status;

	how.after = after;
	err.message[0] = '\0';
	status = pdx_search(&r, w->index, q, &how, &err);
	assert_true(status == 0 || status == PDX_E_USAGE);
	pdx_result_free(r);
	pdx_query_free(q);
	return status ? err.message : "";
}

static void a_cursor_of_something_else_is_refused(void **out)
{
	struct world *w = *out;
	struct pdx_sort date = { PDX_SORT_DATE, false }, back = { PDX_SORT_DATE, true };
	struct pdx_search how = { .limit = 5, .today = MATCH_DATE }, other = how;
	char *cursor = cursor_of(w, "model", &how);

	assert_string_equal(try(w, "model", cursor, how), "");
	assert_string_equal(try(w, " model ", cursor, how), "");
	assert_non_null(strstr(try(w, "models chip", cursor, how), "another query"));
	other.sort = &date;
	other.nsort = 1;
	assert_non_null(strstr(try(w, "model", cursor, other), "another query"));
	other.sort = &back;
	assert_non_null(strstr(try(w, "model", cursor, other), "another query"));
	other = how;
	other.recency_days = 30;
	assert_non_null(strstr(try(w, "model", cursor, other), "another query"));
	other = how;
	other.offset = 1;
	assert_non_null(strstr(try(w, "model", cursor, other), "offset"));
	free(cursor);
}

static void a_cursor_of_a_later_index_is_refused(void **out)
{
	struct world *w = *out;
	struct pdx_search how = { .limit = 5, .today = MATCH_DATE };
	struct world *fresh;
	char *cursor;

	grow(w, 1);
	cursor = cursor_of(w, "model", &how);
	assert_int_equal(set_up((void **)&fresh), 0);
	assert_non_null(strstr(try(fresh, "model", cursor, how), "another index"));
	tear_down((void **)&fresh);
	free(cursor);
}

static void a_mangled_cursor_is_refused(void **out)
{
	static const char alphabet[] = "ABCxyz019-_ !/+=\x80";
	struct world *w = *out;
	struct pdx_sort title = { PDX_SORT_TITLE, false };
	struct pdx_search how = {
		.limit = 5, .today = MATCH_DATE, .sort = &title, .nsort = 1
	};
	char *cursor = cursor_of(w, "model", &how);
	size_t len = strlen(cursor);

	for (size_t i = 0; i < 2000; i++) {
		char *mangled = strdup(cursor);
		size_t at = below((unsigned)len);

		if (i % 4 == 0)
			mangled[at] = '\0';
		else
			mangled[at] = alphabet[below(sizeof(alphabet) - 1)];
		/* The last digit may have bits that mean nothing. */
		if (strcmp(mangled, cursor) != 0 && at + 1 < len &&
		    !*try(w, "model", mangled, how))
			fail_msg("<%s> is taken for <%s>", mangled, cursor);
		free(mangled);
	}
	free(cursor);
}

static void a_cursor_from_before_works_and_says_so(void **out)
{
	struct world *w = *out;
	struct pdx_search how = { .limit = 5, .today = MATCH_DATE };
	char *cursor = cursor_of(w, "model", &how);
	struct pdx_query *q = parse("model");

	how.after = cursor;
	for (int changed = 0; changed < 2; changed++) {
		const struct pdx_note *notes;
		struct pdx_result *r;
		size_t n;

		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		notes = pdx_result_notes(r, &n);
		assert_int_equal(n, changed);
		if (changed)
			assert_string_equal(notes[0].code, "stale-cursor");
		pdx_result_free(r);
		grow(w, 1);
	}
	pdx_query_free(q);
	free(cursor);
}

static void the_last_page_has_no_cursor(void **out)
{
	struct world *w = *out;
	struct pdx_search how = { .limit = MOST };
	struct pdx_query *q = parse("model");
	static struct list all;

	all.n = 0;
	assert_null(add_page(&all, w, q, &how));
	how.limit = all.n;
	all.n = 0;
	assert_null(add_page(&all, w, q, &how));
	how.limit = 0;
	all.n = 0;
	assert_null(add_page(&all, w, q, &how));
	assert_int_equal(all.n, 0);
	pdx_query_free(q);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(pages_by_any_key_are_the_list_of_the_first),
		TEST(pages_by_several_keys_are_the_list_of_the_first),
		TEST(a_cursor_of_something_else_is_refused),
		TEST(a_cursor_of_a_later_index_is_refused),
		TEST(a_mangled_cursor_is_refused),
		TEST(a_cursor_from_before_works_and_says_so),
		TEST(the_last_page_has_no_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
