/* Around a peer: times, and the words of queries.  Knows no peer. */
#include "peer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vocabulary.h"

/* A class is asked until this much time went by, or the number of runs is reached. */
static const double class_seconds = 3;

struct words peer_words(enum class_id which, unsigned variant)
{
	struct words w = { { NULL }, 1, 0 };
	unsigned i;

	switch (which) {
	case CLASS_RARE:
		w.v[0] = controls[CONTROL_TWENTY].words[variant];
		break;
	case CLASS_MEDIUM:
		w.v[0] = controls[CONTROL_HUNDREDTH].words[variant];
		break;
	case CLASS_COMMON:
		w.v[0] = controls[CONTROL_HALF].words[variant];
		break;
	case CLASS_AND:
		w.v[0] = controls[CONTROL_HUNDREDTH].words[variant];
		w.v[1] = controls[CONTROL_TENTH].words[variant];
		w.n = 2;
		break;
	case CLASS_OR:
		for (i = 0; i < 4; i++)
			w.v[i] = controls[i].words[variant];
		w.n = 4;
		w.any = 1;
		break;
	case CLASS_PREFIX: /* of words that a tenth has each */
		w.v[0] = "zen";
		break;
	case CLASS_TAKE:
		w.v[0] = take_words[variant];
		break;
	case CLASS_FACETS:
		return peer_words(variant < 3 ? (enum class_id)variant
				  : variant == 3 ? CLASS_AND
						 : CLASS_OR,
				  variant);
	case CLASS_PHRASE:
		w.v[0] = PHRASE_FIRST;
		w.v[1] = PHRASE_SECOND;
		w.n = 2;
		break;
	case CLASS_EMPTY:
		w.n = 0;
		break;
	case CLASS_FILTER:
	case CLASS_TOTAL:
	case CLASS_DATE:
	case CLASSES:
		w.v[0] = controls[CONTROL_TENTH].words[variant];
		break;
	}
	return w;
}

const char *peer_company(unsigned variant)
{
	static char name[COMPANY_MAX];

	vocabulary_company(name, variant * 7);
	return name;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double percentile(const double *sorted, unsigned n, unsigned percent)
{
	unsigned at = (n * percent + 99) / 100;

	return sorted[at ? at - 1 : 0] * 1e6;
}

static int time_class(const struct peer *peer, void *opened, enum class_id which,
		      unsigned runs)
{
	double *times = malloc((runs + VARIANTS) * sizeof(*times)), begun = now();
	long found = 0, got = 0;
	unsigned n = 0, i;

	if (!times)
		return 1;
	for (i = 0; i < VARIANTS && got >= 0; i++) { /* and caches are warm */
		got = peer->search(opened, which, i);
		found += got;
	}
	while (got >= 0 && n < runs && (n < VARIANTS || now() - begun < class_seconds)) {
		double from = now();

		got = peer->search(opened, which, n % VARIANTS);
		times[n++] = now() - from;
	}
	if (got >= 0) {
		qsort(times, n, sizeof(*times), by_number);
		printf("%d %ld %.1f %.1f %.1f\n", (int)which, found,
		       percentile(times, n, 50), percentile(times, n, 95),
		       percentile(times, n, 99));
	}
	free(times);
	return got < 0;
}

/* For peers in other languages: class, variant, whether any word will do, the company,
 * the words; tabs between them. */
static int print_words(void)
{
	int which;
	unsigned variant, i;

	for (which = 0; which < CLASSES; which++) {
		for (variant = 0; variant < VARIANTS; variant++) {
			struct words w = peer_words((enum class_id)which, variant);

			printf("%d\t%u\t%d\t%s", which, variant, w.any,
			       peer_company(variant));
			for (i = 0; i < w.n; i++)
				printf("\t%s", w.v[i]);
			putchar('\n');
		}
	}
	return 0;
}

int peer_main(int argc, char **argv, const struct peer *peer)
{
	void *opened;
	int failed = 0, which;

	if (argc == 4 && strcmp(argv[1], "ingest") == 0 && peer->ingest)
		return peer->ingest(argv[2], argv[3]);
	if (argc == 2 && strcmp(argv[1], "words") == 0)
		return print_words();
	if (argc < 4) {
		fprintf(stderr, "usage: see the head of peer.h\n");
		return 2;
	}
	opened = peer->open(argv[2]);
	if (!opened)
		return 1;
	if (strcmp(argv[1], "warm") == 0) {
		for (which = 0; which < CLASSES && !failed; which++)
			failed = time_class(peer, opened, (enum class_id)which,
					    (unsigned)atoi(argv[3]));
	} else {
		failed = peer->search(opened, (enum class_id)atoi(argv[3]),
				      argc > 4 ? (unsigned)atoi(argv[4]) : 0) < 0;
	}
	peer->close(opened);
	return failed;
}
