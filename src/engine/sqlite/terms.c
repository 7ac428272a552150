/*
 * The tables word and form, as they are written.  Knows strings and counts; not where
 * they stand in a text.
 */
#include "engine/sqlite/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/hash.h"
#include "base/mem.h"
#include "engine/sqlite/common.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/frequency.h"

enum {
	FIRST_SLOTS = 4096, /* what a batch of a few articles needs */
	KEPT = 500000,      /* entries from batch to batch: some 60 MB */
	AHEAD = 4,          /* terms of an article, a step of fetch_ahead() */
	KEPT_LEXICONS = 2   /* the last, and one that somebody still works with */
};

static struct term_entry **slot_find(struct term_entry **slots, size_t nslots,
				     const char *text, size_t len, uint64_t hash)
{
	size_t at = hash & (nslots - 1);

	while (slots[at] && (slots[at]->hash != hash || slots[at]->len != len ||
			     memcmp(slots[at]->text, text, len) != 0))
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

/* Keep a third of the slots free, so that a probe stays short. */
static bool table_grow(struct term_table *table)
{
	size_t nslots = table->nslots ? table->nslots * 2 : FIRST_SLOTS, i;
	struct term_entry **slots;

	if (table->n * 3 < table->nslots * 2)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < table->nslots; i++) {
		struct term_entry *e = table->slots[i];

		if (e)
			*slot_find(slots, nslots, e->text, e->len, e->hash) = e;
	}
	free(table->slots);
	table->slots = slots;
	table->nslots = nslots;
	return true;
}

static struct term_entry *table_get(struct term_table *table, struct arena *arena,
				    const char *text, size_t len, uint64_t hash)
{
	struct term_entry **slot, *e;

	if (!table_grow(table))
		return NULL;
	slot = slot_find(table->slots, table->nslots, text, len, hash);
	if (*slot)
		return *slot;
	e = arena_alloc(arena, sizeof(*e));
	if (!e || !(e->text = arena_dup(arena, text, len)))
		return NULL;
	e->len = (uint32_t)len;
	e->hash = hash;
	*slot = e;
	table->n++;
	return e;
}

static void table_release(struct term_table *table)
{
	free(table->slots);
	memset(table, 0, sizeof(*table));
}

/* The entries of the terms of ${lexicon}. */
static struct term_numbers *numbers_get(struct terms *t, const struct lexicon *lexicon)
{
	uint64_t number = lexicon_number(lexicon);
	size_t i;

	for (i = t->nnumbers; i--;)
		if (t->numbers[i].lexicon == number)
			return &t->numbers[i];
	if (!mem_grow(&t->numbers, &t->numbers_cap, t->nnumbers + 1,
		      sizeof(*t->numbers)))
		return NULL;
	t->numbers[t->nnumbers] = (struct term_numbers){ .lexicon = number };
	return &t->numbers[t->nnumbers++];
}

static bool numbers_grow(struct term_numbers *numbers, uint32_t id)
{
	size_t before = numbers->n;

	if (id < before)
		return true;
	if (!mem_grow(&numbers->v, &numbers->n, (size_t)id + 1,
		      sizeof(struct term_entry *)))
		return false;
	memset(numbers->v + before, 0,
	       (numbers->n - before) * sizeof(struct term_entry *));
	return true;
}

/* ${term} has the number ${id}, which is not asked of it: it may be far. */
static struct term_entry *entry_of(struct terms *t, struct term_numbers *numbers,
				   uint32_t id, const struct lexicon_term *term)
{
	struct term_entry *e;

	if (!numbers_grow(numbers, id))
		return NULL;
	e = numbers->v[id];
	if (e)
		return e;
	e = table_get(&t->terms, &t->arena, term->text, term->len, term->hash);
	numbers->v[id] = e;
	return e;
}

/* What of the article's terms is needed next, and a little later, and later still. */
static void fetch_ahead(const struct term_numbers *numbers,
			const struct article_tokens *article, size_t i)
{
	const struct article_term *term = article->terms;
	size_t n = article->nterms;
	const struct term_entry *e;

	if (i + 3 * AHEAD < n && term[i + 3 * AHEAD].id < numbers->n)
		prefetch(&numbers->v[term[i + 3 * AHEAD].id]);
	if (i + 2 * AHEAD < n && term[i + 2 * AHEAD].id < numbers->n)
		prefetch(numbers->v[term[i + 2 * AHEAD].id]);
	if (i + AHEAD < n && term[i + AHEAD].id < numbers->n &&
	    (e = numbers->v[term[i + AHEAD].id]))
		doclist_prefetch(&e->doclist);
}

/* ${e} is about to change, for the first time in this batch perhaps. */
static bool touch(struct terms *t, struct term_entry *e)
{
	if (e->touched)
		return true;
	if (!mem_grow(&t->touched.v, &t->touched.cap, t->touched.n + 1,
		      sizeof(*t->touched.v)))
		return false;
	t->touched.v[t->touched.n++] = e;
	e->touched = true;
	e->common = t->common ? common_find(t->common, e->text, e->len, e->hash) : NULL;
	return true;
}

static bool note_form(struct terms *t, struct term_numbers *numbers,
		      const struct lexicon_form *form)
{
	struct term_entry *term = entry_of(t, numbers, form->term_id, form->term);
	struct term_entry *e;

	if (!term || !touch(t, term))
		return false;
	e = table_get(&t->forms, &t->batch, form->text, form->len,
		      hash64(form->text, form->len));
	if (e && !e->term)
		e->term = term;
	return e;
}

/* The separator of takes has positions in the full-text index, and no other part. */
static bool add_breaks(struct terms *t, int64_t row, const uint8_t *positions,
		       uint32_t len)
{
	static const char text[] = ANALYZER_BREAK;
	size_t textlen = sizeof(text) - 1;
	struct term_entry *e;

	if (!len)
		return true;
	e = table_get(&t->terms, &t->arena, text, textlen, hash64(text, textlen));
	return e && touch(t, e) &&
	       doclist_add(&e->doclist, &t->batch, row, positions, len);
}

static bool count_term(struct terms *t, struct term_entry *e, int sign, int64_t row,
		       const struct article_term *term, const uint8_t *positions)
{
	uint32_t counts[TEXT_COLUMNS];

	e->delta += sign;
	if (!e->common)
		return true;
	article_term_counts(counts, term, positions);
	return common_change(t->common, e->common, row, sign > 0 ? counts : NULL) == 0;
}

bool terms_count(struct terms *t, int sign, int64_t row,
		 const struct article_tokens *article, bool doclists)
{
	struct term_numbers *numbers = numbers_get(t, article->lexicon);
	const uint8_t *positions = article->positions;
	size_t i;

	for (i = 0; numbers && i < article->nterms; i++) {
		const struct article_term *term = &article->terms[i];
		struct term_entry *e = entry_of(t, numbers, term->id, term->term);

		fetch_ahead(numbers, article, i);
		if (!e || !touch(t, e) || !count_term(t, e, sign, row, term, positions))
			return false;
		if (doclists && !doclist_add(&e->doclist, &t->batch, row, positions,
					     term->positions_len))
			return false;
		positions += term->positions_len;
	}
	for (i = 0; numbers && i < article->nforms; i++)
		if (!note_form(t, numbers, article->forms[i]))
			return false;
	return numbers &&
	       (!doclists || add_breaks(t, row, positions, article->breaks_len));
}

void terms_drop(struct terms *t)
{
	size_t i;

	table_release(&t->terms);
	table_release(&t->forms);
	for (i = 0; i < t->nnumbers; i++)
		free(t->numbers[i].v);
	free(t->numbers);
	t->numbers = NULL;
	t->nnumbers = t->numbers_cap = 0;
	free(t->touched.v);
	memset(&t->touched, 0, sizeof(t->touched));
	arena_release(&t->arena);
	arena_release(&t->batch);
}

void terms_next(struct terms *t)
{
	size_t i;

	if (t->terms.n > KEPT || t->nnumbers > KEPT_LEXICONS) {
		terms_drop(t);
		return;
	}
	for (i = 0; i < t->touched.n; i++) {
		struct term_entry *e = t->touched.v[i];

		memset(&e->doclist, 0, sizeof(e->doclist));
		e->touched = false;
		e->delta = 0;
		e->forms = 0;
	}
	t->touched.n = 0;
	table_release(&t->forms);
	arena_release(&t->batch);
}

/* What is compared first: nearly always it is enough, and no text is looked at. */
struct sorted {
	uint64_t first; /* eight bytes of the text, as a number that sorts like them */
	struct term_entry *entry;
};

static int by_text(const void *a, const void *b)
{
	const struct sorted *s = a, *t = b;
	const struct term_entry *x = s->entry, *y = t->entry;
	size_t len = x->len < y->len ? x->len : y->len;
	int order;

	if (s->first != t->first)
		return s->first < t->first ? -1 : 1;
	order = memcmp(x->text, y->text, len);
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static uint64_t first_bytes(const struct term_entry *e)
{
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < sizeof(v); i++)
		v = v << 8 | (i < e->len ? (unsigned char)e->text[i] : 0);
	return v;
}

enum {
	LEADS = 1 << 16, /* values of the first two bytes */
	MANY = 4096      /* for fewer that is not worth it */
};

static size_t lead(const struct sorted *s)
{
	return s->first >> 48;
}

/* By the first two bytes, each value's share in ${to}; ends[i] is where that of i ends,
 * and was 0. */
static void distribute(struct sorted *to, size_t ends[LEADS], const struct sorted *from,
		       size_t n)
{
	size_t i, at = 0;

	for (i = 0; i < n; i++)
		ends[lead(&from[i])]++;
	for (i = 0; i < LEADS; i++) {
		size_t count = ends[i];

		ends[i] = at;
		at += count;
	}
	for (i = 0; i < n; i++)
		to[ends[lead(&from[i])]++] = from[i];
}

/* Sort the second half of ${v}, of ${n} each, into the first. */
static bool sort_many(struct sorted *v, size_t n)
{
	size_t *ends = calloc(LEADS, sizeof(*ends)), i, at;

	if (!ends)
		return false;
	distribute(v, ends, v + n, n);
	for (i = 0, at = 0; at < n; at = ends[i++])
		if (ends[i] - at > 1)
			qsort(v + at, ends[i] - at, sizeof(*v), by_text);
	free(ends);
	return true;
}

static int sort(struct term_entry **v, size_t n, struct pdx_err *err)
{
	bool many = n >= MANY;
	struct sorted *sorted = malloc((many ? 2 * n : n + 1) * sizeof(*sorted));
	struct sorted *from = many && sorted ? sorted + n : sorted;
	size_t i;

	for (i = 0; sorted && i < n; i++)
		from[i] = (struct sorted){ first_bytes(v[i]), v[i] };
	if (!sorted || (many && !sort_many(sorted, n))) {
		free(sorted);
		return err_nomem(err);
	}
	if (!many && n)
		qsort(sorted, n, sizeof(*sorted), by_text);
	for (i = 0; i < n; i++)
		v[i] = sorted[i].entry;
	free(sorted);
	return 0;
}

int terms_sort(struct terms *t, struct pdx_err *err)
{
	return sort(t->touched.v, t->touched.n, err);
}

/* Put the entries first, in order. */
static int table_sort(struct term_table *table, struct pdx_err *err)
{
	size_t i, n = 0;

	for (i = 0; i < table->nslots; i++)
		if (table->slots[i])
			table->slots[n++] = table->slots[i];
	return sort(table->slots, n, err);
}

/* The statements of a flush. */
struct flush {
	sqlite3_stmt *find, *insert, *update, *form;
	uint32_t next_id;
};

static int flush_begin(struct flush *f, sqlite3 *db, struct pdx_err *err)
{
	const struct {
		sqlite3_stmt **stmt;
		const char *sql;
	} statements[] = {
		{ &f->find, "SELECT id, forms FROM word WHERE term = ?1" },
		{ &f->insert, "INSERT INTO word(term, id, forms) VALUES(?1, ?2, ?3)" },
		{ &f->update, "UPDATE word SET forms = ?2 WHERE term = ?1" },
		{ &f->form, "INSERT OR IGNORE INTO form(form, term) VALUES(?1, ?2)" },
	};
	size_t i;
	int status = 0;

	*f = (struct flush){ .find = NULL };
	for (i = 0; i < sizeof(statements) / sizeof(*statements) && !status; i++)
		status = db_prepare(statements[i].stmt, db, statements[i].sql, err);
	return status ? status : frequency_next_id(&f->next_id, db, err);
}

static void flush_end(struct flush *f)
{
	sqlite3_finalize(f->find);
	sqlite3_finalize(f->insert);
	sqlite3_finalize(f->update);
	sqlite3_finalize(f->form);
}

/* Learn whether the table has ${e}, and what it says. */
static int know_term(struct flush *f, struct term_entry *e, struct pdx_err *err)
{
	int got;

	if (e->state != TERM_UNKNOWN)
		return 0;
	db_bind_text(f->find, 1, e->text, e->len);
	got = db_step(f->find, err);
	if (got == 1) {
		e->id = (uint32_t)sqlite3_column_int64(f->find, 0);
		e->all_forms = (uint32_t)sqlite3_column_int64(f->find, 1);
		sqlite3_reset(f->find);
	}
	if (got >= 0)
		e->state = got ? TERM_STORED : TERM_NEW;
	return got < 0 ? got : 0;
}

/* The row of ${e}: most have one that needs no change. */
static int flush_term(struct flush *f, struct term_entry *e, struct pdx_err *err)
{
	int status = know_term(f, e, err);

	if (status || (e->state == TERM_STORED && !e->forms))
		return status;
	e->all_forms += e->forms;
	if (e->state == TERM_STORED) {
		db_bind_text(f->update, 1, e->text, e->len);
		sqlite3_bind_int64(f->update, 2, e->all_forms);
		return db_run(f->update, err);
	}
	e->id = f->next_id++;
	e->state = TERM_STORED;
	db_bind_text(f->insert, 1, e->text, e->len);
	sqlite3_bind_int64(f->insert, 2, e->id);
	sqlite3_bind_int64(f->insert, 3, e->all_forms);
	return db_run(f->insert, err);
}

/* In order: neighbours then fall on the same page. */
static int flush_forms(struct terms *t, struct flush *f, struct pdx_err *err)
{
	size_t i;
	int status = table_sort(&t->forms, err);

	for (i = 0; i < t->forms.n && !status; i++) {
		const struct term_entry *e = t->forms.slots[i];

		db_bind_text(f->form, 1, e->text, e->len);
		db_bind_text(f->form, 2, e->term->text, e->term->len);
		status = db_run(f->form, err);
		if (!status && sqlite3_changes(t->db))
			e->term->forms++;
	}
	return status;
}

static int flush_words(struct terms *t, struct flush *f, struct pdx_err *err)
{
	size_t i;
	int status = flush_forms(t, f, err);

	for (i = 0; i < t->touched.n && !status; i++) {
		if (i + AHEAD < t->touched.n)
			prefetch(t->touched.v[i + AHEAD]);
		if (t->touched.v[i]->delta || t->touched.v[i]->forms)
			status = flush_term(f, t->touched.v[i], err);
	}
	return status;
}

static int flush_counts(struct terms *t, struct pdx_err *err)
{
	struct frequency_change *v = malloc((t->touched.n + 1) * sizeof(*v));
	size_t i, n = 0;
	int status;

	if (!v)
		return err_nomem(err);
	for (i = 0; i < t->touched.n; i++) {
		struct term_entry *e = t->touched.v[i];

		if (e->state == TERM_STORED && (e->delta || e->forms))
			v[n++] = (struct frequency_change){ e->id, e->delta, &e->df };
	}
	status = frequency_write(t->db, v, n, err);
	free(v);
	return status;
}

int terms_flush(struct terms *t, struct pdx_err *err)
{
	struct flush f;
	int status = flush_begin(&f, t->db, err);

	if (!status)
		status = flush_words(t, &f, err);
	if (!status)
		status = flush_counts(t, err);
	flush_end(&f);
	return status;
}
