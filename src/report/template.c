/*
 * Reading templates.  Knows names and options; nothing of what the sections hold.
 */
#include "report/template.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"

#define MOST 1000 /* values of a section: a typing error beyond that */

/* The part of a text that is looked at. */
struct word {
	const char *text; /* the whole, for places in it */
	const char *s;
	size_t len;
};

enum option_bit { TAKES_BY = 1, TAKES_INTERVAL = 2, TAKES_TOP = 4, TAKES_SNIPPETS = 8 };

/* A kind of section, and what it is where nobody says otherwise. */
static const struct kind_row {
	const char *name;
	unsigned options; /* enum option_bit */
	size_t least_fields, most_fields;
	struct section_wish usual;
} kinds[SECTION_KINDS] = {
	/* clang-format off */
	[SECTION_FIGURES] = { "figures", 0, 0, 0, { .kind = SECTION_FIGURES } },
	[SECTION_TREND] = { "trend", TAKES_BY | TAKES_INTERVAL | TAKES_TOP, 1, 1,
		{ .kind = SECTION_TREND, .fields = { FIELD_COMPANY }, .nfields = 1,
		  .interval = FIELD_MONTH, .top = 5 } },
	[SECTION_FACETS] = { "facets", TAKES_BY | TAKES_TOP, 1, SECTION_FIELDS,
		{ .kind = SECTION_FACETS,
		  .fields = { FIELD_COMPANY, FIELD_CATEGORY, FIELD_PERSONA },
		  .nfields = 3, .top = 10 } },
	[SECTION_PIVOT] = { "pivot", TAKES_BY | TAKES_TOP, 2, 2,
		{ .kind = SECTION_PIVOT, .fields = { FIELD_COMPANY, FIELD_CATEGORY },
		  .nfields = 2, .top = 10 } },
	[SECTION_PANEL] = { "panel", TAKES_TOP, 0, 0,
		{ .kind = SECTION_PANEL, .top = 10 } },
	[SECTION_HITS] = { "hits", TAKES_TOP | TAKES_SNIPPETS, 0, 0,
		{ .kind = SECTION_HITS, .top = 10, .snippets = 2 } },
	/* clang-format on */
};

const char *template_name(size_t i)
{
	return i < SECTION_KINDS ? kinds[i].name : NULL;
}

void template_default(struct template *t)
{
	t->n = 0;
	for (size_t i = 0; i < SECTION_KINDS; i++)
		t->sections[t->n++] = kinds[i].usual;
}

static bool is(const struct word *w, const char *name)
{
	return strlen(name) == w->len && memcmp(name, w->s, w->len) == 0;
}

/* PDX_E_USAGE at ${w}, with the name that may have been meant. */
static int refuse(const struct word *w, const char *what, const char *best,
		  struct pdx_err *err)
{
	if (best)
		err_set(err, PDX_E_USAGE, "%s \"%.*s\"; did you mean \"%s\"?", what,
			(int)w->len, w->s, best);
	else
		err_set(err, PDX_E_USAGE, "%s \"%.*s\"", what, (int)w->len, w->s);
	err_place(err, w->text, (size_t)(w->s - w->text), w->len);
	err_hint(err, best ? best : "");
	return PDX_E_USAGE;
}

/* A section like the usual one of its kind. */
static int add_section(struct template *t, const struct word *w, struct pdx_err *err)
{
	struct nearest near;

	nearest_init(&near, w->s, w->len);
	for (size_t i = 0; i < SECTION_KINDS; i++) {
		nearest_offer(&near, kinds[i].name);
		if (!is(w, kinds[i].name))
			continue;
		if (t->n == TEMPLATE_SECTIONS)
			return refuse(w, "one section too many:", NULL, err);
		t->sections[t->n++] = kinds[i].usual;
		return PDX_OK;
	}
	return refuse(w, "unknown section", near.best, err);
}

/* The field that ${w} names, of those that have facets; of ${periods} or of others. */
static int find_field(enum field_id *out, const struct word *w, bool periods,
		      struct pdx_err *err)
{
	struct nearest near;

	nearest_init(&near, w->s, w->len);
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (!f->facet || (periods && f->kind != FIELD_KIND_PERIOD))
			continue;
		nearest_offer(&near, f->name);
		if (is(w, f->name)) {
			*out = f->id;
			return PDX_OK;
		}
	}
	return refuse(w, periods ? "not a period:" : "no facets of", near.best, err);
}

static int set_by(struct section_wish *s, const struct word *value, struct pdx_err *err)
{
	const struct kind_row *kind = &kinds[s->kind];
	struct word w = { value->text, value->s, 0 };
	const char *end = value->s + value->len;

	s->nfields = 0;
	for (;; w.s += w.len + 1) {
		int rc;

		w.len = strcspn(w.s, ", \t");
		w.len = w.s + w.len > end ? (size_t)(end - w.s) : w.len;
		if (s->nfields == kind->most_fields)
			return refuse(&w, "one field too many:", NULL, err);
		rc = find_field(&s->fields[s->nfields], &w, false, err);
		if (rc)
			return rc;
		s->nfields++;
		if (w.s + w.len >= end)
			break;
	}
	if (s->nfields < kind->least_fields)
		return refuse(value, "one field too few:", NULL, err);
	return PDX_OK;
}

static int set_number(size_t *out, const struct word *value, struct pdx_err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < value->len; i++) {
		if (value->s[i] < '0' || value->s[i] > '9' || n > MOST)
			return refuse(value, "not a number up to 1000:", NULL, err);
		n = n * 10 + (size_t)(value->s[i] - '0');
	}
	if (value->len == 0 || n == 0 || n > MOST)
		return refuse(value, "not a number from 1 to 1000:", NULL, err);
	*out = n;
	return PDX_OK;
}

static const struct {
	const char *name;
	enum option_bit bit;
} options[] = {
	{ "by", TAKES_BY },
	{ "interval", TAKES_INTERVAL },
	{ "top", TAKES_TOP },
	{ "snippets", TAKES_SNIPPETS },
};

#define OPTIONS (sizeof(options) / sizeof(options[0]))

static int set_option(struct section_wish *s, enum option_bit bit,
		      const struct word *value, struct pdx_err *err)
{
	switch (bit) {
	case TAKES_BY:
		return set_by(s, value, err);
	case TAKES_INTERVAL:
		return find_field(&s->interval, value, true, err);
	case TAKES_TOP:
		return set_number(&s->top, value, err);
	case TAKES_SNIPPETS:
		break;
	}
	return set_number(&s->snippets, value, err);
}

/* "top=5".  ${seen} has the options that were there before it. */
static int add_option(struct section_wish *s, const struct word *w, unsigned *seen,
		      struct pdx_err *err)
{
	const char *equals = memchr(w->s, '=', w->len);
	struct word name = { w->text, w->s, w->len }, value;
	struct nearest near;

	if (!equals)
		return refuse(w, "not an option, NAME=VALUE:", NULL, err);
	name.len = (size_t)(equals - w->s);
	value = (struct word){ w->text, equals + 1, w->len - name.len - 1 };
	nearest_init(&near, name.s, name.len);
	for (size_t i = 0; i < OPTIONS; i++) {
		enum option_bit bit = options[i].bit;

		if (!(kinds[s->kind].options & bit))
			continue;
		nearest_offer(&near, options[i].name);
		if (!is(&name, options[i].name))
			continue;
		if (*seen & bit)
			return refuse(&name, "it is there twice:", NULL, err);
		*seen |= bit;
		return set_option(s, bit, &value, err);
	}
	return refuse(&name, "the section has no option", near.best, err);
}

int template_add_list(struct template *t, const char *text, struct pdx_err *err)
{
	struct word w = { text, text, 0 };
	int rc = PDX_OK;

	for (; !rc; w.s += w.len + 1) {
		w.len = strcspn(w.s, ",");
		rc = add_section(t, &w, err);
		if (!w.s[w.len])
			break;
	}
	return rc;
}

int template_add_line(struct template *t, const char *line, struct pdx_err *err)
{
	struct word w = { line, line, 0 };
	struct section_wish *section = NULL;
	unsigned seen = 0;
	int rc = PDX_OK;

	for (; !rc; w.s += w.len) {
		w.s += strspn(w.s, " \t\r");
		w.len = strcspn(w.s, " \t\r");
		if (!*w.s || *w.s == '#')
			break;
		if (section) {
			rc = add_option(section, &w, &seen, err);
		} else {
			rc = add_section(t, &w, err);
			section = rc ? NULL : &t->sections[t->n - 1];
		}
	}
	return rc;
}
