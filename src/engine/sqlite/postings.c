/*
 * Postings as bytes.  Knows rows of a window and counts; no terms, no tables.
 */
#include "engine/sqlite/postings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"

enum {
	CODES_OF_A_BYTE = 256,
	/* A bound is 2^((code - BOUND_ONE) / BOUND_STEPS), rounded up: within 4
	 * percent, from 1/9 to 700, where a word counts no more by more. */
	BOUND_STEPS = 20,
	BOUND_ONE = 64
};

void postings_release(struct postings *p)
{
	free(p->counts);
	memset(p, 0, sizeof(*p));
}

void postings_clear(struct postings *p)
{
	memset(p->code, 0, sizeof(p->code));
	memset(p->slots, 0, sizeof(p->slots));
	p->ncounts = 0;
}

static size_t slot_of(const struct postings *p, const column_counts counts)
{
	uint64_t mixed = 0;
	size_t at, i;

	for (i = 0; i < TEXT_COLUMNS; i++) /* Fibonacci hashing, number by number */
		mixed = (mixed + counts[i]) * 0x9E3779B97F4A7C15u;
	at = (size_t)(mixed >> 32) & (POSTINGS_SLOTS - 1);
	while (p->slots[at] &&
	       memcmp(p->counts[p->slots[at] - 1], counts, sizeof(column_counts)) != 0)
		at = (at + 1) & (POSTINGS_SLOTS - 1);
	return at;
}

/* Drop the counts that no row has any more. */
static void forget_unused(struct postings *p)
{
	uint16_t moved[WINDOW_ROWS + 1] = { 0 };
	size_t i, n = 0;

	for (i = 0; i < WINDOW_ROWS; i++)
		moved[p->code[i]] = 1;
	for (i = 0; i < p->ncounts; i++) {
		if (!moved[i + 1])
			continue;
		memcpy(p->counts[n], p->counts[i], sizeof(column_counts));
		moved[i + 1] = (uint16_t)++n;
	}
	moved[0] = 0;
	p->ncounts = n;
	for (i = 0; i < WINDOW_ROWS; i++)
		p->code[i] = moved[p->code[i]];
	memset(p->slots, 0, sizeof(p->slots));
	for (i = 0; i < n; i++)
		p->slots[slot_of(p, p->counts[i])] = (uint16_t)(i + 1);
}

bool postings_set(struct postings *p, size_t at, const column_counts counts)
{
	size_t slot;

	if (p->ncounts == WINDOW_ROWS) /* some of old rows: no more can be in use */
		forget_unused(p);
	slot = slot_of(p, counts);
	if (!p->slots[slot]) {
		if (p->ncounts == p->cap &&
		    !mem_grow(&p->counts, &p->cap, p->ncounts + 1,
			      sizeof(column_counts)))
			return false;
		memcpy(p->counts[p->ncounts], counts, sizeof(column_counts));
		p->slots[slot] = (uint16_t)++p->ncounts;
	}
	p->code[at] = p->slots[slot];
	return true;
}

void postings_remove(struct postings *p, size_t at)
{
	p->code[at] = 0;
}

bool postings_same(const struct postings *a, const struct postings *b)
{
	size_t at;

	for (at = 0; at < WINDOW_ROWS; at++) {
		if (!a->code[at] != !b->code[at])
			return false;
		if (a->code[at] &&
		    memcmp(a->counts[a->code[at] - 1], b->counts[b->code[at] - 1],
			   sizeof(column_counts)) != 0)
			return false;
	}
	return true;
}

/* Take over the counts of ${view}, which are distinct, at the same places. */
static bool take_counts(struct postings *p, const struct postings_view *view)
{
	size_t i;

	if (view->ncounts > p->cap &&
	    !mem_grow(&p->counts, &p->cap, view->ncounts, sizeof(column_counts)))
		return false;
	for (i = 0; i < view->ncounts; i++) {
		size_t slot = slot_of(p, view->counts[i]);

		if (p->slots[slot])
			return false; /* twice: no postings of ours */
		memcpy(p->counts[i], view->counts[i], sizeof(column_counts));
		p->slots[slot] = (uint16_t)++p->ncounts;
	}
	return true;
}

bool postings_decode(struct postings *p, const void *bytes, size_t len)
{
	struct postings_view view = { 0 };
	bool ok = postings_view_open(&view, bytes, len);
	size_t word, place = 0;

	postings_clear(p);
	ok = ok && take_counts(p, &view);
	for (word = 0; word < WINDOW_WORDS && ok; word++) {
		uint64_t left = view.rows[word];

		for (; left; left &= left - 1)
			p->code[word * 64 + bits_lowest(left)] =
				(uint16_t)(postings_code(&view, place++) + 1);
	}
	postings_view_release(&view);
	return ok;
}

/* The rows that have the term, in order, and what p->code[] has of them. */
struct filled {
	uint16_t at[WINDOW_ROWS], code[WINDOW_ROWS];
	size_t n;
};

static void fill(struct filled *out, const struct postings *p)
{
	enum { AT_ONCE = sizeof(uint64_t) / sizeof(*p->code) };
	size_t first, at;
	uint64_t any;

	out->n = 0;
	for (first = 0; first < WINDOW_ROWS; first += AT_ONCE) {
		memcpy(&any, p->code + first, sizeof(any));
		for (at = first; any && at < first + AT_ONCE; at++) {
			out->at[out->n] = (uint16_t)at;
			out->code[out->n] = p->code[at];
			out->n += p->code[at] != 0;
		}
	}
}

/* Factors of the default profile are finite: a count of 0 adds nothing. */
static double tf_of(const struct window_lengths *lengths, size_t at,
		    const column_counts counts)
{
	double sum = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		sum += (double)lengths->norms->factor[column][lengths->of[at][column]] *
		       counts[column];
	return sum;
}

static void put_bound(struct buf *out, double tf)
{
	double code = tf > 0 ? ceil(log2(tf) * BOUND_STEPS) + BOUND_ONE : 0;

	code = tf > 0 && code < 1 ? 1 : code;
	buf_putc(out, (char)(code > UINT8_MAX ? UINT8_MAX : (uint8_t)code));
}

static void put_means(struct buf *out, const struct window_lengths *lengths)
{
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		float mean = (float)lengths->mean[column];
		uint32_t bits;

		memcpy(&bits, &mean, sizeof(bits));
		buf_put_u32(out, bits);
	}
}

/* The most that rows have: of a part, and by the place of their counts. */
struct most {
	double part[WINDOW_PARTS], counts[WINDOW_ROWS];
};

static void find_most(struct most *out, const struct postings *p,
		      const struct filled *rows, const struct window_lengths *lengths)
{
	size_t i;

	memset(out->part, 0, sizeof(out->part));
	memset(out->counts, 0, p->ncounts * sizeof(*out->counts));
	for (i = 0; i < rows->n; i++) {
		size_t at = rows->at[i], counts = rows->code[i] - 1u;
		double tf = tf_of(lengths, at, p->counts[counts]);

		if (tf > out->part[at / PART_ROWS])
			out->part[at / PART_ROWS] = tf;
		if (tf > out->counts[counts])
			out->counts[counts] = tf;
	}
}

static void put_bounds(struct buf *out, const double *most, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		put_bound(out, most[i]);
}

static void put_rows(struct buf *out, const struct filled *rows)
{
	uint64_t words[WINDOW_WORDS] = { 0 };
	size_t i;

	for (i = 0; i < rows->n && rows->n < POSTINGS_SPARSE; i++) {
		buf_putc(out, (char)(rows->at[i] & 0xFF));
		buf_putc(out, (char)(rows->at[i] >> 8));
	}
	if (rows->n < POSTINGS_SPARSE)
		return;
	for (i = 0; i < rows->n; i++)
		words[rows->at[i] / 64] |= UINT64_C(1) << rows->at[i] % 64;
	for (i = 0; i < WINDOW_WORDS; i++)
		buf_put_u64(out, words[i]);
}

/* Distinct counts, and how many rows have them. */
struct ordered {
	uint16_t rows, at; /* place in ${counts} */
};

static int by_rows(const void *x, const void *y)
{
	const struct ordered *a = x, *b = y;

	return a->rows != b->rows ? b->rows - a->rows : a->at - b->at;
}

/* The distinct counts that rows have, in the order in which they are written; code[c] is
 * what becomes of p->code[] c.  How many there are. */
static size_t order_counts(struct ordered *order, uint16_t *code,
			   const struct postings *p, const struct filled *rows)
{
	size_t i, n = p->ncounts;

	for (i = 0; i < n; i++)
		order[i] = (struct ordered){ 0, (uint16_t)i };
	for (i = 0; i < rows->n; i++)
		order[rows->code[i] - 1].rows++;
	qsort(order, n, sizeof(*order), by_rows);
	while (n && !order[n - 1].rows)
		n--;
	for (i = 0; i < n; i++)
		code[order[i].at + 1] = (uint16_t)i;
	return n;
}

static void put_counts(struct buf *out, const struct ordered *order, size_t n,
		       const struct most *most, const struct postings *p)
{
	size_t i;
	int column;

	for (i = 0; i < n; i++)
		for (column = 0; column < TEXT_COLUMNS; column++)
			buf_put_varint(out, p->counts[order[i].at][column]);
	for (i = 0; i < n; i++)
		put_bound(out, most->counts[order[i].at]);
}

static void put_wide(struct buf *out, const uint16_t *codes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		buf_putc(out, (char)(codes[i] & 0xFF));
		buf_putc(out, (char)(codes[i] >> 8));
	}
}

static unsigned half(uint16_t code)
{
	return code < POSTINGS_ESCAPE ? code : POSTINGS_ESCAPE;
}

static void put_halves(struct buf *out, const uint16_t *codes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += 2)
		buf_putc(out, (char)(half(codes[i]) |
				     (i + 1 < n ? half(codes[i + 1]) << 4 : 0)));
	for (i = 0; i < n; i++)
		if (codes[i] >= POSTINGS_ESCAPE)
			buf_putc(out, (char)codes[i]);
}

void postings_encode(struct buf *out, const struct postings *p,
		     const struct window_lengths *lengths)
{
	uint16_t code[WINDOW_ROWS + 1], codes[WINDOW_ROWS];
	struct ordered order[WINDOW_ROWS];
	struct filled rows;
	struct most most;
	size_t ncounts, i;

	fill(&rows, p);
	if (!rows.n)
		return;
	find_most(&most, p, &rows, lengths);
	ncounts = order_counts(order, code, p, &rows);
	buf_put_varint(out, rows.n);
	buf_put_varint(out, ncounts);
	put_means(out, lengths);
	put_bounds(out, most.part, WINDOW_PARTS);
	put_counts(out, order, ncounts, &most, p);
	put_rows(out, &rows);
	for (i = 0; i < rows.n; i++)
		codes[i] = code[rows.code[i]];
	if (ncounts > CODES_OF_A_BYTE)
		put_wide(out, codes, rows.n);
	else
		put_halves(out, codes, rows.n);
}

void postings_view_release(struct postings_view *v)
{
	free(v->counts);
	memset(v, 0, sizeof(*v));
}

void postings_view_clear(struct postings_view *v)
{
	memset(v->rows, 0, sizeof(v->rows));
	memset(v->bounds, 0, sizeof(v->bounds));
	v->n = 0;
}

static void get_bounds(struct postings_view *v, struct bytes *in)
{
	const unsigned char *bounds;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		uint32_t bits = bytes_u32(in);

		memcpy(&v->mean[column], &bits, sizeof(bits));
	}
	bounds = bytes_take(in, WINDOW_PARTS);
	if (bounds)
		memcpy(v->bounds, bounds, WINDOW_PARTS);
}

static bool get_counts(struct postings_view *v, struct bytes *in)
{
	size_t i;
	int column;

	if (v->ncounts > v->cap &&
	    !mem_grow(&v->counts, &v->cap, v->ncounts, sizeof(column_counts)))
		return false;
	for (i = 0; i < v->ncounts; i++)
		for (column = 0; column < TEXT_COLUMNS; column++)
			v->counts[i][column] = (uint32_t)bytes_varint(in);
	v->count_bounds = bytes_take(in, v->ncounts);
	return v->count_bounds != NULL;
}

static void get_rows(struct postings_view *v, struct bytes *in)
{
	size_t i;

	memset(v->rows, 0, sizeof(v->rows));
	for (i = 0; i < v->n && v->n < POSTINGS_SPARSE; i++) {
		const unsigned char *p = bytes_take(in, 2);
		size_t at = p ? p[0] | (size_t)p[1] << 8 : WINDOW_ROWS;

		if (at < WINDOW_ROWS)
			v->rows[at / 64] |= UINT64_C(1) << (at % 64);
	}
	for (i = 0; i < WINDOW_WORDS && v->n >= POSTINGS_SPARSE; i++)
		v->rows[i] = bytes_u64(in);
}

/* Number the rows; false where there are not ${n} of them. */
static bool number_rows(struct postings_view *v)
{
	size_t i, n = 0;

	for (i = 0; i < WINDOW_WORDS; i++) {
		v->before[i] = (uint16_t)n;
		n += bits_count(v->rows[i]);
	}
	return n == v->n;
}

static bool get_wide(struct postings_view *v, struct bytes *in)
{
	size_t i, most = 0;

	v->codes = bytes_take(in, 2 * v->n);
	for (i = 0; v->codes && i < v->n; i++) {
		size_t code = v->codes[2 * i] | (size_t)v->codes[2 * i + 1] << 8;

		most = code > most ? code : most;
	}
	return v->codes && most < v->ncounts;
}

/* Put the bytes behind the halves where these say so. */
static bool get_escaped(struct postings_view *v, struct bytes *in)
{
	unsigned char *at = v->narrow, *end = v->narrow + v->n;
	const unsigned char *code;

	while ((at = memchr(at, POSTINGS_ESCAPE, (size_t)(end - at)))) {
		code = bytes_take(in, 1);
		if (!code || *code < POSTINGS_ESCAPE || *code >= v->ncounts)
			return false;
		*at++ = *code;
	}
	return true;
}

static bool get_halves(struct postings_view *v, struct bytes *in)
{
	const unsigned char *halves = bytes_take(in, (v->n + 1) / 2);
	unsigned char most = 0;
	size_t i;

	if (!halves)
		return false;
	for (i = 0; i < v->n / 2; i++) {
		v->narrow[2 * i] = halves[i] & 15;
		v->narrow[2 * i + 1] = halves[i] >> 4;
	}
	if (v->n % 2)
		v->narrow[v->n - 1] = halves[i] & 15;
	v->codes = v->narrow;
	if (v->ncounts > POSTINGS_ESCAPE)
		return get_escaped(v, in);
	for (i = 0; i < v->n; i++)
		most = v->narrow[i] > most ? v->narrow[i] : most;
	return most < v->ncounts;
}

bool postings_view_open(struct postings_view *v, const void *bytes, size_t len)
{
	struct bytes in = { bytes, (const unsigned char *)bytes + len, false };

	v->n = (size_t)bytes_varint(&in); /* bits and halves are less than bytes */
	v->ncounts = bytes_count(&in);
	v->wide = v->ncounts > CODES_OF_A_BYTE;
	if (v->n > WINDOW_ROWS || v->ncounts > WINDOW_ROWS)
		return false;
	get_bounds(v, &in);
	if (!get_counts(v, &in))
		return false;
	get_rows(v, &in);
	if (!(v->wide ? get_wide(v, &in) : get_halves(v, &in)))
		return false;
	return !in.bad && in.p == in.end && number_rows(v);
}

bool postings_number(struct postings_view *v)
{
	size_t i;

	v->n = v->ncounts = 0;
	for (i = 0; i < WINDOW_WORDS; i++) {
		v->before[i] = (uint16_t)v->n;
		v->n += bits_count(v->rows[i]);
	}
	v->codes = NULL;
	if (v->n > v->cap &&
	    !mem_grow(&v->counts, &v->cap, v->n, sizeof(column_counts)))
		return false;
	if (v->n)
		memset(v->counts, 0, v->n * sizeof(column_counts));
	return true;
}

void postings_add(struct postings_view *v, const struct postings_view *from)
{
	size_t word, place = 0;
	int column;

	for (word = 0; word < WINDOW_WORDS; word++) {
		uint64_t left = from->rows[word];

		for (; left; left &= left - 1) {
			size_t at = word * 64 + bits_lowest(left);
			uint32_t *to = v->counts[postings_place(v, at)];
			const uint32_t *of = from->counts[postings_code(from, place++)];

			for (column = 0; column < TEXT_COLUMNS; column++)
				to[column] += of[column];
		}
	}
}

double postings_bound(uint8_t bound)
{
	if (!bound)
		return 0;
	if (bound == UINT8_MAX)
		return INFINITY;
	return exp2(((double)bound - BOUND_ONE) / BOUND_STEPS);
}

double postings_growth(const struct postings_view *v, const double mean[TEXT_COLUMNS])
{
	double grown = 1;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		double then = (double)v->mean[column];
		double growth = then > 0 ? mean[column] / then : 1;

		/* a field that no article had then is in no count of these rows */
		grown = growth > grown ? growth : grown;
	}
	return grown * (1 + 1e-6); /* floats were rounded on the way */
}
