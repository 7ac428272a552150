/*
 * Articles made ready.  Knows texts and what is derived from them; no SQL and no
 * tables, and of the index only the names that are looked for.
 */
#include "engine/sqlite/prepare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/mentions.h"

void prepared_release(struct prepared *p)
{
	article_tokens_release(&p->tokens);
	free(p->mentions);
	buf_release(&p->texts);
	memset(p, 0, sizeof(*p));
}

void preparer_forget(struct preparer *p)
{
	lexicon_drop(p->lexicon);
	p->lexicon = NULL;
	free(p->places);
	p->places = NULL;
	p->places_cap = 0;
	free(p->given);
	p->given = NULL;
	p->given_cap = 0;
	p->article = 0;
}

void preparer_release(struct preparer *p)
{
	preparer_forget(p);
	buf_release(&p->column);
	buf_release(&p->packed);
	gazetteer_scan_release(&p->scan);
	inverter_release(&p->inverter);
	memset(p, 0, sizeof(*p));
}

/* One column of an article. */
struct reading {
	struct preparer *p;
	struct prepared *out;
	int column;
	bool sketched, scanned;
};

/* The place of the term of ${form} among those of the article. */
static bool place_term(uint32_t *place, struct reading *r,
		       const struct lexicon_form *form)
{
	struct preparer *p = r->p;
	size_t before = p->places_cap;
	uint32_t id = form->term_id;

	if (!mem_grow(&p->places, &p->places_cap, (size_t)id + 1,
		      sizeof(*p->places)))
		return false;
	if (p->places_cap > before)
		memset(p->places + before, 0,
		       (p->places_cap - before) * sizeof(*p->places));
	if (p->places[id].article != p->article) {
		p->places[id].article = p->article;
		if (!inverter_term(&p->places[id].place, &p->inverter, form->term, id))
			return false;
	}
	*place = p->places[id].place;
	return true;
}

/* Each worker hands on the forms that it meets: whichever article is the first to have
 * one is so for its worker too. */
static bool hand_on(struct reading *r, const struct lexicon_form *form)
{
	struct preparer *p = r->p;
	size_t before = p->given_cap;

	if (!mem_grow(&p->given, &p->given_cap, (size_t)form->id + 1,
		      sizeof(*p->given)))
		return false;
	if (p->given_cap > before)
		memset(p->given + before, 0, p->given_cap - before);
	if (p->given[form->id])
		return true;
	p->given[form->id] = inverter_form(&p->inverter, form);
	return p->given[form->id];
}

/* The form keeps the number of the word with the version of the names: both in half. */
static uint32_t name_word(struct lexicon_form *form, const struct known_names *names)
{
	uint32_t version = (uint32_t)names->version;
	uint64_t name = atomic_load_explicit(&form->name, memory_order_relaxed);

	if (name >> 32 != version) {
		name = (uint64_t)version << 32 |
		       gazetteer_word(&names->gazetteer, form->text, form->len);
		atomic_store_explicit(&form->name, name, memory_order_relaxed);
	}
	return (uint32_t)name;
}

static int see_token(void *ctx, const struct token *token)
{
	struct reading *r = ctx;
	struct inverter *in = &r->p->inverter;
	struct token_stream *s = &in->column[r->column];
	bool beside = token->flags & TOKEN_JOINED;
	struct lexicon_form *form;
	uint32_t place;

	s->positions = token->pos + 1;
	if (token->flags & TOKEN_BREAK)
		return inverter_break(in, r->column, token->pos + 1) ? 0 : PDX_E_NOMEM;
	s->words += !beside;
	form = token->word ? token->word : lexicon_get(r->p->lexicon, token);
	if (!form || !hand_on(r, form) || !place_term(&place, r, form) ||
	    !inverter_token(in, r->column, place, beside))
		return PDX_E_NOMEM;
	if (r->sketched && !beside)
		sketch_term(&r->out->sketch, form->sketch);
	return r->scanned ? gazetteer_token(&r->p->scan, token,
					    name_word(form, r->p->names))
			  : 0;
}

static int found(void *ctx, uint32_t id)
{
	struct prepared *p = ctx;
	size_t i;

	for (i = 0; i < p->nmentions; i++)
		if (p->mentions[i] == id)
			return 0;
	if (!mem_grow(&p->mentions, &p->mentions_cap, p->nmentions + 1,
		      sizeof(*p->mentions)))
		return PDX_E_NOMEM;
	p->mentions[p->nmentions++] = id;
	return 0;
}

static int read_column(struct prepared *out, struct preparer *p,
		       const struct record *record, int column, bool scanned,
		       int (*see)(void *ctx, const struct token *token))
{
	struct reading r = { .p = p, .out = out, .column = column };
	int status;

	buf_reset(&p->column);
	record_column(&p->column, record, column);
	if (!buf_ok(&p->column))
		return PDX_E_NOMEM;
	r.sketched = column != COLUMN_TAKES; /* what a panel says of it may differ */
	r.scanned = scanned && MENTION_COLUMNS & 1u << column;
	sketch_column(&out->sketch);
	if (r.scanned)
		gazetteer_begin(&p->scan, buf_str(&p->column));
	if (column == COLUMN_TAKES && p->column.len && !inverter_take(&p->inverter, 0))
		return PDX_E_NOMEM;
	status = analyzer_run(p->analyzer, buf_str(&p->column), p->column.len, see, &r);
	if (!status && r.scanned)
		status = gazetteer_end(&p->scan, &p->names->gazetteer, found, out);
	return status;
}

/* The lexicon to use, and a number for the article. */
static bool begin_article(struct preparer *p)
{
	struct lexicon *lexicon = lexicons_take(p->lexicons);

	if (!lexicon)
		return false;
	if (lexicon == p->lexicon && p->article < UINT32_MAX) {
		lexicon_drop(lexicon);
	} else {
		preparer_forget(p);
		p->lexicon = lexicon;
	}
	p->article++;
	return true;
}

int preparer_pack(struct prepared *out, struct preparer *p, const struct record *record,
		  struct pdx_err *err)
{
	int status;

	out->book = codebooks_current(p->codec->books);
	status = record_pack(&p->packed, p->codec, out->book, record, err);
	buf_release(&out->texts); /* in memory of their size: many wait */
	if (status)
		return status;
	buf_put(&out->texts, p->packed.data, p->packed.len);
	return buf_ok(&out->texts) ? 0 : err_nomem(err);
}

int preparer_run(struct prepared *out, struct preparer *p, const struct record *record,
		 unsigned flags, struct pdx_err *err)
{
	bool scanned = flags & PREPARE_MENTIONS;
	int i, status = 0;

	out->nmentions = 0;
	if (!begin_article(p))
		return err_nomem(err);
	lexicon_drop(out->tokens.lexicon);
	out->tokens.lexicon = lexicon_keep(p->lexicon);
	inverter_begin(&p->inverter);
	sketch_begin(&out->sketch);
	if (scanned)
		known_names_look(p->names);
	out->names_version = scanned ? p->names->version : 0;
	analyzer_use(p->analyzer, p->lexicon);
	for (i = 0; i < TEXT_COLUMNS && !status; i++)
		status = read_column(out, p, record, reading_order[i], scanned,
				     see_token);
	analyzer_use(p->analyzer, NULL);
	if (scanned)
		known_names_looked(p->names);
	sketch_end(&out->sketch);
	if (!status && !inverter_end(&out->tokens, &p->inverter))
		status = PDX_E_NOMEM;
	if (status)
		return err_nomem(err);
	return flags & PREPARE_TEXTS ? preparer_pack(out, p, record, err) : 0;
}

static int scan_token(void *ctx, const struct token *token)
{
	struct reading *r = ctx;

	return gazetteer_token(&r->p->scan, token,
			       gazetteer_word(&r->p->names->gazetteer, token->form,
					      token->formlen));
}

int preparer_scan(struct prepared *out, struct preparer *p, const struct record *record,
		  struct pdx_err *err)
{
	int i, status = 0;

	out->nmentions = 0;
	known_names_look(p->names);
	out->names_version = p->names->version;
	for (i = 0; i < TEXT_COLUMNS && !status; i++)
		if (MENTION_COLUMNS & 1u << reading_order[i])
			status = read_column(out, p, record, reading_order[i], true,
					     scan_token);
	known_names_looked(p->names);
	return status ? err_nomem(err) : 0;
}
