/* The rows of the table of formats, each from the file of its name. */
#ifndef RENDER_FORMATS_H
#define RENDER_FORMATS_H

#include "render/render.h"

extern const struct renderer renderer_text;     /* term.c */
extern const struct renderer renderer_json;     /* json.c */
extern const struct renderer renderer_jsonl;    /* json.c */
extern const struct renderer renderer_csv;      /* csv.c */
extern const struct renderer renderer_tsv;      /* csv.c */
extern const struct renderer renderer_md;       /* markdown.c */
extern const struct renderer renderer_ids;      /* ids.c */
extern const struct renderer renderer_atom;     /* atom.c */
extern const struct renderer renderer_jsonfeed; /* atom.c */
extern const struct renderer renderer_html;     /* html.c */

#endif
