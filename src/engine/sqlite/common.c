/*
 * Postings of common words in their tables.  Knows which words are common and where
 * their postings stand; bytes are postings.c's matter.
 *
 * Rows of the table postings are in the order of the windows, and in a window of the
 * words: a batch appends nearly all that it writes.
 */
#include "engine/sqlite/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/leafscan.h"
#include "engine/sqlite/store.h"

enum {
	WORD_BITS = 20, /* of a rowid: the id of the word */
	FIRST_SLOTS = 1024,
	COMMON_LARGE = UINT8_MAX,
	COMMON_LARGES = 1 << 24, /* no batch comes near */
	/* Windows whose field lengths are remembered: a batch of new articles touches
	 * one or two, one of updates any. */
	LENGTHS = 8
};

int64_t common_rowid(uint32_t id, int64_t number)
{
	return number << WORD_BITS | id;
}

void common_forget(struct common *c)
{
	size_t i;

	for (i = 0; i < c->nslots; i++) {
		free(c->words[i].text);
		free(c->words[i].v);
	}
	free(c->words);
	c->words = NULL;
	c->nslots = c->nwords = c->nlarge = 0;
	c->loaded = false;
}

void common_release(struct common *c)
{
	common_forget(c);
	free(c->large);
	memset(c, 0, sizeof(*c));
}

static struct common_word *slot_of(struct common_word *words, size_t nslots,
				   const char *text, size_t len, uint64_t hash)
{
	size_t at = hash & (nslots - 1);

	while (words[at].id &&
	       (words[at].len != len || memcmp(words[at].text, text, len) != 0))
		at = (at + 1) & (nslots - 1);
	return &words[at];
}

static bool grow(struct common *c)
{
	size_t nslots = c->nslots ? c->nslots * 2 : FIRST_SLOTS, i;
	struct common_word *words;

	if (c->nwords * 2 < c->nslots)
		return true;
	words = calloc(nslots, sizeof(*words));
	if (!words)
		return false;
	for (i = 0; i < c->nslots; i++)
		if (c->words[i].id)
			*slot_of(words, nslots, c->words[i].text, c->words[i].len,
				 hash64(c->words[i].text, c->words[i].len)) =
				c->words[i];
	free(c->words);
	c->words = words;
	c->nslots = nslots;
	return true;
}

static int add_word(struct common *c, uint32_t id, const char *text, size_t len,
		    struct pdx_err *err)
{
	struct common_word *w;
	char *copy = malloc(len + 1);

	if (!copy || !grow(c)) {
		free(copy);
		return err_nomem(err);
	}
	memcpy(copy, text, len);
	copy[len] = 0;
	w = slot_of(c->words, c->nslots, text, len, hash64(text, len));
	*w = (struct common_word){ .id = id, .text = copy, .len = len };
	c->nwords++;
	return 0;
}

int common_ready(struct common *c, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (c->loaded)
		return 0;
	got = db_prepare(&stmt, db, "SELECT id, term FROM common", err);
	while (!got && (got = db_step(stmt, err)) == 1)
		got = add_word(c, (uint32_t)sqlite3_column_int64(stmt, 0),
			       (const char *)sqlite3_column_text(stmt, 1),
			       (size_t)sqlite3_column_bytes(stmt, 1), err);
	sqlite3_finalize(stmt);
	c->loaded = got == 0;
	return got;
}

struct common_word *common_find(struct common *c, const char *text, size_t len,
				uint64_t hash)
{
	struct common_word *w =
		c->nslots ? slot_of(c->words, c->nslots, text, len, hash) : NULL;

	return w && w->id ? w : NULL;
}

static bool put_large(struct common *c, struct common_change *change,
		      const uint32_t *counts)
{
	if (c->nlarge >= COMMON_LARGES ||
	    !mem_grow(&c->large, &c->large_cap, c->nlarge + 1, sizeof(*c->large)))
		return false;
	memcpy(c->large[c->nlarge], counts, sizeof(*c->large));
	change->counts[0] = COMMON_LARGE;
	change->counts[1] = (uint8_t)c->nlarge;
	change->counts[2] = (uint8_t)(c->nlarge >> 8);
	change->counts[3] = (uint8_t)(c->nlarge >> 16);
	c->nlarge++;
	return true;
}

int common_change(struct common *c, struct common_word *word, int64_t row,
		  const uint32_t *counts)
{
	struct common_change change = { .row = (uint32_t)row };
	uint32_t most = 0;
	int column;

	for (column = 0; counts && column < TEXT_COLUMNS; column++) {
		change.counts[column] = (uint8_t)counts[column];
		most = counts[column] > most ? counts[column] : most;
	}
	if (most >= COMMON_LARGE && !put_large(c, &change, counts))
		return PDX_E_NOMEM;
	if (!mem_grow(&word->v, &word->cap, word->n + 1, sizeof(*word->v)))
		return PDX_E_NOMEM;
	word->v[word->n++] = change;
	return 0;
}

/* The field lengths of one window. */
struct lengths {
	int64_t window; /* + 1; 0: none */
	uint8_t of[WINDOW_ROWS][TEXT_COLUMNS];
};

struct flush {
	struct store *s;
	struct rank_norms norms;
	struct window_lengths means; /* ${of} changes from window to window */
	struct lengths *lengths;     /* LENGTHS of them, by window modulo LENGTHS */
	struct postings postings;
	struct buf bytes;
	struct pdx_err *err;
};

static struct flush *flush_new(struct store *s, struct pdx_err *err)
{
	struct flush *f = calloc(1, sizeof(*f));
	int column;

	if (f)
		f->lengths = calloc(LENGTHS, sizeof(*f->lengths));
	if (!f || !f->lengths) {
		free(f);
		err_nomem(err);
		return NULL;
	}
	f->s = s;
	f->err = err;
	for (column = 0; column < TEXT_COLUMNS && s->state.articles; column++)
		f->means.mean[column] =
			(double)s->state.tokens[column] / (double)s->state.articles;
	rank_norms_init(&f->norms, &rank_default, f->means.mean);
	f->means.norms = &f->norms;
	return f;
}

static void flush_free(struct flush *f)
{
	if (!f)
		return;
	postings_release(&f->postings);
	buf_release(&f->bytes);
	free(f->lengths);
	free(f);
}

static int load_lengths(struct flush *f, int64_t window)
{
	struct lengths *l = &f->lengths[window % LENGTHS];
	struct docval doc;
	int64_t at;
	int got = 0;

	f->means.of = l->of;
	if (l->window == window + 1)
		return 0;
	memset(l->of, 0, sizeof(l->of));
	for (at = 0; at < WINDOW_ROWS && got >= 0; at++) {
		got = docvals_read(&doc, &f->s->docvals, window * WINDOW_ROWS + at,
				   f->err);
		if (got == 1)
			memcpy(l->of[at], doc.len, sizeof(doc.len));
	}
	l->window = got < 0 ? 0 : window + 1;
	return got < 0 ? got : 0;
}

static int damaged(struct pdx_err *err, int64_t rowid)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: postings %lld",
		       (long long)rowid);
}

/* *there may be NULL. */
static int read_postings(struct postings *out, bool *there, struct store *s,
			 int64_t rowid, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_POSTINGS, err);
	int got;
	bool ok = true;

	if (!stmt)
		return PDX_E_INDEX;
	postings_clear(out);
	sqlite3_bind_int64(stmt, 1, rowid);
	got = db_step(stmt, err);
	if (got == 1) {
		ok = postings_decode(out, sqlite3_column_blob(stmt, 0),
				     (size_t)sqlite3_column_bytes(stmt, 0));
		sqlite3_reset(stmt);
	}
	if (there)
		*there = got == 1;
	if (!ok)
		return damaged(err, rowid);
	return got < 0 ? got : 0;
}

static int run(struct store *s, enum store_stmt which, int64_t rowid,
	       const struct buf *bytes, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, which, err);

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, rowid);
	if (bytes)
		db_bind_blob(stmt, 2, bytes->data, bytes->len);
	return db_run(stmt, err);
}

static int write_postings(struct flush *f, uint32_t id, int64_t window)
{
	int64_t rowid = common_rowid(id, window);
	int status = load_lengths(f, window);

	if (status)
		return status;
	buf_reset(&f->bytes);
	postings_encode(&f->bytes, &f->postings, &f->means);
	if (!buf_ok(&f->bytes))
		return err_nomem(f->err);
	return f->bytes.len ? run(f->s, STMT_POSTINGS_PUT, rowid, &f->bytes, f->err)
			    : run(f->s, STMT_POSTINGS_DELETE, rowid, NULL, f->err);
}

static bool apply(struct postings *p, const struct common *c,
		  const struct common_change *change)
{
	size_t at = change->row % WINDOW_ROWS, large;
	column_counts counts;
	uint32_t any = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		any |= counts[column] = change->counts[column];
	if (!any) {
		postings_remove(p, at);
		return true;
	}
	if (change->counts[0] != COMMON_LARGE)
		return postings_set(p, at, counts);
	large = change->counts[1] | (size_t)change->counts[2] << 8 |
		(size_t)change->counts[3] << 16;
	return postings_set(p, at, c->large[large]);
}

/* Rows of a batch nearly always go up: the windows are met one after another. */
static int flush_word(struct flush *f, struct common_word *w)
{
	int64_t window = -1;
	size_t i;
	int status = 0;

	for (i = 0; i < w->n && !status; i++) {
		int64_t here = w->v[i].row / WINDOW_ROWS;

		if (here != window && window >= 0)
			status = write_postings(f, w->id, window);
		if (here != window && !status)
			status = read_postings(&f->postings, NULL, f->s,
					       common_rowid(w->id, here), f->err);
		window = here;
		if (!status && !apply(&f->postings, &f->s->common, &w->v[i]))
			status = err_nomem(f->err);
	}
	if (window >= 0 && !status)
		status = write_postings(f, w->id, window);
	w->n = 0;
	return status;
}

/* In the order of the ids, which is that of the table. */
static int by_id(const void *a, const void *b)
{
	const struct common_word *x = *(struct common_word *const *)a;
	const struct common_word *y = *(struct common_word *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

static int flush_words(struct flush *f)
{
	struct common *c = &f->s->common;
	struct common_word **order = calloc(c->nwords + 1, sizeof(*order));
	size_t i, n = 0;
	int status = 0;

	if (!order)
		return err_nomem(f->err);
	for (i = 0; i < c->nslots; i++)
		if (c->words[i].n)
			order[n++] = &c->words[i];
	qsort(order, n, sizeof(struct common_word *), by_id);
	for (i = 0; i < n && !status; i++)
		status = flush_word(f, order[i]);
	c->nlarge = 0;
	free(order);
	return status;
}

/* The postings of ${w}, which are not kept yet, from the full-text index. */
static int make_postings(struct flush *f, const struct common_word *w)
{
	const char *terms[1] = { w->text };
	size_t lens[1] = { w->len };
	struct plan_phrase phrase = { terms, lens, 1, false };
	struct plan_leaf leaf = { .columns = (1u << TEXT_COLUMNS) - 1,
				  .phrases = &phrase,
				  .nphrases = 1 };
	struct postings_view view = { 0 };
	struct leafscan scan;
	int64_t window;
	size_t at;
	int status = 0;

	leafscan_init(&scan, &leaf, f->s);
	for (window = 0; window <= f->s->last_row / WINDOW_ROWS && !status; window++) {
		status = leafscan_window(&scan, &view, window, f->err);
		if (status || !view.n)
			continue;
		postings_clear(&f->postings);
		for (at = 0; at < WINDOW_ROWS && !status; at++)
			if (postings_has(&view, at) &&
			    !postings_set(&f->postings, at, postings_counts(&view, at)))
				status = err_nomem(f->err);
		if (!status)
			status = write_postings(f, w->id, window);
	}
	postings_view_release(&view);
	leafscan_release(&scan);
	return status;
}

static int promote(struct flush *f, const struct term_entry *e)
{
	struct store *s = f->s;
	sqlite3_stmt *stmt = store_stmt(s, STMT_COMMON_PUT, f->err);
	int64_t id;
	int status;

	if (!stmt)
		return PDX_E_INDEX;
	db_bind_text(stmt, 1, e->text, e->len);
	status = db_run(stmt, f->err);
	id = sqlite3_last_insert_rowid(s->db);
	if (!status && id >= INT64_C(1) << WORD_BITS)
		return damaged(f->err, id);
	if (!status)
		status = add_word(&s->common, (uint32_t)id, e->text, e->len, f->err);
	return status ? status
		      : make_postings(
				f, common_find(&s->common, e->text, e->len, e->hash));
}

/* The word remains in the writer's table, as one that is not common, until the batch
 * is over: slots are not freed one by one. */
static int demote(struct flush *f, const struct common_word *w)
{
	int64_t window;
	int status = run(f->s, STMT_COMMON_DELETE, w->id, NULL, f->err);

	for (window = 0; window <= f->s->last_row / WINDOW_ROWS && !status; window++)
		status = run(f->s, STMT_POSTINGS_DELETE, common_rowid(w->id, window),
			     NULL, f->err);
	return status;
}

/* Whether ${e} is to be common from now on, where it ${is} now. */
static bool wants(const struct store *s, const struct term_entry *e, bool is)
{
	uint64_t share = is ? 2 * COMMON_SHARE : COMMON_SHARE;

	return s->state.articles >= COMMON_ARTICLES / (is ? 2 : 1) &&
	       e->df * share >= s->state.articles;
}

int common_flush(struct store *s, const struct term_entries *terms, struct pdx_err *err)
{
	struct flush *f;
	bool forget = false;
	size_t i;
	int status = common_ready(&s->common, s->db, err);

	if (status || (!s->common.nwords && s->state.articles < COMMON_ARTICLES))
		return status;
	f = flush_new(s, err);
	status = f ? flush_words(f) : PDX_E_NOMEM;
	for (i = 0; i < terms->n && !status; i++) {
		const struct term_entry *e = terms->v[i];
		const struct common_word *w =
			common_find(&s->common, e->text, e->len, e->hash);

		if (!e->delta || wants(s, e, w != NULL) == (w != NULL))
			continue;
		status = w ? demote(f, w) : promote(f, e);
		forget = forget || w;
	}
	if (forget)
		common_forget(&s->common);
	flush_free(f);
	return status;
}

int common_rewrite(struct store *s, int64_t number, struct pdx_err *err)
{
	struct flush *f = NULL;
	bool there;
	size_t i;
	int status = common_ready(&s->common, s->db, err);

	if (!status && !(f = flush_new(s, err)))
		status = PDX_E_NOMEM;
	for (i = 0; i < s->common.nslots && !status; i++) {
		uint32_t id = s->common.words[i].id;

		if (!id)
			continue;
		status = read_postings(&f->postings, &there, s,
				       common_rowid(id, number), err);
		if (!status && there)
			status = write_postings(f, id, number);
	}
	flush_free(f);
	return status;
}

struct comparing {
	struct postings kept, wanted;
};

static int compare_word(bool *same, bool *there, struct comparing *k,
			const struct common *c, const struct common_word *w,
			struct store *s, int64_t number, struct pdx_err *err)
{
	int status =
		read_postings(&k->kept, there, s, common_rowid(w->id, number), err);
	size_t i;

	postings_clear(&k->wanted);
	for (i = 0; i < w->n && !status; i++)
		if (!apply(&k->wanted, c, &w->v[i]))
			status = err_nomem(err);
	*same = !status && postings_same(&k->kept, &k->wanted) && *there == (w->n > 0);
	return status;
}

int common_compare(const struct common_word **wrong, uint64_t *kept, struct common *c,
		   struct store *s, int64_t number, struct pdx_err *err)
{
	struct comparing *k = calloc(1, sizeof(*k));
	bool same, there;
	size_t i;
	int status = k ? 0 : err_nomem(err);

	*wrong = NULL;
	for (i = 0; i < c->nslots && !status; i++) {
		struct common_word *w = &c->words[i];

		if (!w->id)
			continue;
		status = compare_word(&same, &there, k, c, w, s, number, err);
		if (!status && !same)
			*wrong = w;
		*kept += w->n > 0;
		w->n = 0;
	}
	c->nlarge = 0;
	if (k) {
		postings_release(&k->kept);
		postings_release(&k->wanted);
	}
	free(k);
	return status;
}

int common_id(uint32_t *id, struct store *s, const char *text, size_t len,
	      struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_COMMON, err);
	int got;

	*id = 0;
	if (!stmt)
		return PDX_E_INDEX;
	db_bind_text(stmt, 1, text, len);
	got = db_step(stmt, err);
	if (got == 1)
		*id = (uint32_t)sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return got < 0 ? got : 0;
}
