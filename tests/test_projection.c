/* Records cut down to fields by their paths: which there are, as JSON and as text. */
#include "harness.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "render/line.h"
#include "render/projection.h"
#include "render/schema.h"
#include "render/schema_field.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char record[] =
	"{\"id\":\"0123456789ab\",\"score\":1.23456789,\"rank\":3,\"title\":\"One; two\","
	"\"url\":null,\"bookmarked\":true,\"companies\":[\"A\",\"B\"],\"cluster\":null,"
	"\"takes\":[{\"n\":1,\"persona\":\"X\",\"matched\":true},"
	"{\"n\":2,\"persona\":null,\"matched\":false}],"
	"\"highlights\":[{\"text\":\"t\",\"spans\":[[0,1],[2,3]]},"
	"{\"text\":\"u\",\"spans\":[]}]}";

static json_t *make_record(void)
{
	json_t *o = json_loads(record, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(o);
	return o;
}

static void parse_hit(struct projection *p, const char *list)
{
	struct pdx_err err = { .message = "" };

	*p = (struct projection){ .v = NULL };
	if (projection_parse(p, list, "hit", &err))
		fail_msg("%s: %s", list, err.message);
}

static void what_is_left_stands_where_it_stood(void **state)
{
	static const struct {
		const char *fields, *want;
	} cases[] = {
		{ "rank", "{\"rank\":3}" },
		{ "url,title,id",
		  "{\"url\":null,\"title\":\"One; two\",\"id\":\"0123456789ab\"}" },
		{ "takes.persona",
		  "{\"takes\":[{\"persona\":\"X\"},{\"persona\":null}]}" },
		{ "takes.n,rank,takes.persona",
		  "{\"takes\":[{\"n\":1,\"persona\":\"X\"},"
		  "{\"n\":2,\"persona\":null}],\"rank\":3}" },
		{ "highlights.spans",
		  "{\"highlights\":[{\"spans\":[[0,1],[2,3]]},{\"spans\":[]}]}" },
		{ "takes.n,takes",
		  "{\"takes\":[{\"n\":1,\"persona\":\"X\",\"matched\":true},"
		  "{\"n\":2,\"persona\":null,\"matched\":false}]}" },
		{ "takes,takes.n",
		  "{\"takes\":[{\"n\":1,\"persona\":\"X\",\"matched\":true},"
		  "{\"n\":2,\"persona\":null,\"matched\":false}]}" },
		{ "cluster.size", "{\"cluster\":null}" },
		{ "group.value,id", "{\"id\":\"0123456789ab\"}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct projection p;
		json_t *left;
		char *got;

		parse_hit(&p, cases[i].fields);
		left = projection_apply(&p, make_record());
		got = json_dumps(left, JSON_COMPACT);
		if (!got || strcmp(got, cases[i].want) != 0)
			fail_msg("%s: got %s, wanted %s", cases[i].fields, got,
				 cases[i].want);
		free(got);
		json_decref(left);
		projection_release(&p);
	}
}

static void a_field_as_text_is_a_list_or_json(void **state)
{
	static const struct {
		const char *field, *want;
	} cases[] = {
		{ "title", "One; two" },
		{ "score", "1.23457" },
		{ "rank", "3" },
		{ "url", "" },
		{ "bookmarked", "true" },
		{ "companies", "A; B" },
		{ "takes.persona", "X; " },
		{ "takes.n", "1; 2" },
		{ "takes.matched", "true; false" },
		{ "cluster", "" },
		{ "cluster.size", "" },
		{ "group.value", "" },
		{ "highlights.spans", "[[[0,1],[2,3]],[]]" },
		{ "takes", "[{\"n\":1,\"persona\":\"X\",\"matched\":true},"
			   "{\"n\":2,\"persona\":null,\"matched\":false}]" },
	};
	json_t *o = make_record();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct projection p;
		struct buf got;

		buf_init(&got, 0);
		parse_hit(&p, cases[i].field);
		projection_text(&got, &p.v[0], o);
		assert_true(buf_ok(&got));
		if (strcmp(buf_str(&got), cases[i].want) != 0)
			fail_msg("%s: got \"%s\", wanted \"%s\"", cases[i].field,
				 buf_str(&got), cases[i].want);
		buf_release(&got);
		projection_release(&p);
	}
	json_decref(o);
}

static void a_name_that_is_none_offers_what_may_be_meant(void **state)
{
	static const struct {
		const char *fields;
		size_t column;
		const char *message;
	} cases[] = {
		{ "titel", 1, "unknown field \"titel\"; did you mean \"title\"?" },
		{ "id,takes.persno", 4,
		  "unknown field \"takes.persno\"; did you mean \"takes.persona\"?" },
		{ "id,persona", 4,
		  "unknown field \"persona\"; did you mean \"takes.persona\"?" },
		{ "id,", 4, "the name of a field is missing" },
		{ ",id", 1, "the name of a field is missing" },
		{ "title.x", 1, "unknown field \"title.x\"; did you mean \"title\"?" },
		{ "takes.", 1, "unknown field \"takes.\"; did you mean \"takes\"?" },
		{ "takes..n", 1, "unknown field \"takes..n\"; did you mean \"takes.n\"?" },
		{ "\xC3\xA9,schema", 1, "unknown field \"\xC3\xA9\"; it may be id, rank, "
					"score, title, date, companies," },
		{ "schema", 1, "unknown field \"schema\"; it may be id," },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct projection p = { .v = NULL };
		struct pdx_err err;

		assert_int_equal(projection_parse(&p, cases[i].fields, "hit", &err),
				 PDX_E_USAGE);
		if (!strstr(err.message, cases[i].message) ||
		    err.column != cases[i].column)
			fail_msg("%s: column %zu: %s", cases[i].fields, err.column,
				 err.message);
		projection_release(&p);
	}
}

struct listed {
	json_t *schema;
	size_t n, numbers;
};

static void is_known(void *ctx, const char *path)
{
	struct listed *l = ctx;
	bool number;

	if (!schema_field(&number, l->schema, path, strlen(path)))
		fail_msg("%s is listed and not known", path);
	l->n++;
	l->numbers += number;
}

static void what_a_schema_lists_it_knows(void **state)
{
	static const struct {
		const char *name;
		size_t least, numbers;
	} cases[] = {
		{ "hit", 30, 5 },
		{ "article", 20, 1 },
		{ "bookmark", 5, 0 },
		{ "saved_search", 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct listed l = { .schema = schema_of(cases[i].name) };

		assert_non_null(l.schema);
		assert_int_equal(schema_fields(l.schema, is_known, &l), 0);
		assert_true(l.n >= cases[i].least);
		assert_true(l.numbers >= cases[i].numbers);
		json_decref(l.schema);
	}
}

static void a_template_that_is_wrong_is_refused_at_its_place(void **state)
{
	static const struct {
		const char *text;
		size_t column, len;
		const char *message;
	} cases[] = {
		{ "{date} {titel}", 9, 5, "did you mean \"title\"?" },
		{ "\xC3\xA9 {titel}", 4, 5, "did you mean \"title\"?" },
		{ "x{title", 2, 1, "\"{\" has no \"}\"" },
		{ "x{title{id}", 2, 1, "\"{\" has no \"}\"" },
		{ "x{", 2, 1, "\"{\" has no \"}\"" },
		{ "x}y", 2, 1, "\"}\" has no \"{\"" },
		{ "{{x}", 4, 1, "\"}\" has no \"{\"" },
		{ "{}", 2, 0, "the name of a field is missing" },
		{ "{:40}", 2, 0, "the name of a field is missing" },
		{ "{title:}", 7, 1, "stand columns, decimals or both" },
		{ "{title:0}", 7, 2, "stand columns, decimals or both" },
		{ "{title:1001}", 7, 5, "stand columns, decimals or both" },
		{ "{title:-4}", 7, 3, "stand columns, decimals or both" },
		{ "{score:.}", 7, 2, "stand columns, decimals or both" },
		{ "{score:.10}", 7, 4, "stand columns, decimals or both" },
		{ "{score:8.2x}", 7, 5, "stand columns, decimals or both" },
		{ "{title:.2}", 7, 3, "only numbers have decimals" },
		{ "{id}\\r", 5, 2, "a backslash begins" },
		{ "{id}\\", 5, 1, "a backslash begins" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct line l = { .v = NULL };
		struct pdx_err err;

		assert_int_equal(line_parse(&l, cases[i].text, "hit", &err),
				 PDX_E_USAGE);
		if (!strstr(err.message, cases[i].message) ||
		    err.column != cases[i].column || err.len != cases[i].len)
			fail_msg("%s: column %zu, %zu bytes: %s", cases[i].text,
				 err.column, (size_t)err.len, err.message);
		line_release(&l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_stands_where_it_stood),
		cmocka_unit_test(a_field_as_text_is_a_list_or_json),
		cmocka_unit_test(a_name_that_is_none_offers_what_may_be_meant),
		cmocka_unit_test(what_a_schema_lists_it_knows),
		cmocka_unit_test(a_template_that_is_wrong_is_refused_at_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
