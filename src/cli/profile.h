/*
 * Ranking profiles by name: those that are built in, and those of the user's file
 * (cli/config.h):
 *
 *     [profile NAME]
 *     k1 = 1.2
 *     title = 2       ; weights of the fields: title, summary, body, takes
 *     title.b = 0.75  ; how much the field's length counts; b alone is for all
 *
 * What a section does not name is as in the default.  [profile default] is what
 * searches use that name none.
 */
#ifndef CLI_PROFILE_H
#define CLI_PROFILE_H

#include "paneldex.h"

#define PROFILES_MAX 32 /* of the user's */
#define PROFILE_NAME 48 /* bytes, with the NUL */

struct profiles {
	struct pdx_profile v[PROFILES_MAX];
	char names[PROFILES_MAX][PROFILE_NAME];
	size_t n;
};

/* Set ${key} of profile ${name}, which may be new.  PDX_E_USAGE: what cannot be. */
int profiles_set(struct profiles *p, const char *name, const char *key,
		 const char *value, struct pdx_err *err);

/* The profile called ${name}; NULL: the default.  PDX_E_USAGE with those there are. */
int profiles_find(const struct pdx_profile **out, const struct profiles *p,
		  const char *name, struct pdx_err *err);

#endif
