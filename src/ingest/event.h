/*
 * What a reading thread has found, in memory of its own, for the thread that hands it
 * on (jobs.c).
 */
#ifndef INGEST_EVENT_H
#define INGEST_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ingest/identity.h"
#include "ingest/intake.h"

enum event_kind {
	EVENT_BEGIN,
	EVENT_ARTICLE,
	EVENT_REJECT,
	EVENT_WARN,
	EVENT_KNOWN, /* a question; the worker owns the event and waits */
	EVENT_END
};

/* What is still to be done before an event is handed on. */
enum event_state {
	EVENT_READY, /* nothing */
	EVENT_RAW,   /* an article that is to be made ready, or will do as it is */
	EVENT_TAKEN  /* one that a worker makes ready */
};

struct event {
	struct event *next;
	enum event_kind kind;
	size_t read; /* bytes of the input since the event before */
	size_t size; /* of memory, about */
	struct arena arena;
	struct pdx_article article;
	struct piece piece;
	const char *origin, *text; /* reason, warning, or what may be known */
	const char *field;
	size_t len;
	bool taken, known, answered;
	enum event_state state;
	struct event *next_raw;
	struct ahead ahead; /* key 0: nothing was worked out */
	int status;         /* of the end, or of making ready */
	struct pdx_err err;
};

/* Each returns NULL where memory is out, or an event whose arena has failed. */
struct event *event_new(enum event_kind kind);
struct event *event_article(const struct pdx_article *article,
			    const struct piece *piece);
struct event *event_reject(const struct piece *piece, const char *reason);
struct event *event_warn(const char *origin, const char *message);
void event_free(struct event *e); /* accepts NULL */

#endif
