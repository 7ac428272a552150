/*
 * The schemas of the outputs: that they say what they are of and leave nothing open.
 * Whether outputs keep to them is scripts/validate's to say,
 * with a validator that is not ours; what it is to see of every kind is printed here.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "render/schema.h"

#define DRAFT "https://json-schema.org/draft/2020-12/schema"

/* What is being walked, for messages. */
static const char *current;

/* An object must say which keys it has, or what all of them are. */
static void check_closed(const json_t *node)
{
	const char *type = json_string_value(json_object_get(node, "type"));
	const json_t *more = json_object_get(node, "additionalProperties");

	if (type && strcmp(type, "object") == 0 && !json_is_false(more) &&
	    !json_is_object(more))
		fail_msg("%s: an object leaves its keys open: %s", current,
			 json_dumps(node, 0));
}

static void check_reference(const json_t *node, const json_t *root)
{
	const char *to = json_string_value(json_object_get(node, "$ref"));
	const char *name = to ? strrchr(to, '/') + 1 : NULL;

	if (to && (strncmp(to, "#/$defs/", strlen("#/$defs/")) != 0 ||
		   !json_object_get(json_object_get(root, "$defs"), name)))
		fail_msg("%s: %s is nowhere", current, to);
}

static void walk(json_t *node, const json_t *root)
{
	const char *key;
	json_t *value;
	size_t i;

	check_closed(node);
	check_reference(node, root);
	json_object_foreach(node, key, value) walk(value, root);
	json_array_foreach(node, i, value) walk(value, root);
}

/* What the schema says its outputs are called. */
static const char *said_name(const json_t *schema)
{
	const char *to = json_string_value(json_object_get(schema, "$ref"));
	const json_t *node = schema, *name;

	name = json_object_get(json_object_get(node, "properties"), "schema");
	if (!name && to)
		name = json_object_get(
			json_object_get(
				json_object_get(json_object_get(schema, "$defs"),
						strrchr(to, '/') + 1),
				"properties"),
			"schema");
	return string(name, "const");
}

static void a_schema_says_what_it_is_of_and_leaves_nothing_open(void **state)
{
	(void)state;
	for (size_t i = 0; (current = schema_name(i)); i++) {
		char line[64], want[64];
		json_t *schema;

		snprintf(line, sizeof(line), "schema %s", current);
		snprintf(want, sizeof(want), "paneldex.%s/1", current);
		schema = document(line, 0);
		assert_string_equal(string(schema, "$schema"), DRAFT);
		assert_string_not_equal(string(schema, "title"), "(no string)");
		assert_string_equal(said_name(schema), want);
		walk(schema, schema);
		json_decref(schema);
	}
}

static void the_command_lists_them_and_helps_with_their_names(void **state)
{
	struct run r = run_expect("schema", 0);
	char all[2048] = "";
	const char *name;

	(void)state;
	for (size_t i = 0; (name = schema_name(i)); i++) {
		strcat(all, name);
		strcat(all, "\n");
	}
	assert_string_equal(r.out, all);
	run_free(&r);
	r = run_expect("schema serch", 2);
	assert_holds(r.err, "did you mean \"search\"?", "serch");
	run_free(&r);
	r = run_expect("schema parts", 2);
	run_free(&r);
	r = run_expect("schema search hit", 2);
	run_free(&r);
}

/*
 * Every kind of output, with everything that it may have in it: what it is called is
 * looked at here, scripts/validate looks at the rest.
 */
static const struct {
	const char *line;
	int status;
	const char *schema;
} outputs[] = {
	{ "search -f json", 0, "search" },
	{ "search -f json -n 1 weights", 0, "search" },
	{ "search -f json --facet company --facet month weights", 0, "search" },
	{ "search -f json --group-by company --explain weights", 0, "search" },
	{ "search -f json --group-by category tern", 0, "search" },
	{ "search -f json --explain --recency 30d -- title:skua* -funding", 0,
	  "search" },
	{ "search -f json --explain --id 0d86 --id eb81 weights", 0, "search" },
	{ "search -f json --explain nowhere", 1, "search" },
	{ "search -f json --expand --explain weights", 0, "search" },
	{ "search -f json \"open weights", 0, "search" },
	{ "search -f json weights company:nobody", 1, "search" },
	{ "search -f json wieghts phone", 0, "search" },
	{ "search -f json --count weights", 0, "search" },
	{ "search -f json --no-total weights", 0, "search" },
	{ "search -f json --fields takes.persona,cluster weights", 0, "search" },
	{ "search -f json --fields id --facet company zebra", 1, "search" },
	{ "search -f jsonl weights", 0, "hit" },
	{ "search -f jsonl --group-by company --recency 1y weights", 0, "hit" },
	{ "search -f jsonl --explain weights", 0, "explain" },
	{ "search -f jsonl -n 0 --facet persona weights", 0, "facets" },
	{ "search -f jsonl --count weights", 0, "count" },
	{ "similar -f json 0d86", 0, "search" },
	{ "show -f json 0d86", 0, "article" },
	{ "show -f jsonl 0d86 eb81", 0, "article" },
	{ "stats -f json", 0, "stats" },
	{ "check -f json", 0, "check" },
	{ "optimize -f json", 0, "optimize" },
	{ "panel -f json -n 2", 0, "panel" },
	{ "panel -f jsonl", 0, "persona" },
	{ "report -f json weights", 0, "report" },
	{ "report -f jsonl --template figures,trend,facets,pivot,panel,hits weights", 0,
	  "report" },
	{ "config -f json", 0, "config" },
	{ "facets -f json --pivot company,month --pivot category,persona", 0,
	  "facets" },
	{ "facets -f json --by company --own-filter drop --company tern", 0, "facets" },
	{ "facets -f json --by persona --count-by take \"open weights", 0, "facets" },
	{ "facets -f json --by company --count-by story", 0, "facets" },
	{ "facets -f json --by company zebra", 1, "facets" },
	{ "facets -f jsonl --top 2 weights", 0, "facet" },
	{ "facets -f jsonl --pivot company,year", 0, "cell" },
	{ "trend -f json weights", 0, "trend" },
	{ "trend -f json --by company --interval week", 0, "trend" },
	{ "trend -f json --query drift --query zebra", 0, "trend" },
	{ "trend -f json zebra", 1, "trend" },
	{ "trend -f jsonl --by category --interval year", 0, "trend_point" },
	{ "export", 0, "article" },
	{ "alias -f json add Tern TL", 0, "alias_change" },
	{ "alias -f json list", 0, "aliases" },
	{ "alias -f jsonl list", 0, "alias" },
	{ "alias -f json remove TL", 0, "alias_change" },
	{ "bookmark -f json add 0d86 --note x", 0, "kept_change" },
	{ "bookmark -f json list", 0, "bookmarks" },
	{ "bookmark -f json list --fields id,note", 0, "bookmarks" },
	{ "bookmark -f jsonl list", 0, "bookmark" },
	{ "bookmark -f json remove 0d86", 0, "kept_change" },
	{ "saved -f json add w weights", 0, "kept_change" },
	{ "saved -f json run w", 0, "search" },
	{ "saved -f json list", 0, "saved_searches" },
	{ "saved -f json list --fields query", 0, "saved_searches" },
	{ "saved -f jsonl list", 0, "saved_search" },
	{ "saved -f json remove w", 0, "kept_change" },
	{ "config -f json", 0, "config" },
	{ "ingest -f json articles.jsonl", 0, "ingest" },
};

static void outputs_say_what_they_are(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		struct run r = run_expect(outputs[i].line, outputs[i].status);
		char begin[80];

		snprintf(begin, sizeof(begin), "{\"schema\":\"paneldex.%s/1\"",
			 outputs[i].schema);
		if (strncmp(r.out, begin, strlen(begin)) != 0)
			fail_msg("%s prints %.80s, not %s", outputs[i].line, r.out,
				 begin);
		run_free(&r);
	}
}

static void what_was_rejected_says_what_it_is(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *schema;
	} steps[] = {
		{ "ingest -f json ", 4, "ingest" },
		{ "ingest --list-quarantine -f json", 0, "quarantine" },
		{ "ingest --list-quarantine -f jsonl", 0, "rejected" },
		{ "ingest --drop-quarantine -f json", 0, "dropped" },
	};
	const char *path = in_tmpdir("bad.jsonl");
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	assert_true(fputs("{\"title\":\"whole\"}\n{\"title\":\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	use_db("rejected.db");
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		char line[600], begin[80];
		struct run r;

		snprintf(line, sizeof(line), "%s%s", steps[i].line, i == 0 ? path : "");
		r = run_expect(line, steps[i].status);
		snprintf(begin, sizeof(begin), "{\"schema\":\"paneldex.%s/1\"",
			 steps[i].schema);
		assert_holds(r.out, begin, line);
		run_free(&r);
	}
	use_db(MAIN_DB);
}

static void errors_and_warnings_say_what_they_are(void **state)
{
	static const char *const lines[][2] = {
		{ "search -f json compny:x", "paneldex.error/1" },
		{ "search -f json --limit x weights", "paneldex.error/1" },
		{ "show -f json ffff", "paneldex.error/1" },
		{ "stats -f json -d nowhere.db", "paneldex.error/1" },
		{ "search -f jsonl \"open weights", "paneldex.warning/1" },
		{ "search -f jsonl wieghts", "paneldex.warning/1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct run r = paneldex(lines[i][0]);

		assert_holds(r.err, lines[i][1], lines[i][0]);
		run_free(&r);
	}
}

static void answers_of_a_batch_have_the_askers_id(void **state)
{
	static const char batch[] = "{\"id\":\"a\",\"query\":\"weights\",\"n\":1}\n"
				    "{\"id\":7,\"query\":\"compny:x\"}\n"
				    "weights\n";
	static const char *const argv[] = { "paneldex", "search", "--batch", "-",
					    NULL };
	struct run r = run_program(argv, batch, strlen(batch));

	(void)state;
	assert_int_equal(r.status, 0);
	assert_holds(r.out, "\"id\":\"a\"", batch);
	assert_holds(r.out, "\"id\":7", batch);
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_schema_says_what_it_is_of_and_leaves_nothing_open),
		cmocka_unit_test(the_command_lists_them_and_helps_with_their_names),
		cmocka_unit_test(outputs_say_what_they_are),
		cmocka_unit_test(what_was_rejected_says_what_it_is),
		cmocka_unit_test(errors_and_warnings_say_what_they_are),
		cmocka_unit_test(answers_of_a_batch_have_the_askers_id),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
