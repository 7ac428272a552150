/*
 * paneldex completion: what a shell needs to complete our command lines.  The shells'
 * scripts only ask: what may be typed where, candidates.c says.
 */
#include <string.h>

#include "base/err.h"
#include "cli/candidates.h"
#include "cli/cli.h"

/*
 * bash replaces only what stands behind the last : or = of a word, as long as these are
 * among COMP_WORDBREAKS.  Where there is no candidate it completes file names.
 */
static const char bash[] =
	"_paneldex() {\n"
	"	local IFS=$'\\n' line=${COMP_LINE:0:COMP_POINT} word cut=\n"
	"	word=${line##*[[:space:]]}\n"
	"	COMPREPLY=($(paneldex completion candidates -- \"$line\" "
	"2>/dev/null))\n"
	"	COMPREPLY=(\"${COMPREPLY[@]%%$'\\t'*}\")\n"
	"	[[ $COMP_WORDBREAKS == *[:=]* ]] && cut=${word%\"${word##*[:=]}\"}\n"
	"	[[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null\n"
	"	COMPREPLY=(\"${COMPREPLY[@]#\"$cut\"}\")\n"
	"}\n"
	"complete -o default -o bashdefault -F _paneldex paneldex\n";

static const char zsh[] =
	"#compdef paneldex\n"
	"_paneldex() {\n"
	"	local -a found plain fields\n"
	"	local line\n"
	"	found=(\"${(@f)$(paneldex completion candidates --"
	" \"${LBUFFER}\" 2>/dev/null)}\")\n"
	"	for line in $found; do\n"
	"		line=${line%%$'\\t'*}\n"
	"		[[ $line == *: ]] && fields+=($line) || plain+=($line)\n"
	"	done\n"
	"	(( $#fields )) && compadd -Q -S '' -a fields\n"
	"	(( $#plain )) && compadd -Q -a plain\n"
	"	(( $#fields + $#plain )) || _files\n"
	"}\n"
	"if [ \"$funcstack[1]\" = _paneldex ]; then _paneldex; else"
	" compdef _paneldex paneldex; fi\n";

static const char fish[] = "complete -c paneldex -a"
			   " '(paneldex completion candidates -- (commandline -cp))'\n";

static const struct {
	const char *name, *script; /* NULL: not a shell */
} actions[] = {
	{ "bash", bash },
	{ "zsh", zsh },
	{ "fish", fish },
	{ "candidates", NULL },
};

#define ACTIONS (sizeof(actions) / sizeof(actions[0]))

const char *completion_action(size_t i)
{
	return i < ACTIONS && actions[i].script ? actions[i].name : NULL;
}

static int check_words(const struct words *words, struct pdx_err *err)
{
	size_t i = 0;

	if (words->n == 0)
		return err_set(err, PDX_E_USAGE, "for which shell? bash, zsh or fish");
	while (i < ACTIONS && strcmp(actions[i].name, words->v[0]) != 0)
		i++;
	if (i == ACTIONS)
		return err_set(err, PDX_E_USAGE,
			       "unknown shell \"%s\"; it may be bash, zsh, fish",
			       words->v[0]);
	if (words->n != (actions[i].script ? 1 : 2))
		return err_set(err, PDX_E_USAGE, "%s takes %s", words->v[0],
			       actions[i].script ? "nothing else"
						 : "the line up to the cursor");
	return PDX_OK;
}

/* A candidate on each line, behind a tab what there is to say of it. */
static int put_candidates(struct cli *c, const char *line)
{
	struct candidate_list list = { .v = NULL };
	struct pdx_err err;
	int code = EXIT_FOUND;

	candidates_find(&list, c, line);
	for (size_t i = 0; i < list.n && !list.failed; i++) {
		const char *help = list.v[i].help;

		out_puts(&c->out, list.v[i].word);
		if (help)
			out_printf(&c->out, "\t%.*s", (int)strcspn(help, "\n"), help);
		out_putc(&c->out, '\n');
	}
	if (list.failed) {
		err_nomem(&err);
		code = cli_fail(c, NULL, NULL, &err);
	} else if (list.n == 0) {
		code = EXIT_NONE;
	}
	candidates_release(&list);
	return code;
}

int cmd_completion(struct cli *c)
{
	const struct words *words = &c->options.words;
	struct pdx_err err;

	if (check_words(words, &err))
		return cli_fail(c, c->command->name, NULL, &err);
	if (words->n == 2)
		return put_candidates(c, words->v[1]);
	for (size_t i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i].name, words->v[0]) == 0)
			out_puts(&c->out, actions[i].script);
	return EXIT_FOUND;
}
