/*
 * The one analyzer: text in, index terms with positions out.  Indexing, querying,
 * highlighting and every engine use it, so what it says of a text is what the index
 * knows of it.
 *
 * A word stands at one position.  A compound (GPT-4o, node.js, e-mail, H100) is split
 * into its parts at consecutive positions, and its joined form (gpt4o, nodejs, email,
 * h100) stands, flagged TOKEN_JOINED, at the position of the first part: written any
 * way, it is found written any way.  A written form that the parts would lose (C++, C#,
 * .NET, 3.5, U.S.) is kept as a term of its own.
 */
#ifndef TEXT_ANALYZE_H
#define TEXT_ANALYZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Grows with every change that gives another token for some text. */
#define ANALYZER_VERSION 1

#define TOKEN_MAX 255 /* bytes of a term or form */

/* Separates the takes of an article in one text; a position of its own. */
#define ANALYZER_BREAK "\x1e"

enum token_flags {
	TOKEN_JOINED = 1, /* joined or kept form, beside the parts at ${pos} ... */
	TOKEN_BREAK = 2   /* ANALYZER_BREAK; matches nothing that can be typed */
};

/*
 * ${text} and ${form} are valid during the call only.  ${span} is the number of
 * positions the token covers: that of the parts for TOKEN_JOINED, else 1.
 */
struct token {
	const char *text; /* the term: folded, and stemmed where it is a plain word */
	size_t len;
	const char *form; /* folded, not stemmed */
	size_t formlen;
	size_t start, end; /* byte range in the analyzed text */
	uint32_t pos;      /* from 0 */
	uint32_t span;
	unsigned flags;
	/* Its entry in the lexicon that the analyzer uses, where that is known already;
	 * else NULL. */
	struct lexicon_form *word;
};

struct analyzer;
struct lexicon;

/*
 * A new analyzer for a Snowball language ("english", "german", ...) or "none" for no
 * stemming, owned by the caller.  PDX_E_USAGE: no such language; the message names
 * those that there are.
 */
int analyzer_new(struct analyzer **out, const char *language, struct pdx_err *err);
void analyzer_free(struct analyzer *a);

const char *analyzer_language(const struct analyzer *a);

/*
 * Have plain words looked up in ${lexicon}, which knows their stems; NULL: in none.  It
 * must have words of this analyzer's language only, and live until it is replaced.
 */
void analyzer_use(struct analyzer *a, struct lexicon *lexicon);

/*
 * Call ${emit} for each token of ${len} bytes of ${text}, in order of position, the
 * joined form of a compound right after its first part.  A nonzero return of ${emit}
 * ends the analysis and is returned.  Otherwise 0, or PDX_E_NOMEM.  Any bytes will do:
 * ill-formed UTF-8 and controls separate words.  ${emit} must not use ${a}.
 */
int analyzer_run(struct analyzer *a, const char *text, size_t len,
		 int (*emit)(void *ctx, const struct token *token), void *ctx);

/*
 * The same for one who looks for terms that begin with a byte in ${wanted}: other plain
 * words may come unstemmed.
 */
int analyzer_run_for(struct analyzer *a, const bool wanted[256], const char *text,
		     size_t len, int (*emit)(void *ctx, const struct token *token),
		     void *ctx);

/*
 * Fold ${len} bytes to the form in which dictionary values are compared: NFKC, case
 * fold, no marks, and everything but letters and digits gone ("Hugging-Face" and
 * "HuggingFace" are equal).  A value of symbols only is folded but kept.  Appends to
 * ${out}.
 */
struct buf;
void fold_key(struct buf *out, const char *text, size_t len);

/*
 * Fold ${len} bytes as the analyzer folds a word (NFKC, case fold, marks stripped,
 * U+2019 to an apostrophe), keeping every other character.  Appends to ${out}.
 */
void fold_text(struct buf *out, const char *text, size_t len);

#endif
