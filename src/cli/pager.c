/*
 * Starting a pager and waiting for it.  Knows processes and the environment; how much
 * fits on a screen is the terminal's, what is held back the stream's matter.
 */
#include "cli/pager.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "render/terminal.h"

/* Where nobody chose a pager and there is none, the text is worth more than a message.
 */
#define DEFAULT_PAGER                                                                  \
	"command -v less >/dev/null && exec less\n"                                    \
	"command -v more >/dev/null && exec more\n"                                    \
	"exec cat"
/* less ends by itself where all fits (F), passes colours on (R) and leaves the text on
 * the screen (X). */
#define LESS_OPTIONS "FRX"

/* "": the user wants none. */
static const char *choose(void)
{
	static const char *const variables[] = { "PANELDEX_PAGER", "PAGER" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = getenv(variables[i]);

		if (value)
			return strcmp(value, "cat") == 0 ? "" : value;
	}
	return NULL;
}

/* What cannot be run (127) has read nothing: the text is still there for cat. */
static FILE *run_pager(const char *command)
{
	struct buf line;
	FILE *pipe = NULL;

	buf_init(&line, 0);
	buf_printf(&line, "%s\n[ $? -ne 127 ] || exec cat", command);
	setenv("LESS", LESS_OPTIONS, 0);
	fflush(NULL); /* or the child might write it again */
	if (buf_ok(&line))
		pipe = popen(buf_str(&line), "w");
	buf_release(&line);
	return pipe;
}

/*
 * The screen is full.  Without a pager the text goes where it would have gone.  From
 * now on ^C is the pager's, which has the terminal; who leaves it ends us by SIGPIPE.
 */
static void start(void *ctx)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct pager *p = ctx;

	p->pipe = run_pager(p->command);
	if (!p->pipe)
		return;
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, NULL);
	p->out->file = p->pipe;
	if (terminal_is(p->err->file))
		p->err->file = p->pipe;
}

void pager_init(struct pager *p, struct out *out, struct out *err)
{
	size_t rows = terminal_rows(out->file);

	*p = (struct pager){ .out = out, .err = err, .command = choose() };
	if (!p->command)
		p->command = DEFAULT_PAGER;
	if (rows > 1 && *p->command && terminal_is_able(out->file))
		out_hold(out, rows - 1, start, p); /* a line for the prompt */
}

void pager_finish(struct pager *p)
{
	if (!p->pipe)
		return;
	p->out->file = stdout;
	p->err->file = stderr;
	pclose(p->pipe);
	p->pipe = NULL;
}
