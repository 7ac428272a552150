/*
 * THE table of fields.  A new field is one row here; the query language, facets and
 * sorting read it.  Knows names and kinds; no query text, no storage.
 */
#include "query/fields.h"

#include "base/distance.h"

const enum text_column reading_order[TEXT_COLUMNS] = {
	COLUMN_TITLE,
	COLUMN_SUMMARY,
	COLUMN_BODY,
	COLUMN_TAKES,
};

/* clang-format off */
static const struct field fields[FIELD_COUNT] = {
	[FIELD_ANY] = { "", FIELD_ANY, FIELD_KIND_TEXT, -1, false, false, false,
		"title, summary, body and takes" },
	[FIELD_TITLE] = { "title", FIELD_TITLE, FIELD_KIND_TEXT, COLUMN_TITLE,
		true, false, false, "words of the title" },
	[FIELD_SUMMARY] = { "summary", FIELD_SUMMARY, FIELD_KIND_TEXT, COLUMN_SUMMARY,
		true, false, false, "words of the summary" },
	[FIELD_BODY] = { "body", FIELD_BODY, FIELD_KIND_TEXT, COLUMN_BODY,
		true, false, false, "words of the article's own text" },
	[FIELD_TAKE] = { "take", FIELD_TAKE, FIELD_KIND_TEXT, COLUMN_TAKES,
		true, false, true, "words of a panellist's take" },
	[FIELD_PERSONA] = { "persona", FIELD_PERSONA, FIELD_KIND_VALUE, -1,
		true, true, true, "who a take is by: The Skeptic, ..." },
	[FIELD_PERSPECTIVE] = { "perspective", FIELD_PERSPECTIVE, FIELD_KIND_VALUE, -1,
		true, true, true, "what a take looks at: Reality Check, ..." },
	[FIELD_COMPANY] = { "company", FIELD_COMPANY, FIELD_KIND_VALUE, -1,
		true, true, true, "a company, by name or alias" },
	[FIELD_MENTIONS] = { "mentions", FIELD_MENTIONS, FIELD_KIND_VALUE, -1,
		true, true, true, "a company named in title, summary or body" },
	[FIELD_CATEGORY] = { "category", FIELD_CATEGORY, FIELD_KIND_VALUE, -1,
		true, true, true, "a category: Funding, ..." },
	[FIELD_SOURCE] = { "source", FIELD_SOURCE, FIELD_KIND_VALUE, -1,
		true, true, false, "the publication or collection" },
	[FIELD_URL] = { "url", FIELD_URL, FIELD_KIND_VALUE, -1,
		true, false, false, "the link to the source" },
	[FIELD_LANG] = { "lang", FIELD_LANG, FIELD_KIND_VALUE, -1,
		true, true, false, "the language: en, pt-BR, ..." },
	[FIELD_ID] = { "id", FIELD_ID, FIELD_KIND_VALUE, -1,
		true, false, false, "the identifier, or its first digits" },
	[FIELD_DATE] = { "date", FIELD_DATE, FIELD_KIND_DATE, -1,
		true, false, false, "day of publication: 2026, 2026-05..2026-07, >7d" },
	[FIELD_ADDED] = { "added", FIELD_ADDED, FIELD_KIND_DATE, -1,
		true, false, false, "day of ingest" },
	[FIELD_IS] = { "is", FIELD_IS, FIELD_KIND_FLAG, -1,
		true, false, true, "bookmarked or new" },
	[FIELD_SINCE] = { "since", FIELD_SINCE, FIELD_KIND_DATE, -1,
		true, false, false, "since:X is date:X.." },
	[FIELD_UNTIL] = { "until", FIELD_UNTIL, FIELD_KIND_DATE, -1,
		true, false, false, "until:X is date:..X" },
	[FIELD_YEAR] = { "year", FIELD_YEAR, FIELD_KIND_PERIOD, -1,
		false, true, false, "year of publication" },
	[FIELD_QUARTER] = { "quarter", FIELD_QUARTER, FIELD_KIND_PERIOD, -1,
		false, true, false, "quarter of publication" },
	[FIELD_MONTH] = { "month", FIELD_MONTH, FIELD_KIND_PERIOD, -1,
		false, true, false, "month of publication" },
	[FIELD_WEEK] = { "week", FIELD_WEEK, FIELD_KIND_PERIOD, -1,
		false, true, false, "ISO week of publication" },
	[FIELD_DAY] = { "day", FIELD_DAY, FIELD_KIND_PERIOD, -1,
		false, true, false, "day of publication" },
};
/* clang-format on */

const struct field *field_get(enum field_id id)
{
	return &fields[id];
}

enum period_unit field_unit(enum field_id id)
{
	switch (id) {
	case FIELD_YEAR:
		return PERIOD_YEAR;
	case FIELD_QUARTER:
		return PERIOD_QUARTER;
	case FIELD_MONTH:
		return PERIOD_MONTH;
	case FIELD_WEEK:
		return PERIOD_WEEK;
	default:
		return PERIOD_DAY;
	}
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool equal(const char *row, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (row[i] == '\0' || row[i] != lower(name[i]))
			return false;
	}
	return row[len] == '\0';
}

const struct field *field_find(const char *name, size_t len)
{
	for (size_t i = 0; len > 0 && i < FIELD_COUNT; i++) {
		if (equal(fields[i].name, name, len))
			return &fields[i];
	}
	return NULL;
}

const char *field_suggest(const char *name, size_t len)
{
	struct nearest nearest;

	nearest_init(&nearest, name, len);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (fields[i].queryable)
			nearest_offer(&nearest, fields[i].name);
	}
	return nearest.best;
}
