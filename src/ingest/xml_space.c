/* The addresses of namespaces, and the prefixes that they usually have. */
#include <string.h>

#include "ingest/xml_space.h"

static const struct {
	const char *uri, *prefix; /* that is usual; NULL: none */
	enum xml_space space;
} spaces[] = {
	{ "http://www.w3.org/2005/Atom", "atom", SPACE_ATOM },
	{ "http://purl.org/atom/ns#", NULL, SPACE_ATOM },
	{ "http://purl.org/rss/1.0/modules/content/", "content", SPACE_CONTENT },
	{ "http://purl.org/rss/1.0/", "rss", SPACE_RSS },
	{ "http://my.netscape.com/rdf/simple/0.9/", NULL, SPACE_RSS },
	{ "http://channel.netscape.com/rdf/simple/0.9/", NULL, SPACE_RSS },
	{ "http://backend.userland.com/rss2", NULL, SPACE_RSS },
	{ "http://blogs.law.harvard.edu/tech/rss", NULL, SPACE_RSS },
	{ "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf", SPACE_RDF },
	{ "http://purl.org/dc/elements/1.1/", "dc", SPACE_DC },
	{ "http://purl.org/dc/elements/1.0/", NULL, SPACE_DC },
	{ "http://purl.org/dc/terms/", "dcterms", SPACE_DC },
	{ "http://search.yahoo.com/mrss/", "media", SPACE_MEDIA },
	{ "http://search.yahoo.com/mrss", NULL, SPACE_MEDIA },
	{ "http://www.w3.org/1999/xhtml", "xhtml", SPACE_XHTML },
	{ "http://www.w3.org/XML/1998/namespace", "xml", SPACE_XML },
};

#define SPACES (sizeof(spaces) / sizeof(spaces[0]))

enum xml_space xml_space_of(const char *uri)
{
	for (size_t i = 0; i < SPACES; i++) {
		if (strcmp(spaces[i].uri, uri) == 0)
			return spaces[i].space;
	}
	return *uri ? SPACE_OTHER : SPACE_RSS;
}

enum xml_space xml_space_usual(const char *prefix, size_t len)
{
	for (size_t i = 0; len > 0 && i < SPACES; i++) {
		const char *usual = spaces[i].prefix;

		if (usual && strlen(usual) == len && memcmp(usual, prefix, len) == 0)
			return spaces[i].space;
	}
	return len > 0 ? SPACE_OTHER : SPACE_RSS;
}
