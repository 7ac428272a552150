/* Copies of what was found, to be handed from thread to thread. */
#include "ingest/event.h"

#include <stdlib.h>
#include <string.h>

#define EVENT_BYTES 2048 /* of an event beside its text: itself, and what is around it */
#define STRING_BYTES 32  /* of a string beside its bytes: a pointer, and up to an aligned
			    address */

struct event *event_new(enum event_kind kind)
{
	struct event *e = calloc(1, sizeof(*e));

	if (e) {
		e->kind = kind;
		e->size = EVENT_BYTES;
	}
	return e;
}

void event_free(struct event *e)
{
	if (!e)
		return;
	arena_release(&e->arena);
	free(e);
}

/* A copy of ${s} in ${e}. */
static const char *keep(struct event *e, const char *s)
{
	e->size += s ? strlen(s) : 0;
	return arena_strdup(&e->arena, s);
}

static const char *const *keep_list(struct event *e, const char *const *v, size_t n)
{
	const char **copy = n ? arena_array(&e->arena, n, sizeof(*copy)) : NULL;

	for (size_t i = 0; copy && i < n; i++)
		copy[i] = keep(e, v[i]);
	return copy;
}

static void keep_takes(struct event *e, struct pdx_article *a)
{
	struct pdx_take *copy =
		a->ntakes ? arena_array(&e->arena, a->ntakes, sizeof(*copy)) : NULL;

	for (size_t i = 0; copy && i < a->ntakes; i++) {
		copy[i].persona = keep(e, a->takes[i].persona);
		copy[i].perspective = keep(e, a->takes[i].perspective);
		copy[i].text = keep(e, a->takes[i].text);
	}
	a->takes = copy;
}

static void keep_article(struct event *e, const struct pdx_article *article)
{
	struct pdx_article *a = &e->article;

	*a = *article;
	a->title = keep(e, a->title);
	a->summary = keep(e, a->summary);
	a->body = keep(e, a->body);
	a->companies = keep_list(e, a->companies, a->ncompanies);
	a->categories = keep_list(e, a->categories, a->ncategories);
	a->url = keep(e, a->url);
	a->lang = keep(e, a->lang);
	a->source = keep(e, a->source);
	a->ref = keep(e, a->ref);
	a->origin = keep(e, a->origin);
	keep_takes(e, a);
}

static void keep_piece(struct event *e, const struct piece *piece)
{
	struct piece *p = &e->piece;

	*p = *piece;
	p->origin = keep(e, p->origin);
	p->input = keep(e, p->input);
	p->name = keep(e, p->name);
	p->url = keep(e, p->url);
	p->type = keep(e, p->type);
	p->bytes = p->bytes ? arena_dup(&e->arena, p->bytes, p->nbytes) : NULL;
	e->size += p->nbytes;
}

static size_t length(const char *s)
{
	return s ? strlen(s) : 0;
}

/* About as much as the copies of an article and of where it stands need. */
static size_t room_for(const struct pdx_article *a, const struct piece *p)
{
	size_t strings = 16 + a->ncompanies + a->ncategories + 3 * a->ntakes;
	size_t n = strings * STRING_BYTES + length(a->title) + length(a->summary) +
		   length(a->body) + length(a->url) + length(p->origin) +
		   length(p->input) + (p->bytes ? p->nbytes : 0);

	for (size_t i = 0; i < a->ntakes; i++)
		n += length(a->takes[i].persona) + length(a->takes[i].perspective) +
		     length(a->takes[i].text);
	return n;
}

struct event *event_article(const struct pdx_article *article,
			    const struct piece *piece)
{
	struct event *e = event_new(EVENT_ARTICLE);

	if (!e)
		return NULL;
	arena_expect(&e->arena, room_for(article, piece));
	keep_article(e, article);
	keep_piece(e, piece);
	return e;
}

struct event *event_reject(const struct piece *piece, const char *reason)
{
	struct event *e = event_new(EVENT_REJECT);

	if (!e)
		return NULL;
	keep_piece(e, piece);
	e->text = keep(e, reason);
	return e;
}

struct event *event_warn(const char *origin, const char *message)
{
	struct event *e = event_new(EVENT_WARN);

	if (!e)
		return NULL;
	e->origin = keep(e, origin);
	e->text = keep(e, message);
	return e;
}
