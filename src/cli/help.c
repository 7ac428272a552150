/*
 * Help: nothing stands here that the tables know.
 */
#include "cli/help.h"

#include <string.h>

#include "render/layout.h"

#define COLUMN 26 /* where explanations begin */

static void put_choices(struct layout *l, const char *(*choice)(size_t i))
{
	const char *word;

	for (size_t i = 0; (word = choice(i)); i++) {
		layout_text(l, STYLE_PLAIN, i ? ", " : ": ");
		layout_text(l, STYLE_PLAIN, word);
	}
}

/* "  -s, --sort KEY,...       order; a leading - reverses a key: relevance, ..." */
static void put_option(struct layout *l, const struct option_row *row)
{
	size_t used = strlen("  -x, --") + strlen(row->name);

	if (row->letter)
		out_printf(l->out, "  -%c, --%s", row->letter, row->name);
	else
		out_printf(l->out, "      --%s", row->name);
	if (row->arg) {
		out_printf(l->out, " %s", row->arg);
		used += strlen(row->arg) + 1;
	}
	if (used + 1 < COLUMN) {
		out_pad(l->out, COLUMN - used);
		layout_begin(l, 0);
		l->indent = l->column = COLUMN;
	} else {
		out_putc(l->out, '\n');
		layout_begin(l, COLUMN);
	}
	layout_text(l, STYLE_PLAIN, row->help);
	if (row->choice)
		put_choices(l, row->choice);
	layout_end(l);
}

void help_command(struct out *out, const struct command *command)
{
	struct layout l;

	out_printf(out, "usage: paneldex %s [OPTION]... %s\n%s\n\n%s\noptions:\n",
		   command->name, command->words, command->help, command->more);
	layout_init(&l, out, TERMINAL_WIDTH, false);
	for (const struct option_row *row = option_table; row->name; row++)
		if (row->commands & command->bit)
			put_option(&l, row);
	layout_release(&l);
}

static size_t longest_name(void)
{
	size_t longest = 0;

	for (const struct command *c = commands; c->name; c++)
		if (strlen(c->name) > longest)
			longest = strlen(c->name);
	return longest;
}

void help_program(struct out *out)
{
	size_t width = longest_name();

	out_puts(out,
		 "usage: paneldex COMMAND [OPTION]... [WORD]...\n"
		 "Full-text search for archives of AI-industry news and the opinions "
		 "about it.\n\ncommands:\n");
	for (const struct command *c = commands; c->name; c++) {
		out_printf(out, "  %s", c->name);
		out_pad(out, width - strlen(c->name));
		out_printf(out, "  %s\n", c->help);
	}
	out_puts(out,
		 "\n\"paneldex COMMAND --help\" lists the options of a command; "
		 "\"paneldex --version\" says\nwhich version this is.\n\n"
		 "exit status: 0 something was found or done, 1 nothing was found, "
		 "2 wrong usage or\nquery, 3 index missing, locked or damaged, 4 some "
		 "input was rejected, 5 reading or\nwriting failed, 130 interrupted\n");
}

void help_version(struct out *out)
{
	out_puts(out, "paneldex " PDX_VERSION "\n");
}
