/*
 * Character references of HTML: &amp;, &#8212;, &#x2014;.
 */
#ifndef INGEST_HTML_ENTITY_H
#define INGEST_HTML_ENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * The character that the reference at the start of ${len} bytes stands for, and how
 * many bytes the reference takes; 0: an ampersand that begins none.  Names that HTML
 * had before its fifth version need no semicolon; numbers 128 to 159 mean what they do
 * in windows-1252; what is no character becomes U+FFFD.
 */
size_t html_entity(uint32_t *cp, const char *s, size_t len);

/* The name of reference number ${i}, and its character; NULL: there are no more. */
const char *html_entity_name(uint32_t *cp, size_t i);

/* Append ${len} bytes to ${out} with all references replaced. */
void html_decode(struct buf *out, const char *s, size_t len);

#endif
