/*
 * Vocabularies: what the keys of a record mean, for those who write records.  One table
 * for each.
 */
#ifndef INGEST_RECORD_KEYS_H
#define INGEST_RECORD_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "paneldex.h"

enum record_kind_of_value {
	VALUE_LINE,
	VALUE_BLOCK,
	VALUE_HTML, /* a block */
	VALUE_LINK, /* a line; one that names no host is the article's own identifier */
	VALUE_COMPANIES,
	VALUE_CATEGORIES,
	VALUE_DATE,
	VALUE_TAKES,
	VALUE_IDENT, /* a string or a number */
	VALUE_ID,    /* after all others: its meaning depends on them */
	VALUE_UNREAD /* known, and nothing that an article has */
};

/*
 * Rows are read in this order, and a later row for the same field counts only where
 * the field is still empty; lists are joined.
 */
struct record_key {
	const char *name;
	enum record_kind_of_value kind;
	size_t field; /* offset of a string in struct pdx_article or struct pdx_take */
};

struct vocabulary {
	const struct record_key *keys;
	size_t n;
	enum pdx_provenance from;
	/*
	 * Several keys for one thing may say different things, and the first counts;
	 * else that is reported.
	 */
	bool alternatives;
};

/* paneldex.article/1, and a few names that other people use for the same. */
extern const struct vocabulary vocabulary_article;

/* The items of a JSON Feed, 1.0 and 1.1. */
extern const struct vocabulary vocabulary_json_feed;

/* The front matter of Hugo and Jekyll, keys in lower case, with "body" and "takes". */
extern const struct vocabulary vocabulary_front_matter;

/* The objects in "takes". */
extern const struct vocabulary vocabulary_take;

/* Whether ${name} is a key of vocabulary_article without which there is no article. */
bool vocabulary_is_text(const char *name);

const struct record_key *vocabulary_find(const struct vocabulary *words,
					 const char *name);

#endif
