/*
 * Parts of a captured page.  The words it looks for are the page's own furniture: two
 * headings and the chrome around the article.  What stands between them is found by
 * its place.
 */
#include "ingest/page.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/header.h"
#include "ingest/panel.h"
#include "paneldex.h"

#define HEADER_LINES 16 /* a header further down is text */
#define LABEL_POINTS 60 /* "Business & Market" is 17 */
#define TITLE_POINTS 160

bool page_line_same(const struct page_line *a, const struct page_line *b)
{
	return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

static bool ends_with(const struct page_line *line, const char *suffix)
{
	size_t n = strlen(suffix);

	return line->len >= n && memcmp(line->s + line->len - n, suffix, n) == 0;
}

static bool ends_sentence(const struct page_line *line)
{
	return strchr(".!?:;,", line->s[line->len - 1]) != NULL ||
	       ends_with(line, "\xE2\x80\xA6");
}

bool page_line_is_label(const struct page_line *line)
{
	return !ends_sentence(line) && utf8_count(line->s, line->len) <= LABEL_POINTS;
}

static bool is_title(const struct page_line *line)
{
	return !ends_with(line, ".") && utf8_count(line->s, line->len) <= TITLE_POINTS;
}

/* Carriage returns and form feeds stand only in text that was not cleaned yet. */
static bool is_line_end(char c)
{
	return c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* The next line with something on it; false at the end. */
static bool next_line(struct page_line *out, const char **pos, const char *end)
{
	bool gap = false;

	while (*pos < end) {
		const char *stop = *pos;

		while (stop < end && !is_line_end(*stop))
			stop++;
		*out = (struct page_line){ *pos, (size_t)(stop - *pos), gap };
		*pos = stop < end ? stop + 1 : end;
		clean_trim(&out->s, &out->len);
		if (out->len > 0)
			return true;
		gap = true;
	}
	return false;
}

static int split_lines(struct page *p, struct arena *arena, const char *text,
		       size_t len)
{
	const char *pos = text, *end = text + len;
	struct page_line line;
	size_t n = 0;

	while (next_line(&line, &pos, end))
		n++;
	p->v = arena_array(arena, n + 1, sizeof(*p->v));
	if (!p->v)
		return PDX_E_NOMEM;
	for (pos = text; next_line(&p->v[p->n], &pos, end) && p->n < n; p->n++)
		;
	return 0;
}

static bool is_text(const struct page_line *line, const char *text)
{
	return line->len == strlen(text) && strncasecmp(line->s, text, line->len) == 0;
}

static const char bookmarks[] = "Bookmarks";
static const char last_chrome[] = "Bookmark tools to save them for later";

static bool is_loading(const struct page_line *line)
{
	return is_text(line, "Loading bookmarks...") ||
	       is_text(line, "Loading bookmarks\xE2\x80\xA6");
}

static bool is_end_chrome(const struct page_line *line)
{
	return is_text(line, bookmarks) || is_loading(line) ||
	       is_text(line, "No bookmarks yet") || is_text(line, last_chrome);
}

/* "Back", with or without an arrow before it. */
static bool is_back(const struct page_line *line)
{
	struct page_line word = *line;

	while (word.len > 0 &&
	       ((unsigned char)*word.s >= 0x80 || strchr("<- ", *word.s))) {
		word.s++;
		word.len--;
	}
	return is_text(&word, "Back");
}

static bool is_panel(const struct page_line *line)
{
	return is_text(line, "Panel Takes") || is_text(line, "Panel Takes:");
}

static bool is_url(const struct page_line *line)
{
	return (strncasecmp(line->s, "http://", 7) == 0 ||
		strncasecmp(line->s, "https://", 8) == 0) &&
	       !memchr(line->s, ' ', line->len);
}

/* "Original source", alone or before a link; ${url} is empty or the link. */
static bool is_source(const struct page_line *line, struct page_line *url)
{
	static const char heading[] = "Original source";
	size_t n = strlen(heading);

	*url = (struct page_line){ line->s + line->len, 0, false };
	if (line->len < n || strncasecmp(line->s, heading, n) != 0)
		return false;
	*url = (struct page_line){ line->s + n, line->len - n, false };
	if (url->len > 0 && *url->s == ':') {
		url->s++;
		url->len--;
	}
	clean_trim(&url->s, &url->len);
	return url->len == 0 || is_url(url);
}

static bool is_heading(const struct page_line *line)
{
	struct page_line url;

	return is_panel(line) || is_source(line, &url);
}

/*
 * Where the chrome at the end begins: the run of its lines there, or, where a site has
 * put further short lines below, its first two lines together.
 */
static size_t chrome_start(const struct page *p)
{
	size_t cut = p->n;

	while (cut > 0 && is_end_chrome(&p->v[cut - 1]))
		cut--;
	if (cut < p->n)
		return cut;
	while (cut > 1) {
		const struct page_line *line = &p->v[--cut];

		if (is_loading(line) && is_text(line - 1, bookmarks))
			return cut - 1;
		if (!page_line_is_label(line) && !is_end_chrome(line))
			break;
	}
	return p->n;
}

/* Date-shaped and nothing else: its company and category may stand on lines above. */
static bool is_bare_date(const struct page_line *line)
{
	return line->len == 10 && header_look(line->s, line->len) == HEADER_DATED;
}

/* The ${n} lines from ${first} as one, without anything between. */
static char *glue(const struct page *p, struct arena *arena, size_t first, size_t n)
{
	size_t len = 0, used = 0;
	char *out;

	for (size_t i = 0; i < n; i++)
		len += p->v[first + i].len;
	out = arena_alloc(arena, len + 1);
	for (size_t i = 0; out && i < n; i++) {
		memcpy(out + used, p->v[first + i].s, p->v[first + i].len);
		used += p->v[first + i].len;
	}
	return out;
}

static int set_header(struct page *p, struct arena *arena, size_t i)
{
	p->header = i;
	p->title = i + 1;
	if (is_bare_date(&p->v[i]) && i >= 3) {
		char *above = glue(p, arena, i - 3, 3);

		if (!above)
			return PDX_E_NOMEM;
		if (header_look(above, strlen(above)) == HEADER_SHAPE)
			p->header_text = glue(p, arena, i - 3, 4);
	}
	if (!p->header_text)
		p->header_text = glue(p, arena, i, 1);
	return p->header_text ? 0 : PDX_E_NOMEM;
}

/* A header by its place alone: "Back", it, a title, then text. */
static bool stands_as_header(const struct page *p, size_t i)
{
	return i + 2 < p->n && (i == 0 || is_back(&p->v[i - 1])) &&
	       is_title(&p->v[i]) && is_title(&p->v[i + 1]) &&
	       !is_heading(&p->v[i + 1]);
}

static int find_header(struct page *p, struct arena *arena)
{
	size_t lines = p->n < HEADER_LINES ? p->n : HEADER_LINES;

	for (size_t i = 0; i < lines && !is_heading(&p->v[i]); i++) {
		enum header_look look = header_look(p->v[i].s, p->v[i].len);

		if (look == HEADER_DATED || look == HEADER_SHAPE ||
		    (look == HEADER_LOOSE && stands_as_header(p, i)))
			return set_header(p, arena, i);
	}
	if (p->n >= 4 && is_back(&p->v[0]) && stands_as_header(p, 1) &&
	    !is_heading(&p->v[1]) && !is_heading(&p->v[3]) && !is_title(&p->v[3]))
		return set_header(p, arena, 1);

	p->title = p->n > 0 && is_back(&p->v[0]) ? 1 : 0;
	return 0;
}

static int find_source(struct page *p, struct arena *arena)
{
	struct page_line url = { 0 };
	size_t i = p->title;

	while (i < p->n && !is_panel(&p->v[i]) && !is_source(&p->v[i], &url))
		i++;
	if (i >= p->n || is_panel(&p->v[i]))
		return 0;

	p->source = i;
	p->body = i + 1;
	if (url.len == 0 && i + 1 < p->n && is_url(&p->v[i + 1])) {
		url = p->v[i + 1];
		p->body = i + 2;
	}
	if (url.len == 0)
		return 0;
	p->url = arena_dup(arena, url.s, url.len);
	return p->url ? 0 : PDX_E_NOMEM;
}

/*
 * The heading with a panellist below it; of several without, the last.  A page that
 * lost its heading has the panel where a name stands twice before a perspective.
 */
static void find_panel(struct page *p)
{
	size_t first = p->source == PAGE_NONE ? p->title : p->source + 1;

	for (size_t i = first; i < p->n; i++) {
		if (!is_panel(&p->v[i]))
			continue;
		p->panel = i;
		p->takes = i + 1;
		if (panel_name_twice(p->v, p->n, i + 1))
			return;
	}
	for (size_t i = first + 1; p->panel == PAGE_NONE && i + 3 < p->n; i++) {
		if (panel_name_twice(p->v, p->n, i) && page_line_is_label(&p->v[i]) &&
		    page_line_is_label(&p->v[i + 2]) &&
		    !page_line_is_label(&p->v[i + 3])) {
			p->takes = i;
			return;
		}
	}
}

/* Give each line between the title and the panel to the summary or the body. */
static void share_text(struct page *p)
{
	size_t end = p->n;

	if (p->panel != PAGE_NONE)
		end = p->panel;
	else if (p->takes != PAGE_NONE)
		end = p->takes;
	p->body_end = end;

	if (p->title >= end || is_heading(&p->v[p->title]))
		p->title = PAGE_NONE;
	p->summary = p->title == PAGE_NONE ? end : p->title + 1;
	if (p->source != PAGE_NONE) {
		p->summary_end = p->source;
		if (p->title == PAGE_NONE)
			p->summary = p->source;
		return;
	}
	/* Without the heading the first of several paragraphs is in its place. */
	p->summary_end = p->summary + (end - p->summary >= 2 ? 1 : 0);
	p->body = p->summary_end;
}

int page_read(struct page *out, struct arena *arena, const char *text, size_t len)
{
	*out = (struct page){ .header = PAGE_NONE,
			      .title = PAGE_NONE,
			      .source = PAGE_NONE,
			      .panel = PAGE_NONE,
			      .takes = PAGE_NONE };
	if (split_lines(out, arena, text, len) < 0)
		return PDX_E_NOMEM;
	out->n = chrome_start(out);
	if (find_header(out, arena) < 0 || find_source(out, arena) < 0)
		return PDX_E_NOMEM;
	find_panel(out);
	share_text(out);
	/* What follows the title tells: blank lines around a header are no habit. */
	for (size_t i = out->title == PAGE_NONE ? 1 : out->title + 2; i < out->n; i++)
		out->spaced = out->spaced || out->v[i].gap;
	return 0;
}

char *page_text(const struct page *p, struct arena *arena, struct buf *scratch,
		size_t from, size_t to)
{
	buf_reset(scratch);
	for (size_t i = from; i < to; i++) {
		if (i > from)
			buf_puts(scratch, p->v[i].gap || !p->spaced ? "\n\n" : "\n");
		buf_put(scratch, p->v[i].s, p->v[i].len);
	}
	return buf_ok(scratch) ? arena_dup(arena, buf_str(scratch), scratch->len)
			       : NULL;
}

unsigned page_marks(const char *text, size_t len)
{
	const char *pos = text, *end = text + len;
	struct page_line line, url;
	unsigned marks = 0;

	for (size_t i = 0; next_line(&line, &pos, end); i++) {
		if (is_source(&line, &url))
			marks |= PAGE_HAS_SOURCE;
		else if (is_panel(&line))
			marks |= PAGE_HAS_PANEL;
		else if (marks == 0 && i < HEADER_LINES &&
			 header_look(line.s, line.len) >= HEADER_SHAPE)
			marks |= PAGE_HAS_HEADER;
	}
	return marks;
}

/*
 * Whether a page begins at ${line}.  Pages put together by cat run into one another
 * where a file does not end its last line: "...for laterBack".
 */
static const char *page_begin(const struct page_line *line)
{
	size_t n = strlen(last_chrome);
	struct page_line rest;

	if (is_back(line))
		return line->s;
	if (line->len <= n || strncasecmp(line->s, last_chrome, n) != 0)
		return NULL;
	rest = (struct page_line){ line->s + n, line->len - n, false };
	return is_back(&rest) ? rest.s : NULL;
}

size_t page_extent(const char *text, size_t len)
{
	const char *pos = text, *end = text + len;
	struct page_line line, header;
	bool passed = false; /* a heading or the chrome at the end of this page */

	while (next_line(&line, &pos, end)) {
		const char *begin = page_begin(&line), *ahead = pos;

		passed = passed || is_heading(&line) || is_end_chrome(&line) ||
			 (begin && begin != line.s);
		if (passed && begin && next_line(&header, &ahead, end) &&
		    header_look(header.s, header.len) >= HEADER_SHAPE)
			return (size_t)(begin - text);
	}
	return len;
}
