/* What the analyzer promises for every text, tried on texts made at random. */
#include "harness.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyze.h"
#include "text/chars.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct analyzer *analyzer_for(const char *language)
{
	struct analyzer *a;
	struct pdx_err err;

	if (analyzer_new(&a, language, &err))
		fail_msg("%s", err.message);
	return a;
}

/* ---- random texts --------------------------------------------------------- */

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* What words, joiners and scripts are made of, and what breaks them. */
static const char *const pieces[] = {
	"GPT",
	"4o",
	"-",
	".",
	"'",
	"\xE2\x80\x99",
	"C++",
	"C#",
	".NET",
	"U.S.",
	"R&D",
	"3.5",
	"1,000",
	",",
	"don't",
	"node.js",
	"companies",
	"a",
	"Z",
	"0",
	"7",
	"/",
	"@",
	"_",
	"#",
	"+",
	"&",
	" ",
	" ",
	" ",
	"\n",
	"\t",
	"(",
	"\"",
	"\x1E",
	"\xC2\xAD",
	"\xE2\x80\x8D",
	"\xCC\x81",
	"\xC3\xA9",
	"\xC3\x9F",
	"\xEF\xAC\x83",
	"\xEF\xBC\xA1",
	"\xEF\xBC\x8D",
	"\xE6\xA8\xA1",
	"\xE3\x82\xAB",
	"\xEF\xBE\x9E",
	"\xE1\x84\x92",
	"\xE1\x85\xA1",
	"\xED\x95\x9C",
	"\xE0\xB8\x81",
	"\xE0\xB8\xB3",
	"\xF0\x9F\x9A\x80",
	"\xF0\x9F\x8F\xBD",
	"\xD0\xB9",
	"\xD9\x85",
	"\xD9\x8F",
	"\xE0\xA4\xBF",
	"\xC2\xBD",
	"\xE2\x91\xB4",
	"\xEF\xB7\xBA",
	"\xFF",
	"\xE2\x82",
	"\xC0\xAF",
	"\xED\xA0\x80",
	"deadbeef0a1b2c3d4e5f60718293a4b5c6d7e8f9",
};

static void random_text(struct buf *out, uint64_t *seed)
{
	size_t n = 1 + next_random(seed) % 40;
	bool bytes = next_random(seed) % 4 == 0;

	buf_reset(out);
	while (n-- > 0) {
		if (bytes)
			buf_putc(out, (char)(next_random(seed) >> 8));
		else
			buf_puts(out, pieces[next_random(seed) % COUNT(pieces)]);
	}
}

static void print_bytes(const char *text, size_t len)
{
	print_error("text: ");
	for (size_t i = 0; i < len; i++)
		print_error(text[i] >= ' ' && text[i] < 0x7F ? "%c" : "\\x%02X",
			    (unsigned char)text[i]);
	print_error("\n");
}

/* ---- the laws ------------------------------------------------------------- */

struct law {
	size_t len; /* of the text */
	size_t tokens;
	uint32_t pos; /* of the last token */
	size_t start; /* of the last word */
	const char *broken;
};

static int check_token(void *ctx, const struct token *t)
{
	struct law *law = ctx;
	bool joined = t->flags & TOKEN_JOINED, brk = t->flags & TOKEN_BREAK;

	if (t->len < 1 || t->len > TOKEN_MAX || t->formlen < 1 ||
	    t->formlen > TOKEN_MAX)
		law->broken = "the length of a term";
	else if (!utf8_valid(t->text, t->len) || !utf8_valid(t->form, t->formlen))
		law->broken = "valid UTF-8";
	else if (t->start >= t->end || t->end > law->len)
		law->broken = "places within the text";
	else if (law->tokens == 0 ? t->pos != 0 || joined
				  : t->pos != law->pos + !joined)
		law->broken = "positions without gaps";
	else if (!joined && law->tokens > 0 && t->start <= law->start)
		law->broken = "words in order";
	else if (t->span < 1 || (!joined && t->span != 1))
		law->broken = "spans";
	else if (brk != (t->len == 1 && t->text[0] == ANALYZER_BREAK[0]))
		law->broken = "breaks";
	law->tokens++;
	law->pos = t->pos;
	if (!joined)
		law->start = t->start;
	return law->broken ? 1 : 0;
}

static void no_text_breaks_the_laws_of_tokens(void **state)
{
	static const char *const languages[] = { "english", "german", "french",
						 "none" };
	struct buf text;
	uint64_t seed = 1;

	(void)state;
	buf_init(&text, 0);
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct analyzer *a = analyzer_for(languages[i]);

		for (size_t k = 0; k < 5000; k++) {
			struct law law = { 0 };

			random_text(&text, &seed);
			law.len = text.len;
			if (analyzer_run(a, text.data, text.len, check_token, &law) ==
			    0)
				continue;
			print_bytes(text.data, text.len);
			fail_msg("broken: %s", law.broken);
		}
		analyzer_free(a);
	}
	buf_release(&text);
}

static void every_letter_and_digit_is_a_token(void **state)
{
	struct analyzer *a = analyzer_for("english");

	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char s[UTF8_MAX_BYTES];
		size_t len = utf8_encode(s, cp);
		enum char_kind kind = char_at(s, len).kind;
		struct law law = { .len = len };

		if (!char_is_alnum(kind) && kind != CHAR_SINGLE)
			continue;
		if (analyzer_run(a, s, len, check_token, &law) || law.tokens == 0)
			fail_msg("U+%04X: %s", (unsigned)cp,
				 law.broken ? law.broken : "no token");
	}
	analyzer_free(a);
}

/* ---- the same by other ways ------------------------------------------------ */

/* Tokens as text, with positions and places counted from where a piece begins. */
struct listing {
	struct buf out;
	uint32_t first;
	size_t offset;
	uint32_t words;
};

static int list_token(void *ctx, const struct token *t)
{
	struct listing *l = ctx;

	buf_printf(&l->out, "%u+%u %zu-%zu %u ", (unsigned)(t->pos + l->first),
		   (unsigned)t->span, t->start + l->offset, t->end + l->offset,
		   t->flags);
	buf_put(&l->out, t->text, t->len);
	buf_putc(&l->out, '=');
	buf_put(&l->out, t->form, t->formlen);
	buf_putc(&l->out, '\n');
	l->words = t->pos + l->first + 1;
	return 0;
}

static void list_pieces(struct listing *l, struct analyzer *a, const char *text,
			size_t len)
{
	size_t start = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && text[i] != ' ')
			continue;
		l->first = l->words;
		l->offset = start;
		analyzer_run(a, text + start, i - start, list_token, l);
		start = i + 1;
	}
}

static void a_text_and_its_pieces_between_spaces_have_the_same_tokens(void **state)
{
	struct analyzer *a = analyzer_for("english");
	struct listing whole = { 0 }, parts = { 0 };
	struct buf text;
	uint64_t seed = 2;

	(void)state;
	buf_init(&text, 0);
	for (size_t i = 0; i < 5000; i++) {
		buf_reset(&whole.out);
		buf_reset(&parts.out);
		whole.words = parts.words = 0;
		random_text(&text, &seed);
		analyzer_run(a, text.data, text.len, list_token, &whole);
		list_pieces(&parts, a, text.data, text.len);
		if (strcmp(buf_str(&whole.out), buf_str(&parts.out)) == 0)
			continue;
		print_bytes(text.data, text.len);
		fail_msg("whole:\n%spieces:\n%s", buf_str(&whole.out),
			 buf_str(&parts.out));
	}
	buf_release(&text);
	buf_release(&whole.out);
	buf_release(&parts.out);
	analyzer_free(a);
}

static void a_used_analyzer_gives_what_a_new_one_gives(void **state)
{
	struct analyzer *used = analyzer_for("english"), *fresh;
	struct listing before = { 0 }, after = { 0 };
	struct buf text;
	uint64_t seed = 3;

	(void)state;
	buf_init(&text, 0);
	for (size_t i = 0; i < 200; i++) {
		buf_reset(&before.out);
		buf_reset(&after.out);
		random_text(&text, &seed);
		fresh = analyzer_for("english");
		analyzer_run(fresh, text.data, text.len, list_token, &before);
		analyzer_run(used, text.data, text.len, list_token, &after);
		analyzer_run(used, text.data, text.len, list_token, &before);
		analyzer_run(fresh, text.data, text.len, list_token, &after);
		if (strcmp(buf_str(&before.out), buf_str(&after.out)) != 0)
			print_bytes(text.data, text.len);
		assert_string_equal(buf_str(&before.out), buf_str(&after.out));
		analyzer_free(fresh);
	}
	buf_release(&text);
	buf_release(&before.out);
	buf_release(&after.out);
	analyzer_free(used);
}

/* A listing of the tokens whose term begins with ${first}. */
struct sought {
	struct listing list;
	char first;
};

static int list_sought(void *ctx, const struct token *t)
{
	struct sought *s = ctx;

	return t->text[0] == s->first ? list_token(&s->list, t) : 0;
}

/* Among others a word of some letters with an ending that stemmers know. */
static void random_words(struct buf *out, uint64_t *seed)
{
	static const char *const endings[] = { "",     "s",    "ies", "ied",
					       "y",    "ing",  "ed",  "e",
					       "ly",   "ness", "'s",  "er",
					       "sses", "eed",  "al",  "ational" };
	size_t words = 1 + next_random(seed) % 6, n;

	random_text(out, seed);
	for (; words; words--) {
		buf_putc(out, ' ');
		for (n = next_random(seed) % 5; n; n--)
			buf_putc(out, (char)('a' + next_random(seed) % 26));
		buf_puts(out, endings[next_random(seed) % COUNT(endings)]);
	}
}

static void who_looks_for_a_first_byte_misses_no_term(void **state)
{
	static const char *const languages[] = { "english", "porter", "none",
						 "german" };
	struct buf text;
	uint64_t seed = 4;

	(void)state;
	buf_init(&text, 0);
	for (size_t i = 0; i < 8000; i++) {
		static struct analyzer *analyzers[COUNT(languages)];
		struct analyzer **a = &analyzers[i % COUNT(languages)];
		struct sought all = { .first = 0 }, some;
		bool wanted[256] = { false };

		if (!*a)
			*a = analyzer_for(languages[i % COUNT(languages)]);
		random_words(&text, &seed);
		all.first = text.data[next_random(&seed) % text.len];
		wanted[(unsigned char)all.first] = true;
		some = all;
		analyzer_run(*a, text.data, text.len, list_sought, &all);
		analyzer_run_for(*a, wanted, text.data, text.len, list_sought, &some);
		if (strcmp(buf_str(&all.list.out), buf_str(&some.list.out)) != 0)
			print_bytes(text.data, text.len);
		assert_string_equal(buf_str(&all.list.out), buf_str(&some.list.out));
		buf_release(&all.list.out);
		buf_release(&some.list.out);
		if (i + COUNT(languages) >= 8000)
			analyzer_free(*a);
	}
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_text_breaks_the_laws_of_tokens),
		cmocka_unit_test(every_letter_and_digit_is_a_token),
		cmocka_unit_test(
			a_text_and_its_pieces_between_spaces_have_the_same_tokens),
		cmocka_unit_test(a_used_analyzer_gives_what_a_new_one_gives),
		cmocka_unit_test(who_looks_for_a_first_byte_misses_no_term),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
