/*
 * The FTS5 tokenizer and token streams.  Knows FTS5's tokenizer interface and our
 * analyzer; nothing of tables or queries.
 */
#include "engine/sqlite/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/fts5.h"

void article_tokens_release(struct article_tokens *t)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		buf_release(&t->column[column].bytes);
	free(t->take_starts);
	memset(t, 0, sizeof(*t));
}

void article_tokens_reset(struct article_tokens *t)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		buf_reset(&t->column[column].bytes);
		t->column[column].positions = 0;
		t->column[column].words = 0;
	}
	t->ntakes = 0;
}

struct adding {
	struct article_tokens *tokens;
	int column;
	int (*seen)(void *ctx, const struct token *token);
	void *ctx;
};

static bool begin_take(struct article_tokens *t, uint32_t position)
{
	if (!mem_grow(&t->take_starts, &t->cap, t->ntakes + 1, sizeof(*t->take_starts)))
		return false;
	t->take_starts[t->ntakes++] = position;
	return true;
}

static int add_token(void *ctx, const struct token *token)
{
	struct adding *a = ctx;
	struct token_stream *s = &a->tokens->column[a->column];
	bool beside = token->flags & TOKEN_JOINED;

	buf_putc(&s->bytes, beside ? 1 : 0);
	buf_putc(&s->bytes, (char)token->len);
	buf_put(&s->bytes, token->text, token->len);
	if (!buf_ok(&s->bytes))
		return PDX_E_NOMEM;
	s->positions = token->pos + 1;
	if (token->flags & TOKEN_BREAK)
		return begin_take(a->tokens, token->pos + 1) ? 0 : PDX_E_NOMEM;
	s->words += !beside;
	return a->seen ? a->seen(a->ctx, token) : 0;
}

int article_tokens_add(struct article_tokens *t, struct analyzer *analyzer, int column,
		       const char *text, size_t len,
		       int (*seen)(void *ctx, const struct token *token), void *ctx,
		       struct pdx_err *err)
{
	struct adding a = { t, column, seen, ctx };
	int status;

	if (column == COLUMN_TAKES && len && !begin_take(t, 0))
		return err_nomem(err);
	status = analyzer_run(analyzer, text, len, add_token, &a);
	return status == PDX_E_NOMEM ? err_nomem(err) : status;
}

static const char column_texts[TEXT_COLUMNS][2] = { "0", "1", "2", "3" };

const char *tokenizer_column_text(int column)
{
	return column_texts[column];
}

/* The streams were made by add_token(): their lengths hold. */
static int replay(const struct token_stream *s, void *ctx, token_callback callback)
{
	const char *p = s->bytes.data, *end = p + s->bytes.len;
	int rc = SQLITE_OK;

	while (p < end && rc == SQLITE_OK) {
		int flags = p[0] ? FTS5_TOKEN_COLOCATED : 0;
		int len = (unsigned char)p[1];

		rc = callback(ctx, flags, p + 2, len, 0, 0);
		p += 2 + len;
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
		return replay(&t->replay->column[text[0] - '0'], ctx, callback);
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
