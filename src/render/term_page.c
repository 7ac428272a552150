/*
 * The text format's pages: one article to read, and the short accounts of an index, a
 * check and an ingest.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "render/term.h"

#define GAP 2
#define TAKE_INDENT 4
#define LABEL_COLUMNS 8 /* "source" and a gap */
#define DAY_SECONDS 86400

/* A labelled line of the article's particulars. */
static void particular(struct layout *l, const char *label, const char *value,
		       const char *more)
{
	if (!value && !more)
		return;
	layout_begin(l, 0);
	layout_text(l, STYLE_FAINT, label);
	layout_gap(l, LABEL_COLUMNS - strlen(label));
	l->indent = LABEL_COLUMNS;
	if (value)
		layout_text(l, STYLE_PLAIN, value);
	if (more) {
		layout_gap(l, value ? GAP : LABEL_COLUMNS - strlen(label));
		layout_text(l, STYLE_FAINT, more);
	}
	layout_end(l);
}

static const char *format_time(char *out, size_t size, int64_t seconds)
{
	int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
	char iso[DATE_TEXT];

	if (rest < 0) {
		rest += DAY_SECONDS;
		days--;
	}
	if (days < DATE_MIN || days > DATE_MAX)
		return "at an unknown time";
	snprintf(out, size, "%s %02d:%02d UTC", date_format(iso, (int32_t)days),
		 (int)(rest / 3600), (int)(rest / 60 % 60));
	return out;
}

static void head(struct layout *l, const struct pdx_article *a)
{
	char added[64];

	layout_begin(l, 0);
	layout_text(l, STYLE_TITLE, a->title);
	layout_end(l);
	layout_begin(l, 0);
	term_meta(l, a);
	if (a->bookmarked) {
		layout_gap(l, GAP);
		layout_text(l, STYLE_PLAIN, "bookmarked");
	}
	layout_end(l);
	layout_end(l);
	particular(l, "id", a->id, NULL);
	particular(l, "url", a->url, NULL);
	particular(l, "source", a->source, a->ref);
	particular(l, "lang", a->lang, NULL);
	particular(l, "added", format_time(added, sizeof(added), a->added), a->origin);
}

/* Length of the paragraph at ${s}; *next is where the one after it begins. */
static size_t paragraph(const char **next, const char *s)
{
	const char *end = strstr(s, "\n\n");

	if (!end)
		end = s + strlen(s);
	*next = end + strspn(end, "\n");
	return (size_t)(end - s);
}

static void prose(struct layout *l, size_t indent, enum style style, const char *text)
{
	const char *next;

	for (text += strspn(text, "\n"); *text; text = next) {
		size_t len = paragraph(&next, text);

		layout_begin(l, indent);
		layout_bytes(l, style, text, len);
		layout_end(l);
		if (*next)
			layout_end(l);
	}
}

static void take(struct layout *l, const struct pdx_take *t, size_t n)
{
	char number[32];

	snprintf(number, sizeof(number), "Take %zu", n);
	layout_end(l);
	layout_begin(l, 0);
	layout_text(l, STYLE_VOICE, t->persona ? t->persona : number);
	if (t->perspective) {
		layout_text(l, STYLE_PLAIN, " (");
		layout_text(l, STYLE_PLAIN, t->perspective);
		layout_text(l, STYLE_PLAIN, ")");
	}
	layout_end(l);
	prose(l, TAKE_INDENT, STYLE_PLAIN, t->text);
}

void term_article(struct render *r, const struct pdx_article *a)
{
	struct layout l;

	term_layout(&l, r);
	if (r->written++)
		layout_end(&l);
	head(&l, a);
	if (a->summary && *a->summary) {
		layout_end(&l);
		prose(&l, 0, STYLE_PLAIN, a->summary);
	}
	if (*a->body) {
		layout_end(&l);
		prose(&l, 0, STYLE_PLAIN, a->body);
	}
	for (size_t i = 0; i < a->ntakes; i++)
		take(&l, &a->takes[i], i + 1);
	layout_release(&l);
}

/* "12.1 KB" */
static const char *format_bytes(char *out, size_t size, uint64_t bytes)
{
	static const char *const units[] = { "KB", "MB", "GB", "TB" };
	double n = (double)bytes / 1000;
	size_t unit = 0;

	if (bytes < 1000) {
		snprintf(out, size, "%u B", (unsigned)bytes);
		return out;
	}
	/* What would be printed as 1000.0 is 1.0 of the next unit. */
	while (n >= 999.95 && unit + 1 < sizeof(units) / sizeof(units[0])) {
		n /= 1000;
		unit++;
	}
	snprintf(out, size, "%.1f %s", n, units[unit]);
	return out;
}

static void stat_number(struct render *r, const char *label, uint64_t n)
{
	out_printf(r->out, "%-12s%10" PRIu64 "\n", label, n);
}

static void stat_text(struct render *r, const char *label, const char *value)
{
	out_printf(r->out, "%-12s%10s\n", label, value);
}

static void stat_bytes(struct render *r, const char *label, uint64_t n)
{
	char text[32];

	stat_text(r, label, format_bytes(text, sizeof(text), n));
}

static void stat_date(struct render *r, const char *label, int32_t date)
{
	char iso[DATE_TEXT];

	stat_text(r, label, date == PDX_NO_DATE ? "-" : date_format(iso, date));
}

void term_stats(struct render *r, const struct pdx_stats *s)
{
	stat_number(r, "articles", s->articles);
	stat_number(r, "takes", s->takes);
	stat_number(r, "companies", s->companies);
	stat_number(r, "categories", s->categories);
	stat_number(r, "personas", s->personas);
	stat_date(r, "first date", s->first_date);
	stat_date(r, "last date", s->last_date);
	stat_bytes(r, "text", s->text_bytes);
	stat_bytes(r, "file", s->file_bytes);
	stat_number(r, "generation", s->generation);
	stat_text(r, "language", s->language);
	stat_number(r, "analyzer", s->analyzer);
}

void term_check(struct render *r, const char *const *problems, size_t n)
{
	if (n == 0)
		out_puts(r->out, "ok\n");
	for (size_t i = 0; i < n; i++) {
		layout_line(r->out, problems[i], SIZE_MAX);
		out_putc(r->out, '\n');
	}
}

void term_eval(struct render *r, const struct render_eval *e)
{
	out_printf(r->out, "%-12s%10" PRIu64 "\n", "queries", e->queries);
	if (e->vs)
		out_printf(r->out, "%-12s%10.10s%10.10s%10s%10s\n", "profile",
			   e->profile, e->vs, "change", "p");
	for (size_t i = 0; i < e->nmeasures; i++) {
		const struct render_measure *m = &e->measures[i];

		out_printf(r->out, "%-12s%10.4f", m->name, m->value);
		if (e->vs)
			out_printf(r->out, "%10.4f%+10.4f%10.4f", m->vs,
				   m->vs - m->value, m->p);
		out_putc(r->out, '\n');
	}
}

void term_ingest(struct render *r, const struct render_ingest *s)
{
	char bytes[32];

	out_printf(r->out,
		   "read %" PRIu64 ": %" PRIu64 " added, %" PRIu64 " updated, %" PRIu64
		   " unchanged, %" PRIu64 " rejected (%s in %.1f s)\n",
		   s->read, s->added, s->updated, s->unchanged, s->rejected,
		   format_bytes(bytes, sizeof(bytes), s->bytes), s->seconds);
}

/* As `alias import` reads it: one company a line, tabs between its names. */
void term_aliases(struct render *r, const struct render_aliases *companies, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		layout_line(r->out, companies[i].name, SIZE_MAX);
		for (size_t j = 0; j < companies[i].naliases; j++) {
			out_putc(r->out, '\t');
			layout_line(r->out, companies[i].aliases[j], SIZE_MAX);
		}
		out_putc(r->out, '\n');
	}
}

void term_alias_change(struct render *r, const struct render_alias_change *c)
{
	if (c->removed) {
		out_printf(r->out, "%" PRIu64 " removed\n", c->removed);
		return;
	}
	out_printf(r->out, "%" PRIu64 " added, %" PRIu64 " unchanged", c->added,
		   c->unchanged);
	if (c->rejected)
		out_printf(r->out, ", %" PRIu64 " rejected", c->rejected);
	out_putc(r->out, '\n');
}
