/*
 * Articles that mean harm: every text of cases/hostile.t in every place an article has,
 * shown in every format, comes out as text.  First what the formats make of it, with
 * nothing before them that could have disarmed it; then the whole way from a file.
 */
#include "hostile.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "program.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FIELD_BYTES 512
#define LEAST_VECTORS 100

static struct case_row *vectors;
static size_t nvectors;

/* An article that has ${vector} everywhere, with letters around it to find it by. */
struct hostile {
	char title[FIELD_BYTES], summary[FIELD_BYTES], body[FIELD_BYTES],
		take[FIELD_BYTES], url[FIELD_BYTES];
	const char *names[2];
	struct pdx_take takes[2];
	struct pdx_article article;
	struct pdx_span span;
	struct pdx_highlight highlights[3];
	bool matched[2];
	struct pdx_facet_value value;
	struct pdx_facet facet;
	struct pdx_group group;
	struct pdx_hit hit;
	struct pdx_note note;
	struct pdx_without without;
	struct render_search search;
};

static void around(char *out, const char *word, const char *vector)
{
	snprintf(out, FIELD_BYTES, "Q%s %s %sQ", word, vector, word);
}

static void make_article(struct hostile *h, const char *vector)
{
	around(h->title, "title", vector);
	around(h->summary, "summary", vector);
	around(h->body, "body", vector);
	around(h->take, "take", vector);
	snprintf(h->url, sizeof(h->url), "%s", vector);
	h->names[0] = vector; /* alone: it begins a cell */
	h->names[1] = h->title;
	h->takes[0] = (struct pdx_take){ vector, vector, h->take };
	h->takes[1] = (struct pdx_take){ NULL, h->title, vector };
	h->article = (struct pdx_article){
		.title = h->title,
		.summary = h->summary,
		.body = h->body,
		.date = 20581,
		.companies = h->names,
		.ncompanies = 2,
		.categories = h->names,
		.ncategories = 2,
		.url = h->url,
		.lang = vector,
		.source = vector,
		.ref = vector,
		.origin = vector,
		.takes = h->takes,
		.ntakes = 2,
		.id = "268b1e1b4370",
		.added = 1795343430,
	};
}

static void make_search(struct hostile *h, const char *vector)
{
	static const char *const sort[] = { "relevance" };

	h->span = (struct pdx_span){ 3, 4 };
	h->highlights[0] = (struct pdx_highlight){ "title", 0, h->title, &h->span, 1 };
	h->highlights[1] = (struct pdx_highlight){ "body", 0, h->body, &h->span, 1 };
	h->highlights[2] = (struct pdx_highlight){ "take", 1, vector, &h->span, 1 };
	h->value = (struct pdx_facet_value){ vector, 3 };
	h->facet = (struct pdx_facet){ "company", &h->value, 1, 2, 1, 4 };
	h->group = (struct pdx_group){ "company", vector, 3, 1 };
	h->matched[0] = h->matched[1] = true;
	h->hit = (struct pdx_hit){
		.article = &h->article,
		.rank = 1,
		.score = 7.25,
		.highlights = h->highlights,
		.nhighlights = COUNT(h->highlights),
		.take_matched = h->matched,
		.group = &h->group,
	};
	h->note = (struct pdx_note){ "no-value", 1, 0, 1, vector, false };
	h->without = (struct pdx_without){ vector, 7 };
	h->search = (struct render_search){
		.text = vector,
		.parsed = vector,
		.sort = sort,
		.nsort = 1,
		.notes = &h->note,
		.nnotes = 1,
		.did_you_mean = vector,
		.without = &h->without,
		.nwithout = 1,
		.total = 1,
		.returned = 1,
		.group_by = "company",
		.groups = 1,
		.facets = &h->facet,
		.nfacets = 1,
	};
}

/* The letters of ${field} stand in ${seen}, in order, and none between them. */
static void check_visible(const struct output *o, const char *seen, const char *field)
{
	char *want = letters_of(field, strlen(field));

	if (!strstr(seen, want))
		fail_msg("%s of \"%s\": not to be seen: %s", o->format, o->what, want);
	free(want);
}

static void assert_harmless(const struct output *o)
{
	char fault[HARM_BYTES];

	if (find_harm(fault, o))
		fail_msg("%s of \"%s\": %s", o->format, o->what, fault);
}

static void show_each(const struct render_search *search, const struct hostile *h,
		      void (*check)(const struct output *o, const struct hostile *h))
{
	for (size_t i = 0; renderers[i]; i++) {
		const char *format = renderers[i]->name;
		bool has_text = strcmp(format, "ids") != 0;
		struct output o = { .format = format, .what = h->names[0] };
		struct page p;

		if (renderers[i]->hits_only && !search)
			continue;
		page_start(&p, format, 80, renderers[i]->is_text);
		if (search) {
			page_search(&p, search, &h->hit);
		} else {
			render_record(&p.r, &record_article, &h->article);
			page_end(&p);
		}
		o.text = p.out_text;
		o.len = p.out_len;
		assert_harmless(&o);
		if (has_text)
			check(&o, h);
		page_free(&p);
	}
}

static void title_is_seen(const struct output *o, const struct hostile *h)
{
	char *seen = visible_letters(o);

	check_visible(o, seen, h->title);
	free(seen);
}

static void all_is_seen(const struct output *o, const struct hostile *h)
{
	char *seen = visible_letters(o);

	check_visible(o, seen, h->title);
	check_visible(o, seen, h->summary);
	check_visible(o, seen, h->body);
	check_visible(o, seen, h->take);
	free(seen);
}

static void a_search_shows_what_means_harm_as_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < nvectors; i++) {
		struct hostile h = { .names = { NULL } };

		make_article(&h, vectors[i].want);
		make_search(&h, vectors[i].want);
		show_each(&h.search, &h, title_is_seen);
	}
}

static void an_article_that_means_harm_is_shown_as_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < nvectors; i++) {
		struct hostile h = { .names = { NULL } };

		make_article(&h, vectors[i].want);
		show_each(NULL, &h, all_is_seen);
	}
}

/* What the checks themselves must find, or they would find nothing above. */
static void harm_that_is_there_is_found(void **state)
{
	static const struct {
		const char *format, *text;
	} cases[] = {
		{ "html", "<script>alert(1)</script>" },
		{ "html", "<p onclick=x>" },
		{ "html",
		  "<a href='javascript:x' rel='noopener noreferrer nofollow'>x" },
		{ "html", "<!-- x -->" },
		{ "md", "[x](javascript:y)\n" },
		{ "md", "a <b> c\n" },
		{ "md", "![x](https://a.example)\n" },
		{ "csv", "a\r\n=1+1\r\n" },
		{ "csv", "a,b\r\nc\r\n" },
		{ "tsv", "a\n@x\n" },
		{ "json", "{\"a\":\"\xC2\x9B\"}" },
		{ "jsonl", "{\"a\":\"\xE2\x80\xAE\"}\n" },
		{ "text", "\033[5mx" },
		{ "text", "\xFF" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct output o = { cases[i].format, "harm", cases[i].text,
				    strlen(cases[i].text) };

		char fault[HARM_BYTES];

		if (!find_harm(fault, &o))
			fail_msg("%s: no harm found in %s", cases[i].format,
				 cases[i].text);
	}
}

/* ${text} as a string of JSON, byte by byte: what is not UTF-8 in it stays so. */
static void write_string(FILE *f, const char *key, const char *text)
{
	fprintf(f, "\"%s\":\"", key);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < ' ')
			fprintf(f, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			fprintf(f, "\\%c", c);
		else
			putc(c, f);
	}
	putc('"', f);
}

/* An article as a record; its body ends with a NUL, which no table can hold. */
static void write_article(FILE *f, const struct hostile *h, size_t i)
{
	const struct {
		const char *key, *text;
	} parts[] = {
		{ "title", h->title },      { "summary", h->summary },
		{ "company", h->names[0] }, { "category", h->names[0] },
		{ "url", h->url },          { "source", h->names[0] },
	};

	fprintf(f, "{\"ref\":\"%zu\",\"date\":\"2026-%02zu-01\",", i, i % 9 + 1);
	for (size_t j = 0; j < COUNT(parts); j++) {
		write_string(f, parts[j].key, parts[j].text);
		putc(',', f);
	}
	fprintf(f, "\"body\":\"harm \\u0000<b>\\u0000\",\"takes\":[{");
	write_string(f, "persona", h->takes[0].persona);
	putc(',', f);
	write_string(f, "perspective", h->takes[0].perspective);
	putc(',', f);
	write_string(f, "text", h->take);
	fputs("}]}\n", f);
}

/* Make an index of all vectors, an article each. */
static void ingest_vectors(void)
{
	const char *path = in_tmpdir("hostile.jsonl");
	char line[FIELD_BYTES];
	FILE *f = fopen(path, "w");
	struct run r;

	assert_non_null(f);
	for (size_t i = 0; i < nvectors; i++) {
		struct hostile h = { .names = { NULL } };

		make_article(&h, vectors[i].want);
		write_article(f, &h, i);
	}
	assert_int_equal(fclose(f), 0);
	use_db("hostile.db");
	snprintf(line, sizeof(line), "ingest -q --now 2026-11-23 %s", path);
	r = run_expect(line, 0);
	run_free(&r);
}

/* The titles of all articles, as the index has them. */
static json_t *all_hits(void)
{
	json_t *doc = document("search -f json -n 1000 --snippets 0", 0);
	json_t *hits = json_object_get(doc, "hits");

	assert_int_equal(json_array_size(hits), nvectors);
	json_incref(hits);
	json_decref(doc);
	return hits;
}

/* Run ${command} in every format that has room for it, ${hits_only} or not: harmless,
 * and the title of every hit is seen. */
static void check_command(const char *command, bool hits_only, const json_t *hits)
{
	for (size_t i = 0; renderers[i]; i++) {
		bool text = renderers[i]->is_text;
		char line[FIELD_BYTES], *seen;
		struct output o = { .format = renderers[i]->name, .what = line };
		struct run r;

		if (renderers[i]->hits_only != hits_only)
			continue;
		snprintf(line, sizeof(line), "%s -f %s%s", command, o.format,
			 text ? " --color always --width 80" : "");
		r = run_expect(line, 0);
		o.text = r.out;
		o.len = r.outlen;
		assert_harmless(&o);
		seen = visible_letters(&o);
		for (size_t j = 0;
		     strcmp(o.format, "ids") != 0 && j < json_array_size(hits); j++)
			check_visible(&o, seen,
				      string(json_array_get(hits, j), "title"));
		free(seen);
		run_free(&r);
	}
}

static void what_was_ingested_comes_out_harmless(void **state)
{
	json_t *hits;

	(void)state;
	ingest_vectors();
	hits = all_hits();
	check_command("search -n 1000 --facet company --facet persona --facet month",
		      false, hits);
	check_command("search -n 1000", true, hits);
	check_command("search -n 1000 --group-by category harm", false, hits);
	check_command("panel -n 1000 --top 1000", false, hits);
	json_array_clear(hits);
	check_command("compare --top 1000 --query harm --query date:2026-01", false,
		      hits);
	json_decref(hits);
}

/* With all that a report has, and every article among its hits. */
static void a_report_of_it_comes_out_harmless(void **state)
{
	json_t *hits = all_hits();
	const char *path = in_tmpdir("all.t");
	char line[FIELD_BYTES];
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	fputs("figures\ntrend by=company top=9\ntrend by=persona interval=year\n"
	      "facets by=company,category,persona,source,month top=300\n"
	      "pivot by=company,category top=40\npivot by=persona,month\n"
	      "panel top=50\nhits top=1000 snippets=3\n",
	      f);
	assert_int_equal(fclose(f), 0);
	snprintf(line, sizeof(line), "report harm --now 2026-11-23 --template %s",
		 path);
	check_command(line, false, hits);
	json_decref(hits);
}

/* The title of a report, and the query that it is of, are not trusted either. */
static void what_was_asked_comes_out_harmless(void **state)
{
	(void)state;
	for (size_t i = 0; i < nvectors; i++) {
		static const char *const formats[] = { "html", "md", "csv" };
		const char *vector = vectors[i].want;

		for (size_t j = 0; j < COUNT(formats); j++) {
			const char *argv[] = { "paneldex",   "report",   "--template",
					       "figures",    "--title",  vector,
					       "-f",         formats[j], "--now",
					       "2026-11-23", "--",       "harm",
					       NULL };
			struct output o = { .format = formats[j], .what = vector };
			struct run r;

			r = run_program(argv, NULL, 0);
			assert_status(&r, 0, vector);
			o.text = r.out;
			o.len = r.outlen;
			assert_harmless(&o);
			run_free(&r);
		}
	}
}

/* Each article by itself, in each format that shows one. */
static void each_article_comes_out_harmless(void **state)
{
	json_t *hits = all_hits();

	(void)state;
	for (size_t i = 0; i < json_array_size(hits); i++) {
		char line[FIELD_BYTES];
		struct output o = { .format = "html", .what = line };
		struct run r;

		snprintf(line, sizeof(line), "show -f html %s",
			 string(json_array_get(hits, i), "id"));
		r = run_expect(line, 0);
		o.text = r.out;
		o.len = r.outlen;
		assert_harmless(&o);
		run_free(&r);
	}
	json_decref(hits);
}

static int load_vectors(void **state)
{
	(void)state;
	nvectors = cases_load(&vectors, "hostile.t");
	assert_true(nvectors >= LEAST_VECTORS);
	return 0;
}

static int free_vectors(void **state)
{
	(void)state;
	cases_free(vectors, nvectors);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harm_that_is_there_is_found),
		cmocka_unit_test(a_search_shows_what_means_harm_as_text),
		cmocka_unit_test(an_article_that_means_harm_is_shown_as_text),
		cmocka_unit_test(what_was_ingested_comes_out_harmless),
		cmocka_unit_test(a_report_of_it_comes_out_harmless),
		cmocka_unit_test(what_was_asked_comes_out_harmless),
		cmocka_unit_test(each_article_comes_out_harmless),
	};

	return cmocka_run_group_tests(tests, load_vectors, free_vectors);
}
