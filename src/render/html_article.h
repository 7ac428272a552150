/* Pieces of an article on a page of HTML. */
#ifndef RENDER_HTML_ARTICLE_H
#define RENDER_HTML_ARTICLE_H

#include "paneldex.h"
#include "render/render.h"

/* A line with date, companies, categories and id. */
void html_put_meta(struct out *out, const struct pdx_article *a);

/* Whose take number ${n}, from 1, is: "The Skeptic, Reality Check". */
void html_put_voice(struct out *out, const struct pdx_take *take, size_t n);

/* ${text}, whose paragraphs have an empty line between them. */
void html_put_paragraphs(struct out *out, const char *text);

/* The page of a struct pdx_article. */
void html_show_article(struct render *r, const void *what);

#endif
