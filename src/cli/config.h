/*
 * The user's file, $XDG_CONFIG_HOME/paneldex/config (else ~/.config/paneldex/config):
 *
 *     [index]
 *     db = ~/news.db        ; where neither --db nor PANELDEX_DB says
 *     [output]
 *     color = never         ; as --color; also format, hyperlinks, width
 *     pager = less -FRX     ; where PANELDEX_PAGER does not say; before PAGER
 *     [colors]
 *     match = bold yellow   ; title, match, faint, date, name, voice
 *     [aliases]
 *     HF = Hugging Face     ; another name of a company, in queries
 *     [profile NAME]        ; see cli/profile.h
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "base/arena.h"
#include "cli/profile.h"
#include "render/terminal.h"

struct options;

/* A line of the file that sets something. */
struct setting {
	const char *section, *key, *value;
	int line;
};

struct config {
	struct arena arena;
	const char *path; /* of the file, there or not; NULL: there is no home */
	bool found;
	struct profiles profiles;
	struct setting *settings; /* in the order of the file */
	size_t n, cap;
	struct styles styles;
};

void config_release(struct config *c);

/* Read the file; none is none.  PDX_E_USAGE: what is wrong at file:line. */
int config_load(struct config *c, struct pdx_err *err);

/* The value of ${key} in ${section}: the last one; NULL where the file has none. */
const struct setting *config_find(const struct config *c, const char *section,
				  const char *key);

/*
 * Set in ${o} what the command line left open.  ${command}, an enum command_bit,
 * decides what has a meaning.
 */
int config_apply(struct options *o, const struct config *c, unsigned command,
		 struct pdx_err *err);

#endif
