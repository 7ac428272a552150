/* What holds for all readers: who reads what, damage, pieces; one article in each. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Samples of the corpus: their reader, what is in them, and what ends an article. */
static const struct sample {
	const char *path, *reader;
	size_t articles, rejects;
	const char *end; /* NULL: an article ends with the input */
	size_t before;   /* ends that stand before the first article's own */
} samples[] = {
	{ "captures/007-skerry-cloud-cuts-h100-hour.txt", "capture", 1, 0, NULL, 0 },
	{ "articles.jsonl", "jsonl", 16, 0, "}\n", 0 },
	{ "formats/briefs.json", "json", 2, 0, "\n  }", 0 },
	{ "formats/plumbline-feed.json", "json", 2, 0, "\n    }", 0 },
	{ "formats/deals.csv", "csv", 2, 0, "\r\n", 1 },
	{ "formats/skerry-status.rss", "feed", 2, 0, "</item>", 0 },
	{ "formats/heathland-notes.atom", "feed", 1, 0, "</entry>", 0 },
	{ "formats/ferrule-nightly.md", "markdown", 1, 0, NULL, 0 },
	{ "formats/weekly.mbox", "mbox", 2, 0, "\nFrom ", 0 },
	{ "hostile/truncated.rss", "feed", 0, 1, NULL, 0 },
	{ "hostile/truncated.md", "markdown", 0, 1, NULL, 0 },
	{ "hostile/truncated.json", "json", 1, 1, NULL, 0 },
	{ "hostile/truncated.csv", "csv", 1, 1, NULL, 0 },
	{ "hostile/truncated.mbox", "mbox", 1, 1, NULL, 0 },
	{ "hostile/truncated.jsonl", "jsonl", 0, 1, NULL, 0 },
	{ "hostile/laughs.rss", "feed", 1, 1, NULL, 0 },
	{ "hostile/nested.json", "json", 1, 2, NULL, 0 },
	{ "hostile/wrong-types.jsonl", "jsonl", 1, 3, NULL, 0 },
	{ "hostile/aliases.md", "markdown", 0, 1, NULL, 0 },
	{ "hostile/quotes.csv", "csv", 1, 1, NULL, 0 },
	{ "hostile/parts.eml", "mbox", 1, 0, NULL, 0 },
};

static char *sample_bytes(const struct sample *s, size_t *len)
{
	char path[128];

	snprintf(path, sizeof(path), "corpus/%s", s->path);
	return file_bytes(test_path(path), len);
}

static void read_as(struct reading *r, const char *name, const char *bytes, size_t len)
{
	reading_init(r);
	reading_bytes(r, name, bytes, len);
}

static void each_sample_is_read_by_its_reader_whatever_it_is_called(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct sample *s = &samples[i];
		const char *const names[] = { s->path, "-" };
		size_t len;
		char *bytes = sample_bytes(s, &len);

		for (size_t j = 0; j < COUNT(names); j++) {
			struct reading r;

			read_as(&r, names[j], bytes, len);
			if (!r.reader || strcmp(r.reader, s->reader) != 0 ||
			    r.articles != s->articles || r.skips != s->rejects)
				fail_msg("%s as %s: %s, %zu articles, %zu rejects",
					 s->path, names[j],
					 r.reader ? r.reader : "none", r.articles,
					 r.skips);
			reading_release(&r);
		}
		free(bytes);
	}
}

static size_t count(const char *bytes, size_t len, const char *what)
{
	size_t n = 0, size = strlen(what);

	for (size_t i = 0; i + size <= len; i++)
		n += memcmp(bytes + i, what, size) == 0;
	return n;
}

static void cut_anywhere_no_article_that_was_complete_is_lost(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct sample *s = &samples[i];
		size_t len, step;
		char *bytes = sample_bytes(s, &len);

		step = len > 4096 ? len / 512 : 1; /* each byte of what is short */
		for (size_t n = 0; n < len; n += step) {
			char *cut = malloc(n + 1);
			size_t ends = s->end ? count(bytes, n, s->end) : 0;
			struct reading r;

			assert_non_null(cut);
			memcpy(cut, bytes, n);
			read_as(&r, s->path, cut, n);
			if (r.status != READ_END && r.status != PDX_E_INPUT)
				fail_msg("%s cut at %zu: status %d", s->path, n,
					 r.status);
			if (r.articles + s->before < ends)
				fail_msg("%s cut at %zu: %zu articles, %zu ends",
					 s->path, n, r.articles, ends);
			reading_release(&r);
			free(cut);
		}
		free(bytes);
	}
}

static void changed_bytes_give_articles_or_reasons(void **state)
{
	uint32_t seed = 20260508;

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		size_t len;
		char *bytes = sample_bytes(&samples[i], &len);

		for (size_t round = 0; round < 400; round++) {
			struct reading r;
			size_t at;
			char was;

			seed = seed * 1664525u + 1013904223u;
			at = (seed >> 8) % len;
			was = bytes[at];
			bytes[at] = round % 4 ? (char)(seed >> 3) : '\0';
			read_as(&r, samples[i].path, bytes, len);
			if (r.status != READ_END && r.status != PDX_E_INPUT)
				fail_msg("%s changed at %zu: status %d",
					 samples[i].path, at, r.status);
			if (r.articles + r.skips + r.warnings.len == 0 &&
			    r.status == READ_END)
				fail_msg("%s changed at %zu: nothing", samples[i].path,
					 at);
			bytes[at] = was;
			reading_release(&r);
		}
		free(bytes);
	}
}

static void the_bytes_may_come_in_any_pieces(void **state)
{
	static const size_t chunks[] = { 1, 2, 3, 7, 100, 4096 };

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct reading whole;
		size_t len;
		char *bytes = sample_bytes(&samples[i], &len);

		read_as(&whole, "x", bytes, len);
		for (size_t j = 0; j < COUNT(chunks); j++) {
			struct reading r;

			reading_init(&r);
			r.chunk = chunks[j];
			reading_bytes(&r, "x", bytes, len);
			assert_string_equal(buf_str(&r.text), buf_str(&whole.text));
			reading_release(&r);
		}
		reading_release(&whole);
		free(bytes);
	}
}

/* One article, as each format writes it. */
static const struct {
	const char *name, *text;
} same[] = {
	{ "a.jsonl",
	  "{\"title\":\"An Office & a Desk\",\"date\":\"2026-05-08\","
	  "\"companies\":[\"Lantern Labs\"],\"categories\":[\"Enterprise\"],"
	  "\"url\":\"https://lantern.example/office\",\"summary\":\"One desk.\","
	  "\"body\":\"First.\\n\\nSecond.\",\"lang\":\"en\",\"source\":"
	  "\"Lantern Weekly\"}\n" },
	{ "a.json",
	  "{\"articles\": [\n{\"title\": \"An Office & a Desk\", \"date\": \"May "
	  "8, 2026\", \"company\": \"Lantern Labs\", \"category\": "
	  "\"Enterprise\", \"url\": \"https://lantern.example/office\", "
	  "\"summary\": \"One desk.\", \"text\": \"First.\\n\\nSecond.\", "
	  "\"lang\": \"en\", \"source\": \"Lantern Weekly\"}]}" },
	{ "a.csv", "Title,Date,Company,Category,URL,Summary,Body,Lang,Source\r\n"
		   "An Office & a Desk,08.05.2026,Lantern Labs,Enterprise,"
		   "https://lantern.example/office,One desk.,\"First.\n\nSecond.\",en,"
		   "Lantern Weekly\r\n" },
	{ "a.md", "---\ntitle: An Office & a Desk\ndate: 2026-05-08T23:30:00-07:00\n"
		  "companies: [Lantern Labs]\ncategories: [Enterprise]\n"
		  "canonical: https://lantern.example/office\nsummary: One desk.\n"
		  "lang: en\nsource: Lantern Weekly\n---\nFirst.\n\n*Second*.\n" },
	{ "a.rss",
	  "<rss version=\"2.0\"><channel><title>Lantern Weekly</title>"
	  "<link>https://lantern.example/</link><language>en</language><item>"
	  "<title>An Office &amp;amp; a Desk</title><link>/office</link>"
	  "<pubDate>Fri, 08 May 2026 23:30:00 PDT</pubDate>"
	  "<category domain=\"company\">Lantern Labs</category>"
	  "<category>Enterprise</category><description>One desk.</description>"
	  "<content:encoded>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;"
	  "</content:encoded></item></channel></rss>" },
	{ "a.atom",
	  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>"
	  "Lantern Weekly</title><entry><title>An Office &amp; a Desk</title>"
	  "<link href=\"https://lantern.example/office\"/>"
	  "<published>2026-05-08T23:30:00-07:00</published>"
	  "<category scheme=\"company\" term=\"Lantern Labs\"/>"
	  "<category term=\"Enterprise\"/><summary>One desk.</summary>"
	  "<content type=\"html\">First.&lt;p>Second.</content></entry></feed>" },
};

/* What stands in a reading behind the article's origin. */
static const char *fields_of(const struct reading *r)
{
	const char *article = strstr(buf_str(&r->text), "article ");

	return article ? strchr(article, '\n') : "";
}

static void one_article_is_the_same_in_each_format(void **state)
{
	struct reading first;

	(void)state;
	read_as(&first, same[0].name, same[0].text, strlen(same[0].text));
	assert_int_equal(first.articles, 1);
	for (size_t i = 1; i < COUNT(same); i++) {
		struct reading r;

		read_as(&r, same[i].name, same[i].text, strlen(same[i].text));
		if (r.articles != 1 || strcmp(fields_of(&r), fields_of(&first)) != 0)
			fail_msg("%s: %s\nnot %s", same[i].name, buf_str(&r.text),
				 buf_str(&first.text));
		reading_release(&r);
	}
	reading_release(&first);
}

/* Two members of a panel, as formats write them that can. */
static const struct {
	const char *name, *text;
} panels[] = {
	{ "p.jsonl",
	  "{\"title\":\"t\",\"takes\":[{\"persona\":\"The Builder\","
	  "\"perspective\":\"Developer Perspective\",\"text\":\"It builds.\"},"
	  "{\"persona\":\"The Skeptic\",\"perspective\":\"Reality Check\","
	  "\"text\":\"I doubt it.\\n\\nStill.\"}]}\n" },
	{ "p.md", "---\ntitle: t\n---\nBody.\n\n## Panel Takes\n\n### The Builder — "
		  "Developer Perspective\n\nIt builds.\n\n### The Skeptic (Reality "
		  "Check)\n\nI doubt it.\n\nStill.\n" },
	{ "p.rss",
	  "<rss><channel><item><title>t</title><content:encoded>&lt;p>Body.&lt;h2>"
	  "Panel Takes&lt;/h2>&lt;h3>The Builder&lt;/h3>&lt;p>The Builder&lt;p>"
	  "Developer Perspective&lt;p>It builds.&lt;h3>The Skeptic&lt;/h3>&lt;p>"
	  "The Skeptic&lt;p>Reality Check&lt;p>I doubt it.&lt;p>Still."
	  "</content:encoded></item></channel></rss>" },
	{ "p.eml",
	  "Subject: t\nDate: 8 May 2026\nContent-Type: text/html\n\n<p>Body.</p>"
	  "<h2>Panel Takes</h2><h3>The Builder</h3><h4>Developer Perspective</h4>"
	  "<p>It builds.</p><h3>The Skeptic</h3><h4>Reality Check</h4>"
	  "<p>I doubt it.</p><p>Still.</p>\n" },
	{ "p.json",
	  "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":"
	  "\"t\",\"content_text\":\"Body.\\n\\nPanel Takes\\n\\nThe Builder"
	  "\\n\\nThe Builder\\n\\nDeveloper Perspective\\n\\nIt builds."
	  "\\n\\nThe Skeptic\\n\\nThe Skeptic\\n\\nReality Check\\n\\n"
	  "I doubt it.\\n\\nStill.\"}]}" },
};

static void one_panel_is_the_same_in_each_format_that_can_have_one(void **state)
{
	static const char takes[] =
		"  persona: The Builder\n  perspective: Developer "
		"Perspective\n  take: It builds.\n  persona: The "
		"Skeptic\n  perspective: Reality Check\n  take: I doubt "
		"it.\\n\\nStill.\n";

	(void)state;
	for (size_t i = 0; i < COUNT(panels); i++) {
		struct reading r;
		const char *at;

		read_as(&r, panels[i].name, panels[i].text, strlen(panels[i].text));
		at = strstr(buf_str(&r.text), "  persona: ");
		if (!at || strcmp(at, takes) != 0 ||
		    (i > 0 && !strstr(buf_str(&r.text), "  body: Body.\n")))
			fail_msg("%s: %s", panels[i].name, buf_str(&r.text));
		reading_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_sample_is_read_by_its_reader_whatever_it_is_called),
		cmocka_unit_test(cut_anywhere_no_article_that_was_complete_is_lost),
		cmocka_unit_test(changed_bytes_give_articles_or_reasons),
		cmocka_unit_test(the_bytes_may_come_in_any_pieces),
		cmocka_unit_test(one_article_is_the_same_in_each_format),
		cmocka_unit_test(
			one_panel_is_the_same_in_each_format_that_can_have_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
