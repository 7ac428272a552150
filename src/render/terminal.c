/*
 * What is known of the terminal, from the system and the environment.  The one place,
 * with its header, that knows escape sequences.
 */
#include "render/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is(FILE *file)
{
	int fd = fileno(file);

	return fd >= 0 && isatty(fd);
}

size_t terminal_width(FILE *file)
{
	struct winsize size;

	if (!terminal_is(file) || ioctl(fileno(file), TIOCGWINSZ, &size) != 0 ||
	    size.ws_col == 0)
		return TERMINAL_WIDTH;
	return size.ws_col < TERMINAL_MIN_WIDTH ? TERMINAL_MIN_WIDTH : size.ws_col;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

bool terminal_color(enum color_when when, FILE *file)
{
	const char *term = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	if (is_set("CLICOLOR_FORCE") && strcmp(getenv("CLICOLOR_FORCE"), "0") != 0)
		return true;
	return term && *term && strcmp(term, "dumb") != 0 && terminal_is(file);
}

const char *terminal_style(enum style style)
{
	static const char *const sequences[] = {
		[STYLE_PLAIN] = "\033[0m",    [STYLE_TITLE] = "\033[1m",
		[STYLE_MATCH] = "\033[1;31m", [STYLE_FAINT] = "\033[2m",
		[STYLE_DATE] = "\033[36m",    [STYLE_NAME] = "\033[32m",
		[STYLE_VOICE] = "\033[35m",
	};

	return sequences[style];
}
