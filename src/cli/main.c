/*
 * paneldex: search an archive of AI-industry news from the shell.
 *
 * This file is the program's table of commands and its way in and out; below is the
 * map of the rest.
 *
 *     include/paneldex.h   the library's only public header
 *     src/base/            errors, buffers, arenas, UTF-8, dates: knows nothing of us
 *     src/text/            the analyzer: text to words; highlighting
 *     src/ingest/          inputs to articles: the reader, and one file per format
 *     src/query/           query text to a checked tree; fields.c has all fields
 *     src/rank/            scores: arithmetic only
 *     src/engine/          what a storage engine must do, and the API on top of it
 *     src/engine/sqlite/   the embedded engine; SQL and FTS5 are only here
 *     src/report/          answers over all hits: facets, trends, the panel, what
 *                          changed; numbers, no output
 *     src/render/          output: one file per format behind one table
 *     src/cli/             the program: options.c has all options, cmd_X.c runs X,
 *                          search.c is what commands with a query share
 *
 * How a page becomes searchable:
 *
 *     cmd_ingest -> ingest_run: walks inputs, asks reader_open for the reader that
 *     knows the format -> struct pdx_article -> pdx_put -> the engine's put -> the
 *     tokenizer, which is text/analyze -> full-text index, doc values, stored text;
 *     pdx_commit makes a batch durable.
 *
 * How a query becomes hits:
 *
 *     cmd_search -> pdx_query_parse: lexer, parser, tree, check -> pdx_search: the
 *     tree's words through text/analyze, matched by the engine in one pass that ranks,
 *     collects the best, and counts facets -> pdx_result_hit loads one article at a
 *     time and highlights it -> the renderer shows it.
 *
 * Everything arrives here as an exit code: exit.c has which.
 */
#include <stdio.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/manual.h"
#include "cli/shape.h"
#include "cli/signals.h"
#include "render/schema.h"

/* clang-format off */
const struct command commands[] = {
	{ "ingest", COMMAND_INGEST, "PATH...", "read articles into the index",
	  "A PATH is a file, a directory to be walked, or - for standard input.  The\n"
	  "format is recognised: captured pages, HTML, feeds, ...  What is there already\n"
	  "and has not changed stays as it is.  Files may be compressed (gz, zst, xz,\n"
	  "bz2) or stand in an archive (tar, zip, 7z, cpio) or a crawl (WARC); nothing\n"
	  "is extracted.  What cannot be read is kept in quarantine.\n\n"
	  "  paneldex ingest captures/\n"
	  "  paneldex ingest --source digests digests.jsonl\n", NULL, cmd_ingest },
	{ "search", COMMAND_SEARCH, "[QUERY]...", "find articles, the best first",
	  "The words make one query; without any, every article is found.  Where no article\n"
	  "has all words those that have the most of them are shown, unless --strict.\n\n"
	  "  paneldex search multimodal acquisition\n"
	  "  paneldex search '\"open weights\" OR licen*' --facet company\n"
	  "  paneldex search -f json persona:skeptic drift\n", NULL, cmd_search },
	{ "similar", COMMAND_SIMILAR, "ID", "find articles like one",
	  "The words that tell the article from others make the query.\n\n"
	  "  paneldex similar 268b1e -n 5\n"
	  "  paneldex similar 268b1e --same-company drop --since 2026\n", NULL, cmd_similar },
	{ "panel", COMMAND_PANEL, "[QUERY]...", "say what the panel said",
	  "The takes on the best articles side by side; then, of each persona over all\n"
	  "articles that match: its takes, the terms that set it apart (beside each its own\n"
	  "takes with it and those of others), the take that says most of them, and the\n"
	  "companies and categories that it never spoke about.\n\n"
	  "  paneldex panel multimodal acquisition\n"
	  "  paneldex panel --persona skeptic -n 0 --top 20 company:tern\n", NULL, cmd_panel },
	{ "compare", COMMAND_COMPARE, "DATES DATES [QUERY]...",
	  "say what rose and fell from one time to another",
	  "Companies, categories, personas and terms, counted in articles: the numbers and\n"
	  "shares of both sides, the change in points, and q, the chance that it is chance,\n"
	  "corrected for how many were looked at (* is below 0.05); an article for each.\n"
	  "--query, given twice, compares two queries.\n\n"
	  "  paneldex compare 2025-Q4 2026-Q1 category:funding\n"
	  "  paneldex compare --query persona:skeptic --query persona:founder\n",
	  NULL, cmd_compare },
	{ "report", COMMAND_REPORT, "[QUERY]...", "write a report of a query",
	  "Figures, the trend, facets, a pivot, the panel, the best articles, and how to make\n"
	  "it again: one page, document or directory of tables, whole or not at all.  A page\n"
	  "of HTML is one file that loads and runs nothing.\n\n"
	  "  paneldex report multimodal acquisition -o acquisitions.html\n"
	  "  paneldex report company:tern --template figures,trend,hits -o tern.md\n\n"
	  "A line of a template file is the name of a section and its options:\n\n"
	  "  figures\n"
	  "  trend interval=month by=company top=5\n"
	  "  facets by=company,category,persona top=10\n"
	  "  pivot by=company,category top=10\n"
	  "  panel top=10\n"
	  "  hits top=10 snippets=2\n", NULL, cmd_report },
	{ "facets", COMMAND_FACETS, "[QUERY]...", "count the articles that a query finds",
	  "By company, category, persona and month, or by the fields of --by, each with what\n"
	  "is left over (other) and what has no value (none), so that sums can be checked.\n\n"
	  "  paneldex facets --by company --top 5 acquisition\n"
	  "  paneldex facets --pivot company,month --since 2026 funding\n"
	  "  paneldex facets --by persona --count-by take 'take(moat)'\n", NULL, cmd_facets },
	{ "trend", COMMAND_TREND, "[QUERY]...", "show how often a query is found over time",
	  "Articles in each period and their share of the archive in it; with --by a line\n"
	  "for each value of a field, with --query one for each query.  A burst is where\n"
	  "Kleinberg's automaton of two states (KDD 2002; s = 2, gamma = 1) is in its\n"
	  "second: markedly more of the archive than over the whole time.\n\n"
	  "  paneldex trend --interval week --since 2026 chips\n"
	  "  paneldex trend --by company funding\n"
	  "  paneldex trend --query 'open weights' --query closed\n", NULL, cmd_trend },
	{ "export", COMMAND_EXPORT, "[QUERY]...", "write articles for another index",
	  "JSON Lines that ingest reads, by id: the same articles give the same bytes.  Or a\n"
	  "SQLite file with ordinary tables, which any program reads that knows SQLite, but\n"
	  "no index.  A file is written whole or not at all.\n\n"
	  "  paneldex export > all.jsonl\n"
	  "  paneldex export company:tern | paneldex ingest -d tern.db -\n"
	  "  paneldex export company:tern -o tern.sqlite\n", NULL, cmd_export },
	{ "show", COMMAND_SHOW, "ID...", "print whole articles, with their takes",
	  "An ID is what search prints, or the beginning of it.\n\n"
	  "  paneldex show 268b1e\n", NULL, cmd_show },
	{ "cite", COMMAND_CITE, "ID [QUERY]...", "write an article as a reference",
	  "With the sentence that the query matches, and whose it is; without a query the\n"
	  "first of the summary.\n\n"
	  "  paneldex cite 268b1e drift\n"
	  "  paneldex cite 268b1e -f bibtex >> references.bib\n", NULL, cmd_cite },
	{ "stats", COMMAND_STATS, "", "say what the index holds",
	  "Numbers of articles, takes and names, the span of dates, and sizes.\n",
	  NULL, cmd_stats },
	{ "check", COMMAND_CHECK, "", "verify the whole index",
	  "Reads everything; prints \"ok\", or each problem, and then exits with 3.\n",
	  NULL, cmd_check },
	{ "optimize", COMMAND_OPTIMIZE, "", "make the index smaller and quicker",
	  "Never needed, and changes no answer.  Merges what many ingests left in pieces,\n"
	  "drops words that no article has any more, and gives free room back.  ^C loses\n"
	  "nothing; searches go on meanwhile.  Needs room for two more copies of the file.\n",
	  NULL, cmd_optimize },
	{ "alias", COMMAND_ALIAS, "ACTION [NAME]...", "keep other names of companies",
	  "A query for any name of a company finds the articles of all of them.\n\n"
	  "  add NAME ALIAS...   other names of the company NAME\n"
	  "  list                what there is: a company and its aliases on a line\n"
	  "  remove NAME...      an alias, or all those of a company\n"
	  "  import FILE         lines of NAME<tab>ALIAS...; - is standard input\n\n"
	  "  paneldex alias add 'Hugging Face' HF HuggingFace\n"
	  "  paneldex alias list > names; paneldex alias import names\n", alias_action, cmd_alias },
	{ "eval", COMMAND_EVAL, "", "measure the ranking by judged queries",
	  "Prints trec_eval's ndcg@10, map, recall@100, mrr and p@10.  Documents have\n"
	  "the names that they came with (their ref).\n\n"
	  "  paneldex eval --queries queries.jsonl --qrels qrels.tsv --vs title\n",
	  NULL, cmd_eval },
	{ "schema", COMMAND_SCHEMA, "[NAME]", "print the JSON Schema of an output",
	  "Without a NAME, lists those that there are: \"paneldex.search/1\" is of search.\n\n"
	  "  paneldex schema search\n", schema_name, cmd_schema },
	{ "bookmark", COMMAND_BOOKMARK, "ACTION [ID]...", "mark articles to come back to",
	  "is:bookmarked finds them in a query; updates of an article leave them be.\n\n"
	  "  add ID...      mark articles, with --note TEXT\n"
	  "  list           what is marked, the newest first\n"
	  "  remove ID...   forget the marks\n\n"
	  "  paneldex bookmark add 268b1e --note 'for the board'\n"
	  "  paneldex search is:bookmarked drift\n", bookmark_action, cmd_bookmark },
	{ "saved", COMMAND_SAVED, "ACTION [NAME [QUERY]]...", "keep searches by name",
	  "With --new a run shows only what was added since the run before, and exits with 1\n"
	  "where that is nothing: for a timetable.\n\n"
	  "  add NAME QUERY...   keep a query, with the options that narrow it\n"
	  "  list                what is kept, and when it was run last\n"
	  "  remove NAME...      forget searches\n"
	  "  run NAME            search; options say how many, in what order and format\n\n"
	  "  paneldex saved add drift 'take(persona:skeptic drift)' --since 2026\n"
	  "  paneldex saved run drift --new -f atom > drift.xml\n", saved_action, cmd_saved },
	{ "config", COMMAND_CONFIG, "", "say what is in force, and who says so",
	  "Every setting with its value and where it comes from: an option, the environment,\n"
	  "a line of the user's file, or the default.\n\n"
	  "  paneldex config\n"
	  "  paneldex config -f json\n", NULL, cmd_config },
	{ "serve-mcp", COMMAND_SERVE_MCP, "", "let AI assistants use the index",
	  "A server of the Model Context Protocol on standard input and output, which the\n"
	  "assistant starts itself.  It reads only: search, show, facets, panel, similar,\n"
	  "stats.  Versions 2024-11-05, 2025-03-26, 2025-06-18\n"
	  "and 2025-11-25.\n\n"
	  "  paneldex serve-mcp --db news.db\n", NULL, cmd_serve_mcp },
	{ "completion", COMMAND_COMPLETION, "SHELL", "complete commands in a shell",
	  "Prints the script for bash, zsh or fish: commands, options, fields and, from the\n"
	  "index, names and ids.\n\n"
	  "  eval \"$(paneldex completion bash)\"\n"
	  "  paneldex completion fish | source\n", completion_action, cmd_completion },
	{ NULL, 0, NULL, NULL, NULL, NULL, NULL },
};
/* clang-format on */

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

/* The renderer and its streams, as far as the options say. */
static void start(struct cli *c)
{
	const struct options *o = &c->options;

	c->render = (struct render){
		.ops = o->format,
		.out = &c->out,
		.err = &c->err,
		.width = o->width ? o->width : terminal_width(stdout),
		.err_width = terminal_width(stderr),
		.color = terminal_color(o->color, stdout),
		.seen = terminal_is(stdout),
		.styles = c->config.path ? &c->config.styles : NULL,
		.blocks = terminal_utf8(),
	};
	c->out.links = terminal_links(o->hyperlinks, stdout, c->render.color);
}

/* The last that can go wrong is that what was said did not arrive. */
static int finish(struct cli *c, int code)
{
	struct pdx_err err;

	out_flush(&c->out, NULL);
	pager_finish(&c->pager);
	if (out_close(&c->out, &err) && !signals_caught())
		code = cli_fail(c, NULL, NULL, &err);
	options_release(&c->options);
	shape_release(c);
	config_release(&c->config);
	out_flush(&c->err, NULL);
	return code;
}

/* Take the user's file; a line being typed is completed with any, or none. */
static int configure(struct cli *c, struct pdx_err *err)
{
	bool typing = c->command->bit == COMMAND_COMPLETION;
	int rc = config_load(&c->config, err);

	if (!rc)
		rc = config_apply(&c->options, &c->config, c->command->bit, err);
	if (!rc)
		rc = options_check(&c->options, c->command->bit, err);
	start(c);
	return typing ? PDX_OK : rc;
}

static int run_command(struct cli *c, int argc, char **argv)
{
	struct pdx_err err;
	int rc;

	rc = options_parse(&c->options, c->command->bit, argc, argv, &err);
	start(c);
	if (c->options.help) {
		help_command(&c->out, c->command);
		return EXIT_FOUND;
	}
	if (!rc)
		rc = configure(c, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	if (c->command->bit & COMMAND_PAGED && c->options.format->is_text &&
	    !c->options.no_pager)
		pager_init(&c->pager, pager_command(NULL, &c->config), &c->out,
			   &c->err);
	return c->command->run(c);
}

static int no_command(struct cli *c, const char *word)
{
	struct nearest near;
	struct pdx_err err;

	nearest_init(&near, word, strlen(word));
	for (const struct command *command = commands; command->name; command++)
		nearest_offer(&near, command->name);
	if (*word == '-')
		err_set(&err, PDX_E_USAGE,
			"unknown option \"%s\"; options stand behind "
			"the command",
			word);
	else
		err_set(&err, PDX_E_USAGE, "unknown command \"%s\"", word);
	cli_suggest(&err, near.best);
	return cli_fail(c, NULL, NULL, &err);
}

static int run(struct cli *c, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL;

	options_init(&c->options);
	start(c);
	if (!word) {
		help_program(&c->err);
		return EXIT_USAGE;
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		help_program(&c->out);
		return EXIT_FOUND;
	}
	if (strcmp(word, "--version") == 0) {
		help_version(&c->out);
		return EXIT_FOUND;
	}
	if (strcmp(word, "--manual") == 0) { /* for the Makefile: not in the help */
		manual_fill(&c->out, stdin);
		return EXIT_FOUND;
	}
	c->command = command_find(word);
	if (!c->command)
		return no_command(c, word);
	return run_command(c, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	struct cli c = { .command = NULL };

	pdx_own_process();
	signals_init();
	/* A line of a message in one piece, whoever else writes there. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	out_init(&c.out, stdout);
	out_init(&c.err, stderr);
	c.err_is_seen = terminal_is(stderr);
	return finish(&c, run(&c, argc, argv));
}
