/*
 * What a report is made of: the sections that are wanted, in their order, each with its
 * options.  A line of a template is the name of a section and its options:
 *
 *     trend interval=quarter by=company top=5
 *
 * Empty lines and what follows a # say nothing.  A list of sections is their names with
 * commas between.
 */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include <stddef.h>

#include "base/err.h"
#include "query/fields.h"

enum section_kind {
	SECTION_FIGURES, /* how many articles, takes, companies; from when to when */
	SECTION_TREND,   /* over time, all or by the values of a field */
	SECTION_FACETS,  /* the values of fields */
	SECTION_PIVOT,   /* of one field against those of another */
	SECTION_PANEL,   /* what sets the personas apart */
	SECTION_HITS,    /* the best articles */
	SECTION_KINDS
};

#define SECTION_FIELDS 8 /* that one section may be about */
#define TEMPLATE_SECTIONS 64

/* A section that is wanted. */
struct section_wish {
	enum section_kind kind;
	enum field_id fields[SECTION_FIELDS];
	size_t nfields;
	enum field_id interval; /* of a trend */
	size_t top;             /* values, terms or articles to show */
	size_t snippets;        /* for each article */
};

struct template
{
	struct section_wish sections[TEMPLATE_SECTIONS];
	size_t n;
};

/* The name of section number ${i}, in the order of the default; NULL: no more. */
const char *template_name(size_t i);

/* Every kind of section as it is without options. */
void template_default(struct template *t);

/*
 * Add the sections of the list ${text}, or those of one line of a template.
 * PDX_E_USAGE with the bytes at fault and, where there is one, the word that may have
 * been meant as its hint.
 */
int template_add_list(struct template *t, const char *text, struct pdx_err *err);
int template_add_line(struct template *t, const char *line, struct pdx_err *err);

#endif
