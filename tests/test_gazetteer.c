/* Names found in texts: the table of cases, and what holds for all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "harness.h"
#include "text/gazetteer.h"

enum { NAMES = 8, WORDS = 24, TEXTS = 400 };

struct finding {
	struct gazetteer gazetteer;
	struct gazetteer_scan scan;
	const char *names[NAMES];
	size_t n;
	struct buf found;
};

static int see(void *ctx, const struct token *token)
{
	struct finding *f = ctx;

	return gazetteer_token(&f->scan, token,
			       gazetteer_word(&f->gazetteer, token->form,
					      token->formlen));
}

static int note(void *ctx, uint32_t id)
{
	struct finding *f = ctx;

	buf_printf(&f->found, "%s%s", f->found.len ? ", " : "", f->names[id]);
	return 0;
}

static const char *find(struct finding *f, struct analyzer *a, const char *text)
{
	size_t i;

	buf_init(&f->found, 0);
	for (i = 0; i < f->n; i++)
		assert_int_equal(
			gazetteer_add(&f->gazetteer, a, f->names[i], (uint32_t)i), 0);
	gazetteer_begin(&f->scan, text);
	assert_int_equal(analyzer_run(a, text, strlen(text), see, f), 0);
	assert_int_equal(gazetteer_end(&f->scan, &f->gazetteer, note, f), 0);
	return buf_str(&f->found);
}

static void finding_release(struct finding *f)
{
	gazetteer_release(&f->gazetteer);
	gazetteer_scan_release(&f->scan);
	buf_release(&f->found);
}

/* "NAME; NAME" to f->names. */
static void split(struct finding *f, char *names)
{
	for (char *name = strtok(names, ";"); name; name = strtok(NULL, ";")) {
		assert_true(f->n < NAMES);
		f->names[f->n++] = name + strspn(name, " ");
	}
}

/* Each name once, as articles have them. */
static void drop_repeats(char *list)
{
	char *seen[NAMES * 4], *copy = strdup(list), *name;
	size_t n = 0, i;

	assert_non_null(copy);
	*list = '\0';
	for (name = strtok(copy, ","); name; name = strtok(NULL, ",")) {
		name += strspn(name, " ");
		for (i = 0; i < n && strcmp(seen[i], name) != 0; i++)
			;
		if (i < n)
			continue;
		assert_true(n < NAMES * 4);
		seen[n++] = name;
		sprintf(list + strlen(list), "%s%s", n > 1 ? ", " : "", name);
	}
	free(copy);
}

static void names_are_found_as_they_are_written(void **state)
{
	struct analyzer *a;
	struct case_row *rows;
	size_t n = cases_load(&rows, "mentions.t"), i;

	(void)state;
	assert_int_equal(analyzer_new(&a, "english", NULL), 0);
	for (i = 0; i < n; i++) {
		struct finding f = { .n = 0 };
		char *names = strdup(rows[i].in), *text = strstr(names, " ::"), *got;

		assert_non_null(text);
		*text = '\0';
		text += strlen(" ::") + 1;
		if (text > names + strlen(rows[i].in))
			text = names + strlen(rows[i].in);
		split(&f, names);
		got = strdup(find(&f, a, text));
		drop_repeats(got);
		check_case(&rows[i], *got ? got : "-");
		free(got);
		free(names);
		finding_release(&f);
	}
	cases_free(rows, n);
	analyzer_free(a);
}

static void a_name_of_too_many_words_or_of_none_is_not_looked_for(void **state)
{
	static const char *const names[] = { "", "...", "A B C D E F G H I J K L M",
					     "Quern ;;;;;;; Labs" };
	struct analyzer *a;
	size_t i;

	(void)state;
	assert_int_equal(analyzer_new(&a, "english", NULL), 0);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct finding f = { .names = { names[i] }, .n = 1 };

		assert_string_equal(find(&f, a, names[i]), "");
		finding_release(&f);
	}
	analyzer_free(a);
}

/* What the index is asked for has to find whatever the scan finds. */

struct terms {
	const struct gazetteer_phrase *phrase;
	struct {
		uint32_t pos;
		char text[TOKEN_MAX + 1];
	} v[256];
	size_t n;
};

static int keep(void *ctx, const struct token *t)
{
	struct terms *terms = ctx;

	assert_true(terms->n < 256);
	terms->v[terms->n].pos = t->pos;
	memcpy(terms->v[terms->n].text, t->text, t->len);
	terms->v[terms->n++].text[t->len] = '\0';
	return 0;
}

static bool stands_at(const struct terms *t, const struct gazetteer_phrase *p,
		      uint32_t pos)
{
	size_t i, j;

	for (i = 0; i < p->n; i++) {
		for (j = 0; j < t->n; j++)
			if (t->v[j].pos == pos + i &&
			    strcmp(t->v[j].text, p->terms[i]) == 0)
				break;
		if (j == t->n)
			return false;
	}
	return true;
}

static bool has_phrase(struct analyzer *a, const char *text, const char *name)
{
	static struct terms terms;
	struct gazetteer_phrase phrases[GAZETTEER_PHRASES];
	struct arena arena = { 0 };
	int n = gazetteer_phrases(phrases, &arena, a, name), i;
	bool found = false;
	size_t j;

	assert_true(n >= 0);
	terms.n = 0;
	assert_int_equal(analyzer_run(a, text, strlen(text), keep, &terms), 0);
	for (i = 0; i < n; i++)
		for (j = 0; j < terms.n && !found; j++)
			found = stands_at(&terms, &phrases[i], terms.v[j].pos);
	arena_release(&arena);
	return found;
}

static void the_index_terms_of_a_name_find_every_text_that_has_it(void **state)
{
	static const char *const names[] = {
		"Hugging Face", "Models-R-Us",
		"GPT-4o Labs",  "U.S. Steel",
		"C3.ai",        "Acquired Inc.",
		"R&D Partners", "Caf\xC3\xA9 Numerique",
	};
	static const char *const words[] = {
		"Hugging",  "Face",   "Face's", "HuggingFace", "Hugging-Face",
		"Models",   "R",      "Us",     "Models-R-Us", "GPT",
		"4o",       "GPT-4o", "GPT4o",  "Labs",        "U.S.",
		"US",       "Steel",  "C3.ai",  "C3",          "ai",
		"Acquired", "Inc",    "R&D",    "Partners",
	};
	uint64_t seed = 7;
	struct analyzer *a;
	size_t found = 0, i, j;

	(void)state;
	assert_int_equal(analyzer_new(&a, "english", NULL), 0);
	for (i = 0; i < TEXTS; i++) {
		struct finding f = { .names = { names[i % NAMES] }, .n = 1 };
		struct buf text;

		buf_init(&text, 0);
		for (j = 0; j < 40; j++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_printf(&text, "%s ", words[(seed >> 33) % WORDS]);
		}
		if (*find(&f, a, buf_str(&text))) {
			found++;
			if (!has_phrase(a, buf_str(&text), f.names[0]))
				fail_msg("%s is not found in %s", f.names[0],
					 buf_str(&text));
		}
		buf_release(&text);
		finding_release(&f);
	}
	assert_true(found > TEXTS / 10);
	analyzer_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_as_they_are_written),
		cmocka_unit_test(a_name_of_too_many_words_or_of_none_is_not_looked_for),
		cmocka_unit_test(the_index_terms_of_a_name_find_every_text_that_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
