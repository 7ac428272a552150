/* Tables as the format csv writes them. */
#ifndef RENDER_CSV_H
#define RENDER_CSV_H

#include "render/out.h"
#include "render/table.h"

/* A header and rows (RFC 4180), with cells that a spreadsheet would run made harmless. */
void csv_table(struct out *out, const struct table *t);

#endif
