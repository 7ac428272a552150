/*
 * The command line: words and options to struct options, by getopt_long, and what to
 * say of those that nobody knows.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/options.h"

/* getopt's value for row i: beyond all letters. */
#define ROW_VALUE 256

struct getopt_tables {
	struct option longs[OPTION_MAX + 1];
	char shorts[2 * OPTION_MAX + 3];
};

static void fill_tables(struct getopt_tables *t, unsigned command)
{
	size_t nlongs = 0, nshorts = 0;

	memset(t, 0, sizeof(*t));
	/* Words are returned where they stand, whatever POSIXLY_CORRECT says, and a
	 * missing argument is told from an unknown option. */
	t->shorts[nshorts++] = '-';
	t->shorts[nshorts++] = ':';
	for (size_t i = 0; option_table[i].name; i++) {
		const struct option_row *row = &option_table[i];

		if (!(row->commands & command))
			continue;
		t->longs[nlongs++] = (struct option){
			.name = row->name,
			.has_arg = row->arg ? required_argument : no_argument,
			.val = ROW_VALUE + (int)i,
		};
		if (row->letter)
			t->shorts[nshorts++] = row->letter;
		if (row->letter && row->arg)
			t->shorts[nshorts++] = ':';
	}
}

/*
 * The row that getopt's ${value} stands for; NULL: none.  A letter that several rows
 * have is that of ${command}'s, or else of any.
 */
static const struct option_row *row_of(int value, unsigned command)
{
	const struct option_row *found = NULL;

	if (value >= ROW_VALUE && value < ROW_VALUE + OPTION_MAX)
		return &option_table[value - ROW_VALUE];
	for (const struct option_row *row = option_table; row->name; row++) {
		if (!row->letter || row->letter != value)
			continue;
		if (row->commands & command)
			return row;
		found = row;
	}
	return found;
}

/* The row whose name is ${len} bytes at ${name}, whoever takes it. */
static const struct option_row *row_named(const char *name, size_t len)
{
	for (size_t i = 0; option_table[i].name; i++)
		if (strlen(option_table[i].name) == len &&
		    memcmp(option_table[i].name, name, len) == 0)
			return &option_table[i];
	return NULL;
}

/* Who takes an option called ${name}: it may be several, of different commands. */
static unsigned takers_of(const char *name)
{
	unsigned all = 0;

	for (const struct option_row *row = option_table; row->name; row++)
		if (strcmp(row->name, name) == 0)
			all |= row->commands;
	return all;
}

/* What was typed is an option, but of the commands ${all}. */
static int not_for(unsigned all, const char *typed, size_t len, struct pdx_err *err)
{
	char takers[128] = "";

	for (const struct command *c = commands; c->name; c++)
		if (all & c->bit)
			cli_list(takers, sizeof(takers), c->name);
	return err_set(err, PDX_E_USAGE,
		       "option \"%.*s\" is not for this command; it is "
		       "for: %s",
		       (int)len, typed, takers);
}

/* ${typed} begins with two dashes; it is none, or the beginning of several. */
static int unknown_long(const char *typed, unsigned command, struct pdx_err *err)
{
	const char *name = typed + 2;
	size_t len = strcspn(name, "="), several = 0;
	const struct option_row *row = row_named(name, len);
	struct nearest near;
	char all[256] = "", hint[64];

	if (row)
		return not_for(takers_of(row->name), typed, len + 2, err);
	nearest_init(&near, name, len);
	for (row = option_table; row->name; row++) {
		if (!(row->commands & command))
			continue;
		nearest_offer(&near, row->name);
		if (strncmp(row->name, name, len) == 0 && ++several)
			cli_list(all, sizeof(all), row->name);
	}
	if (several > 1)
		return err_set(err, PDX_E_USAGE,
			       "option \"%.*s\" is the beginning of "
			       "several: %s",
			       (int)len + 2, typed, all);
	err_set(err, PDX_E_USAGE, "unknown option \"%.*s\"", (int)len + 2, typed);
	snprintf(hint, sizeof(hint), "--%s", near.best ? near.best : "");
	cli_suggest(err, near.best ? hint : NULL);
	return PDX_E_USAGE;
}

/* ${word} holds the letter ${letter}, which is no option of the command. */
static int unknown_letter(const char *word, int letter, unsigned command,
			  struct pdx_err *err)
{
	const struct option_row *row = row_of(letter, command);
	char typed[3] = { '-', (char)letter, '\0' };

	if (command == COMMAND_SEARCH && strlen(word) > 2)
		return err_set(err, PDX_E_USAGE,
			       "unknown option \"-%c\" in \"%s\"; to leave a word out "
			       "write it behind \"--\", or as NOT word",
			       letter, word);
	if (row)
		return not_for(row->commands, typed, strlen(typed), err);
	return err_set(err, PDX_E_USAGE, "unknown option \"%s\"", typed);
}

/* What getopt did not take: ${word}, with optopt as getopt left it. */
static int refuse(const char *word, int kind, unsigned command, struct pdx_err *err)
{
	const struct option_row *row = row_of(optopt, command);
	bool is_long = strncmp(word, "--", 2) == 0;

	if (kind == ':' && row)
		return err_set(err, PDX_E_USAGE, "option \"--%s\" needs a value: %s",
			       row->name, row->arg);
	if (optopt >= ROW_VALUE && row)
		return err_set(err, PDX_E_USAGE, "option \"--%s\" takes no value",
			       row->name);
	if (is_long)
		return unknown_long(word, command, err);
	return unknown_letter(word, optopt, command, err);
}

static void note_shapes(struct options *o, const struct option_row *row)
{
	if (row->shapes & SHAPES_HITS)
		o->hits_option = row->name;
	if (row->shapes & SHAPES_PAGE)
		o->page_option = row->name;
	if (row->shapes & SHAPES_TEXT)
		o->text_option = row->name;
	if (row->shapes & SHAPES_READING)
		o->reading_option = row->name;
}

/*
 * Whether ${word} is an option of other commands in full: getopt takes "--count" for
 * the beginning of "--count-by".
 */
static bool is_of_others(const char *word, unsigned command)
{
	const struct option_row *row = NULL;

	if (strncmp(word, "--", 2) == 0)
		row = row_named(word + 2, strcspn(word + 2, "="));
	return row && !(takers_of(row->name) & command);
}

int options_set(struct options *o, const struct option_row *row, const char *value,
		struct pdx_err *err)
{
	o->given[row - option_table] = true;
	note_shapes(o, row);
	return row->set(o, row, value, err);
}

/* Take one thing that getopt returned. */
static int take(struct options *o, int value, const char *word, unsigned command,
		struct pdx_err *err)
{
	const struct option_row *row;
	char message[PDX_ERR_MESSAGE], hint[sizeof(err->hint)];
	int rc;

	if (value == 1)
		return words_add(&o->words, optarg, err);
	if (is_of_others(word, command))
		return unknown_long(word, command, err);
	row = value == '?' || value == ':' ? NULL : row_of(value, command);
	if (!row)
		return refuse(word, value, command, err);
	rc = options_set(o, row, row->arg ? optarg : NULL, err);
	if (rc) {
		memcpy(message, err->message, sizeof(message));
		memcpy(hint, err->hint, sizeof(hint));
		err_set(err, rc, "--%s: %s", row->name, message);
		err_hint(err, hint);
	}
	return rc;
}

bool options_given(const struct options *o, const struct option_row *row)
{
	return o->given[row - option_table];
}

/* The same for what ingest does beside reading what it is given. */
static int check_ingest(const struct options *o, struct pdx_err *err)
{
	bool no_reading = o->list_quarantine || o->drop_quarantine;
	const char *instead = o->list_quarantine    ? "list-quarantine"
			      : o->retry_quarantine ? "retry-quarantine"
			      : o->watch            ? "watch"
						    : NULL;

	if (o->list_quarantine + o->retry_quarantine + o->drop_quarantine + o->dry_run +
		    (o->watch != NULL) >
	    1)
		return err_set(
			err, PDX_E_USAGE,
			"--dry-run, --watch and what is done with the quarantine "
			"exclude each other");
	if (instead && o->words.n)
		return err_set(err, PDX_E_USAGE,
			       "--%s takes no inputs beside, and \"%s\" is one",
			       instead, o->words.v[0]);
	if (no_reading && o->reading_option)
		return err_set(err, PDX_E_USAGE, "--%s has no effect beside --%s",
			       o->reading_option,
			       instead ? instead : "drop-quarantine");
	if (o->jobs && instead)
		return err_set(err, PDX_E_USAGE, "--jobs has no effect beside --%s",
			       instead);
	if (o->dry_run && o->language)
		return err_set(err, PDX_E_USAGE,
			       "--language has no effect beside --dry-run");
	return PDX_OK;
}

/* A format that has room for hits and nothing else. */
static int check_hits_only(const struct options *o, unsigned command,
			   struct pdx_err *err)
{
	const char *what = NULL;

	if (!o->format->hits_only)
		return PDX_OK;
	if (!(command & (COMMAND_SEARCH | COMMAND_SIMILAR | COMMAND_SAVED)))
		return err_set(err, PDX_E_USAGE, "format %s is for hits of a search",
			       o->format->name);
	if (o->facets.n)
		what = "facet";
	else if (o->explain)
		what = "explain";
	else if (o->group_by)
		what = "group-by";
	return what ? err_set(err, PDX_E_USAGE, "--%s has no effect on format %s", what,
			      o->format->name)
		    : PDX_OK;
}

/* What shows more than hits counts all that match. */
static int check_no_total(const struct options *o, struct pdx_err *err)
{
	const char *what = o->facets.n     ? "facet"
			   : o->group_by   ? "group-by"
			   : o->limit == 0 ? "limit 0"
					   : NULL;

	if (!o->no_total || !what)
		return PDX_OK;
	return err_set(err, PDX_E_USAGE,
		       "--%s counts all that match, and --no-total does not", what);
}

int options_check(const struct options *o, unsigned command, struct pdx_err *err)
{
	int rc;

	if (o->count && o->hits_option)
		return err_set(err, PDX_E_USAGE, "--%s has no effect beside --count",
			       o->hits_option);
	if (o->count && o->expand && o->match != MATCH_ANY)
		return err_set(err, PDX_E_USAGE,
			       "--expand has no effect beside --count, but with "
			       "--match any");
	if (o->after && o->expand)
		return err_set(err, PDX_E_USAGE,
			       "--expand has no pages by --after; use --offset");
	if (o->batch && o->words.n)
		return err_set(err, PDX_E_USAGE,
			       "--batch has its queries in a file, "
			       "and \"%s\" is one more",
			       o->words.v[0]);
	if (o->batch && o->after)
		return err_set(err, PDX_E_USAGE, "--after has no meaning for --batch");
	if (o->group_size && !o->group_by)
		return err_set(err, PDX_E_USAGE, "--group-size needs --group-by");
	if (o->after && o->group_by)
		return err_set(err, PDX_E_USAGE, "--group-by has no pages by --after");
	if (o->after && o->offset)
		return err_set(err, PDX_E_USAGE,
			       "--offset has no meaning beside --after");
	if (o->ids.n && !o->explain)
		return err_set(err, PDX_E_USAGE,
			       "--id has no effect without "
			       "--explain");
	if (o->ids.n && o->page_option)
		return err_set(err, PDX_E_USAGE, "--%s has no effect beside --id",
			       o->page_option);
	if (o->force && (!o->output || strcmp(o->output, "-") == 0))
		return err_set(err, PDX_E_USAGE,
			       "--force has no effect without --output FILE");
	if (o->text_option && !o->format->is_text)
		return err_set(err, PDX_E_USAGE, "--%s has no effect on format %s",
			       o->text_option, o->format->name);
	rc = check_ingest(o, err);
	if (!rc)
		rc = check_no_total(o, err);
	return rc ? rc : check_hits_only(o, command, err);
}

int options_parse(struct options *o, unsigned command, int argc, char **argv,
		  struct pdx_err *err)
{
	struct getopt_tables tables;
	struct pdx_err later;
	int value, rc = PDX_OK;

	options_init(o);
	fill_tables(&tables, command);
	opterr = 0;
	optind = 1;
	for (;;) {
		int at = optind;
		int new_rc;

		value = getopt_long(argc, argv, tables.shorts, tables.longs, NULL);
		if (value == -1)
			break;
		new_rc = take(o, value, argv[at < argc ? at : argc - 1], command,
			      rc ? &later : err);
		rc = rc ? rc : new_rc;
	}
	for (; optind < argc; optind++)
		rc = rc ? rc : words_add(&o->words, argv[optind], err);
	return rc;
}
