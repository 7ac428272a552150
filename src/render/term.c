/*
 * The format text: what a person reads.  This file shows a search,
 * term_message.c errors and notes; the kinds of record bring their own text.
 *
 *      1  Title, in bold
 *         2026-05-08  Company, Company · Category  0123456789ab  7.31
 *
 *         The piece of the text that matched, wrapped, its matches
 *           coloured.
 *         The Skeptic (Reality Check): the piece of a take that matched.
 *         takes that matched: The Skeptic, The Founder
 */
#include "render/term.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "render/formats.h"
#include "render/record.h"

#define GAP 2           /* columns between things on a line */
#define MIN_RANK 2      /* digits; keeps the first page where the second will be */
#define HANG 2          /* columns; tells where a snippet begins */
#define SUMMARY_LINES 2 /* shown where no snippet says why an article is here */
#define TEXT_SNIPPETS 2
#define COUNT_SIZE 21 /* digits of 2^64, and a NUL */

void term_layout(struct layout *l, const struct render *r)
{
	layout_init(l, r->out, r->width, r->color);
	if (r->styles)
		l->styles = r->styles;
}

static void styled_list(struct layout *l, enum style style, const char *const *v,
			size_t n)
{
	for (size_t i = 0; i < n; i++) {
		layout_text(l, style, v[i]);
		if (i + 1 < n)
			layout_text(l, STYLE_PLAIN, ", ");
	}
}

void term_meta(struct layout *l, const struct pdx_article *a)
{
	char iso[DATE_TEXT];

	layout_text(l, STYLE_DATE,
		    a->date == PDX_NO_DATE ? "undated" : date_format(iso, a->date));
	if (a->ncompanies || a->ncategories)
		layout_gap(l, GAP);
	styled_list(l, STYLE_NAME, a->companies, a->ncompanies);
	if (a->ncompanies && a->ncategories)
		layout_text(l, STYLE_PLAIN, " \xC2\xB7 ");
	styled_list(l, STYLE_NAME, a->categories, a->ncategories);
}

void term_number(struct layout *l, enum style style, const char *before, uint64_t n)
{
	char digits[COUNT_SIZE];

	snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);
	layout_text(l, style, before);
	layout_text(l, style, digits);
}

void term_count(struct layout *l, uint64_t n, const char *what)
{
	term_number(l, STYLE_PLAIN, "", n);
	layout_text(l, STYLE_PLAIN, " ");
	layout_text(l, STYLE_PLAIN, what);
	layout_text(l, STYLE_PLAIN, n == 1 ? "" : "s");
}

const char *term_bytes(char *out, size_t size, uint64_t bytes)
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

static size_t digits(uint64_t n)
{
	size_t count = 1;

	while (n /= 10)
		count++;
	return count;
}

static void begin(struct render *r, const struct render_search *search)
{
	size_t wide = digits(search->offset + search->returned);

	r->gutter = (wide < MIN_RANK ? MIN_RANK : wide) + GAP;
	if (search->explain)
		term_explain(r, search->explain);
}

/* The highlight that is the whole title, or NULL. */
static const struct pdx_highlight *title_highlight(const struct pdx_hit *hit)
{
	for (size_t i = 0; i < hit->nhighlights; i++)
		if (strcmp(hit->highlights[i].field, "title") == 0)
			return &hit->highlights[i];
	return NULL;
}

static void hit_title(struct layout *l, const struct render *r,
		      const struct pdx_hit *hit)
{
	const struct pdx_highlight *h = title_highlight(hit);
	char rank[COUNT_SIZE];

	if (hit->rank)
		snprintf(rank, sizeof(rank), "%zu", hit->rank);
	else /* shown on demand, and no match */
		snprintf(rank, sizeof(rank), "-");
	layout_begin(l, r->gutter - GAP - strlen(rank));
	layout_text(l, STYLE_FAINT, rank);
	layout_gap(l, GAP);
	l->indent = r->gutter;
	layout_link(l, hit->article->url);
	/* A long title's highlight is a piece of it, and the title is wanted whole. */
	if (h && strcmp(h->text, hit->article->title) == 0)
		layout_spans(l, STYLE_TITLE, h->text, h->spans, h->nspans);
	else
		layout_text(l, STYLE_TITLE, hit->article->title);
	layout_link(l, NULL);
	layout_end(l);
}

/* The id and the score stay together: on this line, or on the next. */
static void hit_id(struct layout *l, const struct render *r, const struct pdx_hit *hit)
{
	char score[32] = "";
	size_t room = GAP + strlen(hit->article->id);

	if (hit->score > 0)
		snprintf(score, sizeof(score), "%.2f", hit->score);
	room += *score ? GAP + strlen(score) : 0;
	layout_gap(l, GAP);
	if (l->column + room > l->width) {
		layout_end(l);
		layout_begin(l, r->gutter);
	}
	layout_text(l, STYLE_FAINT, hit->article->id);
	layout_gap(l, GAP);
	layout_text(l, STYLE_FAINT, score);
}

/* "+4 more": near-copies that this hit stands for. */
static void hit_cluster(struct layout *l, const struct pdx_cluster *cluster)
{
	char more[COUNT_SIZE + sizeof("+ more")];

	if (!cluster)
		return;
	snprintf(more, sizeof(more), "+%llu more",
		 (unsigned long long)(cluster->size - 1));
	layout_gap(l, GAP);
	layout_text(l, STYLE_FAINT, more);
}

static void hit_meta(struct layout *l, const struct render *r,
		     const struct pdx_hit *hit)
{
	layout_begin(l, r->gutter);
	term_meta(l, hit->article);
	hit_id(l, r, hit);
	if (hit->article->bookmarked) {
		layout_gap(l, GAP);
		layout_text(l, STYLE_FAINT, "bookmarked");
	}
	hit_cluster(l, hit->cluster);
	layout_end(l);
}

/* "The Skeptic", "Reality Check" or "take 2": what is known of whose it is. */
static void take_name(struct layout *l, const struct pdx_take *take, size_t n)
{
	char number[sizeof("take ") + COUNT_SIZE];

	snprintf(number, sizeof(number), "take %zu", n);
	if (take->persona)
		layout_text(l, STYLE_VOICE, take->persona);
	else if (take->perspective)
		layout_text(l, STYLE_VOICE, take->perspective);
	else
		layout_text(l, STYLE_VOICE, number);
}

static void snippet_label(struct layout *l, const struct pdx_hit *hit, size_t n)
{
	const struct pdx_take *take;

	if (n == 0 || n > hit->article->ntakes)
		return;
	take = &hit->article->takes[n - 1];
	take_name(l, take, n);
	if (take->persona && take->perspective) {
		layout_text(l, STYLE_PLAIN, " (");
		layout_text(l, STYLE_PLAIN, take->perspective);
		layout_text(l, STYLE_PLAIN, ")");
	}
	layout_text(l, STYLE_PLAIN, ": ");
}

/* Show the highlights that are not in the title; returns how many there were. */
static size_t hit_snippets(struct layout *l, const struct render *r,
			   const struct pdx_hit *hit)
{
	size_t shown = 0;

	for (size_t i = 0; i < hit->nhighlights; i++) {
		const struct pdx_highlight *h = &hit->highlights[i];

		if (strcmp(h->field, "title") == 0)
			continue;
		layout_begin(l, r->gutter);
		l->indent += HANG;
		snippet_label(l, hit, h->take);
		layout_spans(l, STYLE_PLAIN, h->text, h->spans, h->nspans);
		layout_end(l);
		shown++;
	}
	return shown;
}

/* The first lines of the summary. */
static void hit_summary(struct layout *l, const struct render *r, const char *summary)
{
	size_t room = SUMMARY_LINES * (r->width - r->gutter - HANG);

	if (!summary || !*summary)
		return;
	layout_begin(l, r->gutter);
	l->indent += HANG;
	layout_cut(l, STYLE_PLAIN, summary, room);
	layout_end(l);
}

static void hit_takes(struct layout *l, const struct render *r,
		      const struct pdx_hit *hit)
{
	size_t shown = 0;

	for (size_t i = 0; i < hit->article->ntakes; i++) {
		if (!hit->take_matched || !hit->take_matched[i])
			continue;
		if (shown++ == 0) {
			layout_begin(l, r->gutter);
			l->indent += HANG;
			layout_text(l, STYLE_FAINT, "takes that matched: ");
		} else {
			layout_text(l, STYLE_PLAIN, ", ");
		}
		take_name(l, &hit->article->takes[i], i + 1);
	}
	if (shown)
		layout_end(l);
}

/* The value that this hit and those after it have, above the first of them. */
static void hit_group(struct layout *l, struct render *r, const struct pdx_group *group)
{
	char more[COUNT_SIZE + 8];

	if (!group || group == r->group)
		return;
	r->group = group;
	layout_begin(l, 0);
	layout_text(l, STYLE_NAME, group->value ? group->value : RENDER_MISSING);
	if (group->count > group->shown) {
		snprintf(more, sizeof(more), "+%llu more",
			 (unsigned long long)(group->count - group->shown));
		layout_gap(l, GAP);
		layout_text(l, STYLE_FAINT, more);
	}
	layout_end(l);
}

static void hit(struct render *r, const struct pdx_hit *h)
{
	struct layout l;

	term_layout(&l, r);
	if (r->written++)
		layout_end(&l);
	hit_group(&l, r, h->group);
	hit_title(&l, r, h);
	hit_meta(&l, r, h);
	if (hit_snippets(&l, r, h) == 0)
		hit_summary(&l, r, h->article->summary);
	hit_takes(&l, r, h);
	if (h->explain)
		term_explain_hit(&l, r->gutter + HANG, h->explain);
	layout_release(&l);
}

static void facet_row(struct render *r, const char *value, uint64_t count, size_t wide,
		      size_t count_wide)
{
	out_pad(r->out, GAP);
	out_pad(r->out, wide - layout_line(r->out, value, wide) + GAP);
	out_printf(r->out, "%*llu\n", (int)count_wide, (unsigned long long)count);
}

/* Columns of the widest value, with room left for the counts. */
static size_t facet_width(const struct pdx_facet *f, size_t room)
{
	size_t wide = 0;

	for (size_t i = 0; i < f->nvalues; i++) {
		size_t width = layout_width(f->values[i].value);

		wide = width > wide ? width : wide;
	}
	if ((f->other || f->missing) && wide < strlen(RENDER_OTHER))
		wide = strlen(RENDER_OTHER);
	return wide < room ? wide : room;
}

static size_t facet_count_width(const struct pdx_facet *f)
{
	uint64_t most = f->other > f->missing ? f->other : f->missing;

	for (size_t i = 0; i < f->nvalues; i++)
		most = f->values[i].count > most ? f->values[i].count : most;
	return digits(most);
}

static void facet(struct render *r, const struct pdx_facet *f)
{
	size_t count_wide = facet_count_width(f);
	size_t wide = facet_width(f, r->width - 2 * GAP - count_wide);
	struct layout l;

	term_layout(&l, r);
	layout_begin(&l, 0);
	layout_text(&l, STYLE_TITLE, f->field);
	layout_end(&l);
	layout_release(&l);
	for (size_t i = 0; i < f->nvalues; i++)
		facet_row(r, f->values[i].value, f->values[i].count, wide, count_wide);
	if (f->other)
		facet_row(r, RENDER_OTHER, f->other, wide, count_wide);
	if (f->missing)
		facet_row(r, RENDER_MISSING, f->missing, wide, count_wide);
}

static void end(struct render *r, const struct render_search *search)
{
	if (search->explain && search->explain->first)
		term_explain_pair(r, search->explain);
	for (size_t i = 0; i < search->nfacets; i++) {
		if (r->written++)
			out_putc(r->out, '\n');
		facet(r, &search->facets[i]);
	}
}

static void count(struct render *r, const struct render_search *search)
{
	out_printf(r->out, "%llu\n", (unsigned long long)search->total);
}

static void record(struct render *r, const struct record_kind *kind, const void *what)
{
	kind->text(r, what);
}

const struct renderer renderer_text = {
	.name = "text",
	.is_text = true,
	.snippets = TEXT_SNIPPETS,
	.begin = begin,
	.hit = hit,
	.end = end,
	.count = count,
	.record = record,
	TERM_MESSAGES,
};
