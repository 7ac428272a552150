/*
 * Choosing and cutting the piece of a text that shows its matches.  Where sentences and
 * words end is prose.c's to say, and how the matches were found highlight.c's.
 */
#include "text/highlight.h"

#include <string.h>

#include "base/buf.h"
#include "text/prose.h"

#define ELLIPSIS "\xE2\x80\xA6"

/* Two ellipses with their spaces. */
#define MARKS_WIDTH 4

/* Less shows nothing. */
#define WIDTH_MIN 16

/* A cluster that goes on this far beyond the width is cut like anything. */
#define CLUSTER_MAX 32

/* ---- which matches to show ------------------------------------------------ */

struct window {
	size_t first, n; /* matches */
	size_t groups;
};

/* How many matches of each group are in a window. */
struct census {
	size_t count[64];
	size_t groups;
};

static void census_add(struct census *c, uint64_t groups)
{
	for (size_t i = 0; groups; i++, groups >>= 1) {
		if (groups & 1)
			c->groups += c->count[i]++ == 0;
	}
}

static void census_remove(struct census *c, uint64_t groups)
{
	for (size_t i = 0; groups; i++, groups >>= 1) {
		if (groups & 1)
			c->groups -= --c->count[i] == 0;
	}
}

/* A match longer than ${room} is a window of its own. */
static struct window best_window(const struct prose *p, size_t room)
{
	const struct match *m = p->matches;
	struct window best = { 0, 0, 0 };
	struct census census = { .groups = 0 };
	size_t end = 0;

	for (size_t i = 0; i < p->nmatches; i++) {
		while (end < p->nmatches &&
		       (end == i || m[end].end.cp - m[i].start.cp <= room))
			census_add(&census, m[end++].groups);
		if (census.groups > best.groups ||
		    (census.groups == best.groups && end - i > best.n))
			best = (struct window){ i, end - i, census.groups };
		census_remove(&census, m[i].groups);
	}
	return best;
}

/* Groups first; any number of matches weighs less than one more group. */
static double window_score(struct window w)
{
	return w.n == 0 ? 0 : (double)w.groups + (double)w.n / ((double)w.n + 1);
}

/* ---- its ends ------------------------------------------------------------- */

/*
 * Where to begin so as to show what is at ${here}, not before code point ${low}: at its
 * sentence, or at a word not long before ${soft}, or at any word.
 */
static struct place place_start(const struct prose *p, struct place here, size_t low,
				size_t soft)
{
	struct place word = here;
	bool found = false;

	for (;; here = prose_last(p, here)) {
		if (prose_starts_sentence(p, here.at))
			return here;
		if (prose_starts_word(p, here.at) && (!found || here.cp >= soft)) {
			word = here;
			found = true;
		}
		if (here.cp <= low)
			break;
	}
	while (!found && !prose_divides_clusters(p, word.at))
		word = prose_last(p, word);
	return word;
}

/*
 * The text ends before the window does: begin earlier, at code point ${low} or later;
 * at a sentence if it is not behind ${soft}.
 */
static struct place fill_start(const struct prose *p, struct place here, size_t low,
			       size_t soft)
{
	struct place sentence = here, word = here;

	for (;; here = prose_last(p, here)) {
		if (prose_starts_sentence(p, here.at))
			sentence = here;
		if (prose_starts_word(p, here.at))
			word = here;
		if (here.cp <= low)
			break;
	}
	if (sentence.cp <= soft && prose_starts_sentence(p, sentence.at))
		return sentence;
	return word;
}

/*
 * Where to end, from ${here} on, not behind code point ${high}: at the last sentence
 * that ends at ${soft} or later, or at the last word, or wherever no cluster is torn.
 */
static struct place place_end(const struct prose *p, struct place here, size_t soft,
			      size_t high)
{
	struct place sentence = { 0, 0 }, word = { 0, 0 }, cluster = { 0, 0 };

	for (; here.at < p->text.len; here = prose_next(p, here)) {
		if (here.cp > high && (cluster.at > 0 || here.cp > high + CLUSTER_MAX))
			break;
		if (prose_divides_clusters(p, here.at))
			cluster = here;
		if (here.cp > high)
			continue;
		if (here.cp >= soft && prose_ends_sentence(p, here.at))
			sentence = here;
		if (prose_ends_word(p, here.at))
			word = here;
	}
	if (here.at >= p->text.len && here.cp <= high)
		return here;
	if (sentence.at > 0)
		return sentence;
	if (word.at > 0)
		return word;
	return cluster.at > 0 ? cluster : here;
}

/* The ends of a window of about ${width} code points around the matches of ${w}. */
static void place_window(struct place *start, struct place *end, const struct prose *p,
			 struct window w, size_t width)
{
	size_t room = width - MARKS_WIDTH;
	struct place to = { 0, 0 };

	*start = to;
	if (w.n > 0) {
		const struct match *last = &p->matches[w.first + w.n - 1];
		struct place from = p->matches[w.first].start;
		size_t shown = last->end.cp - from.cp;
		size_t spare = shown <= room ? room - shown : 0;
		/* A third of what is left goes before the matches, the rest behind. */
		size_t soft = from.cp > spare / 3 ? from.cp - spare / 3 : 0;

		*start = place_start(p, from, from.cp > spare ? from.cp - spare : 0,
				     soft);
		if (p->cps - start->cp < room)
			*start = fill_start(p, *start, p->cps - room,
					    p->cps - room / 2);
		if (shown <= room)
			to = last->end;
	}
	if (to.at <= start->at)
		to = prose_next(p, *start);
	*end = place_end(p, to, start->cp + room / 2, start->cp + room);
}

/* ---- the result ----------------------------------------------------------- */

/* *shift is the number of code points before the text's own first one. */
static int write_text(struct pdx_highlight *out, size_t *shift, struct arena *arena,
		      const struct prose *p, struct place start, struct place end)
{
	const size_t mark = strlen(ELLIPSIS);
	size_t len = end.at - start.at, n = 0;
	char *s;

	*shift = 0;
	if (len > SIZE_MAX / 2)
		return PDX_E_NOMEM;
	s = arena_alloc(arena, len + 2 * (mark + 1) + 1);
	if (!s)
		return PDX_E_NOMEM;
	if (start.at > 0) {
		memcpy(s, ELLIPSIS, mark);
		n = mark;
		if (prose_is_blank(p, start.at - 1))
			s[n++] = ' ';
		*shift = 1 + (n - mark);
	}
	for (size_t i = start.at; i < end.at; i++)
		s[n++] = p->text.data[i] == '\n' ? ' ' : p->text.data[i];
	if (end.at < p->text.len) {
		if (prose_is_blank(p, end.at))
			s[n++] = ' ';
		memcpy(s + n, ELLIPSIS, mark);
	}
	out->text = s;
	return PDX_OK;
}

static int write_spans(struct pdx_highlight *out, size_t shift, struct arena *arena,
		       const struct prose *p, struct place start, struct place end)
{
	struct pdx_span *spans = arena_array(arena, p->nmatches, sizeof(*spans));

	if (!spans)
		return PDX_E_NOMEM;
	out->spans = spans;
	for (size_t i = 0; i < p->nmatches; i++) {
		size_t from = p->matches[i].start.cp, to = p->matches[i].end.cp;

		if (from < start.cp)
			from = start.cp;
		if (to > end.cp)
			to = end.cp;
		if (from >= to)
			continue;
		spans->start = from - start.cp + shift;
		spans->len = to - from;
		spans++;
		out->nspans++;
	}
	return PDX_OK;
}

int highlight_snippet(struct pdx_highlight *out, double *score, struct arena *arena,
		      const char *field, size_t take, const char *text, size_t len,
		      const struct byte_span *spans, size_t nspans, size_t width)
{
	struct prose p = { .cps = 0 };
	struct place start = { 0, 0 }, end;
	struct window w;
	size_t shift;
	int rc;

	*out = (struct pdx_highlight){ .field = field, .take = take, .text = "" };
	*score = 0;
	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	rc = prose_init(&p, text, len, spans, nspans);
	if (rc)
		goto out;
	end = (struct place){ p.text.len, p.cps };
	w = best_window(&p, p.cps <= width ? p.cps : width - MARKS_WIDTH);
	if (p.cps > width)
		place_window(&start, &end, &p, w, width);
	rc = write_text(out, &shift, arena, &p, start, end);
	if (rc)
		goto out;
	rc = write_spans(out, shift, arena, &p, start, end);
	*score = window_score(w);
out:
	prose_release(&p);
	return rc;
}
