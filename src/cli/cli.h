/* What the commands of the program share. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/buf.h"
#include "cli/config.h"
#include "cli/options.h"
#include "cli/pager.h"
#include "paneldex.h"
#include "render/line.h"
#include "render/projection.h"
#include "render/render.h"

enum exit_code {
	EXIT_FOUND = 0,    /* done, or at least one result */
	EXIT_NONE = 1,     /* nothing found */
	EXIT_USAGE = 2,    /* wrong usage or query */
	EXIT_INDEX = 3,    /* index missing, locked or damaged */
	EXIT_REJECTED = 4, /* ingest finished but rejected some input */
	EXIT_IO = 5,       /* reading or writing failed */
	EXIT_SIGNAL = 128  /* and the signal's number */
};

struct cli;

struct command {
	const char *name;
	unsigned bit;      /* enum command_bit */
	const char *words; /* what may follow the options, for help */
	const char *help;  /* one line */
	const char *more;  /* some lines, with examples */
	/* The first of its words, where that is one of a few; NULL: it may be any. */
	const char *(*action)(size_t i);
	/* Returns the exit code. */
	int (*run)(struct cli *c);
};

/* One run of the program. */
struct cli {
	const struct command *command;
	struct options options;
	struct render render;
	struct projection fields; /* that are shown of records; empty: all */
	struct line line;         /* how they are shown; empty: as the format does */
	struct out out, err;               /* standard output, standard error */
	struct config config; /* the user's file */
	bool err_is_seen;     /* standard error was a terminal at the start */
	struct pager pager;
	const struct pdx_profile *profile; /* to search with; NULL: the default */
	struct pdx *index; /* that all commands of a session share; NULL: there is none */
};

/* All commands, ended by one without a name; main.c. */
extern const struct command commands[];

const struct command *command_find(const char *name);

int cmd_ingest(struct cli *c);
int cmd_search(struct cli *c);
int cmd_similar(struct cli *c);
int cmd_show(struct cli *c);
int cmd_cite(struct cli *c);
int cmd_stats(struct cli *c);
int cmd_trend(struct cli *c);
int cmd_check(struct cli *c);
int cmd_optimize(struct cli *c);
int cmd_alias(struct cli *c);
int cmd_eval(struct cli *c);
int cmd_schema(struct cli *c);
int cmd_export(struct cli *c);
int cmd_facets(struct cli *c);
int cmd_completion(struct cli *c);
int cmd_config(struct cli *c);
int cmd_bookmark(struct cli *c);
int cmd_saved(struct cli *c);
int cmd_panel(struct cli *c);
int cmd_compare(struct cli *c);
int cmd_report(struct cli *c);
int cmd_serve_mcp(struct cli *c);

const char *alias_action(size_t i);
const char *completion_action(size_t i);
const char *bookmark_action(size_t i);
const char *saved_action(size_t i);

/* Of cmd_ingest(): show what is in quarantine, or take it out. */
int quarantine_list(struct cli *c);
int quarantine_drop(struct cli *c);

/* The exit code that says ${status}. */
int exit_code(enum pdx_status status);

/* Append ${word} to the list "a, b" in ${size} bytes at ${list}, as far as there is
 * room. */
void cli_list(char *list, size_t size, const char *word);

/* Offer ${word} in the message of ${err} and as its hint; NULL: nothing. */
void cli_suggest(struct pdx_err *err, const char *word);

/*
 * Show ${err} in the format of the run and return its exit code.  ${place} is where it
 * belongs ("query", a command) or NULL, ${query} the text that its columns are of or
 * NULL.
 */
int cli_fail(struct cli *c, const char *place, const char *query,
	     const struct pdx_err *err);

/* PDX_E_USAGE where words stand that the command has no use for. */
int cli_no_words(const struct cli *c, struct pdx_err *err);

/* Whether there is something where the index would be. */
int cli_has_index(bool *out, const struct cli *c, struct pdx_err *err);

/* Which index that is, and who says so: "--db", "PANELDEX_DB", "default", or a place. */
int cli_index_path(struct buf *path, struct buf *from, const struct cli *c,
		   struct pdx_err *err);

/*
 * Open the index that the options the environment or the user's file name.  With PDX_OPEN_CREATE the
 * directory of the default index is made.
 */
int cli_open(struct pdx **out, const struct cli *c, unsigned flags,
	     const char *language, struct pdx_err *err);

/* Close it, unless it is the session's, which cli_open() gives to those who read. */
void cli_close(const struct cli *c, struct pdx *index);

#endif
