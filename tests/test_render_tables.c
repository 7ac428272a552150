/*
 * The formats that show tables: csv as RFC 4180 has it, tsv, md; what a cell may hold.
 * And what text makes of numbers: bars, sparklines, grids.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "render/layout.h"
#include "render/marks.h"
#include "report/facets.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A record of our own: one table "sample" with a column of text and one of numbers. */
struct sample {
	const char *const *texts;
	size_t n;
	int64_t number;
};

static void sample_tables(struct tables *out, const void *what)
{
	const struct sample *s = what;

	tables_begin(out, "sample", "A sample");
	tables_column(out, "text", TABLE_TEXT);
	tables_column(out, "number", TABLE_NUMBER);
	for (size_t i = 0; i < s->n; i++) {
		tables_text(out, "text", s->texts[i]);
		tables_signed(out, "number", s->number);
		tables_end_row(out);
	}
}

static const struct record_kind sample_kind = { .tables = sample_tables };

static void show(struct page *p, const char *format, const char *const *texts, size_t n)
{
	const struct sample s = { texts, n, -7 };

	page_start(p, format, 80, false);
	render_record(&p->r, &sample_kind, &s);
	page_end(p);
	assert_int_equal(p->err_len, 0);
}

static void a_cell_is_written_so_that_nothing_obeys_it(void **state)
{
	static const struct {
		const char *cell, *csv, *tsv, *md;
	} cases[] = {
		{ "plain", "plain", "plain", "plain" },
		{ "", "", "", "" },
		{ "a,b", "\"a,b\"", "a,b", "a,b" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"", "say \"hi\"", "say \"hi\"" },
		{ "two\nlines", "\"two\nlines\"", "two lines", "two lines" },
		{ "two\r\nlines", "\"two \nlines\"", "two  lines", "two  lines" },
		{ "a\tb", "a b", "a b", "a b" },
		{ "=1+1", "'=1+1", "'=1+1", "\\=1+1" },
		{ "+1", "'+1", "'+1", "\\+1" },
		{ "-1", "'-1", "'-1", "\\-1" },
		{ "@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)", "@SUM(A1)" },
		{ "\t=1", "' =1", "' =1", " =1" },
		{ "=1,\"2\"", "\"'=1,\"\"2\"\"\"", "'=1,\"2\"", "\\=1,\"2\"" },
		{ "a=b", "a=b", "a=b", "a=b" },
		{ "red \033[31m", "red \xEF\xBF\xBD[31m", "red \xEF\xBF\xBD[31m",
		  "red \xEF\xBF\xBD\\[31m" },
		{ "bidi \xE2\x80\xAEx", "bidi \xEF\xBF\xBDx", "bidi \xEF\xBF\xBDx",
		  "bidi \xEF\xBF\xBDx" },
		{ "bell \a", "bell \xEF\xBF\xBD", "bell \xEF\xBF\xBD",
		  "bell \xEF\xBF\xBD" },
		{ "soft\xC2\xADhyphen", "softhyphen", "softhyphen", "softhyphen" },
		{ "a|b", "a|b", "a|b", "a\\|b" },
		{ "<b>*x*</b>", "<b>*x*</b>", "<b>*x*</b>", "\\<b\\>\\*x\\*\\</b\\>" },
		{ "1. one", "1. one", "1. one", "1\\. one" },
		{ "Z\xC3\xBCrich \xE4\xBA\xBA", "Z\xC3\xBCrich \xE4\xBA\xBA",
		  "Z\xC3\xBCrich \xE4\xBA\xBA", "Z\xC3\xBCrich \xE4\xBA\xBA" },
	};
	static const char *const formats[] = { "csv", "tsv", "md" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * COUNT(formats); i++) {
		size_t k = i / COUNT(formats), f = i % COUNT(formats);
		char want[256];
		struct page p;

		show(&p, formats[f], &cases[k].cell, 1);
		snprintf(want, sizeof(want),
			 f == 0   ? "text,number\r\n%s,-7\r\n"
			 : f == 1 ? "text\tnumber\n%s\t-7\n"
				  : "## A sample\n\n| text | number |\n| --- | ---: "
				    "|\n| %s | -7 |\n",
			 f == 0   ? cases[k].csv
			 : f == 1 ? cases[k].tsv
				  : cases[k].md);
		if (strcmp(p.out_text, want) != 0)
			fail_msg("%s of <%s>:\n%s\nnot\n%s", formats[f], cases[k].cell,
				 p.out_text, want);
		page_free(&p);
	}
}

static void a_table_without_rows_has_its_columns(void **state)
{
	static const struct {
		const char *format, *want;
	} cases[] = {
		{ "csv", "text,number\r\n" },
		{ "tsv", "text\tnumber\n" },
		{ "md", "## A sample\n\n| text | number |\n| --- | ---: |\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;

		show(&p, cases[i].format, NULL, 0);
		assert_string_equal(p.out_text, cases[i].want);
		page_free(&p);
	}
}

static uint64_t seed = 0x2545f4914f6cdd1du;

static size_t below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % n);
}

/* Read the cell at *at by the grammar of RFC 4180; false: it is none. */
static bool read_cell(char *out, const char **at)
{
	const char *s = *at;
	bool quoted = *s == '"';

	for (s += quoted; *s; s++) {
		if (quoted && *s == '"' && s[1] != '"')
			break;
		if (!quoted && (*s == ',' || *s == '\r'))
			break;
		if (!quoted && (*s == '"' || *s == '\n'))
			return false;
		s += quoted && *s == '"';
		*out++ = *s;
	}
	*out = '\0';
	if (quoted && *s++ != '"')
		return false;
	*at = s;
	return *s == ',' || *s == '\r';
}

/* Cells of what csv has to quote: they are read back as they were. */
static void csv_is_read_back_by_the_grammar(void **state)
{
	static const char letters[] = "ab,\"\n x";
	char cells[8][16], got[64];
	const char *texts[8];

	(void)state;
	for (int round = 0; round < 2000; round++) {
		size_t n = 1 + below(COUNT(texts));
		const char *at;
		struct page p;

		for (size_t i = 0; i < n; i++) {
			size_t len = below(12);

			for (size_t k = 0; k < len; k++)
				cells[i][k] = letters[below(sizeof(letters) - 1)];
			cells[i][len] = '\0';
			texts[i] = cells[i];
		}
		show(&p, "csv", texts, n);
		at = p.out_text + strlen("text,number\r\n");
		for (size_t i = 0; i < n; i++) {
			if (!read_cell(got, &at) || strcmp(got, cells[i]) != 0 ||
			    strncmp(at, ",-7\r\n", 5) != 0)
				fail_msg("<%s> is read as <%s> from\n%s", cells[i], got,
					 p.out_text);
			at += 5;
		}
		assert_string_equal(at, "");
		page_free(&p);
	}
}

static void counts_become_bars_and_sparklines(void **state)
{
	static const uint64_t counts[] = { 0, 1, 4, 8, 0, 2 };
	static const struct {
		bool blocks;
		size_t columns;
		const char *want;
	} cases[] = {
		{ true, 80,
		  "\xE2\x96\x81\xE2\x96\x83\xE2\x96\x85\xE2\x96\x88\xE2\x96\x81"
		  "\xE2\x96\x84" },
		{ false, 80, "_:=#_-" },
		{ false, 3, ":#:" }, /* two counts a mark: 1, 12, 2 */
		{ false, 1, "#" },
	};
	struct page p;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		page_start(&p, "text", 80, false);
		p.r.blocks = cases[i].blocks;
		marks_line(&p.r, counts, COUNT(counts), cases[i].columns);
		page_end(&p);
		if (strcmp(p.out_text, cases[i].want) != 0)
			fail_msg("case %zu: %s, not %s", i, p.out_text, cases[i].want);
		page_free(&p);
	}
	page_start(&p, "text", 80, false);
	marks_bar(&p.r, 5, 10, 8);
	marks_bar(&p.r, 0, 10, 8);
	out_putc(&p.out, '|');
	marks_bar(&p.r, 1, 1000, 8); /* little is not nothing */
	out_putc(&p.out, '|');
	marks_bar(&p.r, 10, 10, 8);
	marks_bar(&p.r, 0, 0, 8);
	page_end(&p);
	assert_string_equal(p.out_text, "####|#|########");
	page_free(&p);
}

static void utf8_is_what_the_environment_says(void **state)
{
	static const struct {
		const char *all, *ctype, *lang;
		bool want;
	} cases[] = {
		{ "C.UTF-8", "", "", true },
		{ "", "de_DE.utf8", "C", true },
		{ "", "", "en_US.UTF-8", true },
		{ "C", "", "en_US.UTF-8", false },
		{ "", "", "", false },
		{ "", "", "de_DE.UTF-8@euro", true },
		{ "", "", "en_US.ISO-8859-1", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		setenv("LC_ALL", cases[i].all, 1);
		setenv("LC_CTYPE", cases[i].ctype, 1);
		setenv("LANG", cases[i].lang, 1);
		if (terminal_utf8() != cases[i].want)
			fail_msg("LC_ALL=%s LC_CTYPE=%s LANG=%s", cases[i].all,
				 cases[i].ctype, cases[i].lang);
	}
}

/* Rows and columns of names in every script, at every width: no line is wider. */
static void a_grid_keeps_to_its_width(void **state)
{
	static const struct pdx_facet_value rows[] = {
		{ "Hugging Face", 120 },
		{ "\xE4\xBA\xBA\xE5\xB7\xA5\xE7\x9F\xA5\xE8\x83\xBD", 30 },
		{ "A company with a name that goes on and on", 5 },
	};
	static const struct pdx_facet_value columns[] = {
		{ "Funding", 70 },
		{ "\xE8\xB5\x84\xE9\x87\x91\xE5\x92\x8C\xE6\x94\xBF\xE7\xAD\x96", 80 },
		{ "Acquisition", 4 },
		{ "Product Launch", 1 },
	};
	static const uint64_t cells[5 * 6] = { 60, 50, 10, 0, 0, 0, 9, 21, 0, 0 };
	const struct report_pivot pivot = {
		.rows = { .field = "company",
			  .values = rows,
			  .nvalues = 3,
			  .other = 7,
			  .missing = 1,
			  .total = 1160 },
		.columns = { .field = "category",
			     .values = columns,
			     .nvalues = 4,
			     .other = 2,
			     .total = 1160 },
		.cells = cells,
		.most = 60,
	};
	const struct report_facets report = { .total = 1160,
					      .facets = &pivot.rows,
					      .nfacets = 1,
					      .pivots = &pivot,
					      .npivots = 1 };
	struct render_search search = sample_search(0);
	struct render_facets shown = { &search, &report, false };

	(void)state;
	for (size_t width = TERMINAL_MIN_WIDTH; width < 130; width++) {
		struct page p;

		page_start(&p, "text", width, false);
		render_record(&p.r, &record_facets, &shown);
		page_end(&p);
		for (char *rest = p.out_text, *line;
		     (line = strtok_r(rest, "\n", &rest));)
			if (layout_width(line) > width)
				fail_msg("width %zu: %s", width, line);
		page_free(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_is_written_so_that_nothing_obeys_it),
		cmocka_unit_test(a_table_without_rows_has_its_columns),
		cmocka_unit_test(csv_is_read_back_by_the_grammar),
		cmocka_unit_test(counts_become_bars_and_sparklines),
		cmocka_unit_test(utf8_is_what_the_environment_says),
		cmocka_unit_test(a_grid_keeps_to_its_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
