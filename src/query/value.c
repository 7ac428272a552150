/* Comparing values with names.  Knows folding; no dictionary, no engine. */
#include "query/value.h"

#include <stdbool.h>
#include <string.h>

#include "text/analyze.h"

size_t value_article(const char *text, size_t len)
{
	if (len > 4 && (text[0] | 32) == 't' && (text[1] | 32) == 'h' &&
	    (text[2] | 32) == 'e' && text[3] == ' ')
		return 4;
	return 0;
}

void value_key(struct buf *out, const char *text, size_t len)
{
	size_t skip = value_article(text, len);

	fold_key(out, text + skip, len - skip);
}

/* Append the folded words of ${text}, each followed by a space, one space in front. */
static void put_words(struct buf *out, const char *text)
{
	size_t at = 0, len = strlen(text);

	buf_putc(out, ' ');
	while (at < len) {
		size_t word = strcspn(text + at, " \t\n-/.,&");

		if (word) {
			fold_key(out, text + at, word);
			buf_putc(out, ' ');
		}
		at += word + (at + word < len);
	}
}

static bool has_words(const char *value, const char *name, struct buf *words)
{
	size_t split;
	bool found;

	buf_reset(words);
	put_words(words, name);
	buf_putc(words, '\n');
	split = words->len;
	put_words(words, value);
	if (!buf_ok(words) || words->len - split < 3) /* no word but spaces */
		return false;
	words->data[split - 1] = '\0';
	found = strstr(words->data, words->data + split) != NULL;
	return found;
}

enum value_match value_compare(const char *value, const char *name, struct buf *words)
{
	size_t split;

	buf_reset(words);
	value_key(words, value, strlen(value));
	split = words->len;
	value_key(words, name, strlen(name));
	if (!buf_ok(words))
		return VALUE_DIFFERENT;
	if (words->len == 2 * split &&
	    memcmp(words->data, words->data + split, split) == 0)
		return VALUE_EQUAL;
	return has_words(value, name, words) ? VALUE_WORDS : VALUE_DIFFERENT;
}
