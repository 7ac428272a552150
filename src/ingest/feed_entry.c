/* From the pieces of an entry to an article.  Knows no XML. */
#include "ingest/feed_entry.h"

#include <string.h>

#include "base/date.h"
#include "ingest/clean.h"
#include "ingest/html_entity.h"
#include "ingest/html_text.h"
#include "ingest/link.h"
#include "ingest/provenance.h"
#include "ingest/text_panel.h"

#define LIST_MAX 1000 /* each is compared with all before it */

/* A tag that HTML has; "a < b" and "vector<T>" have none. */
static bool has_tag(const char *s, size_t len)
{
	const char *end = s + len;

	for (const char *p = s; (p = memchr(p, '<', (size_t)(end - p)));) {
		size_t n = 0;

		p += p + 1 < end && p[1] == '/' ? 2 : 1;
		while (p + n < end && ((p[n] | 0x20) >= 'a' && (p[n] | 0x20) <= 'z'))
			n++;
		while (n > 0 && p + n < end && p[n] >= '0' && p[n] <= '9')
			n++;
		if (n > 0 && html_element(p, n) != HTML_OTHER)
			return true;
	}
	return false;
}

/* The text of ${s} as it is meant, in w->plain. */
static void put_plain(const struct feed_work *w, enum feed_text as, const char *s,
		      size_t len)
{
	buf_reset(w->plain);
	if (as == TEXT_HTML || as == TEXT_XHTML ||
	    (as == TEXT_MAYBE_HTML && has_tag(s, len)))
		html_text(w->plain, s, len);
	else if (as == TEXT_MAYBE_HTML)
		html_decode(w->plain, s, len);
	else
		buf_put(w->plain, s, len);
}

/* Clean text in the arena; NULL where memory is out. */
static char *clean_text(const struct feed_work *w, enum feed_role role,
			enum feed_text as, const char *s, size_t len)
{
	put_plain(w, as, s, len);
	if (!buf_ok(w->plain))
		return NULL;
	s = buf_str(w->plain);
	len = w->plain->len;
	return role == FEED_SUMMARY || role == FEED_BODY
		       ? clean_block(w->arena, w->scratch, s, len)
		       : clean_line(w->arena, w->scratch, s, len);
}

static bool list_add(struct feed_list *list, const struct feed_work *w,
		     const char *text)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->v[i], text) == 0)
			return true;
	}
	if (list->n == LIST_MAX)
		return true;
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 8;
		const char **v = arena_array(w->arena, cap, sizeof(*v));

		if (!v)
			return false;
		if (list->n > 0)
			memcpy(v, list->v, list->n * sizeof(*v));
		list->v = v;
		list->cap = cap;
	}
	list->v[list->n++] = text;
	return true;
}

bool feed_entry_add(struct feed_entry *e, const struct feed_work *w,
		    const struct feed_key *key, enum feed_text as, const char *text,
		    size_t len)
{
	struct feed_value *v = &e->values[key->role];
	const char *clean = clean_text(w, key->role, as, text, len);

	if (!clean)
		return false;
	if (!*clean || (v->text && v->rank <= key->rank))
		return true;
	if (key->role == FEED_CATEGORY)
		return list_add(&e->categories, w, clean);
	if (key->role == FEED_COMPANY)
		return list_add(&e->companies, w, clean);
	*v = (struct feed_value){ clean, key->rank };
	return true;
}

static bool is_web(const char *link)
{
	return strncmp(link, "http://", 7) == 0 || strncmp(link, "https://", 8) == 0;
}

static void set_url(struct pdx_article *a, const struct feed_entry *e)
{
	const char *ref = e->values[FEED_REF].text;

	a->ref = ref;
	a->url = e->values[FEED_LINK].text;
	if (!a->url && ref && !e->opaque && is_web(ref))
		a->url = ref;
}

static void set_date(struct pdx_article *a, const struct feed_entry *e,
		     const struct reader_voice *voice)
{
	const char *text = e->values[FEED_DATE].text;

	if (text && !date_parse_written(&a->date, text, strlen(text)))
		reader_warn(voice, "date \"%.*s\" is not understood; kept without one",
			    reader_quote(text, strlen(text)), text);
}

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/*
 * RSS has one element for the summary and the text.  Where there is no other, several
 * paragraphs are the text; and what says again what another field says is neither.
 */
static void set_texts(struct pdx_article *a, const struct feed_entry *e)
{
	a->title = e->values[FEED_TITLE].text;
	a->summary = e->values[FEED_SUMMARY].text;
	a->body = e->values[FEED_BODY].text;
	if (!a->body && a->summary && strstr(a->summary, "\n\n")) {
		a->body = a->summary;
		a->summary = NULL;
	}
	if (is_same(a->summary, a->body) || is_same(a->summary, a->title))
		a->summary = NULL;
}

static int set_title(struct pdx_article *a, const struct feed_work *w,
		     const struct reader_voice *voice)
{
	const char *from = a->summary ? a->summary : a->body;

	if (a->title)
		return 0;
	a->title = clean_sentence(w->arena, w->scratch, from);
	a->provenance[PDX_PART_TITLE] = PDX_FROM_TEXT;
	reader_warn(voice, "no title; the first sentence stands for it");
	return a->title ? 0 : PDX_E_NOMEM;
}

static void set_source(struct pdx_article *a, const struct feed_entry *e,
		       const struct feed_entry *head, const char *source)
{
	a->source = e->values[FEED_SOURCE].text;
	if (!a->source)
		a->source = head->values[FEED_TITLE].text;
	if (a->source || !source)
		return;
	a->source = source;
	a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
}

int feed_entry_article(struct pdx_article *a, struct read_skip *skip,
		       struct feed_entry *e, const struct feed_entry *head,
		       const struct feed_work *w, const struct reader_voice *voice,
		       const char *source)
{
	*a = (struct pdx_article){ .date = PDX_NO_DATE, .origin = voice->origin };
	set_texts(a, e);
	if (!a->title && !a->summary && !a->body)
		return reader_skip(skip, "an entry without a title and without text");
	if (set_title(a, w, voice) < 0)
		return PDX_E_NOMEM;
	if (!a->body)
		a->body = "";
	if (text_panel(a, w->arena, w->scratch) < 0)
		return PDX_E_NOMEM;
	set_date(a, e, voice);
	set_url(a, e);
	set_source(a, e, head, source);
	a->lang = e->values[FEED_LANG].text ? e->values[FEED_LANG].text
					    : head->values[FEED_LANG].text;
	a->categories = e->categories.v;
	a->ncategories = e->categories.n;
	a->companies = e->companies.v;
	a->ncompanies = e->companies.n;
	provenance_rest(a, PDX_FROM_FEED);
	return READ_ARTICLE;
}
