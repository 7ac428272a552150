/*
 * Splitting of glued header lines by what they are made of.  Holds no list of
 * companies or categories, and must not: what is known is asked for.
 */
#include "ingest/header.h"

#include <string.h>
#include <utf8proc.h>

#include "base/date.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "text/analyze.h"

struct text {
	const char *s;
	size_t len;
};

static struct text between(const char *from, const char *to)
{
	struct text t = { from, (size_t)(to - from) };

	return t;
}

static struct text trimmed(struct text t)
{
	clean_trim(&t.s, &t.len);
	return t;
}

static uint32_t first_point(struct text t)
{
	uint32_t cp = 0;

	if (t.len > 0)
		utf8_decode(&cp, t.s, t.len);
	return cp;
}

static uint32_t last_point(struct text t)
{
	size_t i = t.len;
	uint32_t cp = 0;

	while (i > 0 && ((unsigned char)t.s[--i] & 0xC0) == 0x80)
		;
	if (t.len > 0)
		utf8_decode(&cp, t.s + i, t.len - i);
	return cp;
}

static bool is_lower(uint32_t cp)
{
	return utf8proc_islower((utf8proc_int32_t)cp);
}

static bool is_alnum(uint32_t cp)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
	       (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

/* Begins as a name or a heading does: a capital, a digit, a letter without case. */
static bool is_initial(uint32_t cp)
{
	return is_alnum(cp) && !is_lower(cp);
}

#define DATE_LEN (DATE_TEXT - 1)

static bool ends_with_date_shape(struct text t)
{
	static const char shape[] = "0000-00-00";
	const char *p = t.s + t.len - DATE_LEN;

	if (t.len < DATE_LEN)
		return false;
	for (size_t i = 0; i < DATE_LEN; i++) {
		bool digit = p[i] >= '0' && p[i] <= '9';

		if (shape[i] == '-' ? p[i] != '-' : !digit)
			return false;
	}
	return true;
}

/* Take the date off the end of *t. */
static int take_date(struct header *out, struct text *t, struct arena *arena)
{
	const char *date = t->s + t->len - DATE_LEN;

	if (!ends_with_date_shape(*t))
		return 0;
	if (!date_parse_iso(&out->date, date, DATE_LEN)) {
		out->date = PDX_NO_DATE;
		out->bad_date = arena_dup(arena, date, DATE_LEN);
		if (!out->bad_date)
			return PDX_E_NOMEM;
	}
	*t = trimmed(between(t->s, date));
	return 0;
}

/*
 * A line with the folded keys of everything before and after each place where it can
 * be cut: equal keys are the same text but for case, blanks and punctuation.  Keys are
 * made character by character, so that those of all beginnings and ends are parts of
 * one; what is no letter or digit has none.
 */
struct seams {
	struct text line;
	size_t at[HEADER_MAX + 1]; /* byte where code point i begins */
	size_t n;                  /* at[n] is the end */
	struct buf keys;
	size_t key_at[HEADER_MAX + 1]; /* where its key begins in keys */
};

static bool seams_init(struct seams *m, struct text line)
{
	*m = (struct seams){ .line = line };
	buf_init(&m->keys, 0);
	for (size_t i = 0; i < line.len; m->n++) {
		uint32_t cp;
		size_t len = utf8_decode(&cp, line.s + i, line.len - i);

		m->at[m->n] = i;
		m->key_at[m->n] = m->keys.len;
		if (is_alnum(cp))
			fold_key(&m->keys, line.s + i, len);
		i += len;
	}
	m->at[m->n] = line.len;
	m->key_at[m->n] = m->keys.len;
	return buf_ok(&m->keys);
}

static struct text key_before(const struct seams *m, size_t i)
{
	const char *keys = buf_str(&m->keys);

	return between(keys, keys + m->key_at[i]);
}

static struct text key_after(const struct seams *m, size_t i)
{
	const char *keys = buf_str(&m->keys);

	return between(keys + m->key_at[i], keys + m->keys.len);
}

static bool same(struct text a, struct text b)
{
	return a.len == b.len && memcmp(a.s, b.s, a.len) == 0;
}

static bool begins_with(struct text t, struct text prefix)
{
	return prefix.len <= t.len && memcmp(t.s, prefix.s, prefix.len) == 0;
}

/* One way to read a line: logo, category, company. */
struct reading {
	struct text logo, category, company;
	size_t keylen;  /* of the company: the longer, the surer */
	size_t points;  /* of the company's text */
	bool glued;     /* no blank at either seam */
	bool exact;     /* logo and company are the same bytes */
	bool capital;   /* the category begins as a heading does */
	unsigned known; /* 2: the category is known, 1: the company is */
};

static struct reading reading_of(const struct seams *m, size_t i, size_t j)
{
	const char *s = m->line.s;
	struct text inner = between(s + m->at[i], s + m->at[j]);
	struct reading r = { 0 };

	r.logo = between(s, s + m->at[i]);
	r.category = trimmed(inner);
	r.company = between(s + m->at[j], s + m->line.len);
	r.keylen = key_after(m, j).len;
	r.points = m->n - j;
	r.exact = same(r.logo, r.company);
	r.glued = r.category.len == inner.len;
	r.capital = is_initial(first_point(r.category));
	return r;
}

/* A blank at one seam only, or beside the name, is a cut inside a name or phrase. */
static bool cuts_words(const struct reading *r)
{
	bool left = r->logo.s + r->logo.len != r->category.s;
	bool right = r->category.s + r->category.len != r->company.s;

	if (r->logo.len > 0 && r->company.len > 0 && left != right)
		return true;
	return r->category.len == 0 || trimmed(r->logo).len != r->logo.len ||
	       trimmed(r->company).len != r->company.len;
}

/*
 * Whether a reading convinces by its form alone.  Short texts repeat by accident
 * ("Restore", "onion"): they need the capital that begins a category, or, where
 * everything is in lower case, four letters repeated exactly.
 */
static bool convinces(const struct reading *r)
{
	bool company_begins = !is_lower(first_point(r->company));

	if (!r->capital)
		return r->exact && r->points >= 4 && is_alnum(first_point(r->category));
	if (r->points == 1)
		return r->exact && company_begins &&
		       (!r->glued || is_lower(last_point(r->category)));
	return r->exact || company_begins;
}

static bool better(const struct reading *a, const struct reading *b)
{
	if (a->known != b->known)
		return a->known > b->known;
	if (a->glued != b->glued)
		return a->glued;
	if (a->capital != b->capital)
		return a->capital;
	if (a->keylen != b->keylen)
		return a->keylen > b->keylen;
	if (a->exact != b->exact)
		return a->exact;
	return a->company.len > b->company.len;
}

/* What the index knows, with a buffer to fold in. */
struct asker {
	const struct known_names *known;
	struct buf key;
};

static bool ask(struct asker *a, const char *field, struct text t)
{
	if (!a->known || !a->known->is_known || t.len == 0)
		return false;
	buf_reset(&a->key);
	fold_key(&a->key, t.s, t.len);
	return buf_ok(&a->key) && a->key.len > 0 &&
	       a->known->is_known(a->known->ctx, field, a->key.data, a->key.len);
}

static void ask_both(struct asker *a, struct reading *r)
{
	r->known = (ask(a, "category", r->category) ? 2u : 0u) |
		   (ask(a, "company", r->company) ? 1u : 0u);
}

/* Company, category, company: the best reading with the text repeated. */
static bool read_repeated(struct reading *best, const struct seams *m, struct asker *a)
{
	bool found = false;

	for (size_t i = 1; i < m->n; i++) {
		for (size_t j = i + 1; j < m->n; j++) {
			struct reading r;

			if (!same(key_before(m, i), key_after(m, j)))
				continue;
			r = reading_of(m, i, j);
			if (r.keylen == 0 || cuts_words(&r))
				continue;
			ask_both(a, &r);
			if (!convinces(&r) && !(r.known & 2))
				continue;
			if (!found || better(&r, best))
				*best = r;
			found = true;
		}
	}
	return found;
}

/*
 * The line has a category that the index knows, and what else it has need not repeat:
 * the logo is another text, or missing, or the company is.  4 and more is convincing.
 */
static unsigned trust(const struct seams *m, size_t i, size_t j, struct asker *a)
{
	struct reading r = reading_of(m, i, j);
	struct text logo = key_before(m, i), company = key_after(m, j);
	unsigned n = 0;

	if (cuts_words(&r) || !ask(a, "category", r.category))
		return 0;
	if (ask(a, "company", r.company) ||
	    (company.len == 0 && ask(a, "company", r.logo)))
		n += 4;
	if (logo.len > 0 && company.len > 0 &&
	    (begins_with(logo, company) || begins_with(company, logo)))
		n += 4;
	if (r.glued && (logo.len > 0 || company.len > 0))
		n += 4;
	return n;
}

/* A new word may begin before code point ${i}: only there is it worth asking. */
static bool may_begin(const struct seams *m, size_t i)
{
	const char *p = m->line.s + m->at[i];

	return i == m->n || !is_lower(first_point(between(p, m->line.s + m->line.len)));
}

static bool read_known(struct reading *best, const struct seams *m, struct asker *a)
{
	unsigned most = 0;

	if (!a->known || !a->known->is_known)
		return false;
	for (size_t i = 0; i < m->n; i++) {
		for (size_t j = m->n; j > i && may_begin(m, i); j--) {
			unsigned n = may_begin(m, j) ? trust(m, i, j, a) : 0;

			if (n > most) {
				most = n;
				*best = reading_of(m, i, j);
			}
		}
	}
	if (most > 0 && best->company.len == 0)
		best->company = best->logo;
	return most > 0;
}

/* A few words with no seam inside, as a category is written. */
static bool is_plain_phrase(struct text t)
{
	size_t blanks = 0;

	for (size_t i = 1; i < t.len; i++) {
		uint32_t cp = first_point((struct text){ t.s + i, t.len - i });
		uint32_t last = last_point((struct text){ t.s, i });

		if (is_lower(last) && is_initial(cp))
			return false;
		blanks += t.s[i] == ' ';
	}
	/* "Model Release", "Mergers & Acquisitions" */
	return t.len <= 40 && blanks <= 3;
}

/* One value and nothing repeated. */
static void read_lone(struct reading *out, struct text line, struct asker *a)
{
	*out = (struct reading){ 0 };
	if (ask(a, "category", line))
		out->category = line;
	else if (ask(a, "company", line))
		out->company = line;
	else if (is_plain_phrase(line))
		out->category = line;
}

static void read_line(struct reading *out, struct seams *m, struct asker *a)
{
	if (!ask(a, "category", m->line) &&
	    (read_repeated(out, m, a) || read_known(out, m, a)))
		return;
	read_lone(out, m->line, a);
}

static int keep(const char **out, struct arena *arena, struct text t)
{
	*out = NULL;
	if (t.len == 0)
		return 0;
	*out = arena_dup(arena, t.s, t.len);
	return *out ? 0 : PDX_E_NOMEM;
}

int header_parse(struct header *out, struct arena *arena, const char *line, size_t len,
		 const struct known_names *known)
{
	struct text t = trimmed((struct text){ line, len });
	struct asker a = { .known = known };
	struct reading r = { 0 };
	struct seams m;
	int rc;

	*out = (struct header){ .date = PDX_NO_DATE };
	if (take_date(out, &t, arena) < 0)
		return PDX_E_NOMEM;
	if (t.len == 0)
		return 0;
	if (t.len > HEADER_MAX) {
		out->plain_text = true;
		return 0;
	}
	buf_init(&a.key, 0);
	rc = PDX_E_NOMEM;
	if (!seams_init(&m, t))
		goto out;
	read_line(&r, &m, &a);
	out->plain_text = r.company.len == 0 && r.category.len == 0;
	rc = keep(&out->company, arena, r.company);
	if (rc == 0)
		rc = keep(&out->category, arena, r.category);
out:
	buf_release(&m.keys);
	buf_release(&a.key);
	return rc;
}

static bool repeats(struct text t, bool glued)
{
	struct asker nobody = { 0 };
	struct reading r;
	struct seams m;
	bool found = false;

	if (t.len > 0 && t.len <= HEADER_MAX) {
		found = seams_init(&m, t) && read_repeated(&r, &m, &nobody) &&
			(r.glued || !glued);
		buf_release(&m.keys);
	}
	return found;
}

enum header_look header_look(const char *line, size_t len)
{
	struct text t = trimmed((struct text){ line, len }), before;

	if (t.len > HEADER_MAX + DATE_LEN)
		return HEADER_NOT;
	if (!ends_with_date_shape(t))
		return repeats(t, true) ? HEADER_SHAPE : HEADER_NOT;

	before = between(t.s, t.s + t.len - DATE_LEN);
	if (before.len == 0 || is_alnum(last_point(before)) ||
	    last_point(before) == ')' || repeats(trimmed(before), false))
		return HEADER_DATED;
	return HEADER_LOOSE;
}
