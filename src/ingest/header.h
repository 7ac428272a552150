/*
 * The glued header line of a captured page: logo text, category, company and date
 * without anything between ("Hugging FaceFundingHugging Face2026-05-08").
 */
#ifndef INGEST_HEADER_H
#define INGEST_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "ingest/reader.h"

#define HEADER_MAX 240 /* bytes; a longer line is text */

struct header {
	const char *company;  /* NULL: none was found */
	const char *category; /* NULL: none was found */
	int32_t date;
	const char *bad_date; /* NULL, or what stands for a date: "2026-13-45" */
	bool plain_text;      /* there was text that could not be split */
};

/*
 * How a line that may be a header looks before it is split, best last.
 */
enum header_look {
	HEADER_NOT,
	HEADER_LOOSE, /* ends with a date that stands apart: may be prose as well */
	HEADER_SHAPE, /* no date, but the same text around another */
	HEADER_DATED  /* a date glued to the text before it, or alone */
};

/* A failed allocation counts as HEADER_NOT. */
enum header_look header_look(const char *line, size_t len);

/*
 * Split ${line} into ${arena}.  The company's text stands before and after the
 * category; where that leaves a choice, what ${known} knows decides, then the longest
 * company before a category that begins with a capital.  The two texts may differ in
 * case, blanks and punctuation; the second one is the company.  Where no text is
 * repeated, ${known} values are looked for; a lone plain phrase is the category.
 * Returns 0 or PDX_E_NOMEM.
 */
int header_parse(struct header *out, struct arena *arena, const char *line, size_t len,
		 const struct known_names *known);

#endif
