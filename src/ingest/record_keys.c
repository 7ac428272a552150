/* The tables of keys.  What is done with a value is record.c's business. */
#include "ingest/record_keys.h"

#include <string.h>

#define ARTICLE(member) offsetof(struct pdx_article, member)
#define TAKE(member) offsetof(struct pdx_take, member)
#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static const struct record_key article_keys[] = {
	{ "title", VALUE_LINE, ARTICLE(title) },
	{ "summary", VALUE_BLOCK, ARTICLE(summary) },
	{ "body", VALUE_BLOCK, ARTICLE(body) },
	{ "text", VALUE_BLOCK, ARTICLE(body) },
	{ "date", VALUE_DATE, 0 },
	{ "company", VALUE_COMPANIES, 0 },
	{ "companies", VALUE_COMPANIES, 0 },
	{ "category", VALUE_CATEGORIES, 0 },
	{ "categories", VALUE_CATEGORIES, 0 },
	{ "url", VALUE_LINE, ARTICLE(url) },
	{ "lang", VALUE_LINE, ARTICLE(lang) },
	{ "source", VALUE_LINE, ARTICLE(source) },
	{ "ref", VALUE_IDENT, ARTICLE(ref) },
	{ "takes", VALUE_TAKES, 0 },
	{ "id", VALUE_ID, 0 },
	{ "schema", VALUE_UNREAD, 0 },
	{ "origin", VALUE_UNREAD, 0 },
	{ "added", VALUE_UNREAD, 0 },
	{ "bookmarked", VALUE_UNREAD, 0 },
	{ "provenance", VALUE_UNREAD, 0 },
	{ "mentions", VALUE_UNREAD, 0 },
};

static const struct record_key json_feed_keys[] = {
	{ "title", VALUE_LINE, ARTICLE(title) },
	{ "summary", VALUE_BLOCK, ARTICLE(summary) },
	{ "content_html", VALUE_HTML, ARTICLE(body) },
	{ "content_text", VALUE_BLOCK, ARTICLE(body) },
	{ "date_published", VALUE_DATE, 0 },
	{ "date_modified", VALUE_DATE, 0 },
	{ "tags", VALUE_CATEGORIES, 0 },
	{ "url", VALUE_LINK, 0 },
	{ "external_url", VALUE_LINK, 0 },
	{ "language", VALUE_LINE, ARTICLE(lang) },
	{ "id", VALUE_IDENT, ARTICLE(ref) },
	{ "author", VALUE_UNREAD, 0 },
	{ "authors", VALUE_UNREAD, 0 },
	{ "image", VALUE_UNREAD, 0 },
	{ "banner_image", VALUE_UNREAD, 0 },
	{ "attachments", VALUE_UNREAD, 0 },
};

static const struct record_key front_matter_keys[] = {
	{ "title", VALUE_LINE, ARTICLE(title) },
	{ "body", VALUE_BLOCK, ARTICLE(body) },
	{ "takes", VALUE_TAKES, 0 },
	{ "summary", VALUE_BLOCK, ARTICLE(summary) },
	{ "description", VALUE_BLOCK, ARTICLE(summary) },
	{ "excerpt", VALUE_BLOCK, ARTICLE(summary) },
	{ "date", VALUE_DATE, 0 },
	{ "publishdate", VALUE_DATE, 0 },
	{ "pubdate", VALUE_DATE, 0 },
	{ "lastmod", VALUE_DATE, 0 },
	{ "last_modified_at", VALUE_DATE, 0 },
	{ "updated", VALUE_DATE, 0 },
	{ "company", VALUE_COMPANIES, 0 },
	{ "companies", VALUE_COMPANIES, 0 },
	{ "category", VALUE_CATEGORIES, 0 },
	{ "categories", VALUE_CATEGORIES, 0 },
	{ "tags", VALUE_CATEGORIES, 0 },
	{ "canonical", VALUE_LINK, 0 },
	{ "canonical_url", VALUE_LINK, 0 },
	{ "canonicalurl", VALUE_LINK, 0 },
	{ "url", VALUE_LINK, 0 },
	{ "permalink", VALUE_LINK, 0 },
	{ "lang", VALUE_LINE, ARTICLE(lang) },
	{ "language", VALUE_LINE, ARTICLE(lang) },
	{ "locale", VALUE_LINE, ARTICLE(lang) },
	{ "source", VALUE_LINE, ARTICLE(source) },
	{ "ref", VALUE_IDENT, ARTICLE(ref) },
	{ "id", VALUE_IDENT, ARTICLE(ref) },
	{ "slug", VALUE_IDENT, ARTICLE(ref) },
	/* how the site shows it */
	{ "author", VALUE_UNREAD, 0 },
	{ "authors", VALUE_UNREAD, 0 },
	{ "draft", VALUE_UNREAD, 0 },
	{ "published", VALUE_UNREAD, 0 },
	{ "layout", VALUE_UNREAD, 0 },
	{ "type", VALUE_UNREAD, 0 },
	{ "weight", VALUE_UNREAD, 0 },
	{ "aliases", VALUE_UNREAD, 0 },
	{ "image", VALUE_UNREAD, 0 },
	{ "images", VALUE_UNREAD, 0 },
	{ "cover", VALUE_UNREAD, 0 },
	{ "toc", VALUE_UNREAD, 0 },
	{ "comments", VALUE_UNREAD, 0 },
	{ "featured", VALUE_UNREAD, 0 },
};

static const struct record_key take_keys[] = {
	{ "persona", VALUE_LINE, TAKE(persona) },
	{ "who", VALUE_LINE, TAKE(persona) },
	{ "name", VALUE_LINE, TAKE(persona) },
	{ "perspective", VALUE_LINE, TAKE(perspective) },
	{ "text", VALUE_BLOCK, TAKE(text) },
	{ "n", VALUE_UNREAD, 0 },
};

const struct vocabulary vocabulary_article = {
	.keys = article_keys,
	.n = ROWS(article_keys),
	.from = PDX_FROM_RECORD,
};

const struct vocabulary vocabulary_json_feed = {
	.keys = json_feed_keys,
	.n = ROWS(json_feed_keys),
	.from = PDX_FROM_FEED,
	.alternatives = true,
};

const struct vocabulary vocabulary_front_matter = {
	.keys = front_matter_keys,
	.n = ROWS(front_matter_keys),
	.from = PDX_FROM_FRONT_MATTER,
	.alternatives = true,
};

const struct vocabulary vocabulary_take = {
	.keys = take_keys,
	.n = ROWS(take_keys),
	.from = PDX_FROM_RECORD,
};

const struct record_key *vocabulary_find(const struct vocabulary *words,
					 const char *name)
{
	for (size_t i = 0; i < words->n; i++) {
		if (strcmp(words->keys[i].name, name) == 0)
			return &words->keys[i];
	}
	return NULL;
}

bool vocabulary_is_text(const char *name)
{
	const struct record_key *key = vocabulary_find(&vocabulary_article, name);

	return key && key->kind <= VALUE_HTML &&
	       (key->field == ARTICLE(title) || key->field == ARTICLE(body));
}
