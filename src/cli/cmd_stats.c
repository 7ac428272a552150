/*
 * paneldex stats: what the index holds.
 */
#include "base/err.h"
#include "cli/cli.h"
#include "render/record.h"

int cmd_stats(struct cli *c)
{
	struct pdx *index = NULL;
	struct pdx_stats stats;
	struct pdx_err err;
	int rc, code = EXIT_FOUND;

	rc = cli_no_words(c, &err);
	if (!rc)
		rc = cli_open(&index, c, PDX_OPEN_READ, NULL, &err);
	if (!rc)
		rc = pdx_stats(&stats, index, &err);
	if (rc)
		code = cli_fail(c, rc == PDX_E_USAGE ? c->command->name : NULL, NULL,
				&err);
	else
		render_record(&c->render, &record_stats, &stats);
	cli_close(c, index);
	return code;
}
