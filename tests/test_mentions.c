/*
 * Which companies articles mention: the same whatever came first, and true at every
 * commit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "engine/sqlite/db.h"
#include "harness.h"
#include "ingest/identity.h"
#include "paneldex.h"

enum { ARTICLES = 60, SHUFFLES = 6 };

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A new index, at *path where that is not NULL. */
static struct pdx *create(const char **path)
{
	static char where[512];
	static unsigned serial;
	struct pdx *index;

	snprintf(where, sizeof(where), "%s/mentions%u.db", test_tmpdir(), serial++);
	assert_int_equal(
		pdx_open(&index, where, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	if (path)
		*path = where;
	return index;
}

static struct pdx_article article(const char *url, const char *title, const char *body,
				  const char *const *company)
{
	return (struct pdx_article){
		.url = url,
		.title = title,
		.body = body,
		.date = PDX_NO_DATE,
		.companies = company,
		.ncompanies = company && *company,
	};
}

static void put(struct pdx *index, struct pdx_article a)
{
	enum pdx_put outcome;
	struct pdx_err err;

	if (pdx_put(&outcome, index, &a, 1000, &err))
		fail_msg("%s: %s", a.title, err.message);
}

static void put_alone(struct pdx *index, struct pdx_article a)
{
	assert_int_equal(pdx_begin(index, NULL), 0);
	put(index, a);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

/* The mentions of the article at ${url}; one of four static texts. */
static const char *mentions(struct pdx *index, const char *url)
{
	static struct buf texts[4];
	static unsigned next;
	struct buf *out = &texts[next++ % 4];
	struct pdx_article key = { .url = url, .title = "" }, *a;
	char id[PDX_ID_SIZE];
	struct pdx_err err;

	buf_reset(out);
	identity_id(id, identity_key(&key));
	if (pdx_get(&a, index, id, &err))
		fail_msg("%s: %s", url, err.message);
	for (size_t i = 0; i < a->nmentions; i++)
		buf_printf(out, "%s%s", i ? ", " : "", a->mentions[i]);
	pdx_article_free(a);
	return buf_str(out);
}

static uint64_t count(struct pdx *index, const char *query)
{
	struct pdx_search how = { .suggest = false };
	struct pdx_query *q;
	struct pdx_result *r;
	uint64_t total;

	assert_int_equal(pdx_query_parse(&q, query, strlen(query), 20000, NULL), 0);
	assert_int_equal(pdx_search(&r, index, q, &how, NULL), 0);
	total = pdx_result_total(r);
	pdx_result_free(r);
	pdx_query_free(q);
	return total;
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

static void alias(struct pdx *index, const char *name, const char *other)
{
	bool added;

	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_alias_add(&added, index, name, other, NULL), 0);
	assert_true(added);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

static const char *const quern[] = { "Quern", NULL };
static const char *const tern[] = { "Tern Labs", NULL };
static const char *const none[] = { NULL };

static void a_company_that_becomes_known_is_found_in_older_articles(void **state)
{
	struct pdx *index = create(NULL);

	(void)state;
	put_alone(index,
		  article("https://e.org/1", "Quern hires", "With Tern Labs.", none));
	assert_string_equal(mentions(index, "https://e.org/1"), "");
	assert_int_equal(count(index, "mentions:quern"), 0);
	put_alone(index, article("https://e.org/2", "Another", "Nothing.", quern));
	assert_string_equal(mentions(index, "https://e.org/1"), "Quern");
	assert_string_equal(mentions(index, "https://e.org/2"), "");
	put_alone(index, article("https://e.org/3", "Tern Labs' chip", "x", tern));
	assert_string_equal(mentions(index, "https://e.org/1"), "Quern, Tern Labs");
	assert_string_equal(mentions(index, "https://e.org/3"), "Tern Labs");
	assert_int_equal(count(index, "mentions:\"tern labs\""), 2);
	assert_int_equal(count(index, "mentions:quern -company:quern"), 1);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static void an_update_loses_what_the_new_text_does_not_name(void **state)
{
	struct pdx *index = create(NULL);

	(void)state;
	put_alone(index, article("https://e.org/1", "On Quern", "Quern.", quern));
	assert_int_equal(count(index, "mentions:quern"), 1);
	put_alone(index, article("https://e.org/1", "On nobody", "Well.", quern));
	assert_int_equal(count(index, "mentions:quern"), 0);
	assert_string_equal(mentions(index, "https://e.org/1"), "");
	/* Its company is not known by that article alone any more, but stays known. */
	put_alone(index, article("https://e.org/1", "On nobody", "Well.", none));
	put_alone(index, article("https://e.org/2", "Quern is back", "x", none));
	assert_string_equal(mentions(index, "https://e.org/2"), "Quern");
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static void takes_are_not_looked_at(void **state)
{
	const struct pdx_take take = { "The Skeptic", NULL, "Quern did it." };
	struct pdx *index = create(NULL);
	struct pdx_article a = article("https://e.org/1", "Deal", "None.", quern);

	(void)state;
	a.takes = &take;
	a.ntakes = 1;
	put_alone(index, a);
	assert_string_equal(mentions(index, "https://e.org/1"), "");
	assert_int_equal(count(index, "take:quern"), 1);
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static void aliases_come_and_go_in_articles_that_are_there(void **state)
{
	struct pdx *index = create(NULL);
	uint64_t removed;

	(void)state;
	put_alone(index, article("https://e.org/1", "MSI and Quern", "TL too.", quern));
	put_alone(index, article("https://e.org/2", "TL alone", "x", none));
	alias(index, "Tern Labs", "TL"); /* which no article has */
	assert_string_equal(mentions(index, "https://e.org/1"), "Quern, Tern Labs");
	assert_string_equal(mentions(index, "https://e.org/2"), "Tern Labs");
	assert_int_equal(count(index, "mentions:tl"), 2);
	/* A company becomes another name of one, and its own names come along. */
	alias(index, "Quern", "MSI");
	alias(index, "Tern Labs", "Quern");
	assert_string_equal(mentions(index, "https://e.org/1"), "Tern Labs");
	assert_int_equal(count(index, "mentions:msi"), 2);
	assert_int_equal(problems(index), 0);
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_alias_remove(&removed, index, "Tern Labs", NULL), 0);
	assert_int_equal(removed, 3);
	assert_int_equal(pdx_commit(index, NULL), 0);
	assert_string_equal(mentions(index, "https://e.org/1"), "Quern");
	assert_string_equal(mentions(index, "https://e.org/2"), "");
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static void a_spelling_of_its_own_follows_the_alias_that_it_equals(void **state)
{
	static const char *const written[] = { "Hugging Face", NULL };
	struct pdx *index = create(NULL);
	uint64_t removed;

	(void)state;
	alias(index, "Embrace Inc", "HuggingFace");
	put_alone(index,
		  article("https://e.org/1", "Hugging Face ships", "x", written));
	assert_string_equal(mentions(index, "https://e.org/1"), "Embrace Inc");
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_alias_remove(&removed, index, "huggingface", NULL), 0);
	assert_int_equal(pdx_commit(index, NULL), 0);
	assert_string_equal(mentions(index, "https://e.org/1"), "Hugging Face");
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static void what_is_rolled_back_was_never_known(void **state)
{
	struct pdx *index = create(NULL);

	(void)state;
	put_alone(index, article("https://e.org/1", "Quern hires", "x", none));
	assert_int_equal(pdx_begin(index, NULL), 0);
	put(index, article("https://e.org/2", "Other", "x", quern));
	pdx_rollback(index);
	put_alone(index, article("https://e.org/3", "Quern fires", "x", tern));
	assert_string_equal(mentions(index, "https://e.org/1"), "");
	assert_string_equal(mentions(index, "https://e.org/3"), "");
	put_alone(index, article("https://e.org/2", "Other", "x", quern));
	assert_string_equal(mentions(index, "https://e.org/1"), "Quern");
	assert_string_equal(mentions(index, "https://e.org/3"), "Quern");
	assert_int_equal(problems(index), 0);
	pdx_close(index);
}

static uint64_t seed = 0x9e3779b97f4a7c15u;

static unsigned below(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

struct batch {
	struct arena arena;
	struct pdx_article v[ARTICLES];
};

/* Names that begin with each other, differ in case only, and are words. */
static void make(struct batch *b)
{
	static const char *const names[] = { "Apple",   "Apple Records", "OpenAI",
					     "openai",  "Alder",         "Alder AI",
					     "AI Labs", "MSI",           "Maltings" };
	static const char *const words[] = {
		"Apple", "apple", "Records", "OpenAI",   "openai", "Alder", "AI",
		"Labs",  "MSI",   "msi",     "Maltings", "drift",  "and",   "Apple's",
	};

	for (size_t i = 0; i < ARTICLES; i++) {
		const char **company = arena_array(&b->arena, 2, sizeof(*company));
		struct buf text;

		buf_init(&text, 0);
		for (unsigned n = 1 + below(12); n; n--)
			buf_printf(&text, "%s ", words[below(COUNT(words))]);
		company[0] = below(3) ? NULL : names[below(COUNT(names))];
		b->v[i] = article(arena_alloc(&b->arena, 32), "Title",
				  arena_dup(&b->arena, buf_str(&text), text.len),
				  company);
		snprintf((char *)(uintptr_t)b->v[i].url, 32, "https://e.org/%zu", i);
		buf_release(&text);
	}
}

static void shuffle(size_t order[ARTICLES])
{
	for (size_t i = 0; i < ARTICLES; i++) {
		size_t j = below((unsigned)i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}

/* Ingest in some order, in batches of some sizes, with an alias in between. */
static struct pdx *ingest(const struct batch *b, size_t order[ARTICLES])
{
	struct pdx *index = create(NULL);
	size_t at = below(ARTICLES);
	bool added;

	assert_int_equal(pdx_begin(index, NULL), 0);
	for (size_t i = 0; i < ARTICLES; i++) {
		if (i == at)
			assert_int_equal(
				pdx_alias_add(&added, index, "Maltings", "MSI", NULL),
				0);
		put(index, b->v[order[i]]);
		if (below(7) && i + 1 < ARTICLES)
			continue;
		assert_int_equal(pdx_commit(index, NULL), 0);
		if (i + 1 < ARTICLES)
			assert_int_equal(pdx_begin(index, NULL), 0);
	}
	return index;
}

/* A name is shown as it was seen first. */
static void fold(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text);
	for (; *out; out++)
		if (*out >= 'A' && *out <= 'Z')
			*out = (char)(*out + 32);
}

static void mentions_do_not_depend_on_the_order_of_ingest(void **state)
{
	struct batch b = { .v = { { .title = NULL } } };
	size_t order[ARTICLES], named = 0;
	struct pdx *first, *other;

	(void)state;
	make(&b);
	for (size_t i = 0; i < ARTICLES; i++)
		order[i] = i;
	first = ingest(&b, order);
	assert_int_equal(problems(first), 0);
	for (int n = 0; n < SHUFFLES; n++) {
		shuffle(order);
		other = ingest(&b, order);
		assert_int_equal(problems(other), 0);
		for (size_t i = 0; i < ARTICLES; i++) {
			char want[512], got[512];

			fold(want, sizeof(want), mentions(first, b.v[i].url));
			fold(got, sizeof(got), mentions(other, b.v[i].url));
			named += *want != '\0';
			if (strcmp(want, got) != 0)
				fail_msg("%s\n  mentions %s, in another order %s",
					 b.v[i].body, want, got);
		}
		pdx_close(other);
	}
	assert_true(named > SHUFFLES * ARTICLES / 2);
	pdx_close(first);
	arena_release(&b.arena);
}

static void a_mention_that_is_not_there_is_damage(void **state)
{
	const char *path;
	struct pdx *index = create(&path);
	sqlite3 *db;

	(void)state;
	put_alone(index, article("https://e.org/1", "Quern hires", "Cedar.", quern));
	pdx_close(index);
	/* A name that nobody looked for. */
	assert_int_equal(db_open(&db, path, SQLITE_OPEN_READWRITE, NULL), 0);
	assert_int_equal(
		db_exec(db,
			"INSERT INTO spelling(text, key) VALUES('Cedar', 'cedar');"
			"INSERT INTO mention(name, folded, key)"
			" VALUES('Cedar', 'cedar', 'cedar')",
			NULL),
		0);
	sqlite3_close(db);
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_READ, NULL, NULL), 0);
	assert_int_equal(problems(index), 1);
	pdx_close(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_company_that_becomes_known_is_found_in_older_articles),
		cmocka_unit_test(an_update_loses_what_the_new_text_does_not_name),
		cmocka_unit_test(takes_are_not_looked_at),
		cmocka_unit_test(aliases_come_and_go_in_articles_that_are_there),
		cmocka_unit_test(
			a_spelling_of_its_own_follows_the_alias_that_it_equals),
		cmocka_unit_test(what_is_rolled_back_was_never_known),
		cmocka_unit_test(mentions_do_not_depend_on_the_order_of_ingest),
		cmocka_unit_test(a_mention_that_is_not_there_is_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
