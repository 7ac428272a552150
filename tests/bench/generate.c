/*
 * A deterministic archive of any size, as JSON Lines that paneldex ingests:
 *
 *     generate N [FROM]     articles FROM (0) to FROM + N - 1
 *     generate --bytes N    the bytes of all texts of the first N
 *
 * Article ${i} is the same whatever is generated with it.  Texts have 2 to 6 KB, words by
 * Zipf's law with bursts (each month some rare words are frequent), one or two of 200
 * companies that the texts name, one or two of 12 categories, 6 years, 0 to 6 takes.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "queries.h"
#include "vocabulary.h"

static const char *const categories[12] = { "Funding",	 "Research", "Products",
					    "Policy",	 "Hardware", "Acquisitions",
					    "Open Source", "Safety",  "Business",
					    "People",	 "Tools",    "Robotics" };
static const char *const sources[8] = { "Lattice Wire", "Model Post", "Tensor Times",
					"The Daily Gradient", "Open Ledger",
					"Signal Desk", "Compute Weekly", "Frontier Note" };
static const struct {
	const char *persona, *perspective;
} panel[6] = { { "The Builder", "Developer Perspective" },
	       { "The Skeptic", "Reality Check" },
	       { "The Futurist", "Big Picture" },
	       { "The Founder", "Business & Market" },
	       { "The Researcher", "Science" },
	       { "The Regulator", "Law & Policy" } };

enum {
	BURSTS = 12,	   /* words of a month */
	BURST_SHARE = 40,  /* one word in so many is one of them */
	TEXT = 64 << 10
};

struct article {
	const struct vocabulary *vocabulary;
	struct numbers numbers;
	uint32_t number;
	uint32_t day;
	char companies[2][COMPANY_MAX];
	unsigned ncompanies;
	char text[TEXT]; /* of one field, as JSON has it */
	size_t len;
	unsigned long long bytes; /* of the texts of all articles so far */
	FILE *out;
};

static uint32_t below(struct article *a, uint32_t n)
{
	return numbers_below(&a->numbers, n);
}

static void put(struct article *a, const char *s)
{
	size_t n = strlen(s);

	if (a->len + n + 2 > TEXT)
		return;
	memcpy(a->text + a->len, s, n + 1);
	a->len += n;
}

static void put_word(struct article *a, bool capital)
{
	uint32_t rank = vocabulary_draw(a->vocabulary, &a->numbers);
	size_t at = a->len;

	if (!below(a, BURST_SHARE)) /* a rare word that this month is full of */
		rank = 20000 + (a->day / 30 * 7919 + below(a, BURSTS) * 104729) %
				       (WORDS - 20000);
	put(a, vocabulary_word(a->vocabulary, rank));
	if (capital && a->text[at] >= 'a' && a->text[at] <= 'z')
		a->text[at] = (char)(a->text[at] - 'a' + 'A');
}

/* The controlled words that the article has, one after another. */
struct plan {
	const char *words[CONTROLS * VARIANTS + 4];
	unsigned n, next;
};

static void make_plan(struct plan *p, struct article *a)
{
	unsigned i, k;

	p->n = p->next = 0;
	for (i = 0; i < CONTROLS; i++)
		for (k = 0; k < VARIANTS; k++)
			if (controls[i].count
				    ? a->number / 17 < controls[i].count &&
					      a->number % 17 == k
				    : below(a, 1000) < controls[i].per_mille)
				p->words[p->n++] = controls[i].words[k];
	if (!below(a, PHRASE_SHARE)) {
		p->words[p->n++] = PHRASE_FIRST " " PHRASE_SECOND;
	} else if (!below(a, APART_SHARE)) {
		p->words[p->n++] = PHRASE_SECOND;
		p->words[p->n++] = PHRASE_FIRST;
	}
}

/* About ${size} bytes of sentences with what is left of ${plan} strewn in. */
static void put_sentences(struct article *a, size_t size, struct plan *plan, unsigned share)
{
	size_t end = a->len + size;
	unsigned words = 0, length = 6 + below(a, 14);

	while (a->len < end && a->len + 2 * WORD_MAX < TEXT) {
		if (words)
			put(a, below(a, 12) ? " " : below(a, 4) ? ", " : " \xE2\x80\x94 ");
		if (plan && plan->next < plan->n && !below(a, share))
			put(a, plan->words[plan->next++]);
		else if (!below(a, 90))
			put(a, a->companies[below(a, a->ncompanies)]);
		else
			put_word(a, words == 0);
		if (++words >= length) {
			put(a, below(a, 6) ? ". " : ".\\n\\n");
			words = 0;
			length = 6 + below(a, 14);
		}
	}
	put(a, ".");
}

/* The controlled words that found no place. */
static void put_rest(struct article *a, struct plan *plan)
{
	while (plan->next < plan->n) {
		put(a, " ");
		put(a, plan->words[plan->next++]);
	}
}

/* A line break is two characters in JSON. */
static void count(struct article *a)
{
	const char *p;

	a->bytes += a->len;
	for (p = strchr(a->text, '\\'); p; p = strchr(p + 2, '\\'))
		a->bytes--;
}

static void begin(struct article *a)
{
	a->len = 0;
	a->text[0] = 0;
}

static void print_title(struct article *a)
{
	unsigned n = 5 + below(a, 6);

	begin(a);
	put(a, a->companies[0]);
	while (n--) {
		put(a, " ");
		put_word(a, true);
	}
	count(a);
	fprintf(a->out, "{\"title\":\"%s\"", a->text);
}

/* Days since 1970 to a date: Howard Hinnant, chrono-compatible low-level date
 * algorithms, civil_from_days(). */
static void print_date(const struct article *a, uint32_t day)
{
	uint32_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
	uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	uint32_t month = mp < 10 ? mp + 3 : mp - 9;

	fprintf(a->out, ",\"date\":\"%04u-%02u-%02u\"", yoe + era * 400 + (month <= 2), month,
	       doy - (153 * mp + 2) / 5 + 1);
}

static void print_lists(struct article *a)
{
	uint32_t first = below(a, 12);
	unsigned i;

	fprintf(a->out, ",\"companies\":[");
	for (i = 0; i < a->ncompanies; i++)
		fprintf(a->out, "%s\"%s\"", i ? "," : "", a->companies[i]);
	fprintf(a->out, "],\"categories\":[\"%s\"", categories[first]);
	if (!below(a, 3))
		fprintf(a->out, ",\"%s\"", categories[(first + 1 + below(a, 11)) % 12]);
	fprintf(a->out, "],\"source\":\"%s\",\"url\":\"https://news.example/%u/%u\"",
	       sources[below(a, 8)], a->day, a->number);
}

static void print_takes(struct article *a)
{
	unsigned n = below(a, 7), first = below(a, 6), i;

	fprintf(a->out, ",\"takes\":[");
	for (i = 0; i < n; i++) {
		struct plan plan = { .n = 0 };

		if (!below(a, TAKE_SHARE / VARIANTS))
			plan.words[plan.n++] = take_words[below(a, VARIANTS)];
		begin(a);
		put_sentences(a, 120 + below(a, 360), &plan, 8);
		put_rest(a, &plan);
		count(a);
		fprintf(a->out,
			"%s{\"persona\":\"%s\",\"perspective\":\"%s\",\"text\":\"%s\"}",
			i ? "," : "", panel[(first + i) % 6].persona,
			panel[(first + i) % 6].perspective, a->text);
	}
	fprintf(a->out, "]}\n");
}

static void print_article(struct article *a, uint32_t number)
{
	struct plan plan;
	unsigned i;

	numbers_seed(&a->numbers, number + 1);
	a->number = number;
	a->day = FIRST_DAY + below(a, DAYS);
	a->ncompanies = 1 + !below(a, 3);
	/* Some are in the news more than others. */
	for (i = 0; i < a->ncompanies; i++) {
		uint32_t x = below(a, COMPANIES);

		vocabulary_company(a->companies[i],
				   x * below(a, COMPANIES) / COMPANIES);
	}
	if (strcmp(a->companies[0], a->companies[1]) == 0)
		a->ncompanies = 1;
	make_plan(&plan, a);
	print_title(a);
	print_date(a, a->day);
	print_lists(a);
	begin(a);
	put_sentences(a, 180 + below(a, 240), &plan, 30);
	count(a);
	fprintf(a->out, ",\"summary\":\"%s\"", a->text);
	begin(a);
	put_sentences(a, 1500 + below(a, 3000), &plan, 40);
	put_rest(a, &plan);
	count(a);
	fprintf(a->out, ",\"body\":\"%s\"", a->text);
	print_takes(a);
}

int main(int argc, char **argv)
{
	static struct article a = { .bytes = 0 };
	bool bytes = argc == 3 && strcmp(argv[1], "--bytes") == 0;
	struct vocabulary *v;
	unsigned long n, from, i;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: generate N [FROM] | --bytes N\n");
		return 2;
	}
	n = strtoul(argv[bytes ? 2 : 1], NULL, 10);
	from = argc > 2 && !bytes ? strtoul(argv[2], NULL, 10) : 0;
	a.out = bytes ? fopen("/dev/null", "w") : stdout;
	v = vocabulary_new();
	if (!v || !a.out) {
		fprintf(stderr, "generate: out of memory\n");
		return 1;
	}
	a.vocabulary = v;
	for (i = 0; i < n; i++)
		print_article(&a, (uint32_t)(from + i));
	vocabulary_free(v);
	if (bytes)
		printf("%llu\n", a.bytes);
	if (fflush(stdout) || ferror(stdout)) {
		perror("generate");
		return 1;
	}
	return 0;
}
