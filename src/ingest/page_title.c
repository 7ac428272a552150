/*
 * Where a title ends and the site's name begins.  Compares folded, and cuts only where
 * the name is known or the page's heading agrees.
 */
#include "ingest/page_title.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "ingest/clean.h"
#include "text/analyze.h"

#define LONG_TITLE 1000 /* bytes; a longer one is no title, and stays as it is */

#define MORE 8 /* letters: "the", "com", "online", "magazine" */

static const char *const marks[] = {
	" | ",
	" - ",
	" \xE2\x80\x93 ",
	" \xE2\x80\x94 ",
	" :: ",
	" \xC2\xB7 ",
	" / ",
	" \xE2\x80\xA2 ",
	" \xC2\xBB ",
	" \xC2\xAB ",
	" \xE2\x80\xB9 ",
};

/* The length of a mark at ${s}; 0: there is none. */
static size_t mark_at(const char *s)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i]);

		if (strncmp(s, marks[i], n) == 0)
			return n;
	}
	return 0;
}

/* Folded texts to compare with; "" where there is none. */
struct known {
	struct buf source, heading, part;
};

static bool is_same(struct known *k, const struct buf *key, const char *s, size_t len)
{
	if (key->len == 0)
		return false;
	buf_reset(&k->part);
	fold_key(&k->part, s, len);
	return k->part.len == key->len &&
	       memcmp(k->part.data, key->data, key->len) == 0;
}

/* "The Lantern" and "Lantern", "Lantern" and "Lantern.example". */
static bool is_source(struct known *k, const char *s, size_t len)
{
	const char *name = buf_str(&k->source);
	size_t n = k->source.len;

	if (is_same(k, &k->source, s, len))
		return true;
	if (n < 3 || k->part.len < 3)
		return false;
	if (k->part.len > n)
		return k->part.len <= n + MORE &&
		       (memcmp(k->part.data, name, n) == 0 ||
			memcmp(k->part.data + k->part.len - n, name, n) == 0);
	return n <= k->part.len + MORE &&
	       (memcmp(name, k->part.data, k->part.len) == 0 ||
		memcmp(name + n - k->part.len, k->part.data, k->part.len) == 0);
}

/* Cut behind the part that names the site; what follows it is about the site too. */
static size_t cut_end(struct known *k, const char *title, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		size_t n = mark_at(title + i), stop;

		if (n == 0)
			continue;
		for (stop = i + n; stop < len && mark_at(title + stop) == 0;)
			stop++;
		if (is_source(k, title + i + n, stop - i - n) ||
		    is_same(k, &k->heading, title, i))
			return i;
	}
	return len;
}

static size_t cut_start(struct known *k, const char *title, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		size_t n = mark_at(title + i);

		if (n == 0 && strncmp(title + i, ": ", 2) == 0)
			n = 2;
		if (n == 0)
			continue;
		if (is_source(k, title, i) ||
		    is_same(k, &k->heading, title + i + n, len - i - n))
			return i + n;
	}
	return 0;
}

const char *page_title_clean(struct arena *arena, struct buf *scratch,
			     const char *title, const char *source, const char *heading)
{
	size_t len = strlen(title), from, end;
	struct known k = { 0 };
	const char *out = NULL;

	if (len > LONG_TITLE)
		return clean_line(arena, scratch, title, len);
	if (source)
		fold_key(&k.source, source, strlen(source));
	if (heading)
		fold_key(&k.heading, heading, strlen(heading));
	end = cut_end(&k, title, len);
	from = end == len ? cut_start(&k, title, len) : 0;
	if (buf_ok(&k.source) && buf_ok(&k.heading) && buf_ok(&k.part))
		out = clean_line(arena, scratch, title + from, end - from);
	buf_release(&k.source);
	buf_release(&k.heading);
	buf_release(&k.part);
	return out;
}
