/*
 * Pages that are made to be too much: each is read or rejected, in bounded memory, and
 * nothing else happens.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ${before}, ${n} times ${piece}, ${after}. */
struct page {
	const char *what, *before, *piece;
	size_t n;
	const char *after;
	int status; /* of ingest: 0 read, 4 rejected */
};

#define TEXT "<p>Some text of an article, which is long enough to be read as such.</p>"
#define LD "<script type=\"application/ld+json\">"
#define END "</script>" TEXT

static const struct page pages[] = {
	{ "nested", "", "<div>", 100000, TEXT, 0 },
	{ "too many elements", "", "<br>", 1000001, TEXT, 4 },
	{ "attributes", "<p", " a=1", 3000000, ">" TEXT, 0 },
	{ "less-than signs", "", "<", 64 << 20, "", 4 },
	{ "fewer of them", "<p>Text. ", "<", 15 << 20, "", 0 },
	{ "never closed", "", "<p><b><i><font a=1><table><tr><td><ul><li><h1>", 20000,
	  TEXT, 0 },
	{ "misnested", "<p><font a=1><font a=2><font a=3><font a=4></p>", "<p>x",
	  300000, TEXT, 0 },
	{ "an attribute", "<p class=\"", "x ", 4 << 20, "\">" TEXT, 0 },
	{ "an open quote", TEXT "<p class=\"", "x ", 4 << 20, "", 0 },
	{ "comments", "", "<!--", 3000000, TEXT, 0 },
	{ "pictures", "", "<svg>", 1000000, TEXT, 0 },
	{ "tables", "", "<table><tr><td>", 100000, TEXT, 0 },
	{ "links", "", "<a>x</a>", 400000, TEXT, 0 },
	{ "times", "", "<time class=date>x</time>", 300000, TEXT, 0 },
	{ "headings of a panel", "", "<p>Panel Takes", 60000, TEXT, 0 },
	{ "titles", "<title>", "a | ", 1000000, "</title>" TEXT, 0 },
	{ "nested JSON", LD, "[", 1000000, END, 0 },
	{ "nested graphs", LD, "{\"@graph\":[", 20000, END, 0 },
	{ "flat JSON", LD "[", "0,", 1000000, "0]" END, 0 },
	{ "commas", LD "{", " ,", 1000000, END, 0 },
	{ "quotes", LD "{\"a\":\"", "\" x", 600000, END, 0 },
	{ "too long JSON", LD "[", "0,", 2000000, "0]" END, 0 },
	{ "references", "<p>", "&amp;", 3000000, "", 0 },
};

static char *write_page(const struct page *p)
{
	static char path[512];
	size_t n = strlen(p->piece);
	FILE *f;

	snprintf(path, sizeof(path), "%s", in_tmpdir("page.html"));
	f = fopen(path, "wb");
	assert_non_null(f);
	fputs("<!doctype html><title>Hostile</title>", f);
	fputs(p->before, f);
	for (size_t i = 0; i < p->n; i++)
		fwrite(p->piece, 1, n, f);
	fputs(p->after, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

/*
 * 256 MiB of everything that the program may map; the sanitizers map more than there
 * is, and are run without the limit.  What glibc's malloc sets aside for each thread, and
 * never touches, is left out: how much that is depends on who comes first.  20 s of the processor's time would be a bug, a
 * loaded machine is none.
 */
static const char script[] =
	"limit='ulimit -v 262144'\n"
	"(eval \"$limit\"; \"$PANELDEX_BIN\" --version) >/dev/null 2>&1 || limit=:\n"
	"eval \"$limit\"; ulimit -t 20; export MALLOC_ARENA_MAX=1\n"
	"exec \"$PANELDEX_BIN\" ingest -q \"$HOSTILE_PAGE\"\n";

static void hostile_pages_are_read_or_rejected_in_bounded_memory(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct run r;

		use_db("hostile.db");
		remove(in_tmpdir("hostile.db"));
		set("HOSTILE_PAGE", write_page(&pages[i]));
		r = shell(script);
		if (r.status != pages[i].status)
			fail_msg("%s: exit %d, wanted %d\n%s", pages[i].what, r.status,
				 pages[i].status, r.err);
		run_free(&r);
	}
}

static void the_reason_of_a_reject_says_what_was_too_much(void **state)
{
	static const struct page large = { "", "", "<", 17 << 20, "", 4 };
	static const struct page many = { "", "", "<br>", 1000001, "", 4 };
	struct run r;

	(void)state;
	use_db("reasons.db");
	set("HOSTILE_PAGE", write_page(&large));
	r = shell(script);
	assert_status(&r, 4, "a large page");
	assert_holds(r.err, "page.html: more than 16777216 bytes in one page; rejected",
		     "a large page");
	run_free(&r);
	set("HOSTILE_PAGE", write_page(&many));
	r = shell(script);
	assert_status(&r, 4, "many elements");
	assert_holds(r.err, "page.html: more than 1000000 elements and texts; rejected",
		     "many elements");
	run_free(&r);
}

static void no_bytes_of_a_page_are_followed(void **state)
{
	static const struct page page = {
		"",
		"<link rel=canonical href=\"file:///etc/passwd\">"
		"<meta property=og:url content=javascript:x>",
		TEXT,
		1,
		"",
		0
	};
	struct run r;
	json_t *doc;

	(void)state;
	use_db("links.db");
	set("HOSTILE_PAGE", write_page(&page));
	r = shell(script);
	assert_status(&r, 0, "links");
	run_free(&r);
	doc = document("search -f json article", 0);
	assert_true(json_is_null(json_object_get(
		json_array_get(json_object_get(doc, "hits"), 0), "url")));
	json_decref(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_pages_are_read_or_rejected_in_bounded_memory),
		cmocka_unit_test(the_reason_of_a_reject_says_what_was_too_much),
		cmocka_unit_test(no_bytes_of_a_page_are_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
