/*
 * Choosing and cutting the piece of a text that shows its matches.  Knows byte spans
 * and where sentences and words end; nothing of how the spans were found.
 */
#include "text/highlight.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/chars.h"

#define ELLIPSIS "\xE2\x80\xA6"

/* Two ellipses with their spaces. */
#define MARKS_WIDTH 4

/* Less shows nothing. */
#define WIDTH_MIN 16

/* A cluster of more code points than this beyond the width is cut like others. */
#define CLUSTER_MAX 32

/* A place in the folded text, in bytes and in code points. */
struct place {
	size_t at, cp;
};

struct match {
	struct place start, end;
	uint64_t groups;
};

/* The text with one space for each run of white space, or a LF where that was an empty
 * line: paragraphs end sentences. */
struct folded {
	struct buf text;
	size_t cps;
	unsigned pending; /* white space not yet written: 1, and 1 for a LF, up to 3 */
	struct match *matches;
	size_t nmatches;
};

/* ---- folding white space -------------------------------------------------- */

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || (cp >= 0x7F && cp <= 0xA0) || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static void write_pending(struct folded *f)
{
	bool inside = f->text.len > 0 && !is_blank(f->text.data[f->text.len - 1]);

	if (f->pending > 0 && inside) {
		buf_putc(&f->text, f->pending > 2 ? '\n' : ' ');
		f->cps++;
	}
	f->pending = 0;
}

static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

static void fold_piece(struct folded *f, const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		char bytes[UTF8_MAX_BYTES];
		size_t run = i;
		uint32_t cp;

		while (run < len && is_graphic(s[run]))
			run++;
		if (run > i) {
			write_pending(f);
			buf_put(&f->text, s + i, run - i);
			f->cps += run - i;
			i = run;
			continue;
		}
		i += utf8_decode(&cp, s + i, len - i);
		if (is_space(cp)) {
			if (f->pending == 0)
				f->pending = 1;
			if (cp == '\n' && f->pending < 3)
				f->pending++;
			continue;
		}
		write_pending(f);
		buf_put(&f->text, bytes, utf8_encode(bytes, cp));
		f->cps++;
	}
}

static struct place place_here(const struct folded *f)
{
	return (struct place){ f->text.len, f->cps };
}

static int fold(struct folded *f, const char *text, size_t len,
		const struct byte_span *spans, size_t nspans)
{
	size_t done = 0;

	f->matches = calloc(nspans + 1, sizeof(*f->matches));
	if (!f->matches)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < nspans; i++) {
		struct match *m = &f->matches[f->nmatches];

		if (spans[i].start < done || spans[i].end <= spans[i].start ||
		    spans[i].end > len)
			continue;
		fold_piece(f, text + done, spans[i].start - done);
		write_pending(f);
		m->start = place_here(f);
		fold_piece(f, text + spans[i].start, spans[i].end - spans[i].start);
		m->end = place_here(f);
		m->groups = spans[i].groups;
		done = spans[i].end;
		f->nmatches++;
	}
	fold_piece(f, text + done, len - done);
	return buf_ok(&f->text) ? PDX_OK : PDX_E_NOMEM;
}

/* ---- where to cut --------------------------------------------------------- */

static struct character char_before(const struct folded *f, size_t at)
{
	size_t back = at;

	do {
		back--;
	} while (back > 0 && ((unsigned char)f->text.data[back] & 0xC0) == 0x80);
	return char_at(f->text.data + back, at - back);
}

static struct character char_after(const struct folded *f, size_t at)
{
	return char_at(f->text.data + at, f->text.len - at);
}

static bool at_edge(const struct folded *f, size_t at)
{
	return at == 0 || at >= f->text.len;
}

/* Marks, joined emoji and the like stay with what they belong to. */
static bool divides_clusters(const struct folded *f, size_t at)
{
	return at_edge(f, at) ||
	       utf8proc_grapheme_break((utf8proc_int32_t)char_before(f, at).cp,
				       (utf8proc_int32_t)char_after(f, at).cp);
}

/* Between characters that are words of their own, where no spaces are written. */
static bool divides_singles(const struct folded *f, size_t at)
{
	struct character before = char_before(f, at), after = char_after(f, at);

	return after.kind == CHAR_SINGLE &&
	       (before.kind == CHAR_SINGLE || before.kind == CHAR_MARK ||
		(before.kind == CHAR_SEPARATOR && before.cp >= 0x3000)) &&
	       divides_clusters(f, at);
}

static bool is_word_start(const struct folded *f, size_t at)
{
	return at_edge(f, at) || is_blank(f->text.data[at - 1]) || divides_singles(f, at);
}

static bool is_word_end(const struct folded *f, size_t at)
{
	return at_edge(f, at) || is_blank(f->text.data[at]) || divides_singles(f, at);
}

static bool is_closing(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D ||
	       cp == 0x2019 || cp == 0xBB || cp == 0x300D;
}

static bool is_wide_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F;
}

/* The dot at ${at} ends an initial or an acronym: "U.S.", "J. Smith". */
static bool is_initial(const struct folded *f, size_t at)
{
	struct character letter;

	if (at == 0)
		return false;
	letter = char_before(f, at);
	return letter.kind == CHAR_LETTER &&
	       (letter.len == at || !char_is_alnum(char_before(f, at - letter.len).kind));
}

/* A full stop, perhaps with quotes behind it, ends at ${at}. */
static bool stops(const struct folded *f, size_t at)
{
	while (at > 0) {
		struct character c = char_before(f, at);

		at -= c.len;
		if (is_closing(c.cp))
			continue;
		if (c.cp == '.')
			return !is_initial(f, at);
		return c.cp == '!' || c.cp == '?' || c.cp == 0x2026 || is_wide_stop(c.cp);
	}
	return false;
}

/* A sentence ends at ${at}; the next begins there or behind the space there. */
static bool is_sentence_end(const struct folded *f, size_t at)
{
	char c;

	if (at_edge(f, at))
		return true;
	c = f->text.data[at];
	if (c == '\n')
		return true;
	if (c == ' ')
		return stops(f, at) &&
		       !(f->text.data[at + 1] >= 'a' && f->text.data[at + 1] <= 'z');
	return is_wide_stop(char_before(f, at).cp) && !is_closing(char_after(f, at).cp);
}

static bool is_sentence_start(const struct folded *f, size_t at)
{
	if (at > 0 && at < f->text.len && is_blank(f->text.data[at - 1]))
		return is_sentence_end(f, at - 1);
	return at == 0 || (at < f->text.len && is_wide_stop(char_before(f, at).cp) &&
			   is_sentence_end(f, at));
}

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

static struct window best_window(const struct folded *f, size_t room)
{
	struct window best = { 0, 0, 0 };
	struct census census = { .groups = 0 };
	size_t end = 0;

	for (size_t i = 0; i < f->nmatches; i++) {
		const struct match *m = f->matches;

		while (end < f->nmatches &&
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

/* ---- the window's ends ---------------------------------------------------- */

static struct place step_back(const struct folded *f, struct place p)
{
	p.at -= char_before(f, p.at).len;
	p.cp--;
	return p;
}

static struct place step_forward(const struct folded *f, struct place p)
{
	p.at += char_after(f, p.at).len;
	p.cp++;
	return p;
}

/*
 * Where to begin so as to show ${p}, not before code point ${low}: at the sentence, or
 * at a word not long before ${soft}, or at any word.
 */
static struct place place_start(const struct folded *f, struct place p, size_t low,
				size_t soft)
{
	struct place word = p;
	bool found = false;

	for (;; p = step_back(f, p)) {
		if (is_sentence_start(f, p.at))
			return p;
		if (is_word_start(f, p.at) && (!found || p.cp >= soft)) {
			word = p;
			found = true;
		}
		if (p.cp <= low)
			break;
	}
	while (!found && !divides_clusters(f, word.at))
		word = step_back(f, word);
	return word;
}

/* The text ends before the window does: begin earlier, at code point ${low} or later. */
static struct place fill_start(const struct folded *f, struct place p, size_t low)
{
	struct place sentence = p, word = p;

	for (;; p = step_back(f, p)) {
		if (is_sentence_start(f, p.at))
			sentence = p;
		if (is_word_start(f, p.at))
			word = p;
		if (p.cp <= low)
			break;
	}
	return is_sentence_start(f, sentence.at) ? sentence : word;
}

/*
 * Where to end, from ${p} on, not behind code point ${high}: at the last sentence that
 * ends at ${soft} or later, or at the last word, or wherever no cluster is cut.
 */
static struct place place_end(const struct folded *f, struct place p, size_t soft,
			      size_t high)
{
	struct place sentence = p, word = p, cluster = p;
	bool ends = false, breaks = false, divides = false;

	for (; p.at < f->text.len; p = step_forward(f, p)) {
		if (p.cp > high && (divides || p.cp > high + CLUSTER_MAX))
			break;
		if (divides_clusters(f, p.at)) {
			cluster = p;
			divides = true;
		}
		if (p.cp > high)
			continue;
		if (p.cp >= soft && is_sentence_end(f, p.at)) {
			sentence = p;
			ends = true;
		}
		if (is_word_end(f, p.at)) {
			word = p;
			breaks = true;
		}
	}
	if (p.at >= f->text.len && p.cp <= high)
		return p;
	if (ends)
		return sentence;
	return breaks ? word : divides ? cluster : p;
}

/* The ends of a window of about ${width} code points around the matches of ${w}. */
static void place_window(struct place *start, struct place *end, const struct folded *f,
			 struct window w, size_t width)
{
	size_t room = width - MARKS_WIDTH;
	struct place from = { 0, 0 }, to = { 0, 0 };

	*start = from;
	if (w.n > 0) {
		const struct match *last = &f->matches[w.first + w.n - 1];
		size_t low = 0, spare = 0, shown;

		from = f->matches[w.first].start;
		shown = last->end.cp - from.cp;
		if (shown <= room) {
			to = last->end;
			spare = room - shown;
		} else { /* one match, too long to show */
			to = from;
		}
		low = from.cp > spare ? from.cp - spare : 0;
		/* A third of what is left before the matches, the rest behind them. */
		*start = place_start(f, from, low,
				     from.cp > spare / 3 ? from.cp - spare / 3 : 0);
		if (f->cps - start->cp < room && f->cps > room)
			*start = fill_start(f, *start, f->cps - room);
	}
	if (to.at <= start->at)
		to = step_forward(f, *start);
	*end = place_end(f, to, start->cp + room / 2, start->cp + room);
}

/* ---- the result ----------------------------------------------------------- */

static int write_text(struct pdx_highlight *out, size_t *shift, struct arena *arena,
		      const struct folded *f, struct place start, struct place end)
{
	size_t len = end.at - start.at, size = strlen(ELLIPSIS) + 1, n = 0;
	const char *text = buf_str(&f->text);
	char *s;

	if (len > SIZE_MAX / 2)
		return PDX_E_NOMEM;
	s = arena_alloc(arena, len + 2 * size + 1);
	if (!s)
		return PDX_E_NOMEM;
	if (start.at > 0) {
		memcpy(s, ELLIPSIS, size);
		n = size - 1;
		if (is_blank(text[start.at - 1]))
			s[n++] = ' ';
		*shift = n - size + 2;
	}
	memcpy(s + n, text + start.at, len);
	for (size_t i = 0; i < len; i++, n++) {
		if (s[n] == '\n')
			s[n] = ' ';
	}
	if (end.at < f->text.len) {
		if (is_blank(text[end.at]))
			s[n++] = ' ';
		memcpy(s + n, ELLIPSIS, size);
	}
	out->text = s;
	return PDX_OK;
}

static int write_spans(struct pdx_highlight *out, size_t shift, struct arena *arena,
		       const struct folded *f, struct place start, struct place end)
{
	struct pdx_span *spans = arena_array(arena, f->nmatches, sizeof(*spans));
	size_t n = 0;

	if (!spans)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < f->nmatches; i++) {
		size_t from = f->matches[i].start.cp, to = f->matches[i].end.cp;

		if (from < start.cp)
			from = start.cp;
		if (to > end.cp)
			to = end.cp;
		if (from < to)
			spans[n++] = (struct pdx_span){ from - start.cp + shift, to - from };
	}
	out->spans = spans;
	out->nspans = n;
	return PDX_OK;
}

int highlight_snippet(struct pdx_highlight *out, double *score, struct arena *arena,
		      const char *field, size_t take, const char *text, size_t len,
		      const struct byte_span *spans, size_t nspans, size_t width)
{
	struct folded f = { .cps = 0 };
	struct window w;
	struct place start = { 0, 0 }, end;
	size_t shift = 0;
	int rc;

	*out = (struct pdx_highlight){ .field = field, .take = take, .text = "" };
	*score = 0;
	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	buf_init(&f.text, 0);
	rc = fold(&f, text, len, spans, nspans);
	if (rc)
		goto out;
	end = place_here(&f);
	w = best_window(&f, f.cps <= width ? f.cps : width - MARKS_WIDTH);
	if (f.cps > width)
		place_window(&start, &end, &f, w, width);
	rc = write_text(out, &shift, arena, &f, start, end);
	if (rc)
		goto out;
	rc = write_spans(out, shift, arena, &f, start, end);
	*score = window_score(w);
out:
	buf_release(&f.text);
	free(f.matches);
	return rc;
}
