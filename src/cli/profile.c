/*
 * The user's file of ranking profiles, read by inih.  Knows where the file is and what
 * may stand in it; what the numbers do is the ranking's.
 */
#include "cli/profile.h"

#include <errno.h>
#include <ini.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"

#define WEIGHT_MAX 1000.0
#define SECTION "profile"

static const char *const field_names[PDX_TEXT_FIELDS] = { "title", "summary", "body",
							  "takes" };

/* What inih hands from line to line. */
struct reading {
	struct profiles *profiles;
	char fault[256]; /* of the first line that has one; "": none */
};

static struct pdx_profile *find(struct profiles *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return &p->v[i];
	return NULL;
}

static int fault(struct reading *r, const char *what, const char *which)
{
	if (!r->fault[0])
		snprintf(r->fault, sizeof(r->fault), "%s \"%s\"", what, which);
	return 0;
}

/* The profile of [profile NAME], made where it is new; NULL: a fault. */
static struct pdx_profile *open_section(struct reading *r, const char *section)
{
	struct profiles *p = r->profiles;
	const char *name = section + strlen(SECTION);
	struct pdx_profile *found;

	if (strncmp(section, SECTION " ", strlen(SECTION " ")) != 0) {
		fault(r, "expected a section [profile NAME], not", section);
		return NULL;
	}
	name += strspn(name, " \t");
	found = find(p, name);
	if (found)
		return found;
	if (!*name || strlen(name) >= PROFILE_NAME || p->n == PROFILES_MAX) {
		fault(r,
		      *name ? "too long a name, or too many profiles:"
			    : "a profile without a name:",
		      name);
		return NULL;
	}
	strcpy(p->names[p->n], name);
	p->v[p->n] = *pdx_profile(0);
	p->v[p->n].name = p->names[p->n];
	return &p->v[p->n++];
}

static bool number(double *out, const char *text, double least, double most)
{
	char *end;

	*out = strtod(text, &end);
	return end != text && !*end && isfinite(*out) && *out >= least && *out <= most;
}

static int set_key(struct reading *r, struct pdx_profile *p, const char *key,
		   const char *value)
{
	bool is_b = strcmp(key, "b") == 0, known = is_b;
	double n;

	if (strcmp(key, "k1") == 0)
		return number(&p->k1, value, 0.001, WEIGHT_MAX)
			       ? 1
			       : fault(r, "k1 is a number over 0, not", value);
	for (size_t i = 0; i < PDX_TEXT_FIELDS; i++) {
		size_t len = strlen(field_names[i]);

		if (strcmp(key, field_names[i]) == 0)
			return number(&p->weight[i], value, 0, WEIGHT_MAX)
				       ? 1
				       : fault(r, "a weight is 0 to 1000, not", value);
		if (!is_b && (strncmp(key, field_names[i], len) != 0 ||
			      strcmp(key + len, ".b") != 0))
			continue;
		known = true;
		if (!number(&n, value, 0, 1))
			return fault(r, "b is 0 to 1, not", value);
		p->b[i] = n;
	}
	return known ? 1 : fault(r, "unknown key", key);
}

/* inih's handler: 1, or 0 for a fault in the line. */
static int take_line(void *ctx, const char *section, const char *key, const char *value)
{
	struct reading *r = ctx;
	struct pdx_profile *profile = open_section(r, section);

	return profile ? set_key(r, profile, key, value) : 0;
}

/* "" where there is no home. */
static void find_file(struct buf *path)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && *config == '/')
		buf_puts(path, config);
	else if (home && *home)
		buf_printf(path, "%s/.config", home);
	else
		return;
	buf_puts(path, "/paneldex/config");
}

static int read_file(struct profiles *p, const char *path, struct pdx_err *err)
{
	struct reading r = { .profiles = p };
	FILE *file = *path ? fopen(path, "r") : NULL;
	int line;

	if (!file && (!*path || errno == ENOENT || errno == ENOTDIR))
		return PDX_OK;
	if (!file)
		return err_set(err, PDX_E_IO, "cannot open %s: %s", path,
			       strerror(errno));
	line = ini_parse_file(file, take_line, &r);
	fclose(file);
	if (line > 0)
		return err_set(err, PDX_E_USAGE, "%s:%d: %s", path, line,
			       r.fault[0] ? r.fault
					  : "expected [profile NAME] or key = value");
	return line < 0 ? err_set(err, PDX_E_IO, "cannot read %s", path) : PDX_OK;
}

int profiles_load(struct profiles *p, struct pdx_err *err)
{
	struct buf path;
	int rc;

	p->n = 0;
	buf_init(&path, 0);
	find_file(&path);
	rc = buf_ok(&path) ? read_file(p, buf_str(&path), err) : err_nomem(err);
	buf_release(&path);
	return rc;
}

static int unknown(const struct profiles *p, const char *name, struct pdx_err *err)
{
	const struct pdx_profile *built_in;
	struct nearest near;
	char all[256] = "";

	nearest_init(&near, name, strlen(name));
	for (size_t i = 0; (built_in = pdx_profile(i)); i++) {
		nearest_offer(&near, built_in->name);
		cli_list(all, sizeof(all), built_in->name);
	}
	for (size_t i = 0; i < p->n; i++) {
		nearest_offer(&near, p->v[i].name);
		if (strlen(all) + PROFILE_NAME + 2 < sizeof(all))
			cli_list(all, sizeof(all), p->v[i].name);
	}
	err_set(err, PDX_E_USAGE, "unknown profile \"%s\"%s%s", name,
		near.best ? "" : "; there are ", near.best ? "" : all);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

int profiles_find(const struct pdx_profile **out, const struct profiles *p,
		  const char *name, struct pdx_err *err)
{
	if (!name)
		name = pdx_profile(0)->name;
	for (size_t i = 0; i < p->n; i++) {
		*out = &p->v[i];
		if (strcmp(p->v[i].name, name) == 0)
			return PDX_OK;
	}
	for (size_t i = 0; (*out = pdx_profile(i)); i++)
		if (strcmp((*out)->name, name) == 0)
			return PDX_OK;
	return unknown(p, name, err);
}
