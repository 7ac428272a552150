/*
 * From JSON-LD to the few things of an article.  Knows the shapes in which schema.org's
 * terms are written, not what a page makes of them.
 */
#include "ingest/json_ld.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"

#define LEVELS                                                                         \
	8 /* a graph in an array in a graph; what is deeper is no page's article */

struct reading {
	struct json_ld *out;
	struct arena *arena;
	const json_t *root;
	bool failed;
};

/* What a type says: how surely it is the article of the page. */
static const struct {
	const char *type;
	unsigned rank;
} types[] = {
	{ "NewsArticle", 40 },
	{ "ReportageNewsArticle", 40 },
	{ "AnalysisNewsArticle", 40 },
	{ "OpinionNewsArticle", 40 },
	{ "BackgroundNewsArticle", 40 },
	{ "ReviewNewsArticle", 40 },
	{ "LiveBlogPosting", 40 },
	{ "BlogPosting", 40 },
	{ "Article", 30 },
	{ "TechArticle", 30 },
	{ "ScholarlyArticle", 30 },
	{ "MedicalScholarlyArticle", 30 },
	{ "AdvertiserContentArticle", 30 },
	{ "SatiricalArticle", 30 },
	{ "Report", 30 },
	{ "SocialMediaPosting", 20 },
	{ "DiscussionForumPosting", 20 },
	{ "Review", 20 },
};

/* "NewsArticle", also as "https://schema.org/NewsArticle". */
static unsigned rank_of_type(const char *type)
{
	const char *slash = strrchr(type, '/'), *colon = strrchr(type, ':');

	if (slash)
		type = slash + 1;
	else if (colon)
		type = colon + 1;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcasecmp(type, types[i].type) == 0)
			return types[i].rank;
	}
	return 0;
}

static unsigned type_rank(const json_t *node)
{
	const json_t *type = json_object_get(node, "@type"), *item;
	unsigned rank = 0, r;
	size_t i;

	if (json_is_string(type))
		return rank_of_type(json_string_value(type));
	json_array_foreach(type, i, item)
	{
		r = json_is_string(item) ? rank_of_type(json_string_value(item)) : 0;
		if (r > rank)
			rank = r;
	}
	return rank;
}

/* A string, or the first one of an array. */
static const json_t *first_of(const json_t *value)
{
	while (json_is_array(value) && json_array_size(value) > 0)
		value = json_array_get(value, 0);
	return value;
}

static const char *keep(struct reading *r, const json_t *value)
{
	const char *s;

	value = first_of(value);
	if (!json_is_string(value) || json_string_length(value) == 0)
		return NULL;
	s = arena_dup(r->arena, json_string_value(value), json_string_length(value));
	r->failed = r->failed || !s;
	return s;
}

static const char *text_of(struct reading *r, const json_t *node, const char *key)
{
	return keep(r, json_object_get(node, key));
}

/* The node that has ${id} as its "@id" among those around. */
static const json_t *find_id(const json_t *node, const char *id, unsigned level)
{
	const json_t *own, *item, *found = NULL;
	size_t i;

	if (level == 0)
		return NULL;
	json_array_foreach(node, i, item)
	{
		found = find_id(item, id, level - 1);
		if (found)
			return found;
	}
	own = json_object_get(node, "@id");
	if (json_is_string(own) && strcmp(json_string_value(own), id) == 0 &&
	    json_object_size(node) > 1)
		return node;
	return json_is_object(node)
		       ? find_id(json_object_get(node, "@graph"), id, level - 1)
		       : NULL;
}

/* A name, a node with a name, or a reference to such a node. */
static const char *name_of(struct reading *r, const json_t *value)
{
	const json_t *id;

	value = first_of(value);
	if (!json_is_object(value))
		return keep(r, value);
	id = json_object_get(value, "@id");
	if (!json_object_get(value, "name") && json_is_string(id))
		value = find_id(r->root, json_string_value(id), LEVELS);
	return value ? text_of(r, value, "name") : NULL;
}

static const char *url_of(struct reading *r, const json_t *node)
{
	const json_t *value = first_of(json_object_get(node, "mainEntityOfPage"));
	const char *url = text_of(r, node, "url");

	if (url)
		return url;
	if (json_is_object(value))
		value = json_object_get(value, "@id");
	return keep(r, value);
}

static void read_sections(struct json_ld *out, struct reading *r, const json_t *value)
{
	const json_t *item;
	size_t i;

	if (json_is_string(value)) {
		out->sections[0] = keep(r, value);
		out->nsections = out->sections[0] ? 1 : 0;
	}
	json_array_foreach(value, i, item)
	{
		const char *s =
			out->nsections < JSON_LD_CATEGORIES ? keep(r, item) : NULL;

		if (s)
			out->sections[out->nsections++] = s;
	}
}

static const char *read_keywords(struct reading *r, const json_t *value)
{
	struct buf list = { 0 };
	const json_t *item;
	const char *s = NULL;
	size_t i;

	if (json_is_string(value))
		return keep(r, value);
	json_array_foreach(value, i, item)
	{
		if (json_is_string(item))
			buf_printf(&list, "%s%s", list.len > 0 ? "," : "",
				   json_string_value(item));
	}
	if (list.len > 0)
		s = arena_dup(r->arena, buf_str(&list), list.len);
	r->failed = r->failed || !buf_ok(&list) || (list.len > 0 && !s);
	buf_release(&list);
	return s;
}

static void read_article(struct reading *r, const json_t *node, unsigned rank)
{
	struct json_ld a = { 0 };

	a.headline = text_of(r, node, "headline");
	a.name = text_of(r, node, "name");
	a.date = text_of(r, node, "datePublished");
	rank += a.headline || a.name ? 4 : 0;
	rank += a.date ? 2 : 0;
	a.body = text_of(r, node, "articleBody");
	rank += a.body ? 1 : 0;
	if (rank <= r->out->rank)
		return;
	a.rank = rank;
	if (!a.date)
		a.date = text_of(r, node, "dateCreated");
	a.description = text_of(r, node, "description");
	a.url = url_of(r, node);
	a.lang = name_of(r, json_object_get(node, "inLanguage"));
	a.publisher = name_of(r, json_object_get(node, "publisher"));
	read_sections(&a, r, json_object_get(node, "articleSection"));
	a.keywords = read_keywords(r, json_object_get(node, "keywords"));
	*r->out = a;
}

static void read_node(struct reading *r, const json_t *node, unsigned level)
{
	static const char *const inside[] = { "@graph", "mainEntity",
					      "mainEntityOfPage" };
	const json_t *item;
	unsigned rank;
	size_t i;

	if (level == 0)
		return;
	json_array_foreach(node, i, item) read_node(r, item, level - 1);
	if (!json_is_object(node))
		return;
	rank = type_rank(node);
	if (rank > 0) {
		read_article(r, node, rank);
		return;
	}
	for (i = 0; i < sizeof(inside) / sizeof(inside[0]); i++)
		read_node(r, json_object_get(node, inside[i]), level - 1);
}

/* NULL with *nomem set where memory is out. */
static json_t *load(const char *s, size_t len, bool *nomem)
{
	json_error_t e;
	json_t *root = json_loadb(s, len, JSON_ALLOW_NUL, &e);

	*nomem = !root && json_error_code(&e) == json_error_out_of_memory;
	return root;
}

static json_t *load_repaired(const char *s, size_t len, bool *nomem)
{
	struct buf repaired = { 0 };
	json_t *root = NULL;

	json_ld_repair(&repaired, s, len);
	*nomem = !buf_ok(&repaired);
	if (!*nomem)
		root = load(buf_str(&repaired), repaired.len, nomem);
	buf_release(&repaired);
	return root;
}

int json_ld_read(struct json_ld *out, struct arena *arena, const char *s, size_t len)
{
	struct reading r = { .out = out, .arena = arena };
	enum json_ld_result result = JSON_LD_READ;
	bool nomem;
	json_t *root;

	if (len > JSON_LD_MAX)
		return JSON_LD_LONG;
	root = load(s, len, &nomem);
	if (!root && !nomem) {
		result = JSON_LD_REPAIRED;
		root = load_repaired(s, len, &nomem);
	}
	if (nomem)
		return PDX_E_NOMEM;
	if (!root)
		return JSON_LD_BROKEN;
	r.root = root;
	read_node(&r, root, LEVELS);
	json_decref(root);
	return r.failed ? PDX_E_NOMEM : (int)result;
}
