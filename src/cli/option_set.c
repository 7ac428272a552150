/*
 * What the rows of the table of options do with a value, and the closed sets that some
 * values are of.  How they are typed is parse.c's; what they mean is the commands'.
 */
#include "cli/option_set.h"

#include <string.h>

#include "base/date.h"
#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/values.h"
#include "ingest/defaults.h"
#include "query/fields.h"
#include "render/citation.h"
#include "report/template.h"

/* PDX_E_USAGE: ${value} is none of ${choice}. */
static int no_choice(const char *value, size_t len, const char *(*choice)(size_t i),
		     struct pdx_err *err)
{
	struct nearest near;
	char all[256] = "";
	const char *c;

	nearest_init(&near, value, len);
	for (size_t i = 0; (c = choice(i)); i++) {
		nearest_offer(&near, c);
		cli_list(all, sizeof(all), c);
	}
	err_set(err, PDX_E_USAGE, "unknown value \"%.*s\"%s%s", (int)len, value,
		near.best ? "" : "; it may be ", near.best ? "" : all);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

/* What ${row} fills. */
static void *member(struct options *o, const struct option_row *row)
{
	return (char *)o + row->at;
}

int option_set_flag(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	bool *flag = member(o, row);

	(void)value, (void)err;
	*flag = true;
	return PDX_OK;
}

/* A size_t from row->min to row->max. */
int option_set_number(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err)
{
	return value_number(member(o, row), value, row->min, row->max, err);
}

/* The same in bytes, as "64M". */
int option_set_size(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	return value_size(member(o, row), value, row->min, row->max, err);
}

static int check_not_empty(const char *value, struct pdx_err *err)
{
	return *value ? PDX_OK : err_set(err, PDX_E_USAGE, "the value is empty");
}

/* A string that is not empty. */
int option_set_name(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	const char **name = member(o, row);

	*name = value;
	return check_not_empty(value, err);
}

/* One more of struct words. */
int option_add_word(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	int rc = check_not_empty(value, err);

	return rc ? rc : words_add(member(o, row), value, err);
}

/* The only one of struct words: the last that is given. */
int option_set_word(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	struct words *words = member(o, row);

	words->n = 0;
	return option_add_word(o, row, value, err);
}

/* One more of struct words, which has to be the name of something. */
int option_add_name(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	int rc = defaults_check_name(value, err);

	return rc ? rc : words_add(member(o, row), value, err);
}

/* Nobody can say which of two would be meant. */
int option_set_persona(struct options *o, const struct option_row *row,
		       const char *value, struct pdx_err *err)
{
	const struct words *words = member(o, row);

	if (words->n > 0)
		return err_set(err, PDX_E_USAGE, "may be given once only");
	return option_add_name(o, row, value, err);
}

/* A whole day. */
int option_set_day(struct options *o, const struct option_row *row, const char *value,
		   struct pdx_err *err)
{
	if (!date_parse_iso(member(o, row), value, strlen(value)))
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is no day; write it as 2026-05-08", value);
	return PDX_OK;
}

/* An int: row->min and the number of the choice. */
int option_set_choice(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err)
{
	int *number = member(o, row);
	const char *name;

	for (size_t i = 0; (name = row->choice(i)); i++) {
		if (strcmp(name, value) != 0)
			continue;
		*number = (int)(row->min + i);
		return PDX_OK;
	}
	return no_choice(value, strlen(value), row->choice, err);
}

/* The name of a field that has facets, as the table of fields has it. */
int option_set_facet_field(struct options *o, const struct option_row *row,
			   const char *value, struct pdx_err *err)
{
	const struct field *f = field_find(value, strlen(value));
	const char **name = member(o, row);

	if (!f || !f->facet)
		return no_choice(value, strlen(value), row->choice, err);
	*name = f->name;
	return PDX_OK;
}

/* Likewise one more of struct words; a field that is there already changes nothing. */
int option_add_facet_field(struct options *o, const struct option_row *row,
			   const char *value, struct pdx_err *err)
{
	const struct field *f = field_find(value, strlen(value));
	struct words *words = member(o, row);

	if (!f || !f->facet)
		return no_choice(value, strlen(value), row->choice, err);
	for (size_t i = 0; i < words->n; i++)
		if (strcmp(words->v[i], f->name) == 0)
			return PDX_OK;
	return words_add(words, f->name, err);
}

/* "company,month": one more pair of such fields. */
int option_add_pivot(struct options *o, const struct option_row *row, const char *value,
		     struct pdx_err *err)
{
	size_t len = strcspn(value, ",");
	const struct field *rows = field_find(value, len), *columns;

	if (!value[len] || strchr(value + len + 1, ','))
		return err_set(err, PDX_E_USAGE, "\"%s\" is not two fields: %s", value,
			       row->arg);
	columns = field_find(value + len + 1, strlen(value + len + 1));
	if (!rows || !rows->facet)
		return no_choice(value, len, row->choice, err);
	if (!columns || !columns->facet)
		return no_choice(value + len + 1, strlen(value + len + 1), row->choice,
				 err);
	if (rows == columns)
		return err_set(err, PDX_E_USAGE, "%s cannot be crossed with itself",
			       rows->name);
	if (o->npivots == PIVOT_MAX)
		return err_set(err, PDX_E_USAGE, "more than %d of them", PIVOT_MAX);
	o->pivots[o->npivots++] = (struct pdx_cross){ rows->name, columns->name };
	return PDX_OK;
}

int option_add_mapping(struct options *o, const struct option_row *row,
		       const char *value, struct pdx_err *err)
{
	return record_map_add(member(o, row), value, err);
}

const char *option_format_choice(size_t i)
{
	return renderers[i] ? renderers[i]->name : NULL;
}

const char *option_when_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum when */
		"auto",
		"always",
		"never",
		NULL,
	};

	return names[i];
}

const char *option_same_company_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum pdx_same_company */
		"keep",
		"drop",
		NULL,
	};

	return names[i];
}

const char *option_order_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum facets_order from FACETS_BY_COUNT on */
		"count",
		"value",
		NULL,
	};

	return names[i];
}

const char *option_own_filter_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum pdx_own_filter */
		"keep",
		"drop",
		NULL,
	};

	return names[i];
}

const char *option_count_by_choice(size_t i)
{
	static const char *const names[] = {
		/* as enum pdx_count_by */
		"article",
		"take",
		"story",
		NULL,
	};

	return names[i];
}

const char *option_interval_choice(size_t i)
{
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (f->kind == FIELD_KIND_PERIOD && i-- == 0)
			return f->name;
	}
	return NULL;
}

int option_set_interval(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err)
{
	const struct field *f = field_find(value, strlen(value));

	if (!f || f->kind != FIELD_KIND_PERIOD)
		return no_choice(value, strlen(value), row->choice, err);
	o->interval = f->name;
	return PDX_OK;
}

const char *option_match_choice(size_t i)
{
	static const char *const names[] = { "all", "any", NULL };

	return names[i];
}

const char *option_facet_choice(size_t i)
{
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (f->facet && i-- == 0)
			return f->name;
	}
	return NULL;
}

/* With and without the dash, so that a key's name outlives the option's text. */
static const struct sort_name {
	const char *name, *reversed;
	enum pdx_sort_key key;
} sort_names[] = {
	{ "relevance", "-relevance", PDX_SORT_RELEVANCE },
	{ "date", "-date", PDX_SORT_DATE },
	{ "company", "-company", PDX_SORT_COMPANY },
	{ "category", "-category", PDX_SORT_CATEGORY },
	{ "title", "-title", PDX_SORT_TITLE },
	{ "added", "-added", PDX_SORT_ADDED },
	{ NULL, NULL, PDX_SORT_RELEVANCE },
};

const char *option_sort_choice(size_t i)
{
	return sort_names[i].name;
}

int option_set_format(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err)
{
	const struct renderer *format = renderer_find(value);

	if (!format)
		return no_choice(value, strlen(value), row->choice, err);
	o->format = format;
	o->format_given = true;
	return PDX_OK;
}

/* Formats that have a record for each article, and all that they say. */
const char *option_export_choice(size_t i)
{
	size_t format = 0;

	for (; renderers[format]; format++)
		if (renderers[format]->fields && !renderers[format]->one_document &&
		    i-- == 0)
			return renderers[format]->name;
	return i == 0 ? OPTION_TABLES_FORMAT : NULL;
}

/* Another format is refused where it is known what is asked of it. */
int option_set_export(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err)
{
	o->tables = strcmp(value, OPTION_TABLES_FORMAT) == 0;
	o->format_given = false; /* by one before */
	return o->tables ? PDX_OK : option_set_format(o, row, value, err);
}

/* Only to insist on colours or links is to ask for text. */
int option_set_when(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	const enum when *when = member(o, row);
	int rc = option_set_choice(o, row, value, err);

	if (!rc && *when == WHEN_ALWAYS)
		o->text_option = row->name;
	return rc;
}

const char *option_citation_choice(size_t i)
{
	return citation_formats[i].name;
}

int option_set_citation(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err)
{
	for (size_t i = 0; citation_formats[i].name; i++) {
		if (strcmp(citation_formats[i].name, value) != 0)
			continue;
		o->citation = i;
		return PDX_OK;
	}
	return no_choice(value, strlen(value), row->choice, err);
}

static int add_sort_key(struct options *o, const char *key, size_t len,
			struct pdx_err *err)
{
	bool reverse = len > 0 && *key == '-';
	const struct sort_name *name = sort_names;

	key += reverse;
	len -= reverse;
	while (name->name &&
	       (strlen(name->name) != len || memcmp(name->name, key, len)))
		name++;
	if (!name->name)
		return no_choice(key, len, option_sort_choice, err);
	for (size_t i = 0; i < o->nsort; i++)
		if (o->sort[i].key == name->key)
			return err_set(err, PDX_E_USAGE, "\"%s\" is there twice",
				       name->name);
	o->sort[o->nsort] = (struct pdx_sort){ .key = name->key, .reverse = reverse };
	o->sort_names[o->nsort++] = reverse ? name->reversed : name->name;
	return PDX_OK;
}

int option_set_sort(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	int rc = PDX_OK;

	(void)row;
	o->nsort = 0;
	for (;;) {
		size_t len = strcspn(value, ",");

		rc = add_sort_key(o, value, len, err);
		if (rc || !value[len])
			return rc;
		value += len + 1;
	}
}

int option_set_days(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	return value_days(member(o, row), value, err);
}

int option_set_time(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err)
{
	return value_time(member(o, row), value, err);
}

/* Which languages there are is known where they are used; "" is none of them. */
int option_set_language(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err)
{
	(void)row, (void)err;
	o->language = value;
	return PDX_OK;
}
