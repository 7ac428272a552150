/* The elements of feeds, RSS 0.9x to 2.0 and Atom 0.3 to 1.0: what each says. */
#ifndef INGEST_FEED_KEYS_H
#define INGEST_FEED_KEYS_H

#include "ingest/xml.h"

enum feed_role {
	FEED_NOTHING,
	FEED_CHANNEL, /* the feed itself, where it is not the root */
	FEED_ENTRY,
	FEED_NEST,   /* what is in it counts as if it stood outside: media:group */
	FEED_ORIGIN, /* the feed that an entry was taken from: its title is the source
		      */
	FEED_TITLE,
	FEED_SUMMARY,
	FEED_BODY,
	FEED_DATE,
	FEED_LINK,
	FEED_CATEGORY,
	FEED_COMPANY, /* a category of the scheme "company" */
	FEED_REF,
	FEED_SOURCE,
	FEED_LANG,
	FEED_ROLES
};

/* How the text of an element is written. */
enum feed_text {
	TEXT_PLAIN,
	TEXT_MAYBE_HTML, /* where it looks like it: RSS does not say */
	TEXT_HTML,
	TEXT_ATOM, /* as the type attribute says */
	TEXT_XHTML /* the elements inside */
};

struct feed_key {
	enum xml_space space;
	const char *local;
	enum feed_role role;
	enum feed_text text;
	int rank; /* of several for one field the lowest counts */
};

/* The row of ${name}; NULL: it says nothing that an article has. */
const struct feed_key *feed_key(const struct xml_name *name);

#endif
