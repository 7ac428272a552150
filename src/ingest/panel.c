/*
 * Panellists by the shape of their lines.  Holds no names: who sits on a panel is for
 * the page to say.
 */
#include "ingest/panel.h"

#include "base/utf8.h"

#define NAME_POINTS 100       /* a longer line that stands twice is a paragraph */
#define PERSPECTIVE_POINTS 80 /* "Developer Perspective" is 21 */

bool panel_name_twice(const struct page_line *v, size_t n, size_t i)
{
	return i + 1 < n && page_line_same(&v[i], &v[i + 1]) &&
	       utf8_count(v[i].s, v[i].len) <= NAME_POINTS;
}

/* A name and a perspective between paragraphs; ${first}: the panel begins here. */
static bool name_once(const struct page_line *v, size_t n, size_t i, bool first)
{
	return i + 2 < n && page_line_is_label(&v[i]) &&
	       page_line_is_label(&v[i + 1]) && !page_line_is_label(&v[i + 2]) &&
	       (first || !page_line_is_label(&v[i - 1]));
}

static bool begins(const struct page_line *v, size_t n, size_t i, bool first)
{
	return panel_name_twice(v, n, i) || name_once(v, n, i, first);
}

static bool is_perspective(const struct page_line *line)
{
	return utf8_count(line->s, line->len) <= PERSPECTIVE_POINTS &&
	       line->s[line->len - 1] != '.';
}

/* Lines [from, end) behind the name. */
static void read_take(struct panellist *out, const struct page_line *v, size_t from)
{
	bool alone = out->end - from == 1;

	out->perspective = PAGE_NONE;
	out->text = from;
	if (from == out->end)
		return;
	if (alone ? page_line_is_label(&v[from]) : is_perspective(&v[from])) {
		out->perspective = from;
		out->text = from + 1;
	}
}

bool panel_next(struct panellist *out, const struct page_line *v, size_t n, size_t from)
{
	size_t i = from, behind;

	while (i < n && !begins(v, n, i, i == from))
		i++;
	if (i >= n)
		return false;

	*out = (struct panellist){ .name = i, .once = !panel_name_twice(v, n, i) };
	behind = i + 1;
	while (behind < n && page_line_same(&v[behind], &v[i]))
		behind++;
	out->end = behind;
	while (out->end < n && !begins(v, n, out->end, false))
		out->end++;
	read_take(out, v, behind);
	return true;
}
