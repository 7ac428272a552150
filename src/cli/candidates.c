/*
 * Candidates for the word under the cursor.  Knows the tables and what an index can
 * list; no shell.
 *
 * Names are offered as one word in lower case, "hugging-face": a query finds the name
 * by it, and no shell and no query has to quote it.
 */
#include "cli/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/shape.h"
#include "query/fields.h"
#include "query/value.h"
#include "render/schema.h"
#include "render/schema_field.h"
#include "text/analyze.h"

#define MOST_IDS 50 /* a list of more is no help */

/* The line, taken apart. */
struct typed {
	struct candidate_list *list;
	const struct cli *cli;
	const struct command *command; /* NULL: not typed yet */
	const char *const *words;      /* complete ones, the program's name first */
	size_t nwords;
	const char *last; /* the word under the cursor, "" where none was begun */
};

void candidates_release(struct candidate_list *list)
{
	free(list->v);
	arena_release(&list->arena);
	*list = (struct candidate_list){ .v = NULL };
}

static void add_words(struct typed *t, const char *before, const char *word,
		      const char *after, const char *help)
{
	struct candidate_list *list = t->list;
	struct buf whole;

	buf_init(&whole, 0);
	buf_printf(&whole, "%s%s%s", before, word, after);
	if (strncmp(buf_str(&whole), t->last, strlen(t->last)) == 0) {
		if (!buf_ok(&whole) ||
		    !mem_grow(&list->v, &list->cap, list->n + 1, sizeof(*list->v)))
			list->failed = true;
		else
			list->v[list->n++] = (struct candidate_word){
				arena_strdup(&list->arena, buf_str(&whole)), help
			};
	}
	buf_release(&whole);
}

static void add_commands(struct typed *t)
{
	for (const struct command *c = commands; c->name; c++)
		add_words(t, "", c->name, "", c->help);
}

static void add_options(struct typed *t)
{
	for (const struct option_row *row = option_table; row->name; row++)
		if (row->commands & t->command->bit)
			add_words(t, "--", row->name, "", row->help);
}

static void add_fields(struct typed *t)
{
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (f->queryable)
			add_words(t, "", f->name, ":", f->help);
	}
}

/* Append ${name} in lower case, with a dash for what is neither letter nor digit. */
static void put_word(struct buf *out, const char *name)
{
	size_t len = strlen(name), n;
	struct buf letter;
	bool gap = false;

	buf_init(&letter, 0);
	for (size_t i = 0; i < len; i += n) {
		char pair[1 + UTF8_MAX_BYTES] = "a"; /* beside it signs are dropped */
		uint32_t cp;

		n = utf8_decode(&cp, name + i, len - i);
		memcpy(pair + 1, name + i, n);
		buf_reset(&letter);
		fold_key(&letter, pair, 1 + n);
		if (letter.len > 1 && gap && out->len)
			buf_putc(out, '-');
		gap = letter.len <= 1;
		if (!gap)
			buf_put(out, letter.data + 1, letter.len - 1);
	}
	buf_release(&letter);
}

struct values {
	struct typed *typed;
	const char *before;
};

static void add_value(void *ctx, const char *name)
{
	const struct values *v = ctx;
	struct buf word, scratch;

	buf_init(&word, 0);
	buf_init(&scratch, 0);
	put_word(&word, name + value_article(name, strlen(name)));
	/* What would not find it is not offered. */
	if (buf_ok(&word) && !strpbrk(buf_str(&word), " \"'\\$`") &&
	    value_compare(buf_str(&word), name, &scratch) == VALUE_EQUAL)
		add_words(v->typed, v->before, buf_str(&word), "", NULL);
	buf_release(&word);
	buf_release(&scratch);
}

static void add_record_field(void *ctx, const char *path)
{
	const struct values *v = ctx;

	add_words(v->typed, v->before, path, "", NULL);
}

/* The index that the line names, or the usual one; NULL: it cannot be opened. */
static struct pdx *open_index(const struct typed *t)
{
	struct cli c = { .command = t->command };
	struct pdx *index = NULL;
	struct pdx_err err;

	c.options.db = t->cli->options.db;
	c.config = t->cli->config; /* still the other's */
	for (size_t i = 2; i < t->nwords; i++) {
		const char *word = t->words[i];

		if (i + 1 < t->nwords &&
		    (strcmp(word, "-d") == 0 || strcmp(word, "--db") == 0))
			c.options.db = t->words[i + 1];
		else if (strncmp(word, "--db=", 5) == 0)
			c.options.db = word + 5;
	}
	return cli_open(&index, &c, PDX_OPEN_READ, NULL, &err) ? NULL : index;
}

/* The values of ${field} behind ${before}, where it has a list of them. */
static void add_values(struct typed *t, const char *field, const char *before)
{
	struct values v = { t, before };
	struct pdx *index = open_index(t);
	struct pdx_err err;

	if (index)
		pdx_values(index, field, add_value, &v, &err);
	pdx_close(index);
}

/* Ids that begin as the word does; none before the first digit is there. */
static void add_ids(struct typed *t)
{
	struct pdx *index = *t->last ? open_index(t) : NULL;
	struct pdx_search how = { .limit = MOST_IDS };
	struct pdx_result *result = NULL;
	struct pdx_query *query = NULL;
	char id[PDX_ID_SIZE];
	struct pdx_err err;

	if (index && !pdx_query_parse(&query, "", 0, PDX_NO_DATE, &err) &&
	    !pdx_query_filter_any(query, "id", &t->last, 1, &err) &&
	    !pdx_search(&result, index, query, &how, &err))
		for (size_t i = 0; i < pdx_result_returned(result); i++) {
			pdx_result_id(id, result, i);
			add_words(t, "", id, "", NULL);
		}
	pdx_result_free(result);
	pdx_query_free(query);
	pdx_close(index);
}

/* "company:hug": the values of the field, or its words. */
static bool add_field_values(struct typed *t)
{
	static const char *const flags[] = { "bookmarked", "new", NULL };
	static const char *const days[] = { "today",     "yesterday",  "7d", "30d",
					    "last-week", "last-month", "1y", NULL };
	const char *colon = strchr(t->last, ':');
	const struct field *f =
		colon ? field_find(t->last, (size_t)(colon - t->last)) : NULL;
	const char *const *fixed = NULL;
	char before[32];

	if (!f || !f->queryable || strlen(f->name) + 2 > sizeof(before))
		return false;
	strcpy(before, f->name);
	strcat(before, ":");
	if (f->kind == FIELD_KIND_FLAG)
		fixed = flags;
	else if (f->kind == FIELD_KIND_DATE)
		fixed = days;
	for (; fixed && *fixed; fixed++)
		add_words(t, before, *fixed, "", NULL);
	if (f->kind == FIELD_KIND_VALUE)
		add_values(t, f->name, before);
	return true;
}

/* The command's option called by ${word}, which has an argument; NULL: none. */
static const struct option_row *option_with_value(const struct typed *t,
						  const char *word, size_t len)
{
	for (const struct option_row *row = option_table; row->name; row++) {
		if (!row->arg || !(row->commands & t->command->bit))
			continue;
		if (len == 2 && word[0] == '-' && row->letter && word[1] == row->letter)
			return row;
		if (len == strlen(row->name) + 2 && strncmp(word, "--", 2) == 0 &&
		    memcmp(word + 2, row->name, len - 2) == 0)
			return row;
	}
	return NULL;
}

/* Names of fields, behind those that ${before} and the last comma end with. */
static void add_record_fields(struct typed *t, const char *before)
{
	const char *action = t->nwords > 2 ? t->words[2] : NULL;
	const char *record = shape_record(t->command->bit, action);
	const char *comma = strrchr(t->last, ',');
	json_t *schema = record ? schema_of(record) : NULL;
	struct buf typed;
	struct values v = { .typed = t };

	buf_init(&typed, 0);
	if (comma)
		buf_put(&typed, t->last, (size_t)(comma + 1 - t->last));
	v.before = comma ? buf_str(&typed) : before;
	if (schema && schema_fields(schema, add_record_field, &v))
		t->list->failed = true;
	buf_release(&typed);
	json_decref(schema);
}

/* The values of ${row}; ${before} is what of the word is not the value. */
static void add_option_values(struct typed *t, const struct option_row *row,
			      const char *before)
{
	const struct field *f = field_find(row->name, strlen(row->name));
	const char *choice;

	if (row->at == offsetof(struct options, fields)) {
		add_record_fields(t, before);
		return;
	}
	for (size_t i = 0; row->choice && (choice = row->choice(i)); i++)
		add_words(t, before, choice, "", NULL);
	if (!row->choice && f && f->kind == FIELD_KIND_VALUE && f->facet)
		add_values(t, f->name, before);
}

/* "--company=hug", or the word behind "--company". */
static bool add_values_of_option(struct typed *t)
{
	const char *equals = strchr(t->last, '='), *previous = t->words[t->nwords - 1];
	const struct option_row *row = NULL;
	char before[64];

	if (strncmp(t->last, "--", 2) == 0 && equals)
		row = option_with_value(t, t->last, (size_t)(equals - t->last));
	if (row && strlen(row->name) + 4 <= sizeof(before)) {
		strcpy(before, "--");
		strcat(before, row->name);
		strcat(before, "=");
		add_option_values(t, row, before);
		return true;
	}
	row = option_with_value(t, previous, strlen(previous));
	if (row && t->nwords > 2)
		add_option_values(t, row, "");
	return row && t->nwords > 2;
}

/* Words that are no options, by what the command's row says of them. */
static void add_arguments(struct typed *t)
{
	const char *words = t->command->words, *action;

	if (t->command->action && t->nwords == 2)
		for (size_t i = 0; (action = t->command->action(i)); i++)
			add_words(t, "", action, "", NULL);
	if (strstr(words, "QUERY") && !add_field_values(t))
		add_fields(t);
	if (strncmp(words, "ID", 2) == 0)
		add_ids(t);
}

static void find(struct typed *t)
{
	if (t->nwords < 2) {
		add_commands(t);
		return;
	}
	t->command = command_find(t->words[1]);
	if (!t->command || add_values_of_option(t))
		return;
	if (*t->last == '-')
		add_options(t);
	else
		add_arguments(t);
}

/*
 * Copy the word at *${s} to ${out} without its quotes and move behind it; false where
 * the line ends in it.
 */
static bool next_word(char *out, const char **s)
{
	char quote = '\0';

	for (; **s; (*s)++) {
		if (!quote && (**s == ' ' || **s == '\t'))
			break;
		if (quote ? **s == quote : **s == '"' || **s == '\'')
			quote = quote ? '\0' : **s;
		else if (**s == '\\' && quote != '\'' && (*s)[1])
			*out++ = *++*s;
		else
			*out++ = **s;
	}
	*out = '\0';
	return **s != '\0';
}

void candidates_find(struct candidate_list *list, const struct cli *c, const char *line)
{
	struct typed t = { .list = list, .cli = c, .last = "" };
	size_t room = strlen(line) + 1;
	char *text = arena_alloc(&list->arena, room);
	const char **words = arena_array(&list->arena, room, sizeof(*words));

	t.words = words;
	while (text && words) {
		line += strspn(line, " \t");
		if (!*line)
			break;
		if (!next_word(text, &line)) {
			t.last = text;
			break;
		}
		words[t.nwords++] = text;
		text += strlen(text) + 1;
	}
	if (text && words)
		find(&t);
	list->failed = list->failed || list->arena.failed;
}
