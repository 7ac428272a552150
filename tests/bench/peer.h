/*
 * What a peer of the bench does, and the program around it:
 *
 *     peer ingest DATA INDEX         read JSON Lines, write the index
 *     peer warm INDEX RUNS           ask all classes of queries over and over
 *     peer once INDEX CLASS VARIANT  ask one query and end
 *     peer words                     the words of all queries
 *
 * warm prints a line for each class: its number, what was found (the sum over the
 * variants; of classes that ask for no total the hits on the page), and p50, p95 and p99
 * in microseconds.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "queries.h"

struct peer {
	int (*ingest)(const char *data, const char *index);
	/* NULL after a message. */
	void *(*open)(const char *index);
	/* How many there are, or of a class that asks for no total how many are on the
	 * page; -1 after a message. */
	long (*search)(void *opened, enum class_id which, unsigned variant);
	void (*close)(void *opened);
};

int peer_main(int argc, char **argv, const struct peer *peer);

/* The words of the query: how many, and one between them that is AND or OR. */
struct words {
	const char *v[4];
	unsigned n;
	int any;
};

struct words peer_words(enum class_id which, unsigned variant);

/* The company that CLASS_FILTER asks for; in one static buffer. */
const char *peer_company(unsigned variant);

#endif
