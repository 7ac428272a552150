/*
 * The user's ranking profiles.  Knows what may stand in one; what the numbers do is the
 * ranking's.
 */
#include "cli/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"

#define WEIGHT_MAX 1000.0

static const char *const field_names[PDX_TEXT_FIELDS] = { "body", "title", "summary",
							  "takes" };

static struct pdx_profile *find(struct profiles *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return &p->v[i];
	return NULL;
}

/* Profile ${name}, made where it is new. */
static int open_profile(struct pdx_profile **out, struct profiles *p, const char *name,
			struct pdx_err *err)
{
	*out = find(p, name);
	if (*out)
		return PDX_OK;
	if (!*name)
		return err_set(err, PDX_E_USAGE, "a profile without a name");
	if (strlen(name) >= PROFILE_NAME || p->n == PROFILES_MAX)
		return err_set(err, PDX_E_USAGE,
			       "too long a name, or too many profiles: \"%s\"", name);
	strcpy(p->names[p->n], name);
	p->v[p->n] = *pdx_profile(0);
	p->v[p->n].name = p->names[p->n];
	*out = &p->v[p->n++];
	return PDX_OK;
}

static bool number(double *out, const char *text, double least, double most)
{
	char *end;

	*out = strtod(text, &end);
	return end != text && !*end && isfinite(*out) && *out >= least && *out <= most;
}

static int set_number(double *out, const char *value, double least, double most,
		      const char *what, struct pdx_err *err)
{
	if (number(out, value, least, most))
		return PDX_OK;
	return err_set(err, PDX_E_USAGE, "%s, not \"%s\"", what, value);
}

/* "b", or "title.b" for one field. */
static int set_b(struct pdx_profile *p, const char *key, const char *value,
		 struct pdx_err *err)
{
	bool known = false;
	double b;

	for (size_t i = 0; i < PDX_TEXT_FIELDS; i++) {
		size_t len = strlen(field_names[i]);
		int rc;

		if (strcmp(key, "b") != 0 && (strncmp(key, field_names[i], len) != 0 ||
					      strcmp(key + len, ".b") != 0))
			continue;
		rc = set_number(&b, value, 0, 1, "b is 0 to 1", err);
		if (rc)
			return rc;
		p->b[i] = b;
		known = true;
	}
	return known ? PDX_OK : err_set(err, PDX_E_USAGE, "unknown key \"%s\"", key);
}

int profiles_set(struct profiles *profiles, const char *name, const char *key,
		 const char *value, struct pdx_err *err)
{
	struct pdx_profile *p;
	int rc = open_profile(&p, profiles, name, err);

	if (rc)
		return rc;
	if (strcmp(key, "k1") == 0)
		return set_number(&p->k1, value, 0.001, WEIGHT_MAX,
				  "k1 is a number over 0", err);
	for (size_t i = 0; i < PDX_TEXT_FIELDS; i++)
		if (strcmp(key, field_names[i]) == 0)
			return set_number(&p->weight[i], value, 0, WEIGHT_MAX,
					  "a weight is 0 to 1000", err);
	return set_b(p, key, value, err);
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
