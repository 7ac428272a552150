/*
 * What the panel said: numbers that agree with independent counts, takes narrowed by
 * persona and take( ... ), columns by width.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "render/columns.h"

/* What ${script} prints with the economists' index, in which $FILE is their archive. */
static struct run with_economists(const char *script)
{
	struct run r;

	set("FILE", shared_path("panel/economists.jsonl"));
	use_db(ECONOMISTS_DB);
	r = shell(script);
	use_db(MAIN_DB);
	assert_status(&r, 0, script);
	return r;
}

static void assert_same_output(const char *script, const char *other)
{
	struct run a = with_economists(script), b = with_economists(other);

	assert_true(a.outlen > 0);
	if (strcmp(a.out, b.out) != 0)
		fail_msg("%s\n%s\n-- is not\n%s\n%s", script, a.out, other, b.out);
	run_free(&a);
	run_free(&b);
}

static void every_personas_counts_are_those_of_the_file(void **state)
{
	if (!*state)
		skip();
	assert_same_output(
		"\"$PANELDEX_BIN\" panel -n 0 -f json | jq -c "
		"'[.personas[] | [.persona, .takes, .articles]] | sort[]'",
		"jq -s -c '[[to_entries[] | .key as $a | .value.takes[] | [.persona, "
		"$a]] "
		"| group_by(.[0])[] | [.[0][0], length, (map(.[1]) | unique | "
		"length)]] "
		"| sort[]' \"$FILE\"");
	assert_same_output(
		"\"$PANELDEX_BIN\" panel -n 0 -f json | jq -c '[.personas[] "
		"| .persona as $p | .perspectives[] | [$p, .perspective, .takes]] "
		"| sort[]'",
		"jq -s -c '[[.[].takes[] | [.persona, .perspective]] | group_by(.)[] "
		"| [.[0][0], .[0][1], length]] | sort[]' \"$FILE\"");
	assert_same_output("\"$PANELDEX_BIN\" panel -n 0 -f json | jq .takes",
			   "jq -s '[.[].takes[]] | length' \"$FILE\"");
}

static void the_takes_with_a_term_are_those_of_the_file(void **state)
{
	if (!*state)
		skip();
	/* Words that no stemmer and no other form of theirs gets into. */
	assert_same_output(
		"\"$PANELDEX_BIN\" panel -n 0 --top 1000 -f json | jq -c "
		"'[.personas[] | .persona as $p | .terms[] "
		"| select(.term == \"info\" or .term == \"AI\") "
		"| [$p, (.term | ascii_downcase), .takes, .takes + .others]] | sort[]' "
		"| grep -E 'Acemoglu.*ai|Autor.*info'",
		"jq -s -c '[.[].takes[]] as $all | [[\"Daron Acemoglu\", \"ai\"], "
		"[\"David Autor\", \"info\"]][] | . as [$p, $w] "
		"| [$all[] | select(.text | test(\"\\\\b\" + $w + \"\\\\b\"; \"i\"))] "
		"| [$p, $w, (map(select(.persona == $p)) | length), length]' "
		"\"$FILE\"");
}

static void the_same_question_has_the_same_bytes_for_an_answer(void **state)
{
	static const char *const formats[] = { "text", "json", "csv" };

	if (!*state)
		skip();
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		char script[128];

		snprintf(script, sizeof(script), "\"$PANELDEX_BIN\" panel -f %s tax",
			 formats[i]);
		assert_same_output(script, script);
	}
}

static const json_t *persona(const json_t *doc, const char *name)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(doc, "personas"), i,
			   p) if (strcmp(string(p, "persona"), name) == 0) return p;
	fail_msg("no persona %s", name);
	return NULL;
}

static json_int_t silent(const json_t *p, const char *field)
{
	return integer(json_object_get(json_object_get(p, "silent"), field), "total");
}

static void the_document_has_what_it_promises(void **state)
{
	json_t *doc = document("panel -f json -n 2", 0), *article;
	const json_t *p = persona(doc, "The Builder");

	(void)state;
	assert_keys(doc,
		    "schema query total articles takes missed warnings index personas "
		    "shown",
		    "panel");
	assert_keys(p, "persona takes articles perspectives terms quote silent",
		    "persona");
	assert_keys(json_object_get(p, "quote"),
		    "id title date n perspective text score", "quote");
	assert_int_equal(integer(doc, "total"), ARTICLES);
	assert_int_equal(integer(doc, "takes"), 10);
	assert_int_equal(integer(p, "takes"), 3);
	assert_int_equal(silent(p, "companies"), 2);
	assert_int_equal(silent(p, "categories"), 2);
	article = json_array_get(json_object_get(doc, "shown"), 1);
	assert_keys(article, "id title date companies categories url takes", "article");
	assert_int_equal(json_array_size(json_object_get(doc, "shown")), 2);
	json_decref(doc);
}

static void only_takes_that_the_query_leaves_in_count(void **state)
{
	static const struct {
		const char *line;
		json_int_t takes, personas;
	} cases[] = {
		{ "panel -f json", 10, 5 },
		{ "panel -f json --persona skeptic", 3, 1 },
		{ "panel -f json --persona skeptic --persona founder", 5, 2 },
		{ "panel -f json persona:skeptic", 3, 1 },
		{ "panel -f json drift", 4, 4 },
		{ "panel -f json take(drift)", 1, 1 },
		{ "panel -f json take(drift) --persona skeptic", 1, 1 },
		{ "panel -f json take(weights) --persona founder", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *doc = document(cases[i].line, 0);
		json_int_t takes = integer(doc, "takes");
		size_t n = json_array_size(json_object_get(doc, "personas"));

		if (takes != cases[i].takes || n != (size_t)cases[i].personas)
			fail_msg("%s: %lld takes by %zu personas", cases[i].line,
				 (long long)takes, n);
		json_decref(doc);
	}
}

static void a_term_is_weighed_against_the_takes_that_are_left_out(void **state)
{
	json_t *doc = document("panel -f json --persona skeptic", 0);
	const json_t *terms = json_object_get(persona(doc, "The Skeptic"), "terms");

	(void)state;
	assert_true(json_array_size(terms) > 0);
	assert_string_equal(string(json_array_get(terms, 0), "term"), "Ask");
	assert_int_equal(integer(json_array_get(terms, 0), "others"), 0);
	json_decref(doc);
}

static void what_would_have_no_effect_is_refused(void **state)
{
	static const char *const lines[] = {
		"panel --facet company weights", "panel -n 1001 weights",
		"panel --snippets 1 weights",    "panel -f json --width 80 weights",
		"search --top 3 weights",        "panel date:2026-13",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct run r = run_expect(lines[i], 2);

		assert_int_equal(r.outlen, 0);
		run_free(&r);
	}
}

static void columns_share_the_width_evenly(void **state)
{
	static const struct {
		size_t n, width, want;
	} cases[] = {
		{ 1, 80, 1 },  { 4, 80, 2 },  { 4, 40, 1 },
		{ 4, 200, 4 }, { 5, 200, 5 }, { 6, 200, 3 },
		{ 4, 120, 2 }, { 3, 20, 1 },  { 0, 80, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t got = columns_fit(cases[i].n, cases[i].width, 34);

		if (got != cases[i].want)
			fail_msg("%zu blocks in %zu columns: %zu beside each other",
				 cases[i].n, cases[i].width, got);
	}
}

/* No line is wider than asked for, wide characters and styles included. */
static void columns_keep_to_the_width(void **state)
{
	static const char *const texts[] = {
		"人工知能の開発者は、公開された重みを歓迎している。しかし費用は誰が払う"
		"のか。",
		"A word thatisverymuchlongerthanthecolumnthatithastobeputinto ends "
		"here.",
		"",
	};
	struct columns c;
	struct out out;
	char *text = NULL;
	size_t len = 0, lines = 0;

	(void)state;
	out_init(&out, open_memstream(&text, &len));
	assert_true(columns_init(&c, &out, 3, 60, true));
	for (size_t i = 0; i < 3; i++) {
		struct layout *l = columns_at(&c, i);

		layout_begin(l, 0);
		layout_text(l, i ? STYLE_PLAIN : STYLE_VOICE, texts[i]);
		layout_end(l);
	}
	columns_put(&c, 2);
	columns_release(&c);
	out_close(&out, NULL);
	for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
		struct buf plain;

		buf_init(&plain, 0);
		*end = '\0';
		for (const char *s = line; *s; s++) {
			if (*s == '\033')
				s += strcspn(s, "m");
			else
				buf_putc(&plain, *s);
		}
		if (layout_width(buf_str(&plain)) > 62)
			fail_msg("too wide: %s", line);
		assert_int_equal(strncmp(buf_str(&plain), "  ", 2), 0);
		lines++;
		buf_release(&plain);
	}
	assert_true(lines >= 4);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_personas_counts_are_those_of_the_file),
		cmocka_unit_test(the_takes_with_a_term_are_those_of_the_file),
		cmocka_unit_test(the_same_question_has_the_same_bytes_for_an_answer),
		cmocka_unit_test(the_document_has_what_it_promises),
		cmocka_unit_test(only_takes_that_the_query_leaves_in_count),
		cmocka_unit_test(a_term_is_weighed_against_the_takes_that_are_left_out),
		cmocka_unit_test(what_would_have_no_effect_is_refused),
		cmocka_unit_test(columns_share_the_width_evenly),
		cmocka_unit_test(columns_keep_to_the_width),
	};

	return cmocka_run_group_tests(tests, make_economists, NULL);
}
