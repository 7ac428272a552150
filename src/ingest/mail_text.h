/* The text of a message: which of its parts it is, and what that says. */
#ifndef INGEST_MAIL_TEXT_H
#define INGEST_MAIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define MAIL_DEPTH_MAX 16   /* parts inside of each other */
#define MAIL_PARTS_MAX 1000 /* of one message */

struct mail_text {
	struct buf text;    /* plain, for clean_block() */
	size_t attachments; /* that were left out */
	bool limited;       /* there were more parts, or deeper ones, than are read */
	size_t parts;       /* for the module itself */
};

void mail_text_init(struct mail_text *t);
void mail_text_release(struct mail_text *t); /* accepts a zeroed struct */

/*
 * Read ${len} bytes of a message or a part, from its headers on, into ${t}.  Of
 * alternatives HTML is taken before plain text.  False where memory is out.
 */
bool mail_text_read(struct mail_text *t, const char *message, size_t len);

#endif
