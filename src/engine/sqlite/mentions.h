/*
 * Which companies the articles mention.  The gazetteer is every name that an article
 * ever gave as a company's, as it was written, and every alias; a mention is the
 * company, whichever of its names stands in the text.  Title, summary and body are
 * looked at.  Takes are not: whom a panellist compares a company with is no news of it,
 * and take(...) finds the words.
 *
 * Names become known one after another, and each is looked for in all articles: those
 * that come later are scanned with it, and at the commit those before, which the
 * full-text index finds by its words, are scanned again.  So what an article mentions
 * depends on the names in the index alone, not on the order of anything.  A name stays
 * known when the article that brought it changes; a removed alias does not.
 */
#ifndef ENGINE_SQLITE_MENTIONS_H
#define ENGINE_SQLITE_MENTIONS_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"
#include "engine/sqlite/known_names.h"

struct store;
struct record;

/* Columns that are looked at: title, summary, body. */
#define MENTION_COLUMNS (1u << COLUMN_TITLE | 1u << COLUMN_SUMMARY | 1u << COLUMN_BODY)

struct mentions {
	bool loaded;
	struct known_names names;
	uint64_t first_version; /* of the names as they were loaded */
	sqlite3_stmt *know, *find;
	/* Names that articles up to row ${last_row} were not scanned with. */
	struct mentions_news {
		char *text;
		int64_t last_row;
		uint64_t version; /* of the names, with this one among them */
	} * news;
	size_t nnews, news_cap;
};

void mentions_init(struct mentions *m);
void mentions_release(struct mentions *m);

/* Forget the names and what is new among them: after a rollback. */
void mentions_forget(struct mentions *m);

/* Have the names at hand, those of new aliases too. */
int mentions_ready(struct store *s, struct pdx_err *err);

/* An article has the company ${name}: it is known from now on. */
int mentions_know(struct store *s, const char *name, struct pdx_err *err);

/*
 * Names stand for another company, or for none any more, or soon will: the aliases
 * whose key or whose company's key is ${key}.
 */
int mentions_change(struct store *s, const char *key, struct pdx_err *err);

/* A single name that is new, or stands for another company. */
int mentions_news(struct store *s, const char *name, struct pdx_err *err);

/* Article ${row} was scanned with the names of ${version}, which no later ones undid
 * (mentions_knew). */
void mentions_scanned(struct mentions *m, int64_t row, uint64_t version);

/* Whether all names of today were there in ${version}, or came one by one since. */
bool mentions_knew(const struct mentions *m, uint64_t version);

/* Bring the articles of the names that are new up to date. */
int mentions_catch_up(struct store *s, struct pdx_err *err);

#endif
