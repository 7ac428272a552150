/*
 * paneldex serve-mcp: an assistant's side of the conversation, over pipes, with what is
 * right and what is not.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 4000, LINE_MAX_BYTES = 1 << 20 };

#define INITIALIZE(version)                                                            \
	"{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"          \
	"{\"protocolVersion\":\"" version "\",\"capabilities\":{},"                    \
	"\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}\n"
#define INITIALIZED "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
#define CALL(tool, arguments)                                                          \
	"{\"jsonrpc\":\"2.0\",\"id\":\"c\",\"method\":\"tools/call\",\"params\":"      \
	"{\"name\":\"" tool "\",\"arguments\":" arguments "}}\n"

/* The answers to ${len} bytes of messages, an array; the server must end with 0. */
static json_t *talk_bytes(const char *messages, size_t len)
{
	const char *argv[] = { "paneldex", "serve-mcp", NULL };
	struct run r = run_program(argv, messages, len);
	json_t *answers = json_array();
	char *rest = r.out;

	assert_status(&r, 0, "serve-mcp");
	assert_string_equal(r.err, "");
	for (char *line; (line = strtok_r(rest, "\n", &rest));)
		json_array_append_new(answers, parse(line));
	run_free(&r);
	return answers;
}

static json_t *talk(const char *messages)
{
	return talk_bytes(messages, strlen(messages));
}

/* The only answer to ${message} after the handshake, which the caller frees. */
static json_t *answer_to(const char *version, const char *message)
{
	size_t size = strlen(message) + 1024;
	char *all = malloc(size);
	json_t *answers, *answer;

	assert_non_null(all);
	snprintf(all, size,
		 "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
		 "{\"protocolVersion\":\"%s\"}}\n" INITIALIZED "%s\n",
		 version, message);
	answers = talk(all);
	free(all);
	if (json_array_size(answers) != 2)
		fail_msg("%s: %zu answers", message, json_array_size(answers));
	answer = json_incref(json_array_get(answers, 1));
	json_decref(answers);
	return answer;
}

static json_t *get(json_t *o, const char *key)
{
	json_t *value = json_object_get(o, key);

	if (!value)
		fail_msg("no \"%s\" in %s", key, json_dumps(o, 0));
	return value;
}

static void each_version_is_agreed_upon_and_the_latest_offered_instead(void **state)
{
	static const char *const cases[][2] = {
		{ INITIALIZE("2024-11-05"), "2024-11-05" },
		{ INITIALIZE("2025-03-26"), "2025-03-26" },
		{ INITIALIZE("2025-06-18"), "2025-06-18" },
		{ INITIALIZE("2025-11-25"), "2025-11-25" },
		{ INITIALIZE("1999-01-01"), "2025-11-25" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *answers = talk(cases[i][0]);
		json_t *result = get(json_array_get(answers, 0), "result");

		assert_int_equal(json_array_size(answers), 1);
		assert_string_equal(string(result, "protocolVersion"), cases[i][1]);
		assert_string_equal(string(get(result, "serverInfo"), "name"),
				    "paneldex");
		get(get(result, "capabilities"), "tools");
		json_decref(answers);
	}
}

static void tools_are_listed_with_a_schema_of_their_arguments(void **state)
{
	static const char *const names[] = { "search", "show",    "facets",
					     "panel",  "similar", "stats" };
	json_t *answer = answer_to("2025-06-18", "{\"jsonrpc\":\"2.0\",\"id\":7,"
						 "\"method\":\"tools/list\"}");
	json_t *tools = get(get(answer, "result"), "tools"), *limit;

	(void)state;
	assert_int_equal(json_array_size(tools), sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < json_array_size(tools); i++) {
		json_t *tool = json_array_get(tools, i);
		json_t *schema = get(tool, "inputSchema");

		assert_string_equal(string(tool, "name"), names[i]);
		assert_true(strlen(string(tool, "description")) > 40);
		assert_string_equal(string(schema, "type"), "object");
		get(schema, "properties");
		assert_true(
			json_is_true(get(get(tool, "annotations"), "readOnlyHint")));
	}
	limit = get(get(get(json_array_get(tools, 0), "inputSchema"), "properties"),
		    "limit");
	assert_int_equal(integer(limit, "default"), 10);
	assert_int_equal(integer(limit, "maximum"), 100);
	json_decref(answer);
}

/* The first article of the index. */
static const char *some_id(void)
{
	static char id[16];
	json_t *found = document("search -f json --sort date -n 1", 0);

	snprintf(id, sizeof(id), "%s",
		 string(json_array_get(get(found, "hits"), 0), "id"));
	json_decref(found);
	return id;
}

/* ${text} with some_id() for $ID. */
static void with_id(char *out, size_t size, const char *text)
{
	const char *mark = strstr(text, "$ID");

	if (!mark)
		snprintf(out, size, "%s", text);
	else
		snprintf(out, size, "%.*s%s%s", (int)(mark - text), text, some_id(),
			 mark + strlen("$ID"));
}

static void a_tool_gives_the_document_that_its_command_prints(void **state)
{
	static const struct {
		const char *tool, *arguments, *line;
		int status;
	} cases[] = {
		{ "stats", "{}", "stats -f json", 0 },
		{ "search", "{}", "search -f json -n 10", 0 },
		{ "search", "{\"query\":\"model\",\"limit\":2,\"sort\":\"-date\"}",
		  "search -f json -n 2 --sort -date model", 0 },
		{ "search", "{\"query\":\"zzyzx\"}", "search -f json -n 10 zzyzx", 1 },
		{ "search",
		  "{\"facets\":[\"company\",\"month\"],\"snippets\":1,"
		  "\"since\":\"2000\",\"match\":\"any\",\"query\":\"model takes\"}",
		  "search -f json -n 10 --facet company --facet month --snippets 1 "
		  "--since 2000 --match any model takes",
		  0 },
		{ "facets", "{\"by\":[\"category\"],\"pivot\":[\"company,category\"]}",
		  "facets -f json --top 20 --by category --pivot company,category", 0 },
		{ "facets", "{\"query\":\"model\",\"top\":1,\"count_by\":\"take\"}",
		  "facets -f json --top 1 --count-by take model", 0 },
		{ "panel", "{}", "panel -f json -n 3", 0 },
		{ "panel", "{\"limit\":1,\"top\":2}", "panel -f json -n 1 --top 2", 0 },
		{ "show", "{\"id\":\"$ID\"}", "show -f json $ID", 0 },
		{ "similar", "{\"id\":\"$ID\",\"limit\":3,\"offset\":1}",
		  "similar -f json -n 3 --offset 1 $ID", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char form[1024], message[1024], line[1024];
		json_t *answer, *result, *text, *want;

		snprintf(form, sizeof(form),
			 "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
			 "\"params\":{\"name\":\"%s\",\"arguments\":%s}}",
			 cases[i].tool, cases[i].arguments);
		with_id(message, sizeof(message), form);
		with_id(line, sizeof(line), cases[i].line);
		want = document(line, cases[i].status);
		answer = answer_to("2025-06-18", message);
		result = get(answer, "result");
		text = parse(string(json_array_get(get(result, "content"), 0), "text"));
		if (!json_equal(want, text) ||
		    !json_equal(want, get(result, "structuredContent")))
			fail_msg("%s: other than %s", message, line);
		assert_true(json_is_false(get(result, "isError")));
		json_decref(want);
		json_decref(text);
		json_decref(answer);
	}
}

static void pages_of_search_do_not_overlap_and_end(void **state)
{
	char cursor[512] = "";
	size_t seen = 0;

	(void)state;
	for (int page = 0; page < ARTICLES + 1; page++) {
		char message[1024];
		json_t *answer, *found;

		snprintf(message, sizeof(message),
			 "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
			 "\"params\":{\"name\":\"search\",\"arguments\":{\"limit\":2%s%"
			 "s%s"
			 "}}}",
			 *cursor ? ",\"after\":\"" : "", cursor, *cursor ? "\"" : "");
		answer = answer_to("2025-06-18", message);
		found = get(get(answer, "result"), "structuredContent");
		seen += json_array_size(get(found, "hits"));
		snprintf(cursor, sizeof(cursor), "%s",
			 json_is_string(get(found, "next")) ? string(found, "next")
							    : "");
		json_decref(answer);
		if (!*cursor)
			break;
	}
	assert_int_equal(seen, ARTICLES);
}

static void older_versions_get_text_only(void **state)
{
	json_t *answer = answer_to("2024-11-05", CALL("stats", "{}"));
	json_t *result = get(answer, "result");

	(void)state;
	assert_null(json_object_get(result, "structuredContent"));
	json_decref(parse(string(json_array_get(get(result, "content"), 0), "text")));
	json_decref(answer);
}

static void what_a_command_refuses_is_a_result_that_says_so(void **state)
{
	static const char *const cases[][2] = {
		{ CALL("search", "{\"query\":\"date:2026-13\"}"), "query" },
		{ CALL("search", "{\"query\":\"compny:x\"}"), "query" },
		{ CALL("search", "{\"since\":\"soon\"}"), "" },
		{ CALL("search", "{\"after\":\"nonsense\"}"), "" },
		{ CALL("show", "{\"id\":\"ffffffffffff\"}"), "not found" },
		{ CALL("similar", "{\"id\":\"ffffffffffff\"}"), "not found" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *answer = answer_to("2025-06-18", cases[i][0]);
		json_t *result = json_object_get(answer, "result"), *error;

		if (!result)
			fail_msg("%s: no result", cases[i][0]);
		assert_true(json_is_true(get(result, "isError")));
		error = get(result, "structuredContent");
		assert_string_equal(string(error, "schema"), "paneldex.error/1");
		if (*cases[i][1])
			assert_string_equal(string(error, "code"), cases[i][1]);
		json_decref(answer);
	}
}

/* So that a model sees what was wrong and calls again. */
static void the_latest_version_has_bad_arguments_as_a_result(void **state)
{
	static const char *const cases[][2] = {
		{ CALL("search", "{\"quer\":\"a\"}"), "did you mean \"query\"?" },
		{ CALL("search", "{\"limit\":101}"), "from 1 to 100" },
		{ CALL("search", "{\"query\":5}"), "argument \"query\" is no string" },
		{ CALL("search", "{\"facets\":[\"body\"]}"), "argument \"facets\"" },
		{ CALL("show", "{}"), "argument \"id\" is missing" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *answer = answer_to("2025-11-25", cases[i][0]);
		json_t *result = json_object_get(answer, "result"), *error;

		if (!result)
			fail_msg("%s: no result", cases[i][0]);
		assert_true(json_is_true(get(result, "isError")));
		error = get(result, "structuredContent");
		assert_string_equal(string(error, "schema"), "paneldex.error/1");
		assert_string_equal(string(error, "code"), "usage");
		assert_holds(string(error, "message"), cases[i][1], cases[i][0]);
		json_decref(answer);
	}
	/* What is no call of a tool is no matter for a model. */
	for (int i = 0; i < 2; i++) {
		json_t *answer = answer_to("2025-11-25", i ? CALL("search", "[]")
							   : CALL("ingest", "{}"));

		assert_int_equal(integer(get(answer, "error"), "code"), -32602);
		json_decref(answer);
	}
}

static void what_is_no_good_call_gets_its_error(void **state)
{
	static const struct {
		int code;
		const char *id, *message;
	} cases[] = {
		{ -32700, "null", "hello" },
		{ -32700, "null", "{\"jsonrpc\":\"2.0\",\"id\":1" },
		{ -32700, "null", "{\"id\":1,\"id\":2}" },
		{ -32700, "null",
		  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}" },
		{ -32600, "null", "5" },
		{ -32600, "null", "null" },
		{ -32600, "null", "[]" },
		{ -32600, "null",
		  "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]" },
		{ -32600, "null", "{\"jsonrpc\":\"2.0\",\"method\":7}" },
		{ -32600, "7", "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"ping\"}" },
		{ -32600, "7", "{\"id\":7,\"method\":\"ping\"}" },
		{ -32600, "7", "{\"jsonrpc\":\"2.0\",\"id\":7}" },
		{ -32600, "null",
		  "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}" },
		{ -32600, "null",
		  "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}" },
		{ -32600, "\"a\"",
		  "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\\u0000\"}" },
		{ -32600, "0", INITIALIZE("2025-06-18") },
		{ -32601, "7",
		  "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/list\"}" },
		{ -32602, "7",
		  "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":[]}" },
		{ -32602, "7",
		  "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\","
		  "\"params\":{\"cursor\":\"x\"}}" },
		{ -32602, "7",
		  "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\"}" },
		{ -32602, "\"c\"", CALL("ingest", "{}") },
		{ -32602, "\"c\"", CALL("search\\u0000", "{}") },
		{ -32602, "\"c\"", CALL("search", "[]") },
		{ -32602, "\"c\"", CALL("search", "{\"query\":5}") },
		{ -32602, "\"c\"", CALL("search", "{\"query\":\"a\\u0000b\"}") },
		{ -32602, "\"c\"", CALL("search", "{\"quer\":\"a\"}") },
		{ -32602, "\"c\"", CALL("search", "{\"limit\":0}") },
		{ -32602, "\"c\"", CALL("search", "{\"limit\":101}") },
		{ -32602, "\"c\"", CALL("search", "{\"limit\":\"10\"}") },
		{ -32602, "\"c\"", CALL("search", "{\"company\":\"x\"}") },
		{ -32602, "\"c\"", CALL("search", "{\"company\":[7]}") },
		{ -32602, "\"c\"", CALL("search", "{\"facets\":[\"body\"]}") },
		{ -32602, "\"c\"", CALL("search", "{\"match\":\"some\"}") },
		{ -32602, "\"c\"", CALL("show", "{}") },
		{ -32602, "\"c\"", CALL("facets", "{\"pivot\":[\"company\"]}") },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *answer = answer_to("2025-06-18", cases[i].message);
		char *id = json_dumps(get(answer, "id"), JSON_ENCODE_ANY);
		json_t *error = json_object_get(answer, "error");

		if (!error || integer(error, "code") != cases[i].code)
			fail_msg("%s: %s", cases[i].message, json_dumps(answer, 0));
		assert_true(*string(error, "message"));
		assert_string_equal(id, cases[i].id);
		free(id);
		json_decref(answer);
	}
}

static void nothing_but_a_ping_is_answered_before_initialize(void **state)
{
	json_t *answers = talk(CALL("stats", "{}") "{\"jsonrpc\":\"2.0\",\"id\":1,"
						   "\"method\":\"ping\"}\n");

	(void)state;
	assert_int_equal(json_array_size(answers), 2);
	assert_int_equal(integer(get(json_array_get(answers, 0), "error"), "code"),
			 -32600);
	get(json_array_get(answers, 1), "result");
	json_decref(answers);
}

static void notifications_and_responses_are_not_answered(void **state)
{
	json_t *answers =
		talk(INITIALIZE("2025-06-18") INITIALIZED
		     "\n \r\n"
		     "{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}\n"
		     "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":[]}\n"
		     "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n"
		     "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}");

	(void)state;
	assert_int_equal(json_array_size(answers), 1);
	json_decref(answers);
}

static void a_batch_is_answered_in_one_array_where_the_version_has_them(void **state)
{
	json_t *answer = answer_to(
		"2025-03-26", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},5,"
			      "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"},"
			      "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no\"}]");

	(void)state;
	assert_int_equal(json_array_size(answer), 3);
	assert_int_equal(integer(json_array_get(answer, 0), "id"), 1);
	assert_true(json_is_null(get(json_array_get(answer, 1), "id")));
	assert_int_equal(integer(json_array_get(answer, 2), "id"), 2);
	json_decref(answer);
}

/* ${piece}, ${n} times, then a ping. */
static json_t *after_many(const char *piece, size_t n, const char *end)
{
	size_t len = strlen(piece), at = 0, size = n * len + 256;
	char *all = malloc(size);
	json_t *answers;

	assert_non_null(all);
	for (; at < n * len; at += len)
		memcpy(all + at, piece, len);
	at += (size_t)snprintf(
		all + at, size - at,
		"%s\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n", end);
	answers = talk_bytes(all, at);
	free(all);
	return answers;
}

static void a_line_too_long_or_too_deep_is_one_error_and_the_next_is_read(void **state)
{
	json_t *answers[] = {
		after_many("x", LINE_MAX_BYTES + 1, ""),
		after_many("{\"a\":", 100000, ""),
		after_many("[", 500000, ""),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		assert_int_equal(json_array_size(answers[i]), 2);
		assert_int_equal(
			integer(get(json_array_get(answers[i], 0), "error"), "code"),
			i ? -32700 : -32600);
		get(json_array_get(answers[i], 1), "result");
		json_decref(answers[i]);
	}
}

static const char *const valid[] = {
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
	"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
	"{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"tools/list\",\"params\":{}}",
	"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
	"\"search\",\"arguments\":{\"query\":\"model OR \\\"a b\\\"\",\"limit\":3,"
	"\"company\":[\"Tern\"],\"since\":\"2026-01\"}}}",
	"{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":"
	"\"panel\",\"arguments\":{\"query\":\"take(persona:skeptic moat)\"}}}",
	"{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":"
	"\"facets\",\"arguments\":{\"by\":[\"company\"],\"top\":2}}}",
};

/* Marsaglia's xorshift: the same numbers everywhere. */
static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed >> 11;
}

/* Change, take out or put in up to 3 bytes of ${line}, but no end of line. */
static size_t mutate(char *line, size_t len, uint64_t *seed)
{
	for (uint64_t n = 1 + next_random(seed) % 3; n && len > 1; n--) {
		size_t at = (size_t)(next_random(seed) % len);
		char byte = "\0\"{}[],:\\ 019aeu-\xff\xc3"[next_random(seed) % 20];

		switch (next_random(seed) % 3) {
		case 0:
			line[at] = byte;
			break;
		case 1:
			memmove(line + at, line + at + 1, --len - at);
			break;
		default:
			memmove(line + at + 1, line + at, len++ - at);
			line[at] = byte;
		}
	}
	return len;
}

/* Whether the line has to be answered, by the rules and not by the program. */
static bool wants_answer(const char *line, size_t len, json_t **id)
{
	json_t *m =
		json_loadb(line, len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	json_t *version = json_object_get(m, "jsonrpc");
	json_t *method = json_object_get(m, "method"), *own = json_object_get(m, "id");
	bool wants = true;

	*id = json_is_string(own) || json_is_integer(own) ? json_incref(own)
							  : json_null();
	if (!own && json_is_string(version) && json_is_string(method) &&
	    json_string_length(version) == 3 &&
	    strcmp(json_string_value(version), "2.0") == 0 &&
	    !memchr(json_string_value(method), 0, json_string_length(method)))
		wants = false;
	json_decref(m);
	return wants;
}

static void every_message_however_mangled_has_exactly_its_answer(void **state)
{
	static const char head[] = INITIALIZE("2025-06-18");
	uint64_t seed = 20260508;
	char *all = malloc(LINES * 512 + sizeof(head));
	json_t **ids = calloc(LINES, sizeof(*ids)), *answers;
	size_t at = strlen(head), wanted = 0;

	(void)state;
	assert_true(all && ids);
	memcpy(all, head, at);
	for (size_t i = 0; i < LINES; i++) {
		const char *from =
			valid[next_random(&seed) % (sizeof(valid) / sizeof(valid[0]))];
		size_t len = strlen(from);

		memcpy(all + at, from, len);
		len = mutate(all + at, len, &seed);
		if (wants_answer(all + at, len, &ids[wanted]))
			wanted++;
		else
			json_decref(ids[wanted]);
		at += len;
		all[at++] = '\n';
	}
	answers = talk_bytes(all, at);
	assert_int_equal(json_array_size(answers), wanted + 1);
	for (size_t i = 0; i < wanted; i++) {
		json_t *answer = json_array_get(answers, i + 1);

		if (!json_equal(get(answer, "id"), ids[i]))
			fail_msg("answer %zu has another id", i);
		assert_true(!json_object_get(answer, "result") !=
			    !json_object_get(answer, "error"));
		json_decref(ids[i]);
	}
	json_decref(answers);
	free(ids);
	free(all);
}

static void what_another_process_writes_is_seen(void **state)
{
	static const char script[] =
		"cd \"$TEST_DIR\" && export PANELDEX_DB=seen.db\n"
		"echo '{\"title\":\"One\",\"body\":\"apple\",\"date\":\"2026-01-01\"}' "
		"| \"$PANELDEX_BIN\" ingest -q - || exit 1\n"
		": >answers\n"
		"{ cat call\n"
		"  until [ \"$(wc -l <answers)\" -ge 2 ]; do sleep 0.02; done\n"
		"  echo "
		"'{\"title\":\"Two\",\"body\":\"apple\",\"date\":\"2026-01-02\"}' "
		"| \"$PANELDEX_BIN\" ingest -q - >&2\n"
		"  tail -n 1 call\n"
		"} | \"$PANELDEX_BIN\" serve-mcp >answers && tail -n 1 answers\n";
	FILE *call = fopen(in_tmpdir("call"), "w");
	struct run r;
	json_t *answer;

	(void)state;
	assert_non_null(call);
	fputs(INITIALIZE("2025-06-18") CALL("search", "{\"query\":\"apple\"}"), call);
	fclose(call);
	set("TEST_DIR", test_tmpdir());
	r = shell(script);
	assert_status(&r, 0, script);
	answer = parse(r.out);
	assert_int_equal(
		integer(get(get(answer, "result"), "structuredContent"), "total"), 2);
	json_decref(answer);
	run_free(&r);
}

static void it_ends_as_it_is_told_to(void **state)
{
	struct run r = run_expect("serve-mcp", 0);

	(void)state;
	assert_string_equal(r.out, "");
	run_free(&r);
	r = run_expect("serve-mcp --db /nowhere/at/all", 3);
	assert_string_equal(r.out, "");
	run_free(&r);
	r = run_expect("serve-mcp words", 2);
	run_free(&r);
	r = run_expect("serve-mcp -f csv", 2);
	run_free(&r);
	r = shell("sleep 2 | timeout --preserve-status -s INT 0.3 "
		  "\"$PANELDEX_BIN\" serve-mcp");
	assert_status(&r, 130, "^C");
	assert_string_equal(r.out, "");
	assert_string_equal(r.err, "");
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			each_version_is_agreed_upon_and_the_latest_offered_instead),
		cmocka_unit_test(tools_are_listed_with_a_schema_of_their_arguments),
		cmocka_unit_test(a_tool_gives_the_document_that_its_command_prints),
		cmocka_unit_test(pages_of_search_do_not_overlap_and_end),
		cmocka_unit_test(older_versions_get_text_only),
		cmocka_unit_test(what_a_command_refuses_is_a_result_that_says_so),
		cmocka_unit_test(the_latest_version_has_bad_arguments_as_a_result),
		cmocka_unit_test(what_is_no_good_call_gets_its_error),
		cmocka_unit_test(nothing_but_a_ping_is_answered_before_initialize),
		cmocka_unit_test(notifications_and_responses_are_not_answered),
		cmocka_unit_test(
			a_batch_is_answered_in_one_array_where_the_version_has_them),
		cmocka_unit_test(
			a_line_too_long_or_too_deep_is_one_error_and_the_next_is_read),
		cmocka_unit_test(every_message_however_mangled_has_exactly_its_answer),
		cmocka_unit_test(what_another_process_writes_is_seen),
		cmocka_unit_test(it_ends_as_it_is_told_to),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
