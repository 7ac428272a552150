/* What the parts of the text format share. */
#ifndef RENDER_TERM_H
#define RENDER_TERM_H

#include "render/layout.h"
#include "render/render.h"

/* A block of wrapped text on ${r}'s output (layout_release). */
void term_layout(struct layout *l, const struct render *r);

/* "2026-05-08  Hugging Face, Mistral AI . Funding", as far as it is known. */
void term_meta(struct layout *l, const struct pdx_article *article);

/* ${before} and the number. */
void term_number(struct layout *l, enum style style, const char *before, uint64_t n);

/* "12 takes", "1 take" */
void term_count(struct layout *l, uint64_t n, const char *what);

/* "12.1 KB" */
const char *term_bytes(char *out, size_t size, uint64_t bytes);

/* term_explain.c: of a query, of a hit at ${indent}, of two articles. */
void term_explain(struct render *r, const struct pdx_explain *explain);
void term_explain_hit(struct layout *l, size_t indent,
		      const struct pdx_explain_hit *explain);
void term_explain_pair(struct render *r, const struct pdx_explain *explain);

/* term_message.c */
void term_error(struct render *r, const struct render_message *message);
void term_note(struct render *r, const struct render_message *message);
void term_suggestion(struct render *r, const struct render_message *m);
void term_remark(struct render *r, const char *origin, const char *message);
void term_reject(struct render *r, const struct render_reject *reject);

/* The part of a struct renderer whose messages are for a person. */
#define TERM_MESSAGES                                                                  \
	.reject = term_reject, .remark = term_remark, .error = term_error,             \
	.note = term_note, .query_note = term_note, .suggestion = term_suggestion

#endif
