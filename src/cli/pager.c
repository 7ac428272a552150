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

/* Hyperlinks are kept with -R from this version on, before it shown as what they are.
 */
#define LESS_WITH_LINKS 566

/* "": the user wants none. */
static const char *none_or(const char *command)
{
	return strcmp(command, "cat") == 0 ? "" : command;
}

const char *pager_command(const char **variable, const struct config *config)
{
	static const char *const variables[] = { "PANELDEX_PAGER", "PAGER" };
	const struct setting *s = config_find(config, "output", "pager");

	for (size_t i = 0; i < 2; i++) {
		const char *value = getenv(variables[i]);

		if (variable)
			*variable = value ? variables[i] : NULL;
		if (value)
			return none_or(value);
		if (s)
			return none_or(s->value);
	}
	return NULL;
}

/* Whether ${options} of less, without the dash too ("FRX"), keep escape sequences. */
static bool keeps_sequences(const char *options)
{
	while (options && *(options += strspn(options, " \t"))) {
		size_t len = strcspn(options, " \t");
		const char *r = memchr(options, 'R', len);

		if (strncmp(options, "--", 2) == 0)
			r = strncmp(options, "--RAW-CONTROL-CHARS", len) == 0 ? options
									      : NULL;
		if (r)
			return true;
		options += len;
	}
	return false;
}

/* Ask ${len} bytes of ${program}: "less 590 (GNU regular expressions)". */
static bool is_new_less(const char *program, size_t len)
{
	char line[512], said[64] = "";
	FILE *pipe;

	snprintf(line, sizeof(line), "exec %.*s --version </dev/null 2>/dev/null",
		 (int)len, program);
	pipe = popen(line, "r");
	if (!pipe)
		return false;
	if (!fgets(said, sizeof(said), pipe))
		said[0] = '\0';
	while (fgetc(pipe) != EOF) /* or it would die of writing */
		;
	pclose(pipe);
	return strncmp(said, "less ", 5) == 0 &&
	       strtol(said + 5, NULL, 10) >= LESS_WITH_LINKS;
}

/* A command that is more than a name and options is not looked into. */
static bool follows_links(const char *command)
{
	size_t len, path;

	if (strcmp(command, DEFAULT_PAGER) == 0)
		command = "less";
	len = strcspn(command, " \t");
	path = strspn(command, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "0123456789/._-");
	if (len != path || len < 4 || len > 256 ||
	    strncmp(command + len - 4, "less", 4) != 0 ||
	    (len > 4 && command[len - 5] != '/'))
		return false;
	return (keeps_sequences(getenv("LESS")) || keeps_sequences(command + len)) &&
	       is_new_less(command, len);
}

/* No hyperlink from now on, nor in what is held back. */
static void drop_links(struct out *out)
{
	out->links = false;
	if (buf_ok(&out->held))
		out->held.len = terminal_strip_links(out->held.data, out->held.len);
}

/* What cannot be run (127) has read nothing: the text is still there for cat. */
static FILE *run_pager(const char *command)
{
	struct buf line;
	FILE *pipe = NULL;

	buf_init(&line, 0);
	buf_printf(&line, "%s\n[ $? -ne 127 ] || exec cat", command);
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

	setenv("LESS", LESS_OPTIONS, 0);
	if (p->out->links && !follows_links(p->command))
		drop_links(p->out);
	p->pipe = run_pager(p->command);
	if (!p->pipe)
		return;
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, NULL);
	p->out->file = p->pipe;
	if (terminal_is(p->err->file))
		p->err->file = p->pipe;
}

void pager_init(struct pager *p, const char *command, struct out *out, struct out *err)
{
	size_t rows = terminal_rows(out->file);

	*p = (struct pager){ .out = out, .err = err, .command = command };
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
