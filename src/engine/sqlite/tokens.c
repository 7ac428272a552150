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

enum {
	TOKENS_BREAK = UINT32_MAX >> 1, /* the place of ANALYZER_BREAK in a stream */
	SMALL = POSITIONS_SLACK         /* most position lists are no longer */
};

void article_tokens_release(struct article_tokens *t)
{
	free(t->memory);
	lexicon_drop(t->lexicon);
	memset(t, 0, sizeof(*t));
}

/* ---- position lists that are read ----------------------------------------- */

struct position_reader {
	const uint8_t *at, *end;
	uint32_t column, position;
};

/* To the next position; false: there is none. */
static bool read_position(struct position_reader *r)
{
	uint64_t v;

	if (r->at == r->end)
		return false;
	if (*r->at == POSITIONS_COLUMN) {
		r->column = r->at[1];
		r->position = 0;
		r->at += COLUMN_MARK_BYTES;
	}
	r->at += fts5_varint_get(&v, r->at, (size_t)(r->end - r->at));
	r->position += (uint32_t)v - FIRST_POSITION;
	return true;
}

void article_term_counts(uint32_t counts[TEXT_COLUMNS], const struct article_term *term,
			 const uint8_t *positions)
{
	struct position_reader r = { positions, positions + term->positions_len, 0, 0 };
	bool all = true;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		counts[column] = term->counts[column];
		all = all && counts[column] < TERM_COUNT_MAX;
	}
	if (all)
		return;
	memset(counts, 0, TEXT_COLUMNS * sizeof(*counts));
	while (read_position(&r))
		counts[r.column]++;
}

/* ---- inversion ------------------------------------------------------------ */

void inverter_release(struct inverter *in)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		free(in->column[column].v);
	free(in->terms);
	free(in->positions);
	free(in->forms);
	free(in->take_starts);
	memset(in, 0, sizeof(*in));
}

void inverter_begin(struct inverter *in)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		in->column[column].n = 0;
		in->column[column].positions = in->column[column].words = 0;
		in->breaks[column] = 0;
	}
	in->nterms = in->nforms = in->ntakes = 0;
}

bool inverter_term(uint32_t *place, struct inverter *in, const struct lexicon_term *term,
		   uint32_t id)
{
	if (!mem_grow(&in->terms, &in->terms_cap, in->nterms + 2, sizeof(*in->terms)))
		return false;
	in->terms[in->nterms] = (struct inverter_term){ .term = term, .id = id };
	*place = (uint32_t)in->nterms++;
	return true;
}

static bool push(struct token_stream *s, uint32_t place, bool beside)
{
	if (!mem_grow(&s->v, &s->cap, s->n + 1, sizeof(*s->v)))
		return false;
	s->v[s->n++] = place << 1 | beside;
	return true;
}

bool inverter_token(struct inverter *in, int column, uint32_t place, bool beside)
{
	in->terms[place].counts[column]++;
	return push(&in->column[column], place, beside);
}

bool inverter_take(struct inverter *in, uint32_t position)
{
	if (!mem_grow(&in->take_starts, &in->takes_cap, in->ntakes + 1,
		      sizeof(*in->take_starts)))
		return false;
	in->take_starts[in->ntakes++] = position;
	return true;
}

bool inverter_break(struct inverter *in, int column, uint32_t position)
{
	in->breaks[column]++;
	return push(&in->column[column], TOKENS_BREAK, false) &&
	       inverter_take(in, position);
}

bool inverter_form(struct inverter *in, const struct lexicon_form *form)
{
	if (!mem_grow(&in->forms, &in->forms_cap, in->nforms + 1, sizeof(*in->forms)))
		return false;
	in->forms[in->nforms++] = form;
	return true;
}

/* The most bytes that the difference of two positions of the article can take. */
static uint32_t difference_most(const struct inverter *in)
{
	uint8_t bytes[FTS5_VARINT_MAX];
	uint64_t most = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		if (in->column[column].positions > most)
			most = in->column[column].positions;
	return (uint32_t)fts5_varint_put(bytes, most + FIRST_POSITION);
}

/* The most that the position list of ${term} can take. */
static uint32_t positions_most(const struct inverter_term *term, uint32_t difference)
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
static bool invert_begin(struct inverter *in)
{
	uint32_t difference = difference_most(in);
	struct inverter_term *breaks;
	size_t at = 0, i;

	if (!mem_grow(&in->terms, &in->terms_cap, in->nterms + 1, sizeof(*in->terms)))
		return false;
	breaks = &in->terms[in->nterms];
	*breaks = (struct inverter_term){ .term = NULL };
	memcpy(breaks->counts, in->breaks, sizeof(breaks->counts));
	for (i = 0; i <= in->nterms; i++) {
		in->terms[i].at = (uint32_t)at;
		at += positions_most(&in->terms[i], difference);
	}
	if (at > UINT32_MAX || !mem_grow(&in->positions, &in->positions_cap,
					 at + POSITIONS_SLACK, 1))
		return false;
	for (i = 0; i <= in->nterms; i++)
		in->terms[i].list =
			(struct position_list){ .at = in->positions + in->terms[i].at };
	return true;
}

static void invert_column(struct inverter *in, uint32_t column)
{
	const struct token_stream *s = &in->column[column];
	uint32_t positions = 0;
	size_t i;

	for (i = 0; i < s->n; i++) {
		uint32_t place = s->v[i] >> 1;

		/* A token beside another has its position; the first has nothing to be
		 * beside. */
		positions += !(s->v[i] & 1) || !positions;
		place = place == TOKENS_BREAK ? (uint32_t)in->nterms : place;
		position_list_add(&in->terms[place].list, column, positions - 1);
	}
}

static uint32_t list_len(const struct inverter *in, const struct inverter_term *term)
{
	return (uint32_t)(term->list.at - in->positions) - term->at;
}

/* One piece of memory for all that ${out} is to have. */
static bool have_memory(struct article_tokens *out, const struct inverter *in)
{
	size_t terms = in->nterms * sizeof(*out->terms);
	size_t forms = in->nforms * sizeof(const struct lexicon_form *);
	size_t takes = in->ntakes * sizeof(*out->take_starts);
	size_t positions = POSITIONS_SLACK, i;

	for (i = 0; i <= in->nterms; i++)
		positions += list_len(in, &in->terms[i]);
	free(out->memory);
	out->memory = malloc(terms + forms + takes + positions);
	if (!out->memory) {
		lexicon_drop(out->lexicon);
		memset(out, 0, sizeof(*out));
		return false;
	}
	out->terms = out->memory;
	out->forms = (const struct lexicon_form **)(void *)((char *)out->memory + terms);
	out->take_starts = (uint32_t *)(void *)((char *)out->forms + forms);
	out->positions = (uint8_t *)out->take_starts + takes;
	return true;
}

static void copy_terms(struct article_tokens *out, const struct inverter *in)
{
	uint8_t *at = out->positions;
	size_t i;
	int column;

	for (i = 0; i <= in->nterms; i++) {
		const struct inverter_term *from = &in->terms[i];
		const uint8_t *list = in->positions + from->at;
		uint32_t len = list_len(in, from);

		if (len <= SMALL)
			memcpy(at, list, SMALL); /* the next is written over it */
		else
			memcpy(at, list, len);
		at += len;
		if (i == in->nterms) {
			out->breaks_len = len;
			break;
		}
		out->terms[i].term = from->term;
		out->terms[i].id = from->id;
		out->terms[i].positions_len = len;
		for (column = 0; column < TEXT_COLUMNS; column++)
			out->terms[i].counts[column] =
				(uint16_t)(from->counts[column] < TERM_COUNT_MAX
						   ? from->counts[column]
						   : TERM_COUNT_MAX);
	}
}

bool inverter_end(struct article_tokens *out, struct inverter *in)
{
	uint32_t column;

	if (!invert_begin(in))
		return false;
	for (column = 0; column < TEXT_COLUMNS; column++)
		invert_column(in, column);
	if (!have_memory(out, in))
		return false;
	copy_terms(out, in);
	if (in->nforms)
		memcpy(out->forms, in->forms, in->nforms * sizeof(*in->forms));
	if (in->ntakes)
		memcpy(out->take_starts, in->take_starts,
		       in->ntakes * sizeof(*in->take_starts));
	for (column = 0; column < TEXT_COLUMNS; column++) {
		out->column[column].positions = in->column[column].positions;
		out->column[column].words = in->column[column].words;
	}
	out->nterms = in->nterms;
	out->nforms = in->nforms;
	out->ntakes = in->ntakes;
	return true;
}

/* ---- FTS5 ----------------------------------------------------------------- */

static const char column_texts[TEXT_COLUMNS][2] = { "0", "1", "2", "3" };

const char *tokenizer_column_text(int column)
{
	return column_texts[column];
}

/* A token of a column, as its term's position list has it. */
struct replayed {
	uint32_t position, place;
};

static int by_position(const void *a, const void *b)
{
	const struct replayed *x = a, *y = b;

	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* Append the tokens of ${column} that are in a position list. */
static bool replay_list(struct replayed **v, size_t *n, size_t *cap, uint32_t column,
			uint32_t place, const uint8_t *list, uint32_t len)
{
	struct position_reader r = { list, list + len, 0, 0 };

	while (read_position(&r)) {
		if (r.column != column)
			continue;
		if (!mem_grow(v, cap, *n + 1, sizeof(**v)))
			return false;
		(*v)[(*n)++] = (struct replayed){ r.position, place };
	}
	return true;
}

/* The tokens of ${column}, in order. */
static bool replay_column(struct replayed **v, size_t *n, uint32_t column,
			  const struct article_tokens *t)
{
	const uint8_t *list = t->positions;
	size_t cap = 0, i;
	bool ok = true;

	for (i = 0; i < t->nterms && ok; i++) {
		uint32_t len = t->terms[i].positions_len;

		ok = replay_list(v, n, &cap, column, (uint32_t)i, list, len);
		list += len;
	}
	ok = ok && replay_list(v, n, &cap, column, TOKENS_BREAK, list, t->breaks_len);
	if (ok && *n)
		qsort(*v, *n, sizeof(**v), by_position);
	return ok;
}

static int replay(const struct article_tokens *t, int column, void *ctx,
		  token_callback callback)
{
	struct replayed *v = NULL;
	size_t n = 0, i;
	int rc = replay_column(&v, &n, (uint32_t)column, t) ? SQLITE_OK : SQLITE_NOMEM;

	for (i = 0; i < n && rc == SQLITE_OK; i++) {
		bool beside = i && v[i].position == v[i - 1].position;
		int flags = beside ? FTS5_TOKEN_COLOCATED : 0;
		const struct lexicon_term *term;

		if (v[i].place == TOKENS_BREAK) {
			rc = callback(ctx, 0, ANALYZER_BREAK, 1, 0, 0);
			continue;
		}
		term = t->terms[v[i].place].term;
		rc = callback(ctx, flags, term->text, (int)term->len, 0, 0);
	}
	free(v);
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
