/*
 * What can be made of an article without the index: its tokens and distinct terms, its
 * sketch, what it mentions, its compressed texts.  That is most of the work of a put,
 * and several threads can do it, each with a preparer of its own.
 */
#ifndef ENGINE_SQLITE_PREPARE_H
#define ENGINE_SQLITE_PREPARE_H

#include "engine/sqlite/known_names.h"
#include "engine/sqlite/record.h"
#include "engine/sqlite/tokens.h"
#include "text/sketch.h"

/* A zeroed struct is ready. */
struct prepared {
	struct article_tokens tokens;
	struct sketch sketch;
	/* What it mentions, each once, as they first stand in it, among the names of
	 * ${names_version}. */
	uint32_t *mentions;
	size_t nmentions, mentions_cap;
	uint64_t names_version;
	struct buf texts;            /* record_pack() */
	const struct codebook *book; /* that they are packed with */
};

void prepared_release(struct prepared *p);

struct preparer {
	struct analyzer *analyzer; /* its own */
	struct known_names *names; /* shared */
	struct lexicons *lexicons; /* shared */
	struct lexicon *lexicon;   /* the one that it uses; NULL: none yet */
	struct codec *codec;       /* its own */
	struct buf column, packed;
	struct gazetteer_scan scan;
	struct inverter inverter;
	/* By number of the lexicon's terms: where the article has them. */
	struct prepare_place {
		uint32_t article, place;
	} * places;
	size_t places_cap;
	bool *given; /* by number of the lexicon's forms: it was handed on */
	size_t given_cap;
	uint32_t article; /* number of the current one, from 1 */
};

void preparer_release(struct preparer *p); /* what is its own but the analyzer */

/* Have what was handed on so far handed on again: a rollback may have lost it. */
void preparer_forget(struct preparer *p);

enum prepare_flags {
	PREPARE_MENTIONS = 1, /* find what it mentions */
	PREPARE_TEXTS = 2,    /* compress its texts */
	PREPARE_PUT = PREPARE_MENTIONS | PREPARE_TEXTS
};

/* Replace the content of ${out} with what is to be known of ${record}, whose ids are not
 * looked at. */
int preparer_run(struct prepared *out, struct preparer *p, const struct record *record,
		 unsigned flags, struct pdx_err *err);

/* Find only what it mentions, or compress only its texts. */
int preparer_scan(struct prepared *out, struct preparer *p, const struct record *record,
		  struct pdx_err *err);
int preparer_pack(struct prepared *out, struct preparer *p, const struct record *record,
		  struct pdx_err *err);

#endif
