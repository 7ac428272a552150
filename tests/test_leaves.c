/* What the TEXT leaves of a query look for in the index. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "query/leaves.h"

/* One query with its leaves. */
struct looked {
	struct pdx_query *q;
	struct analyzer *analyzer;
	struct arena arena;
	struct leaves leaves;
};

static void look(struct looked *l, const char *text)
{
	struct pdx_err err = { 0 };

	*l = (struct looked){ 0 };
	if (analyzer_new(&l->analyzer, "english", &err) != PDX_OK)
		fail_msg("%s", err.message);
	if (pdx_query_parse(&l->q, text, strlen(text), 0, &err) != PDX_OK)
		fail_msg("%s: %s", text, err.message);
	assert_int_equal(leaves_build(&l->leaves, &l->arena, l->q, l->analyzer, &err),
			 PDX_OK);
}

static void look_away(struct looked *l)
{
	arena_release(&l->arena);
	pdx_query_free(l->q);
	analyzer_free(l->analyzer);
}

/* "[gpt 4o] [gpt4o]"; a term whose form is another is "run/running". */
static void put_leaf(struct buf *out, const struct leaf *leaf)
{
	for (size_t i = 0; i < leaf->nalternatives; i++) {
		const struct leaf_phrase *p = &leaf->alternatives[i];

		buf_puts(out, i > 0 ? " [" : "[");
		for (size_t j = 0; j < p->nterms; j++) {
			const struct leaf_term *t = &p->terms[j];

			assert_int_equal(strlen(t->text), t->len);
			assert_int_equal(strlen(t->form), t->formlen);
			buf_printf(out, "%s%s", j > 0 ? " " : "", t->text);
			if (strcmp(t->text, t->form) != 0)
				buf_printf(out, "/%s", t->form);
			buf_puts(out, t->prefix ? "*" : "");
		}
		buf_putc(out, ']');
	}
	if (leaf->nalternatives == 0)
		buf_puts(out, "nothing");
}

static void a_leaf_is_looked_for_in_every_way_it_may_be_written(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "leaves.t");
	struct buf got;

	(void)state;
	buf_init(&got, 0);
	for (size_t i = 0; i < n; i++) {
		struct looked l;

		look(&l, rows[i].in);
		buf_reset(&got);
		for (size_t j = 0; j < l.leaves.n; j++) {
			buf_puts(&got, j > 0 ? ", " : "");
			put_leaf(&got, &l.leaves.v[j]);
		}
		check_case(&rows[i], buf_str(&got));
		look_away(&l);
	}
	buf_release(&got);
	cases_free(rows, n);
}

static void a_leaf_knows_its_columns_and_what_stands_above_it(void **state)
{
	const unsigned all = (1u << TEXT_COLUMNS) - 1;
	const struct {
		const char *text;
		unsigned columns;
		bool positive, in_take;
	} want[] = {
		{ "a", all, true, false },
		{ "b", 1u << COLUMN_TITLE, true, false },
		{ "c", 1u << COLUMN_SUMMARY, false, false },
		{ "d", 1u << COLUMN_BODY, false, false },
		{ "e", all, true, false },
		{ "f", 1u << COLUMN_TAKES, true, false },
		{ "g", 1u << COLUMN_TAKES, true, true },
		{ "h", 1u << COLUMN_TAKES, false, true },
		{ "i", all, true, false },
		{ "j", all, true, false },
	};
	struct looked l;

	(void)state;
	look(&l, "a title:b -(summary:c OR body:d -e) take:f take(g -take:h) i NEAR j "
		 "company:k");
	assert_int_equal(l.leaves.n, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < l.leaves.n; i++) {
		const struct leaf *leaf = &l.leaves.v[i];

		assert_string_equal(leaf->node->text, want[i].text);
		assert_int_equal(leaf->columns, want[i].columns);
		assert_int_equal(leaf->positive, want[i].positive);
		assert_int_equal(leaf->in_take, want[i].in_take);
		assert_ptr_equal(leaves_find(&l.leaves, leaf->node), leaf);
	}
	assert_null(leaves_find(&l.leaves, l.q->root));
	look_away(&l);
}

static void a_query_without_words_has_no_leaves(void **state)
{
	static const char *const texts[] = { "", "company:openai date:2026", "-*" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct looked l;

		look(&l, texts[i]);
		assert_int_equal(l.leaves.n, 0);
		look_away(&l);
	}
}

static void an_alternative_has_terms_for_each_position(void **state)
{
	struct looked l;
	const struct leaf_phrase *p;

	(void)state;
	look(&l, "\"a GPT-4o b multi-modal c e-mail d node.js\"");
	assert_int_equal(l.leaves.n, 1);
	assert_int_equal(l.leaves.v[0].nalternatives, LEAF_MAX_ALTERNATIVES);
	for (size_t i = 0; i < LEAF_MAX_ALTERNATIVES; i++) {
		p = &l.leaves.v[0].alternatives[i];
		/* Seven words; each compound is one term or two.  Beyond the limit a
		 * compound stands as its parts. */
		assert_int_equal(p->nterms, 12 - (i & 1) - (i >> 1 & 1) - (i >> 2 & 1));
		assert_string_equal(p->terms[p->nterms - 2].text, "node");
	}
	look_away(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leaf_is_looked_for_in_every_way_it_may_be_written),
		cmocka_unit_test(a_leaf_knows_its_columns_and_what_stands_above_it),
		cmocka_unit_test(a_query_without_words_has_no_leaves),
		cmocka_unit_test(an_alternative_has_terms_for_each_position),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
