/*
 * The functions of the table of options: each fills what its row names.  Errors are
 * PDX_E_USAGE with what is wrong with the value, which may be NULL where none is taken.
 */
#ifndef CLI_OPTION_SET_H
#define CLI_OPTION_SET_H

#include "cli/options.h"

int option_set_flag(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_number(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err);
int option_set_size(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_name(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_add_word(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_word(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_add_name(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_persona(struct options *o, const struct option_row *row,
		       const char *value, struct pdx_err *err);
int option_set_day(struct options *o, const struct option_row *row, const char *value,
		   struct pdx_err *err);
int option_set_facet_field(struct options *o, const struct option_row *row,
			   const char *value, struct pdx_err *err);
int option_add_facet_field(struct options *o, const struct option_row *row,
			   const char *value, struct pdx_err *err);
int option_add_pivot(struct options *o, const struct option_row *row, const char *value,
		     struct pdx_err *err);
int option_add_mapping(struct options *o, const struct option_row *row,
		       const char *value, struct pdx_err *err);
int option_set_interval(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err);
int option_set_format(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err);
int option_set_export(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err);
int option_set_when(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_citation(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err);
int option_set_sort(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_days(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_time(struct options *o, const struct option_row *row, const char *value,
		    struct pdx_err *err);
int option_set_language(struct options *o, const struct option_row *row,
			const char *value, struct pdx_err *err);

/* Word number ${i} of a closed set; NULL: there are no more. */
int option_set_choice(struct options *o, const struct option_row *row,
		      const char *value, struct pdx_err *err);
const char *option_format_choice(size_t i);
const char *option_export_choice(size_t i);
const char *option_when_choice(size_t i);
const char *option_same_company_choice(size_t i);
const char *option_order_choice(size_t i);
const char *option_own_filter_choice(size_t i);
const char *option_count_by_choice(size_t i);
const char *option_interval_choice(size_t i);
const char *option_match_choice(size_t i);
const char *option_facet_choice(size_t i);
const char *option_sort_choice(size_t i);
const char *option_citation_choice(size_t i);

#endif
