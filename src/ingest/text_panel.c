/* Finds the panel's heading; the members are page.c's and panel.c's business. */
#include "ingest/text_panel.h"

#include <string.h>
#include <strings.h>

#include "ingest/clean.h"
#include "ingest/page.h"
#include "ingest/panel.h"

/* The line of ${text} that is the heading; NULL: there is none. */
static const char *find_heading(const char *text)
{
	static const char heading[] = "Panel Takes";
	const size_t len = sizeof(heading) - 1;

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncasecmp(line, heading, len) == 0 &&
		    (line[len] == '\n' || line[len] == '\0'))
			return line;
	}
	return NULL;
}

struct members {
	struct arena *arena;
	struct buf *scratch;
	struct page page;
};

static char *line_of(const struct members *m, size_t i)
{
	return clean_line(m->arena, m->scratch, m->page.v[i].s, m->page.v[i].len);
}

static int read_take(struct pdx_take *out, struct members *m,
		     const struct panellist *who)
{
	*out = (struct pdx_take){ .persona = line_of(m, who->name) };
	out->text = page_text(&m->page, m->arena, m->scratch, who->text, who->end);
	if (who->perspective != PAGE_NONE)
		out->perspective = line_of(m, who->perspective);
	return out->persona && out->text &&
			       (who->perspective == PAGE_NONE || out->perspective)
		       ? 0
		       : PDX_E_NOMEM;
}

/* The body up to ${end}, and what introduces the panel. */
static int keep_rest(struct pdx_article *a, struct members *m, size_t end, size_t first)
{
	const char *intro =
		page_text(&m->page, m->arena, m->scratch, m->page.takes, first);
	const char *body = a->body;

	if (!intro)
		return PDX_E_NOMEM;
	clean_trim(&body, &end);
	buf_reset(m->scratch);
	buf_printf(m->scratch, "%.*s%s%s", (int)end, body, end && *intro ? "\n\n" : "",
		   intro);
	a->body = arena_dup(m->arena, buf_str(m->scratch), m->scratch->len);
	return a->body && buf_ok(m->scratch) ? 0 : PDX_E_NOMEM;
}

int text_panel(struct pdx_article *a, struct arena *arena, struct buf *scratch)
{
	struct members m = { .arena = arena, .scratch = scratch };
	const char *heading = a->ntakes == 0 ? find_heading(a->body) : NULL;
	struct panellist who;
	struct pdx_take *takes;
	size_t n = 0, first = PAGE_NONE;

	if (!heading)
		return 0;
	if (page_read(&m.page, arena, heading, strlen(heading)) < 0)
		return PDX_E_NOMEM;
	if (m.page.takes == PAGE_NONE)
		return 0;
	for (size_t i = m.page.takes; panel_next(&who, m.page.v, m.page.n, i);
	     i = who.end) {
		first = n == 0 ? who.name : first;
		n++;
	}
	if (n == 0)
		return 0;
	takes = arena_array(arena, n, sizeof(*takes));
	if (!takes)
		return PDX_E_NOMEM;
	a->takes = takes;
	for (size_t i = m.page.takes; panel_next(&who, m.page.v, m.page.n, i);
	     i = who.end) {
		if (who.text == who.end)
			continue;
		if (read_take(&takes[a->ntakes], &m, &who) < 0)
			return PDX_E_NOMEM;
		a->ntakes++;
	}
	a->provenance[PDX_PART_TAKES] = PDX_FROM_TEXT;
	return keep_rest(a, &m, (size_t)(heading - a->body), first);
}
