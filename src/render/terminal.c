/*
 * What is known of the terminal, from the system and the environment.  The one place,
 * with its header, that knows escape sequences.
 */
#include "render/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

size_t terminal_rows(FILE *file)
{
	struct winsize size;

	if (!terminal_is(file) || ioctl(fileno(file), TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_row;
}

bool terminal_is_able(FILE *file)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0 && terminal_is(file);
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value;
}

bool terminal_color(enum when when, FILE *file)
{
	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	if (is_set("CLICOLOR_FORCE") && strcmp(getenv("CLICOLOR_FORCE"), "0") != 0)
		return true;
	return terminal_is_able(file);
}

/* Variables and values of them by which a terminal that follows links tells itself. */
static const struct {
	const char *variable;
	const char *value; /* its beginning; NULL: any but none */
	long version;      /* a number that it must reach; 0: it is none */
} link_signs[] = {
	{ "TERM", "xterm-kitty", 0 },
	{ "TERM", "xterm-ghostty", 0 },
	{ "TERM", "alacritty", 0 },
	{ "TERM", "wezterm", 0 },
	{ "TERM", "foot", 0 },
	{ "TERM", "contour", 0 },
	{ "TERM_PROGRAM", "iTerm.app", 0 },
	{ "TERM_PROGRAM", "WezTerm", 0 },
	{ "TERM_PROGRAM", "vscode", 0 },
	{ "TERM_PROGRAM", "ghostty", 0 },
	{ "TERM_PROGRAM", "mintty", 0 },
	{ "TERM_PROGRAM", "Hyper", 0 },
	{ "VTE_VERSION", NULL, 5001 },       /* 0.50.0 crashed on them */
	{ "KONSOLE_VERSION", NULL, 201200 }, /* 20.12.0 */
	{ "KITTY_WINDOW_ID", NULL, 0 },
	{ "WEZTERM_PANE", NULL, 0 },
	{ "ALACRITTY_WINDOW_ID", NULL, 0 },
	{ "DOMTERM", NULL, 0 },
	{ "WT_SESSION", NULL, 0 },
	{ NULL, NULL, 0 },
};

static bool begins(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool tmux_knows_links(void)
{
	const char *version = getenv("TERM_PROGRAM_VERSION");
	char *end;
	long major, minor;

	if (!is_set("TERM_PROGRAM") || strcmp(getenv("TERM_PROGRAM"), "tmux") != 0 ||
	    !version)
		return false;
	major = strtol(version, &end, 10);
	minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
	return major > 3 || (major == 3 && minor >= 4);
}

bool terminal_knows_links(void)
{
	const char *term = is_set("TERM") ? getenv("TERM") : "dumb";

	/* Those who pass text on inherit the variables of what is around them. */
	if (strcmp(term, "dumb") == 0 || strcmp(term, "linux") == 0 ||
	    is_set("INSIDE_EMACS"))
		return false;
	if (is_set("TMUX"))
		return tmux_knows_links();
	if (is_set("STY") || begins(term, "screen") || begins(term, "tmux"))
		return false;
	for (size_t i = 0; link_signs[i].variable; i++) {
		const char *value = getenv(link_signs[i].variable);

		if (!value || !*value ||
		    (link_signs[i].value && !begins(value, link_signs[i].value)))
			continue;
		if (strtol(value, NULL, 10) >= link_signs[i].version ||
		    !link_signs[i].version)
			return true;
	}
	return false;
}

bool terminal_links(enum when when, FILE *file, bool color)
{
	const char *force = getenv("FORCE_HYPERLINK");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	if (force && *force)
		return strcmp(force, "0") != 0 && strcmp(force, "false") != 0;
	return color && terminal_is_able(file) && terminal_knows_links();
}

size_t terminal_strip_links(char *text, size_t len)
{
	static const size_t open = sizeof(TERMINAL_LINK) - 1,
			    close = sizeof(TERMINAL_LINK_TEXT) - 1;
	size_t kept = 0, i = 0;

	while (i < len) {
		if (len - i < open || memcmp(text + i, TERMINAL_LINK, open) != 0) {
			text[kept++] = text[i++];
			continue;
		}
		i += open;
		while (len - i > close && memcmp(text + i, TERMINAL_LINK_TEXT, close))
			i++;
		i += close;
	}
	return kept;
}

bool terminal_utf8(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	size_t i = 0, len;
	const char *value;

	while (i < 2 && !is_set(variables[i]))
		i++;
	value = is_set(variables[i]) ? getenv(variables[i]) : "";
	len = strcspn(value, "@"); /* "de_DE.UTF-8@euro" */
	return (len >= 5 && strncasecmp(value + len - 5, "UTF-8", 5) == 0) ||
	       (len >= 4 && strncasecmp(value + len - 4, "utf8", 4) == 0);
}

const struct styles terminal_styles = { {
	[STYLE_PLAIN] = "\033[0m",
	[STYLE_TITLE] = "\033[1m",
	[STYLE_MATCH] = "\033[1;31m",
	[STYLE_FAINT] = "\033[2m",
	[STYLE_DATE] = "\033[36m",
	[STYLE_NAME] = "\033[32m",
	[STYLE_VOICE] = "\033[35m",
} };

static const struct {
	const char *name, *words; /* that make the sequence of terminal_styles */
} style_names[STYLES] = {
	[STYLE_PLAIN] = { "plain", "none" },     [STYLE_TITLE] = { "title", "bold" },
	[STYLE_MATCH] = { "match", "bold red" }, [STYLE_FAINT] = { "faint", "faint" },
	[STYLE_DATE] = { "date", "cyan" },       [STYLE_NAME] = { "name", "green" },
	[STYLE_VOICE] = { "voice", "magenta" },
};

const char *terminal_style_name(enum style style)
{
	return style_names[style].name;
}

const char *terminal_style_words(enum style style)
{
	return style_names[style].words;
}

enum style terminal_style_find(const char *name)
{
	int style = STYLE_PLAIN + 1;

	while (style < STYLES && strcmp(style_names[style].name, name) != 0)
		style++;
	return (enum style)style;
}

/* The number that ECMA-48 gives to ${len} bytes of ${word}; -1: it is none. */
static int sgr_of(const char *word, size_t len)
{
	static const struct {
		const char *name;
		int number;
	} names[] = {
		{ "none", 0 },    { "bold", 1 },      { "faint", 2 },
		{ "italic", 3 },  { "underline", 4 }, { "reverse", 7 },
		{ "black", 30 },  { "red", 31 },      { "green", 32 },
		{ "yellow", 33 }, { "blue", 34 },     { "magenta", 35 },
		{ "cyan", 36 },   { "white", 37 },
	};
	size_t bright = strlen("bright-");
	int more = 0;

	if (len > bright && memcmp(word, "bright-", bright) == 0) {
		more = 60;
		word += bright;
		len -= bright;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == len &&
		    memcmp(names[i].name, word, len) == 0)
			return more && names[i].number < 30 ? -1
							    : names[i].number + more;
	return -1;
}

/* Append what ${len} bytes of ${word} mean to ${out}; false: nothing, or no room. */
static bool put_sgr(char *out, size_t size, const char *word, size_t len)
{
	size_t used = strlen(out);
	int number = sgr_of(word, len), n;
	char *end;

	if (number >= 0) {
		n = snprintf(out + used, size - used, ";%d", number);
	} else {
		long color = strtol(word, &end, 10);

		if (end != word + len || color < 0 || color > 255)
			return false;
		n = snprintf(out + used, size - used, ";38;5;%ld", color);
	}
	return n > 0 && (size_t)n < size - used;
}

bool terminal_style_set(struct styles *styles, enum style style, const char *text,
			const char **bad)
{
	char sequence[sizeof(styles->on[0])] = "\033[0";

	for (;;) {
		size_t len;

		text += strspn(text, " \t,");
		len = strcspn(text, " \t,");
		*bad = text;
		if (!len)
			break;
		/* Room for the letter at the end. */
		if (!put_sgr(sequence, sizeof(sequence) - 1, text, len))
			return false;
		text += len;
	}
	strcat(sequence, "m");
	memcpy(styles->on[style], sequence, sizeof(sequence));
	return true;
}
