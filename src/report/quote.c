/*
 * The sentence to quote.  A highlight is cut to a width, so its match is looked for in
 * the text that it was cut from.
 */
#include "report/quote.h"

#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "text/prose.h"

#define ELLIPSIS "\xE2\x80\xA6"

void quote_release(struct quote *q)
{
	buf_release(&q->text);
}

/* The piece of the text that ${h} shows, without the marks of what was left out. */
static const char *shown(size_t *len, const struct pdx_highlight *h)
{
	static const char before[] = ELLIPSIS " ", after[] = " " ELLIPSIS;
	const char *s = h->text;

	if (strncmp(s, ELLIPSIS, strlen(ELLIPSIS)) == 0)
		s += strlen(strncmp(s, before, strlen(before)) ? ELLIPSIS : before);
	*len = strlen(s);
	if (*len >= strlen(after) && strcmp(s + *len - strlen(after), after) == 0)
		*len -= strlen(after);
	else if (*len >= strlen(ELLIPSIS) &&
		 strcmp(s + *len - strlen(ELLIPSIS), ELLIPSIS) == 0)
		*len -= strlen(ELLIPSIS);
	return s;
}

/* Where the first match of ${h} stands in the text of ${p}. */
static struct place match_place(const struct prose *p, const struct pdx_highlight *h)
{
	struct place at = { 0, 0 };
	const char *text = p->text.data, *end = h->text;
	size_t len, i, match = 0;
	const char *piece = shown(&len, h);

	for (size_t cp = 0, n; *end && cp < h->spans[0].start; cp++, end += n) {
		uint32_t ignored;

		n = utf8_decode(&ignored, end, strlen(end));
	}
	if (end > piece)
		match = (size_t)(end - piece);
	/* The end of a paragraph is a blank in the piece. */
	for (size_t from = 0; from + len <= p->text.len; from++) {
		for (i = 0; i < len; i++)
			if (text[from + i] != piece[i] &&
			    !(text[from + i] == '\n' && piece[i] == ' '))
				break;
		if (i < len)
			continue;
		while (at.at < from + match && at.at < p->text.len)
			at = prose_next(p, at);
		return at;
	}
	return at;
}

static int put_sentence(struct quote *q, const struct prose *p, struct place at,
			struct pdx_err *err)
{
	struct place end = at;

	while (at.at > 0 && !prose_starts_sentence(p, at.at))
		at = prose_last(p, at);
	do
		end = prose_next(p, end);
	while (end.at < p->text.len && !prose_ends_sentence(p, end.at));
	buf_put(&q->text, p->text.data + at.at, end.at - at.at);
	return buf_ok(&q->text) ? PDX_OK : err_nomem(err);
}

/* The sentence of ${text} that ${h} matched in, or the first where it is NULL. */
static int quote_text(struct quote *q, const char *text, const struct pdx_highlight *h,
		      struct pdx_err *err)
{
	struct prose p = { .cps = 0 };
	int rc = prose_init(&p, text, strlen(text), NULL, 0);

	if (rc)
		err_nomem(err);
	else if (p.text.len)
		rc = put_sentence(q, &p,
				  h ? match_place(&p, h) : (struct place){ 0, 0 }, err);
	prose_release(&p);
	return rc;
}

static const char *text_of(const struct pdx_article *a, const struct pdx_highlight *h)
{
	if (h->take)
		return a->takes[h->take - 1].text;
	return strcmp(h->field, "summary") == 0 ? a->summary : a->body;
}

int quote_hit(struct quote *q, const struct pdx_hit *hit, struct pdx_err *err)
{
	const struct pdx_article *a = hit->article;

	buf_init(&q->text, 0);
	for (size_t i = 0; i < hit->nhighlights; i++) {
		const struct pdx_highlight *h = &hit->highlights[i];

		if (h->nspans == 0 || strcmp(h->field, "title") == 0)
			continue;
		q->take = h->take ? &a->takes[h->take - 1] : NULL;
		return quote_text(q, text_of(a, h), h, err);
	}
	return quote_text(q, a->summary && *a->summary ? a->summary : a->body, NULL,
			  err);
}
