/* Members by their headings, or by their names in bold. */
#include "ingest/markdown_panel.h"

#include <string.h>
#include <strings.h>

#include "ingest/clean.h"
#include "ingest/markdown_text.h"

#define NAME_BYTES 120 /* of a name with its perspective; more is a sentence */

static bool is_panel(const char *title, size_t len)
{
	static const char *const titles[] = { "panel", "the panel", "panel takes",
					      "the panel's takes", "takes" };

	while (len > 0 && title[len - 1] == ':')
		len--;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		if (strlen(titles[i]) == len && strncasecmp(titles[i], title, len) == 0)
			return true;
	}
	return false;
}

/* A line that begins with a name in bold, perhaps as an item.  The name, or NULL. */
static const char *bold_name(size_t *len, const char *s, size_t n)
{
	const char *close;

	clean_trim(&s, &n);
	if (n > 2 && strchr("-*+", *s) && s[1] == ' ') {
		s += 2;
		n -= 2;
		clean_trim(&s, &n);
	}
	if (n < 5 || (memcmp(s, "**", 2) != 0 && memcmp(s, "__", 2) != 0))
		return NULL;
	for (close = s + 3; close + 1 < s + n; close++) {
		if (close[0] == *s && close[1] == *s)
			break;
	}
	*len = (size_t)(close - s) - 2;
	return close + 1 < s + n && *len <= NAME_BYTES ? s + 2 : NULL;
}

/* Where the members begin, and what they are. */
static void find_members(struct markdown_panel *p, const char *from)
{
	struct markdown_lines lines = { .p = from, .end = p->end };
	struct markdown_line line;
	const char *bold = NULL;
	size_t len;

	p->takes = p->end;
	while (markdown_next(&line, &lines)) {
		if (line.level > 0) {
			p->takes = line.s;
			p->level = line.level;
			return;
		}
		if (!bold && !line.fenced && bold_name(&len, line.s, line.len))
			bold = line.s;
	}
	if (bold)
		p->takes = bold;
}

bool markdown_panel_find(struct markdown_panel *out, const char *markdown, size_t len)
{
	struct markdown_lines lines = { .p = markdown, .end = markdown + len };
	struct markdown_line line;
	const char *inside = NULL;
	size_t level = 0;

	*out = (struct markdown_panel){ .end = markdown + len };
	while (markdown_next(&line, &lines)) {
		if (!inside && line.level > 0 && is_panel(line.title, line.titlelen)) {
			out->begin = line.s;
			inside = lines.p;
			level = line.level;
		} else if (inside && line.level > 0 && line.level <= level) {
			out->end = line.s;
			break;
		}
	}
	out->intro = inside;
	if (inside)
		find_members(out, inside);
	return inside != NULL;
}

/* The bytes of " — ", " - ", ": " and the like at ${s}; 0: none is there. */
static size_t separator(const char *s, size_t len)
{
	static const char *const marks[] = {
		" \xE2\x80\x94 ", " \xE2\x80\x93 ", " - ", " | ", ": ", " ("
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strlen(marks[i]) <= len &&
		    memcmp(s, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	}
	return 0;
}

/* "Name — Perspective" in its two parts. */
static void split_name(struct markdown_member *m, const char *s, size_t len)
{
	m->name = s;
	m->namelen = len;
	for (size_t i = 0; i < len; i++) {
		size_t n = separator(s + i, len - i);

		if (n == 0)
			continue;
		m->namelen = i;
		m->perspective = s + i + n;
		m->perspectivelen = len - i - n;
		break;
	}
	while (m->perspectivelen > 0 &&
	       strchr(":)", m->perspective[m->perspectivelen - 1]))
		m->perspectivelen--;
	while (m->namelen > 0 && strchr(": ", m->name[m->namelen - 1]))
		m->namelen--;
}

/* Behind a name in bold: "(Perspective): text", "— Perspective: text", ": text". */
static void split_rest(struct markdown_member *m, const char *s, size_t len)
{
	bool named = m->perspectivelen > 0;
	const char *colon;

	clean_trim(&s, &len);
	if (len > 0 && *s == ':') {
		s++;
		len--;
	} else if (!named && len > 0 && (*s == '(' || separator(s - 1, len + 1))) {
		size_t mark = *s == '(' ? 1 : separator(s - 1, len + 1) - 1;

		colon = memchr(s, ':', len);
		m->perspective = s + mark;
		m->perspectivelen = (colon ? (size_t)(colon - s) : len) - mark;
		while (m->perspectivelen > 0 &&
		       strchr(") ", m->perspective[m->perspectivelen - 1]))
			m->perspectivelen--;
		s = colon ? colon + 1 : s + len;
	}
	m->text = s;
}

/* Up to the next line that begins a member. */
static const char *find_next(const struct markdown_panel *panel, const char *from)
{
	struct markdown_lines lines = { .p = from, .end = panel->end };
	struct markdown_line line;
	size_t len;

	while (markdown_next(&line, &lines)) {
		if (panel->level > 0
			    ? line.level > 0 && line.level <= panel->level
			    : !line.fenced && bold_name(&len, line.s, line.len))
			return line.s;
	}
	return panel->end;
}

bool markdown_panel_next(struct markdown_member *out,
			 const struct markdown_panel *panel, const char **at)
{
	struct markdown_lines lines = { .p = *at, .end = panel->end };
	struct markdown_line line;
	const char *name;
	size_t len;

	*out = (struct markdown_member){ .name = NULL };
	if (!markdown_next(&line, &lines))
		return false;
	if (panel->level > 0) {
		split_name(out, line.title, line.titlelen);
		out->text = lines.p;
	} else {
		name = bold_name(&len, line.s, line.len);
		if (!name)
			return false;
		split_name(out, name, len);
		split_rest(out, name + len + 2,
			   (size_t)(line.s + line.len - name) - len - 2);
	}
	*at = find_next(panel, lines.p);
	out->textlen = (size_t)(*at - out->text);
	return true;
}
