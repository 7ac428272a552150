/*
 * The table of tools, and how it is told to an assistant: descriptions and JSON Schemas
 * of arguments.  What a call does is mcp_call.c's.
 */
#include "cli/mcp_tools.h"

#include <string.h>

#include "cli/cli.h"
#include "render/json_value.h"

/* Of hits, so that a model is not drowned in them. */
#define MOST 100
#define USUAL 10
#define USUAL_PANEL 3  /* an article there comes with the text of all its takes */
#define MOST_VALUES 50 /* of an array */

#define QUERY                                                                          \
	{                                                                              \
		"query", MCP_TEXT, NULL, false, 0, 0, 0,                               \
			"Words (all must match), \"a phrase\", OR, NOT or -word, "     \
			"prefix*, =exact, "                                            \
			"a NEAR/5 b, field:value (title summary body take persona "    \
			"perspective "                                                 \
			"company category source url lang date added is), "            \
			"take(persona:skeptic moat) "                                  \
			"for one opinion. Empty: every article, newest first."         \
	}
#define LIMIT(usual, what)                                                             \
	{                                                                              \
		"limit", MCP_NUMBER, "limit", false, 1, MOST, usual, what              \
	}
#define FILTERS                                                                        \
	{ "since",                                                                     \
	  MCP_TEXT,                                                                    \
	  "since",                                                                     \
	  false,                                                                       \
	  0,                                                                           \
	  0,                                                                           \
	  0,                                                                           \
	  "Published then or later: 2026, 2026-05, 2026-Q2, 2026-05-08, 30d, "         \
	  "last-month." },                                                             \
		{ "until", MCP_TEXT,                                                   \
		  "until", false,                                                      \
		  0,       0,                                                          \
		  0,       "Published then or before, written in the same ways." },    \
		{ "company",                                                           \
		  MCP_TEXTS,                                                           \
		  "company",                                                           \
		  false,                                                               \
		  0,                                                                   \
		  MOST_VALUES,                                                         \
		  0,                                                                   \
		  "Only articles about any of these companies; aliases count." },      \
		{ "category", MCP_TEXTS,                                               \
		  "category", false,                                                   \
		  0,          MOST_VALUES,                                             \
		  0,          "Only articles in any of these categories." },           \
	{                                                                              \
		"persona", MCP_TEXTS, "persona", false, 0, MOST_VALUES, 0,             \
			"Only articles with a take by any of these personas."          \
	}

/* clang-format off */
const struct mcp_tool mcp_tools[] = {
	{ "search", "Search articles", "search",
	  "Search an archive of AI-industry news. Each article has a title, summary, body, "
	  "date, companies, categories, and a panel: takes (opinions) by personas. Returns "
	  "the best hits with their ids, highlighted passages and which takes matched; "
	  "\"total\" is exact. To read on, call again with the same arguments and \"after\" "
	  "set to the \"next\" of the answer; where \"next\" is null there is no more. Where "
	  "no article has all words those that have the most are returned, and \"warnings\" "
	  "says so. Use show for the whole text of a hit.",
	  { QUERY,
	    LIMIT(USUAL, "Hits to return."),
	    { "after", MCP_TEXT, "after", false, 0, 0, 0,
	      "The \"next\" of the page before this one." },
	    { "sort", MCP_TEXT, "sort", false, 0, 0, 0,
	      "Keys with commas between: relevance (the default), date, company, category, "
	      "title, added; a leading - reverses one." },
	    { "match", MCP_CHOICE, "match", false, 0, 0, 0,
	      "Whether all words are needed or any will do." },
	    { "facets", MCP_CHOICES, "facet", false, 0, MOST_VALUES, 0,
	      "Fields whose values are counted over all matches." },
	    { "snippets", MCP_NUMBER, "snippets", false, 0, 10, 0,
	      "Highlighted passages for each hit (3)." },
	    FILTERS, { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ "show", "Read an article", "show",
	  "Return one whole article with its body and the text of all takes.",
	  { { "id", MCP_TEXT, NULL, true, 0, 0, 0,
	      "The id that search returns, or an unambiguous beginning of it." },
	    { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ "facets", "Count by fields", "facets",
	  "Count what a query finds by the values of fields, over all matches: how many "
	  "articles of each company, category, persona, month. Use it for how much, who and "
	  "when; use search for what was written.",
	  { QUERY,
	    { "by", MCP_CHOICES, "by", false, 0, MOST_VALUES, 0,
	      "Fields to count (company, category, persona, month)." },
	    { "pivot", MCP_TEXTS, "pivot", false, 0, 5, 0,
	      "Pairs of these fields to cross: \"company,category\"." },
	    { "top", MCP_NUMBER, "top", false, 1, MOST, 20,
	      "Values of each field: the most frequent, or the latest periods." },
	    { "count_by", MCP_CHOICE, "count-by", false, 0, 0, 0,
	      "Count articles, or those of their takes that the query leaves in." },
	    { "match", MCP_CHOICE, "match", false, 0, 0, 0,
	      "Whether all words are needed or any will do." },
	    FILTERS, { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ "panel", "What the panel said", "panel",
	  "What the panel said of the articles that a query finds: for each persona the "
	  "number of takes, the terms that set it apart, the take that says most of them, "
	  "and the companies and categories it never spoke about; then the best articles "
	  "with all their takes side by side.",
	  { QUERY,
	    LIMIT(USUAL_PANEL, "Articles to return with all their takes."),
	    { "top", MCP_NUMBER, "top", false, 1, MOST, USUAL,
	      "Terms and names to return of each kind." },
	    { "match", MCP_CHOICE, "match", false, 0, 0, 0,
	      "Whether all words are needed or any will do." },
	    FILTERS, { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ "similar", "Find similar articles", "similar",
	  "Find the articles most like one, by the words that set it apart. Returns what "
	  "search returns; to read on, raise \"offset\" by \"limit\".",
	  { { "id", MCP_TEXT, NULL, true, 0, 0, 0,
	      "The article's id, or an unambiguous beginning of it." },
	    LIMIT(USUAL, "Hits to return."),
	    { "offset", MCP_NUMBER, "offset", false, 0, 10000, 0,
	      "Hits to pass over first." },
	    { "same_company", MCP_CHOICE, "same-company", false, 0, 0, 0,
	      "Whether articles about the same company are kept." },
	    FILTERS, { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ "stats", "What the archive holds", "stats",
	  "How many articles, takes, companies, categories and personas there are, and "
	  "from when to when. A good first call.",
	  { { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
	{ NULL, NULL, NULL, NULL, { { NULL, MCP_TEXT, NULL, false, 0, 0, 0, NULL } } },
};
/* clang-format on */

const struct mcp_tool *mcp_tool_find(const char *name)
{
	for (const struct mcp_tool *t = mcp_tools; t->name; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

const struct option_row *mcp_option(const struct mcp_tool *tool,
				    const struct mcp_argument *a)
{
	unsigned command = command_find(tool->command)->bit;

	for (const struct option_row *row = option_table; a->option && row->name; row++)
		if (strcmp(row->name, a->option) == 0 && row->commands & command)
			return row;
	return NULL;
}

static json_t *choices(const struct option_row *row)
{
	json_t *names = json_array();
	const char *name;

	for (size_t i = 0; (name = row->choice(i)); i++)
		json_append(&names, json_text(name));
	return names;
}

/* The schema of one value of ${a}. */
static json_t *describe_value(const struct mcp_tool *tool, const struct mcp_argument *a)
{
	json_t *schema = json_object();

	json_put(&schema, "type",
		 json_text(a->kind == MCP_NUMBER ? "integer" : "string"));
	if (a->kind == MCP_CHOICE || a->kind == MCP_CHOICES)
		json_put(&schema, "enum", choices(mcp_option(tool, a)));
	if (a->kind == MCP_NUMBER) {
		json_put(&schema, "minimum", json_number(a->min));
		json_put(&schema, "maximum", json_number(a->max));
	}
	if (a->usual)
		json_put(&schema, "default", json_number(a->usual));
	return schema;
}

static json_t *describe_argument(const struct mcp_tool *tool,
				 const struct mcp_argument *a)
{
	json_t *value = describe_value(tool, a), *schema = value;

	if (a->kind == MCP_TEXTS || a->kind == MCP_CHOICES) {
		schema = json_object();
		json_put(&schema, "type", json_text("array"));
		json_put(&schema, "items", value);
		json_put(&schema, "maxItems", json_number(a->max));
	}
	json_put(&schema, "description", json_text(a->help));
	return schema;
}

static json_t *describe_input(const struct mcp_tool *tool)
{
	json_t *schema = json_object(), *properties = json_object();
	json_t *required = json_array();

	for (const struct mcp_argument *a = tool->arguments; a->name; a++) {
		json_put(&properties, a->name, describe_argument(tool, a));
		if (a->required)
			json_append(&required, json_text(a->name));
	}
	json_put(&schema, "type", json_text("object"));
	json_put(&schema, "properties", properties);
	json_put(&schema, "required", required);
	json_put(&schema, "additionalProperties", json_false());
	return schema;
}

/* Nothing is changed by any, and all stays on this machine. */
static json_t *annotations(const struct mcp_tool *tool)
{
	json_t *a = json_object();

	json_put(&a, "title", json_text(tool->title));
	json_put(&a, "readOnlyHint", json_true());
	json_put(&a, "openWorldHint", json_false());
	return a;
}

json_t *mcp_tool_describe(const struct mcp_tool *tool, bool titled)
{
	json_t *o = json_object();

	json_put(&o, "name", json_text(tool->name));
	json_put(&o, "description", json_text(tool->help));
	json_put(&o, "inputSchema", describe_input(tool));
	if (titled)
		json_put(&o, "annotations", annotations(tool));
	return o;
}
