/* The table of elements. */
#include "ingest/feed_keys.h"

#include <string.h>

/* clang-format off */
static const struct feed_key keys[] = {
	{ SPACE_RSS, "channel", FEED_CHANNEL, TEXT_PLAIN, 0 },
	{ SPACE_RSS, "item", FEED_ENTRY, TEXT_PLAIN, 0 },
	{ SPACE_ATOM, "entry", FEED_ENTRY, TEXT_PLAIN, 0 },

	{ SPACE_RSS, "title", FEED_TITLE, TEXT_MAYBE_HTML, 1 },
	{ SPACE_ATOM, "title", FEED_TITLE, TEXT_ATOM, 1 },
	{ SPACE_DC, "title", FEED_TITLE, TEXT_PLAIN, 2 },
	{ SPACE_MEDIA, "title", FEED_TITLE, TEXT_PLAIN, 3 },

	{ SPACE_RSS, "description", FEED_SUMMARY, TEXT_MAYBE_HTML, 1 },
	{ SPACE_ATOM, "summary", FEED_SUMMARY, TEXT_ATOM, 1 },
	{ SPACE_DC, "description", FEED_SUMMARY, TEXT_MAYBE_HTML, 2 },
	{ SPACE_MEDIA, "description", FEED_SUMMARY, TEXT_MAYBE_HTML, 3 },

	{ SPACE_CONTENT, "encoded", FEED_BODY, TEXT_HTML, 1 },
	{ SPACE_ATOM, "content", FEED_BODY, TEXT_ATOM, 1 },
	{ SPACE_XHTML, "body", FEED_BODY, TEXT_XHTML, 2 },

	{ SPACE_RSS, "pubDate", FEED_DATE, TEXT_PLAIN, 1 },
	{ SPACE_ATOM, "published", FEED_DATE, TEXT_PLAIN, 1 },
	{ SPACE_ATOM, "issued", FEED_DATE, TEXT_PLAIN, 1 },
	{ SPACE_DC, "date", FEED_DATE, TEXT_PLAIN, 2 },
	{ SPACE_DC, "issued", FEED_DATE, TEXT_PLAIN, 2 },
	{ SPACE_ATOM, "created", FEED_DATE, TEXT_PLAIN, 3 },
	{ SPACE_DC, "created", FEED_DATE, TEXT_PLAIN, 3 },
	{ SPACE_ATOM, "updated", FEED_DATE, TEXT_PLAIN, 4 },
	{ SPACE_ATOM, "modified", FEED_DATE, TEXT_PLAIN, 4 },
	{ SPACE_DC, "modified", FEED_DATE, TEXT_PLAIN, 4 },

	{ SPACE_RSS, "link", FEED_LINK, TEXT_PLAIN, 1 },
	{ SPACE_ATOM, "link", FEED_LINK, TEXT_PLAIN, 2 },

	{ SPACE_RSS, "category", FEED_CATEGORY, TEXT_PLAIN, 0 },
	{ SPACE_ATOM, "category", FEED_CATEGORY, TEXT_PLAIN, 0 },
	{ SPACE_DC, "subject", FEED_CATEGORY, TEXT_PLAIN, 0 },

	{ SPACE_RSS, "guid", FEED_REF, TEXT_PLAIN, 1 },
	{ SPACE_ATOM, "id", FEED_REF, TEXT_PLAIN, 1 },
	{ SPACE_DC, "identifier", FEED_REF, TEXT_PLAIN, 2 },

	{ SPACE_RSS, "source", FEED_SOURCE, TEXT_PLAIN, 1 },
	{ SPACE_ATOM, "source", FEED_ORIGIN, TEXT_PLAIN, 0 },
	{ SPACE_RSS, "language", FEED_LANG, TEXT_PLAIN, 1 },
	{ SPACE_DC, "language", FEED_LANG, TEXT_PLAIN, 1 },

	{ SPACE_MEDIA, "group", FEED_NEST, TEXT_PLAIN, 0 },
	{ SPACE_MEDIA, "content", FEED_NEST, TEXT_PLAIN, 0 },
};
/* clang-format on */

const struct feed_key *feed_key(const struct xml_name *name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (keys[i].space == name->space &&
		    strcmp(keys[i].local, name->local) == 0)
			return &keys[i];
	}
	return NULL;
}
