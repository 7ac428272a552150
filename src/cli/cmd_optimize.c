/*
 * paneldex optimize: make the index smaller and quicker.
 */
#include "base/err.h"
#include "cli/cli.h"
#include "cli/signals.h"
#include "render/progress.h"
#include "render/record.h"

static void on_progress(void *ctx, const char *what, double part)
{
	progress_part(ctx, what, part);
}

int cmd_optimize(struct cli *c)
{
	struct pdx_optimized done;
	struct render_optimize shown = { .done = &done };
	struct progress progress;
	struct pdx *index = NULL;
	struct pdx_err err;
	int rc, code = EXIT_FOUND;

	progress_init(&progress, &c->err, c->options.format->is_text);
	rc = cli_no_words(c, &err);
	if (!rc)
		rc = cli_open(&index, c, PDX_OPEN_WRITE, NULL, &err);
	if (!rc) {
		signals_watch(index, false);
		rc = pdx_optimize(&done, index, on_progress, &progress, &err);
		signals_watch(NULL, false);
		progress_clear(&progress);
	}
	shown.seconds = progress_seconds(&progress);
	if (rc)
		code = cli_fail(c, rc == PDX_E_USAGE ? c->command->name : NULL, NULL,
				&err);
	else
		render_record(&c->render, &record_optimize, &shown);
	pdx_close(index);
	return code;
}
