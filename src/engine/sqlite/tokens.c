/*
 * The FTS5 tokenizer and token streams.  Knows FTS5's tokenizer interface and our
 * analyzer; nothing of tables or queries.
 */
#include "engine/sqlite/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/doclist.h"
#include "engine/sqlite/fts5.h"

void article_tokens_release(struct article_tokens *t)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		free(t->column[column].v);
	free(t->terms);
	free(t->positions);
	free(t->forms);
	free(t->take_starts);
	lexicon_drop(t->lexicon);
	memset(t, 0, sizeof(*t));
}

void article_tokens_reset(struct article_tokens *t)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		t->column[column].n = 0;
		t->column[column].positions = 0;
		t->column[column].words = 0;
	}
	t->nterms = t->nforms = t->ntakes = 0;
	memset(&t->breaks, 0, sizeof(t->breaks));
	lexicon_drop(t->lexicon);
	t->lexicon = NULL;
}

/* The most bytes that the difference of two positions of the article can take. */
static uint32_t difference_most(const struct article_tokens *t)
{
	uint8_t bytes[FTS5_VARINT_MAX];
	uint64_t most = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		if (t->column[column].positions > most)
			most = t->column[column].positions;
	return (uint32_t)fts5_varint_put(bytes, most + FIRST_POSITION);
}

/* The most that the position list of ${term} can take. */
static uint32_t positions_most(const struct article_term *term, uint32_t difference)
{
	uint32_t n = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		if (term->counts[column])
			n += COLUMN_MARK_BYTES + term->counts[column] * difference;
	return n;
}

/* Lists stand where the longest that is possible would: what is free between them is
 * never touched. */
static bool invert_begin(struct article_tokens *t, struct inverter *in)
{
	uint32_t difference = difference_most(t);
	size_t at = 0, i;

	for (i = 0; i <= t->nterms; i++) {
		struct article_term *term = i < t->nterms ? &t->terms[i] : &t->breaks;

		term->positions_at = (uint32_t)at;
		at += positions_most(term, difference);
	}
	if (at > UINT32_MAX ||
	    !mem_grow(&t->positions, &t->positions_cap, at + POSITIONS_SLACK, 1) ||
	    !mem_grow(&in->lists, &in->cap, t->nterms + 1, sizeof(*in->lists)))
		return false;
	for (i = 0; i <= t->nterms; i++) {
		struct article_term *term = i < t->nterms ? &t->terms[i] : &t->breaks;

		in->lists[i] = (struct position_list){ .at = t->positions +
							      term->positions_at };
	}
	return true;
}

static void invert_column(struct article_tokens *t, struct inverter *in, uint32_t column)
{
	const struct token_stream *s = &t->column[column];
	uint32_t positions = 0;
	size_t i;

	for (i = 0; i < s->n; i++) {
		uint32_t place = s->v[i] >> 1;

		/* A token beside another has its position; the first has nothing to be
		 * beside. */
		positions += !(s->v[i] & 1) || !positions;
		position_list_add(&in->lists[place == TOKENS_BREAK ? t->nterms : place],
				  column, positions - 1);
	}
}

void inverter_release(struct inverter *in)
{
	free(in->lists);
	memset(in, 0, sizeof(*in));
}

bool article_tokens_invert(struct article_tokens *t, struct inverter *in)
{
	uint32_t column;
	size_t i;

	if (!invert_begin(t, in))
		return false;
	for (column = 0; column < TEXT_COLUMNS; column++)
		invert_column(t, in, column);
	for (i = 0; i <= t->nterms; i++) {
		struct article_term *term = i < t->nterms ? &t->terms[i] : &t->breaks;

		term->positions_len = (uint32_t)(in->lists[i].at - t->positions) -
				      term->positions_at;
	}
	return true;
}

static const char column_texts[TEXT_COLUMNS][2] = { "0", "1", "2", "3" };

const char *tokenizer_column_text(int column)
{
	return column_texts[column];
}

static int replay(const struct article_tokens *t, int column, void *ctx,
		  token_callback callback)
{
	const struct token_stream *s = &t->column[column];
	int rc = SQLITE_OK;
	size_t i;

	for (i = 0; i < s->n && rc == SQLITE_OK; i++) {
		uint32_t place = s->v[i] >> 1;
		int flags = s->v[i] & 1 ? FTS5_TOKEN_COLOCATED : 0;
		const struct lexicon_term *term;

		if (place == TOKENS_BREAK) {
			rc = callback(ctx, 0, ANALYZER_BREAK, 1, 0, 0);
			continue;
		}
		term = t->terms[place].term;
		rc = callback(ctx, flags, term->text, (int)term->len, 0, 0);
	}
	return rc;
}

static int verbatim(const char *text, int len, void *ctx, token_callback callback)
{
	const char *p = text, *end = text + len;
	int rc = SQLITE_OK;

	while (p < end && rc == SQLITE_OK) {
		const char *space = memchr(p, TOKENS_SPACE[0], (size_t)(end - p));
		const char *stop = space ? space : end;

		if (stop > p)
			rc = callback(ctx, 0, p, (int)(stop - p), (int)(p - text),
				      (int)(stop - text));
		p = stop + 1;
	}
	return rc;
}

struct passing {
	void *ctx;
	token_callback callback;
};

static int pass_token(void *ctx, const struct token *token)
{
	struct passing *p = ctx;
	int flags = token->flags & TOKEN_JOINED ? FTS5_TOKEN_COLOCATED : 0;

	return p->callback(p->ctx, flags, token->text, (int)token->len,
			   (int)token->start, (int)token->end);
}

int tokenizer_run(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text,
		  int len, token_callback callback)
{
	struct tokenizer *t = (struct tokenizer *)(void *)tokenizer;
	struct passing p = { ctx, callback };
	int rc;

	if (len == 0 || !text)
		return SQLITE_OK;
	if (flags & FTS5_TOKENIZE_QUERY && text[0] == TOKENS_VERBATIM[0])
		return verbatim(text + 1, len - 1, ctx, callback);
	if (flags & FTS5_TOKENIZE_DOCUMENT && t->replay)
		return replay(t->replay, text[0] - '0', ctx, callback);
	rc = analyzer_run(t->analyzer, text, (size_t)len, pass_token, &p);
	return rc == PDX_E_NOMEM ? SQLITE_NOMEM : rc;
}

static int create(void *context, const char **args, int nargs, Fts5Tokenizer **out)
{
	(void)args;
	(void)nargs;
	*out = (Fts5Tokenizer *)context;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer; /* it is the connection's, not FTS5's */
}

int tokenizer_register(sqlite3 *db, struct tokenizer *tokenizer, struct pdx_err *err)
{
	fts5_tokenizer methods = { create, destroy, tokenizer_run };
	fts5_api *api;
	int rc, status = fts5_api_of(&api, db, err);

	if (status)
		return status;
	rc = api->xCreateTokenizer(api, "paneldex", tokenizer, &methods, NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}
