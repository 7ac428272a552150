/*
 * Choice of the main text: the element around which most prose stands, what joins it,
 * and without what is in it that does not read like text.
 */
#include "ingest/extract.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/extract_weigh.h"
#include "ingest/html_text.h"
#include "text/analyze.h"

#define ENOUGH 250     /* characters; a page of less is searched again, less strictly */
#define HINT_POINTS 25 /* some ten paragraphs' worth */

struct choice {
	const struct html_tree *t;
	struct weight *w;
	uint32_t top;
};

static double link_share(const struct weight *w)
{
	return w->chars > 0 ? (double)w->links / w->chars : 1;
}

static double points_of(const struct choice *c, uint32_t i)
{
	const struct weight *w = &c->w[i];
	double points = w->score;

	if (points == 0 || w->dropped)
		return 0;
	if (w->hints & HINT_TEXT)
		points += HINT_POINTS;
	if (w->hints & (HINT_BESIDE | HINT_CHROME))
		points -= HINT_POINTS;
	if (c->t->v[i].name == HTML_ARTICLE || c->t->v[i].name == HTML_MAIN)
		points += HINT_POINTS;
	return points * (1 - link_share(w));
}

static uint32_t best(const struct choice *c)
{
	uint32_t top = 0;
	double most = 0;

	for (uint32_t i = 0; i < c->t->n; i++) {
		double points;

		if (c->w[i].dropped) {
			i = c->t->v[i].end - 1;
			continue;
		}
		points = points_of(c, i);
		if (points > most) {
			most = points;
			top = i;
		}
	}
	return top;
}

/*
 * A text in several parts, each in an element of its own: go out as far as more prose
 * than other text comes along.
 */
static uint32_t widen(const struct choice *c, uint32_t top)
{
	const struct weight *w = c->w;
	uint32_t at = top;

	while (at != 0) {
		uint32_t gain, junk;

		at = c->t->v[at].parent;
		gain = w[at].prose - w[top].prose;
		junk = (w[at].chars - w[at].prose) - (w[top].chars - w[top].prose);
		if (gain > 2 * junk && gain * 10 > w[top].prose)
			top = at;
	}
	return top;
}

/* A neighbour of the chosen element that reads like a part of it. */
static bool joins(const struct choice *c, uint32_t i)
{
	const struct weight *w = &c->w[i];

	return !w->dropped && w->prose >= 80 && w->prose * 10 >= w->chars * 8 &&
	       link_share(w) < 0.25;
}

static bool is_list_or_table(uint8_t name)
{
	return name == HTML_UL || name == HTML_OL || name == HTML_DL ||
	       name == HTML_TABLE;
}

static bool is_wrapper(uint8_t name)
{
	return name == HTML_DIV || name == HTML_SECTION || name == HTML_HEADER ||
	       name == HTML_ARTICLE || name == HTML_FIELDSET || name == HTML_CENTER ||
	       name == HTML_DETAILS || name == HTML_FIGURE || name == HTML_ASIDE;
}

/* Inside the chosen element: what is no text after all. */
static bool is_junk(const struct choice *c, uint32_t i)
{
	const struct weight *w = &c->w[i];
	uint8_t name = c->t->v[i].name;

	if (w->dropped || name == HTML_FIGCAPTION || name == HTML_CAPTION)
		return true;
	if (name == HTML_FIGURE)
		return w->prose == 0;
	if (name == HTML_P || name == HTML_LI)
		return w->chars > 0 && w->own_links * 10 >= w->chars * 9;
	if (is_list_or_table(name))
		return w->links * 2 > w->chars && w->prose * 3 < w->chars;
	if (!is_wrapper(name))
		return false;
	if (w->links * 2 > w->chars && w->prose * 3 < w->chars)
		return true;
	if (w->hints & (HINT_BESIDE | HINT_CHROME))
		return w->prose * 2 < w->chars;
	return false;
}

/* Text on its way out. */
struct output {
	struct html_writer writer;
	uint32_t open[HTML_DEPTH + 1];
	size_t depth;
	const char *title; /* folded; NULL: none */
	struct buf folded;
	uint8_t heading;     /* the last one, while nothing stands below it; 0: none */
	size_t heading_from; /* where it begins */
};

static bool is_heading(uint8_t name)
{
	return name >= HTML_H1 && name <= HTML_H6;
}

/* A heading with nothing below it says what was left out: take it back. */
static void drop_heading(struct output *o, uint8_t level)
{
	if (o->heading == 0 || o->heading < level)
		return;
	buf_truncate(o->writer.out, o->heading_from);
	o->heading = 0;
}

static void end_heading(struct output *o, uint8_t name)
{
	const char *text = buf_str(o->writer.out) + o->heading_from;
	size_t len = o->writer.out->len - o->heading_from;

	o->heading = len > 0 ? name : 0;
	if (!o->title)
		return;
	buf_reset(&o->folded);
	fold_key(&o->folded, text, len);
	if (o->folded.len > 0 && strcmp(buf_str(&o->folded), o->title) == 0)
		drop_heading(o, 0);
}

static void close_until(struct output *o, const struct html_tree *t, uint32_t i)
{
	while (o->depth > 0 && t->v[o->open[o->depth - 1]].end <= i) {
		uint8_t name = t->v[o->open[--o->depth]].name;

		html_writer_close(&o->writer, (enum html_name)name);
		if (is_heading(name))
			end_heading(o, name);
	}
}

static void write_node(struct output *o, const struct html_tree *t, uint32_t i)
{
	const struct html_node *node = &t->v[i];
	size_t before = o->writer.out->len;

	if (node->text) {
		html_writer_text(&o->writer, node->s, node->len, node->literal);
		if (o->writer.out->len > before && o->heading &&
		    before > o->heading_from)
			o->heading = 0;
		return;
	}
	if (is_heading(node->name)) {
		drop_heading(o, node->name);
		o->heading_from = o->writer.out->len;
	}
	html_writer_open(&o->writer, (enum html_name)node->name);
	if (node->end > i + 1 && o->depth < HTML_DEPTH)
		o->open[o->depth++] = i;
	else
		html_writer_close(&o->writer, (enum html_name)node->name);
}

static void write_range(struct output *o, const struct choice *c, uint32_t from)
{
	uint32_t end = c->t->v[from].end;

	for (uint32_t i = from; i < end; i++) {
		close_until(o, c->t, i);
		if (i != from && !c->t->v[i].text && is_junk(c, i))
			i = c->t->v[i].end - 1;
		else
			write_node(o, c->t, i);
	}
	close_until(o, c->t, end);
}

static void write_choice(struct output *o, const struct choice *c)
{
	uint32_t top = c->top, parent = c->t->v[top].parent;

	if (top == 0) {
		write_range(o, c, 0);
		return;
	}
	for (uint32_t i = parent + 1; i < c->t->v[parent].end; i = c->t->v[i].end) {
		if (i == top || (!c->t->v[i].text && joins(c, i)))
			write_range(o, c, i);
	}
}

/* Sentences, or words that are not mostly links. */
static bool is_text(const struct weight *w)
{
	return w->prose > 0 || w->links * 2 < w->chars;
}

static int extract_with(struct buf *out, const struct html_tree *tree,
			const char *title, bool strict)
{
	struct choice c = { .t = tree };
	struct output o = { .title = title };
	int rc = extract_weigh(&c.w, tree, strict);

	if (rc == 0) {
		html_writer_init(&o.writer, out);
		c.top = widen(&c, best(&c));
		if (is_text(&c.w[c.top]))
			write_choice(&o, &c);
		drop_heading(&o, 0);
		rc = buf_ok(out) && buf_ok(&o.folded) ? 0 : PDX_E_NOMEM;
	}
	buf_release(&o.folded);
	free(c.w);
	return rc;
}

int extract_text(struct buf *out, const struct html_tree *tree, const char *title)
{
	struct buf key = { 0 };
	size_t start = out->len;
	int rc;

	if (title)
		fold_key(&key, title, strlen(title));
	rc = extract_with(out, tree, title ? buf_str(&key) : NULL, true);
	if (rc == 0 && out->len - start < ENOUGH) {
		buf_truncate(out, start);
		rc = extract_with(out, tree, title ? buf_str(&key) : NULL, false);
	}
	buf_release(&key);
	return rc;
}
