/* What inputs hold: see unpacking.h. */
#include "unpacking.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "ingest/identity.h"

static int on_begin(void *ctx, struct pdx_err *err)
{
	(void)ctx;
	(void)err;
	return 0;
}

static int on_article(void *ctx, struct pdx_article *article, const struct piece *piece,
		      struct pdx_err *err)
{
	struct found *f = ctx;
	char date[DATE_TEXT], id[PDX_ID_SIZE];

	(void)err;
	assert_string_equal(article->origin, piece->origin);
	assert_int_equal(strncmp(piece->origin, piece->input, strlen(piece->input)), 0);
	identity_id(id, identity_key(article));
	buf_printf(&f->identity, "%s %016llx\n", id,
		   (unsigned long long)identity_digest(article));
	buf_printf(&f->text, "article %s | %s\n", article->origin, article->title);
	buf_printf(&f->details, "%s | %s\n", date_format(date, article->date),
		   article->url ? article->url : "");
	f->articles++;
	return 0;
}

static int on_reject(void *ctx, const struct piece *piece, const char *reason,
		     struct pdx_err *err)
{
	struct found *f = ctx;

	(void)err;
	buf_printf(&f->text, "reject %s: %s\n", piece->origin, reason);
	f->rejects++;
	f->reject_offset = piece->offset;
	return 0;
}

static void on_warn(void *ctx, const char *origin, const char *message)
{
	struct found *f = ctx;

	buf_printf(&f->text, "warn %s: %s\n", origin, message);
	f->warnings++;
}

static void on_bytes(void *ctx, size_t n)
{
	(void)ctx;
	(void)n;
}

static bool on_stopped(void *ctx)
{
	const struct found *f = ctx;

	return f->stop_after && f->articles >= f->stop_after;
}

void found_init(struct found *f)
{
	*f = (struct found){ 0 };
	buf_init(&f->text, 0);
	buf_init(&f->details, 0);
	buf_init(&f->identity, 0);
}

void found_release(struct found *f)
{
	buf_release(&f->text);
	buf_release(&f->details);
	buf_release(&f->identity);
}

void found_in(struct found *f, const char *name, const void *bytes, size_t len,
	      bool listed)
{
	const struct outlet outlet = { .begin = on_begin,
				       .article = on_article,
				       .reject = on_reject,
				       .warn = on_warn,
				       .bytes = on_bytes,
				       .stopped = on_stopped,
				       .ctx = f };
	FILE *file = tmpfile();
	struct pdx_err err;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fflush(file), 0);
	assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
	buf_reset(&f->text);
	buf_reset(&f->details);
	buf_reset(&f->identity);
	f->articles = f->rejects = f->warnings = 0;
	f->status = intake_fd(&outlet, &f->options, fileno(file), name, listed, &err);
	fclose(file);
}
