/* A report of the program on its way from a query to a file: what its parts share. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "base/arena.h"
#include "cli/search.h"
#include "report/template.h"

struct report {
	struct cli *cli;
	struct template template;
	struct search search; /* the best hits, and all that is counted */
	struct arena arena;   /* of what the sections are of */
	struct pdx_err late;  /* of a hit that could not be loaded while it was shown */
	struct render_search found;
	struct render_section sections[TEMPLATE_SECTIONS];
	size_t nsections;
	struct pdx_query *everything; /* there is, for shares of it; or NULL */
	struct pdx_result *results[2 * TEMPLATE_SECTIONS]; /* of trends */
	size_t nresults;
	struct buf command; /* that makes it again */
};

/* The sections that --template asks for; on failure the exit code, else 0. */
int report_read_template(struct report *r);

/* Ask the index what the sections need, and fill r->sections; likewise. */
int report_compose(struct report *r);

/* Show it where --output says; returns the exit code. */
int report_write(struct report *r);

#endif
