/*
 * Whether an output is harmless, whatever stands in the articles that it shows: each
 * format read as the program reads it that gets it.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "harness.h"

#include <stdbool.h>

/* One output to be looked at.  ${what} is for messages: the vector, the command. */
struct output {
	const char *format, *what, *text;
	size_t len;
};

#define HARM_BYTES 256

/* Whether ${o} is malformed or does harm; ${fault} then says how, else it is "". */
bool find_harm(char fault[HARM_BYTES], const struct output *o);

/*
 * The letters and digits (ASCII only) that a reader of ${o} sees, in order, without
 * what is between them; owned by the caller.
 */
char *visible_letters(const struct output *o);

/* Likewise of any text. */
char *letters_of(const char *text, size_t len);

#endif
