/*
 * The only place that knows libstemmer.  Snowball takes some 300 ns a word and texts
 * repeat their words, so stems are kept in a hash table.  Its memory is fixed: when it
 * is full it is emptied, which costs less than keeping count of what is used.
 */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/short.h"
#include "base/utf8.h"
#include "text/analyze.h"

#define SLOTS 65536u /* a power of two; three quarters of them are used */
#define SLOTS_USED (SLOTS / 4 * 3)
#define POOL ((size_t)1 << 20) /* 49152 entries of 16 bytes fill three quarters */
#define PROBES 16              /* so that no choice of words makes it slow */
#define CACHED_MAX 64          /* longer words are rare and no use to keep */

/* ${at} 0 is an empty slot. */
struct slot {
	uint32_t hash, at;
};

/* In the pool: length of the word, length of its stem, the word, the stem. */
enum { ENTRY_WORDLEN, ENTRY_STEMLEN, ENTRY_WORD };

struct stemmer {
	struct sb_stemmer *snowball; /* NULL: none */
	const char *language;        /* in libstemmer's list, or a literal */
	struct slot *slots;
	unsigned char *pool;
	size_t pool_used;
	unsigned used; /* slots */
};

static const char none[] = "none";

/* The name as libstemmer lists it: aliases would make one index look like two. */
static const char *find_language(const char *language)
{
	const char **names = sb_stemmer_list();

	if (strcmp(language, none) == 0)
		return none;
	for (; *names; names++) {
		if (strcmp(*names, language) == 0)
			return *names;
	}
	return NULL;
}

static int no_language(struct pdx_err *err, const char *language)
{
	struct buf names;
	int rc;

	buf_init(&names, 0);
	for (const char **name = sb_stemmer_list(); *name; name++)
		buf_printf(&names, "%s, ", *name);
	rc = err_set(err, PDX_E_USAGE,
		     "no stemmer for language \"%.40s\"; there are %snone", language,
		     buf_str(&names));
	buf_release(&names);
	return rc;
}

static void empty(struct stemmer *s)
{
	memset(s->slots, 0, SLOTS * sizeof(*s->slots));
	s->pool_used = 1; /* entry 0 would look like an empty slot */
	s->used = 0;
}

int stemmer_new(struct stemmer **out, const char *language, struct pdx_err *err)
{
	const char *name = find_language(language);
	struct stemmer *s = NULL;
	int rc = PDX_OK;

	*out = NULL;
	if (!name)
		return no_language(err, language);
	s = calloc(1, sizeof(*s));
	if (!s)
		goto nomem;
	s->language = name;
	if (name != none) {
		s->snowball = sb_stemmer_new(name, "UTF_8");
		/* Zeroed by the system: a query's few words touch few pages. */
		s->slots = calloc(SLOTS, sizeof(*s->slots));
		s->pool = malloc(POOL);
		if (!s->snowball || !s->slots || !s->pool)
			goto nomem;
		s->pool_used = 1;
	}
	*out = s;
	s = NULL;
	goto out;

nomem:
	rc = err_nomem(err);
out:
	stemmer_free(s);
	return rc;
}

void stemmer_free(struct stemmer *s)
{
	if (!s)
		return;
	free(s->pool);
	free(s->slots);
	sb_stemmer_delete(s->snowball);
	free(s);
}

const char *stemmer_language(const struct stemmer *s)
{
	return s->language;
}

bool stemmer_keeps_start(const struct stemmer *s)
{
	static const char *const languages[] = { none, "english", "porter" };

	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(s->language, languages[i]) == 0)
			return true;
	return false;
}

static int compute(const char **stem, size_t *stemlen, struct stemmer *s,
		   const char *word, size_t len)
{
	const sb_symbol *result;
	size_t n;

	result = sb_stemmer_stem(s->snowball, (const sb_symbol *)word, (int)len);
	if (!result)
		return PDX_E_NOMEM;
	n = (size_t)sb_stemmer_length(s->snowball);
	*stem = word;
	*stemlen = len;
	/* Some algorithms leave nothing of a word that is all endings, and any may be
	 * surprised by a word of another script. */
	if (n > 0 && utf8_valid((const char *)result, n)) {
		*stem = (const char *)result;
		*stemlen = utf8_cut(*stem, n, TOKEN_MAX);
	}
	return PDX_OK;
}

static void keep(struct stemmer *s, struct slot *slot, uint32_t hash, const char *word,
		 size_t len, const char *stem, size_t stemlen)
{
	unsigned char *entry = s->pool + s->pool_used;

	slot->hash = hash;
	slot->at = (uint32_t)s->pool_used;
	entry[ENTRY_WORDLEN] = (unsigned char)len;
	entry[ENTRY_STEMLEN] = (unsigned char)stemlen;
	memcpy(entry + ENTRY_WORD, word, len);
	memcpy(entry + ENTRY_WORD + len, stem, stemlen);
	s->pool_used += ENTRY_WORD + len + stemlen;
	s->used++;
}

/* The slot of the word, or the one to put it in. */
static struct slot *find_slot(const struct stemmer *s, uint32_t hash, const char *word,
			      size_t len)
{
	for (uint32_t i = 0; i < PROBES; i++) {
		struct slot *slot = &s->slots[(hash + i) & (SLOTS - 1)];
		const unsigned char *entry = s->pool + slot->at;

		if (slot->at == 0 ||
		    (slot->hash == hash && entry[ENTRY_WORDLEN] == len &&
		     memcmp(entry + ENTRY_WORD, word, len) == 0))
			return slot;
	}
	s->slots[hash & (SLOTS - 1)].at = 0;
	return &s->slots[hash & (SLOTS - 1)];
}

int stemmer_stem(const char **stem, size_t *stemlen, struct stemmer *s,
		 const char *word, size_t len)
{
	struct slot *slot;
	uint32_t hash;
	int rc;

	*stem = word;
	*stemlen = len;
	if (!s->snowball)
		return PDX_OK;
	if (len > CACHED_MAX)
		return compute(stem, stemlen, s, word, len);
	hash = (uint32_t)(short_hash(word, len) >> 32); /* PROBES bounds a bad one */
	slot = find_slot(s, hash, word, len);
	if (slot->at != 0) {
		const unsigned char *entry = s->pool + slot->at;

		*stem = (const char *)entry + ENTRY_WORD + len;
		*stemlen = entry[ENTRY_STEMLEN];
		return PDX_OK;
	}
	rc = compute(stem, stemlen, s, word, len);
	if (rc != PDX_OK)
		return rc;
	if (s->used == SLOTS_USED ||
	    POOL - s->pool_used < ENTRY_WORD + len + *stemlen) {
		empty(s);
		slot = &s->slots[hash & (SLOTS - 1)];
	}
	keep(s, slot, hash, word, len, *stem, *stemlen);
	return PDX_OK;
}
