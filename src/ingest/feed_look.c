/* A first look at a document: what its prolog leads to. */
#include "ingest/feed_look.h"

#include <string.h>

#include "ingest/clean.h"

static bool is_root(const char *name, size_t len)
{
	static const char *const roots[] = { "rss", "RDF", "feed" };
	const char *colon = memchr(name, ':', len);

	if (colon) {
		len -= (size_t)(colon + 1 - name);
		name = colon + 1;
	}
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		if (len == strlen(roots[i]) && memcmp(name, roots[i], len) == 0)
			return true;
	}
	return false;
}

struct prolog {
	const char *p, *end;
};

static bool begins(const struct prolog *at, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(at->end - at->p) >= n && memcmp(at->p, word, n) == 0;
}

/* Go behind ${mark}; false where it does not come. */
static bool pass_to(struct prolog *at, const char *mark)
{
	for (; at->p < at->end; at->p++) {
		if (begins(at, mark)) {
			at->p += strlen(mark);
			return true;
		}
	}
	return false;
}

/* The name that stands next. */
static bool names_root(const struct prolog *at)
{
	size_t n = 0;

	while (at->p + n < at->end && !strchr(" \t\r\n/>[", at->p[n]))
		n++;
	return is_root(at->p, n);
}

bool feed_look(const char *s, size_t len)
{
	static const char doctype[] = "<!DOCTYPE ";
	struct prolog at = { s, s + len };
	size_t blank;

	for (;;) {
		while ((blank = clean_blank(at.p, (size_t)(at.end - at.p))) > 0)
			at.p += blank;
		if (begins(&at, doctype)) {
			at.p += sizeof(doctype) - 1;
			return names_root(&at);
		}
		if (begins(&at, "<!--") ? !pass_to(&at, "-->")
					: !begins(&at, "<?") || !pass_to(&at, "?>"))
			break;
	}
	if (!begins(&at, "<"))
		return false;
	at.p++;
	return names_root(&at);
}
