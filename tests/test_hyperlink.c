/*
 * Hyperlinks: which terminals are known to follow them, that nothing in an address ends
 * one, and which pagers they go through.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "render/layout.h"
#include "render/terminal.h"

static const char *const variables[] = {
	"TERM",
	"TERM_PROGRAM",
	"TERM_PROGRAM_VERSION",
	"VTE_VERSION",
	"KONSOLE_VERSION",
	"KITTY_WINDOW_ID",
	"WEZTERM_PANE",
	"ALACRITTY_WINDOW_ID",
	"DOMTERM",
	"WT_SESSION",
	"TMUX",
	"STY",
	"INSIDE_EMACS",
	"FORCE_HYPERLINK",
	"PANELDEX_PAGER",
	"PAGER",
	"LESS",
	"XDG_CONFIG_HOME",
};

static void forget_variables(void)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		set(variables[i], NULL);
}

/* Set what ${text}, "NAME=VALUE NAME=VALUE", says and nothing else. */
static void set_environment(const char *text)
{
	char words[256], *rest = words;

	forget_variables();
	assert_true(strlen(text) < sizeof(words));
	strcpy(words, text);
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		char *equals = strchr(word, '=');

		*equals = '\0';
		set(word, equals + 1);
	}
}

static const struct {
	const char *environment;
	bool known;
} terminals[] = {
	{ "", false },
	{ "TERM=xterm", false },
	{ "TERM=xterm-256color COLORTERM=truecolor", false },
	{ "TERM=dumb KITTY_WINDOW_ID=1", false },
	{ "TERM=linux WT_SESSION=1", false },
	{ "KITTY_WINDOW_ID=1", false }, /* no TERM is a dumb one */
	{ "TERM=xterm-256color VTE_VERSION=7002", true },
	{ "TERM=xterm-256color VTE_VERSION=5001", true },
	{ "TERM=xterm-256color VTE_VERSION=5000", false },
	{ "TERM=xterm-256color VTE_VERSION=4205", false },
	{ "TERM=xterm-256color VTE_VERSION=", false },
	{ "TERM=xterm-256color VTE_VERSION=new", false },
	{ "TERM=xterm-256color KONSOLE_VERSION=220401", true },
	{ "TERM=xterm-256color KONSOLE_VERSION=200800", false },
	{ "TERM=xterm-kitty", true },
	{ "TERM=xterm-256color KITTY_WINDOW_ID=3", true },
	{ "TERM=xterm-256color WEZTERM_PANE=0", true },
	{ "TERM=alacritty-direct", true },
	{ "TERM=xterm-256color ALACRITTY_WINDOW_ID=94", true },
	{ "TERM=foot-extra", true },
	{ "TERM=xterm-256color WT_SESSION=0b", true },
	{ "TERM=xterm-256color DOMTERM=version", true },
	{ "TERM=xterm-256color TERM_PROGRAM=iTerm.app", true },
	{ "TERM=xterm-256color TERM_PROGRAM=vscode", true },
	{ "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", false },
	{ "TERM=screen.xterm-256color VTE_VERSION=7002", false },
	{ "TERM=xterm-256color STY=12.pts-0 VTE_VERSION=7002", false },
	{ "TERM=tmux-256color VTE_VERSION=7002", false },
	{ "TERM=screen TMUX=/tmp/t,1,0 KITTY_WINDOW_ID=1", false },
	{ "TERM=screen TMUX=/tmp/t TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.3a",
	  false },
	{ "TERM=screen TMUX=/tmp/t TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.4", true },
	{ "TERM=screen TMUX=/tmp/t TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=10.0", true },
	{ "TERM=xterm-256color VTE_VERSION=7002 INSIDE_EMACS=28.2", false },
};

static void a_terminal_is_known_by_its_variables(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(terminals) / sizeof(terminals[0]); i++) {
		set_environment(terminals[i].environment);
		if (terminal_knows_links() != terminals[i].known)
			fail_msg("%s: is%s known", terminals[i].environment,
				 terminals[i].known ? " not" : "");
	}
	forget_variables();
}

static void the_user_decides_and_then_the_environment(void **state)
{
	(void)state;
	set_environment("TERM=xterm FORCE_HYPERLINK=1");
	assert_true(terminal_links(WHEN_AUTO, stdout, false));
	assert_false(terminal_links(WHEN_NEVER, stdout, true));
	set_environment("TERM=xterm-kitty FORCE_HYPERLINK=0");
	assert_false(terminal_links(WHEN_AUTO, stdout, true));
	assert_true(terminal_links(WHEN_ALWAYS, stdout, false));
	/* What is known of a terminal says nothing of a file. */
	set_environment("TERM=xterm-kitty");
	if (!terminal_is(stdout))
		assert_false(terminal_links(WHEN_AUTO, stdout, true));
	forget_variables();
}

/* "A title" as a link to ${url} in 8 columns; the caller frees it. */
static char *linked(const char *url)
{
	struct layout l;
	struct out out;
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	out_init(&out, f);
	out.links = true;
	layout_init(&l, &out, 8, false);
	layout_begin(&l, 1);
	layout_link(&l, url);
	layout_text(&l, STYLE_TITLE, "A long title");
	layout_link(&l, NULL);
	layout_text(&l, STYLE_PLAIN, "on");
	layout_end(&l);
	layout_release(&l);
	assert_int_equal(out_close(&out, NULL), 0);
	return text;
}

#define ON(url) "\033]8;;" url "\033\\"
#define OFF "\033]8;;\033\\"

static void nothing_in_an_address_ends_a_link(void **state)
{
	static const struct {
		const char *url, *written; /* NULL: no link */
	} cases[] = {
		{ "https://a.example/b?c=1&d=%20#e", NULL },
		{ "https://a.example/\033\\\033]0;owned\007",
		  "https://a.example/%1B\\%1B]0;owned%07" },
		{ "http://a.example/\x9c\xc2\x9c", "http://a.example/%9C%C2%9C" },
		{ "http://a.example/a b\n\r\t\x7f",
		  "http://a.example/a%20b%0A%0D%09%7F" },
		{ "https://\xc3\xa4.example/", "https://%C3%A4.example/" },
		{ "javascript:alert(1)", "" },
		{ "file:///etc/passwd", "" },
		{ "\033]8;;http://a.example", "" },
		{ "https://", "" },
		{ NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *url = cases[i].written ? cases[i].written : cases[i].url;
		char *got = linked(cases[i].url), want[256];

		if (*url)
			snprintf(want, sizeof(want),
				 " \033]8;;%s\033\\A long" OFF
				 "\n \033]8;;%s\033\\title" OFF "on\n",
				 url, url);
		if (strcmp(got, *url ? want : " A long\n titleon\n") != 0)
			fail_msg("%s: got \"%s\"", cases[i].url ? cases[i].url : "-",
				 got);
		got[terminal_strip_links(got, strlen(got))] = '\0';
		assert_string_equal(got, " A long\n titleon\n");
		free(got);
	}
}

static void an_address_that_terminals_ignore_is_no_link(void **state)
{
	char url[2200] = "https://a.example/";
	char *got;

	(void)state;
	memset(url + strlen(url), 'a', sizeof(url) - 1 - strlen(url));
	got = linked(url);
	assert_string_equal(got, " A long\n titleon\n");
	free(got);
}

/* A "less" of ${version} in a directory of its own, which is returned; static. */
static const char *make_less(const char *version)
{
	const char *directory = in_tmpdir(version), *path;
	char name[64];
	FILE *f;

	mkdir(directory, 0700);
	snprintf(name, sizeof(name), "%s/less", version);
	path = in_tmpdir(name);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f,
		"#!/bin/sh\nif [ \"$1\" = --version ]\n"
		"then echo 'less %s (none)'; else cat -n; fi\n",
		version);
	fclose(f);
	assert_int_equal(chmod(path, 0700), 0);
	return directory;
}

#define HIT_LINK ON("https://tern.example/skua-2")
#define SEARCH "\"$PANELDEX_BIN\" search -n 1 skua "

static void a_terminal_has_links_where_it_and_the_pager_follow_them(void **state)
{
	static const struct {
		const char *environment, *options;
		unsigned rows;
		bool links;
	} cases[] = {
		{ "VTE_VERSION=7002", "", 60, true },
		{ "VTE_VERSION=7002 NO_COLOR=1", "", 60, false },
		{ "VTE_VERSION=7002", "--color never", 60, false },
		{ "VTE_VERSION=7002", "--hyperlinks never", 60, false },
		{ "VTE_VERSION=7002", "| cat", 60, false },
		{ "VTE_VERSION=7002", "-f md", 60, false },
		{ "", "", 60, false },
		{ "", "--hyperlinks always", 60, true },
		{ "FORCE_HYPERLINK=1", "| cat", 60, true },
		{ "FORCE_HYPERLINK=0 VTE_VERSION=7002", "", 60, false },
		{ "VTE_VERSION=7002", "--no-pager", 4, true },
		{ "VTE_VERSION=7002 PAGER=$NEW/less", "", 4, true },
		{ "VTE_VERSION=7002 PATH=$NEW:$PATH PAGER=less", "", 4, true },
		{ "VTE_VERSION=7002 PATH=$NEW:$PATH", "", 4, true },
		{ "VTE_VERSION=7002 PATH=$OLD:$PATH", "", 4, false },
		{ "VTE_VERSION=7002 PAGER=$OLD/less", "", 4, false },
		{ "VTE_VERSION=7002 LESS=FX PAGER=$NEW/less", "", 4, false },
		{ "VTE_VERSION=7002 LESS=FX PAGER=\"$NEW/less -iR\"", "", 4, true },
		{ "VTE_VERSION=7002 LESS=FX PAGER=\"$NEW/less "
		  "--RAW-CONTROL-CHARS\"",
		  "", 4, true },
		{ "VTE_VERSION=7002 PAGER=\"cat -n\"", "", 4, false },
		{ "VTE_VERSION=7002 PAGER=\"sed p | sed p\"", "", 4, false },
		{ "VTE_VERSION=7002 PAGER=\"cat -n\"", "--hyperlinks always", 4,
		  false },
	};

	(void)state;
	set_environment("");
	set("NEW", make_less("590"));
	set("OLD", make_less("551"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char script[512];
		struct run r;

		snprintf(script, sizeof(script), "%s " SEARCH "%s",
			 cases[i].environment, cases[i].options);
		r = on_terminal(script, cases[i].rows);
		assert_status(&r, 0, script);
		assert_holds(r.out, "2026", script);
		if ((strstr(r.out, "\033]8;") != NULL) != cases[i].links ||
		    (cases[i].links && !strstr(r.out, HIT_LINK)))
			fail_msg("%s: %s", script, r.out);
		run_free(&r);
	}
	set("NEW", NULL);
	set("OLD", NULL);
}

static void what_is_shown_is_the_same_with_links_and_without(void **state)
{
	static const char *const lines[] = { "search skua", "show eb81",
					     "panel -n 3 weights" };

	(void)state;
	set_environment("");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char line[128];
		struct run plain, links;

		snprintf(line, sizeof(line), "%s --color always --width 40", lines[i]);
		plain = run_expect(line, 0);
		strcat(line, " --hyperlinks always");
		links = run_expect(line, 0);
		assert_holds(links.out, "\033]8;;http", line);
		links.out[terminal_strip_links(links.out, links.outlen)] = '\0';
		assert_string_equal(links.out, plain.out);
		run_free(&plain);
		run_free(&links);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_is_known_by_its_variables),
		cmocka_unit_test(the_user_decides_and_then_the_environment),
		cmocka_unit_test(nothing_in_an_address_ends_a_link),
		cmocka_unit_test(an_address_that_terminals_ignore_is_no_link),
		cmocka_unit_test(
			a_terminal_has_links_where_it_and_the_pager_follow_them),
		cmocka_unit_test(what_is_shown_is_the_same_with_links_and_without),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
