/*
 * The generated archive: small enough for the oracle, with words, names and dates that
 * meet each other often.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stems, forms, compounds and prefixes that meet each other. */
static const char *const words[] = {
	"acquire",  "acquires",    "acquired", "acquisition", "model", "models",
	"modeling", "GPT-4o",      "gpt",      "4o",          "GPT4o", "open",
	"source",   "open-source", "chip",     "chips",       "C++",   "drift",
	"moat",     "R&D",         "the",      "of",          "Cedar", "cedar",
	"Cedar's",  "Alder",       "AI",       "ai",          "Birch-Labs",
	"BirchLabs",
};
static const char *const companies[] = { "Alder AI", "Birch Labs", "Cedar",
					 "Dogwood Inc" };
static const char *const categories[] = { "Funding", "Policy", "Research" };
static const char *const personas[] = { "The Builder", "The Skeptic", "The Founder" };

unsigned few(unsigned n)
{
	return getenv("PANELDEX_SLOW") ? n / 40 : n;
}

static uint64_t state = 0x853c49e6748fea9bu;

unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

const char *world_word(void)
{
	return PICK(words);
}

const char *world_company(void)
{
	return PICK(companies);
}

const char *world_category(void)
{
	return PICK(categories);
}

const char *world_persona(void)
{
	return PICK(personas);
}

static const char *sentence(struct arena *arena, unsigned most)
{
	struct buf text;
	unsigned n = 1 + below(most), i;
	const char *copy;

	buf_init(&text, 0);
	for (i = 0; i < n; i++)
		buf_printf(&text, "%s%s", i ? " " : "", PICK(words));
	copy = arena_dup(arena, text.data, text.len);
	buf_release(&text);
	return copy;
}

void world_article(struct pdx_article *a, struct arena *arena, unsigned number,
		   unsigned most)
{
	struct pdx_take *takes = arena_array(arena, 4, sizeof(*takes));
	const char **names = arena_array(arena, 4, sizeof(*names));
	char url[64];
	size_t i;

	memset(a, 0, sizeof(*a));
	snprintf(url, sizeof(url), "https://example.org/%u", number);
	a->url = arena_strdup(arena, url);
	a->title = sentence(arena, 5);
	a->summary = below(3) ? sentence(arena, 8) : NULL;
	a->body = below(9) ? sentence(arena, most) : "";
	a->date = below(8) ? 20000 + (int32_t)below(400) : PDX_NO_DATE;
	names[0] = companies[below(4)];
	names[1] = companies[below(4)];
	names[2] = categories[below(3)];
	a->companies = names;
	a->ncompanies = below(3);
	if (a->ncompanies == 2 && names[0] == names[1])
		a->ncompanies = 1;
	a->categories = names + 2;
	a->ncategories = below(2);
	a->ntakes = below(4);
	for (i = 0; i < a->ntakes; i++) {
		takes[i].persona = PICK(personas);
		takes[i].text = sentence(arena, 12);
	}
	a->takes = takes;
}

static void add_rare(struct pdx_article *a, struct arena *arena)
{
	struct buf body;
	unsigned i;

	buf_init(&body, 0);
	buf_puts(&body, a->body);
	for (i = 0; i < 4; i++)
		if (below(40u << i) == 0)
			buf_printf(&body, " rare%u", i);
	a->body = arena_dup(arena, body.data ? body.data : "", body.len);
	buf_release(&body);
}

void world_put_many(struct pdx *index, unsigned n)
{
	struct arena arena = { 0 };
	struct pdx_article a, first;
	enum pdx_put outcome;
	unsigned i;

	memset(&first, 0, sizeof(first));
	assert_int_equal(pdx_begin(index, NULL), 0);
	for (i = 0; i < n; i++) {
		world_article(&a, &arena, i, i % 10 < 2 ? 40 : 9);
		add_rare(&a, &arena);
		if (i % 10 == 1) {
			a.title = first.title;
			a.summary = first.summary;
			a.body = first.body;
		}
		first = a;
		assert_int_equal(pdx_put(&outcome, index, &a, i / 1000, NULL), 0);
		if (i % 10 == 9)
			arena_reset(&arena);
	}
	/* What an update leaves behind would show. */
	for (i = 0; i < n; i += 97) {
		world_article(&a, &arena, i, 9);
		assert_int_equal(pdx_put(&outcome, index, &a, 20, NULL), 0);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
	arena_release(&arena);
}

int world_set_up(void **out)
{
	struct world *w = calloc(1, sizeof(*w));
	struct pdx_err err;
	enum pdx_put outcome;
	char path[512];
	unsigned i;

	assert_non_null(w);
	snprintf(path, sizeof(path), "%s/search.db", test_tmpdir());
	assert_int_equal(analyzer_new(&w->analyzer, "english", &err), 0);
	assert_int_equal(
		pdx_open(&w->index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, &err),
		0);
	for (i = 0; i < ARTICLES; i++)
		world_article(&w->articles[i], &w->arena, i, 40);
	/* Several batches, and some articles that were something else at first: what an
	 * update leaves behind would show. */
	for (i = 0; i < ARTICLES; i++) {
		struct pdx_article first = w->articles[(i + 7) % ARTICLES];

		if (i % 50 == 0)
			assert_int_equal(pdx_begin(w->index, &err), 0);
		first.url = w->articles[i].url;
		if (i % 3 == 0)
			assert_int_equal(pdx_put(&outcome, w->index, &first, i, &err),
					 0);
		assert_int_equal(pdx_put(&outcome, w->index, &w->articles[i], i, &err),
				 0);
		assert_int_equal(outcome, i % 3 ? PDX_ADDED : PDX_UPDATED);
		if (i % 50 == 49 || i == ARTICLES - 1)
			assert_int_equal(pdx_commit(w->index, &err), 0);
	}
	oracle_init(&w->oracle, w->analyzer, w->articles, ARTICLES);
	w->oracle.names = companies;
	w->oracle.nnames = COUNT(companies);
	*out = w;
	return 0;
}

int world_tear_down(void **out)
{
	struct world *w = *out;

	pdx_close(w->index);
	oracle_release(&w->oracle);
	analyzer_free(w->analyzer);
	arena_release(&w->arena);
	free(w);
	return 0;
}

void world_text(struct buf *out)
{
	static const char *const prefixes[] = { "acqui", "acquir", "mode", "gp", "op" };

	switch (below(10)) {
	case 0:
		buf_printf(out, "\"%s %s\"", PICK(words), PICK(words));
		break;
	case 1:
		buf_printf(out, "\"%s %s\"~%u", PICK(words), PICK(words), 1 + below(4));
		break;
	case 2:
		buf_printf(out, "%s*", PICK(prefixes));
		break;
	case 3:
		buf_printf(out, "=%s", PICK(words));
		break;
	default:
		buf_puts(out, PICK(words));
	}
}

void world_query(struct buf *out, unsigned depth, bool in_take)
{
	static const char *const fields[] = { "title", "summary", "body", "take" };

	switch (below(depth ? 13 : 6)) {
	case 0:
		if (!in_take)
			buf_printf(out, "%s:", PICK(fields));
		buf_puts(out, PICK(words));
		break;
	case 1:
		if (in_take || below(3) == 0)
			buf_printf(out, "persona:\"%s\"", PICK(personas));
		else if (below(3) == 0)
			buf_printf(out, "mentions:\"%s\"", PICK(companies));
		else if (below(2))
			buf_printf(out, "company:\"%s\"", PICK(companies));
		else
			buf_printf(out, "category:%s", PICK(categories));
		break;
	case 2:
		if (in_take)
			world_text(out);
		else
			buf_printf(out, "date:2025-0%u..", 1 + below(9));
		break;
	case 6:
	case 7:
		buf_putc(out, '(');
		world_query(out, depth - 1, in_take);
		buf_puts(out, " OR ");
		world_query(out, depth - 1, in_take);
		buf_putc(out, ')');
		break;
	case 8:
		buf_puts(out, "-(");
		world_query(out, depth - 1, in_take);
		buf_putc(out, ')');
		break;
	case 9:
		if (!in_take) {
			buf_puts(out, "take(");
			world_query(out, depth - 1, true);
			buf_putc(out, ')');
			break;
		}
		world_text(out);
		break;
	case 10:
		buf_printf(out, "(%s NEAR/%u %s)", PICK(words), 1 + below(5),
			   PICK(words));
		break;
	case 11:
	case 12:
		buf_putc(out, '(');
		world_query(out, depth - 1, in_take);
		buf_putc(out, ' ');
		world_query(out, depth - 1, in_take);
		buf_putc(out, ')');
		break;
	default:
		world_text(out);
	}
}

size_t world_number(const struct world *w, const char *url)
{
	size_t i;

	for (i = 0; i < ARTICLES; i++)
		if (strcmp(w->articles[i].url, url) == 0)
			return i;
	fail_msg("no article has %s", url);
	return 0;
}

void world_ask(struct answer *out, struct world *w, const struct pdx_query *q)
{
	struct arena arena = { 0 };
	struct leaves leaves;
	size_t i;

	assert_int_equal(leaves_build(&leaves, &arena, q, w->analyzer, NULL), 0);
	out->total = 0;
	oracle_weigh(&w->oracle, &leaves);
	for (i = 0; i < ARTICLES; i++) {
		out->matches[i] =
			oracle_matches(&w->oracle, i, q, &leaves, &out->score[i]);
		out->total += out->matches[i];
	}
	arena_release(&arena);
}
