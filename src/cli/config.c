/*
 * The user's file, read by inih.  Knows where it is, what may stand in it and which
 * line did; each section's meaning is its row's.
 */
#include "cli/config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/distance.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"

#define PROFILE "profile "

/* What inih hands from line to line. */
struct reading {
	struct config *config;
	FILE *file;
	int line; /* read last */
	struct pdx_err *err;
};

static int set_style(struct config *c, const char *key, const char *value,
		     struct pdx_err *err)
{
	enum style style = terminal_style_find(key);
	const char *bad;

	if (style == STYLES)
		return err_set(err, PDX_E_USAGE, "unknown key \"%s\"", key);
	if (terminal_style_set(&c->styles, style, value, &bad))
		return PDX_OK;
	return err_set(err, PDX_E_USAGE, "no colour or style: \"%.*s\"",
		       (int)strcspn(bad, " \t,"), bad);
}

static int set_alias(struct config *c, const char *key, const char *value,
		     struct pdx_err *err)
{
	(void)c, (void)key;
	return *value ? PDX_OK
		      : err_set(err, PDX_E_USAGE, "the name of a company is empty");
}

/* The values of these are looked at where they are used: by the options' own rows. */
static int set_option(struct config *c, const char *key, const char *value,
		      struct pdx_err *err)
{
	(void)c, (void)key;
	return *value ? PDX_OK : err_set(err, PDX_E_USAGE, "the value is empty");
}

static const struct section {
	const char *name;
	const char *keys[6]; /* ended by NULL; none: any, or the section's own */
	int (*set)(struct config *c, const char *key, const char *value,
		   struct pdx_err *err);
} sections[] = {
	{ "index", { "db" }, set_option },
	{ "output", { "color", "format", "hyperlinks", "pager", "width" }, set_option },
	{ "colors", { NULL }, set_style },
	{ "aliases", { NULL }, set_alias },
	{ NULL, { NULL }, NULL },
};

static int unknown_section(const char *name, struct pdx_err *err)
{
	struct nearest near;

	nearest_init(&near, name, strlen(name));
	for (const struct section *s = sections; s->name; s++)
		nearest_offer(&near, s->name);
	err_set(err, PDX_E_USAGE,
		"unknown section [%s]; there are [index], [output], [colors], "
		"[aliases] and [profile NAME]",
		name);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

static int check_key(const struct section *s, const char *key, struct pdx_err *err)
{
	struct nearest near;

	nearest_init(&near, key, strlen(key));
	for (size_t i = 0; s->keys[i]; i++) {
		if (strcmp(s->keys[i], key) == 0)
			return PDX_OK;
		nearest_offer(&near, s->keys[i]);
	}
	if (!s->keys[0])
		return PDX_OK;
	err_set(err, PDX_E_USAGE, "unknown key \"%s\" in [%s]", key, s->name);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

static int set(struct config *c, const char *section, const char *key,
	       const char *value, struct pdx_err *err)
{
	const struct section *s = sections;
	int rc;

	if (strncmp(section, PROFILE, strlen(PROFILE)) == 0) {
		const char *name = section + strlen(PROFILE);

		return profiles_set(&c->profiles, name + strspn(name, " \t"), key,
				    value, err);
	}
	while (s->name && strcmp(s->name, section) != 0)
		s++;
	if (!s->name)
		return *section ? unknown_section(section, err)
				: err_set(err, PDX_E_USAGE,
					  "\"%s\" stands in no section", key);
	rc = check_key(s, key, err);
	return rc ? rc : s->set(c, key, value, err);
}

/* inih's handler: 1, or 0 for a fault in the line. */
static int take_line(void *ctx, const char *section, const char *key, const char *value)
{
	struct reading *r = ctx;
	struct config *c = r->config;
	int rc = set(c, section, key, value, r->err);

	if (!rc && !mem_grow(&c->settings, &c->cap, c->n + 1, sizeof(*c->settings)))
		rc = err_nomem(r->err);
	if (rc)
		return 0;
	c->settings[c->n++] = (struct setting){
		.section = arena_strdup(&c->arena, section),
		.key = arena_strdup(&c->arena, key),
		.value = arena_strdup(&c->arena, value),
		.line = r->line,
	};
	return 1;
}

/* inih counts lines for itself alone. */
static char *read_line(char *out, int size, void *ctx)
{
	struct reading *r = ctx;

	r->line++;
	return fgets(out, size, r->file);
}

static int parse(struct config *c, FILE *file, struct pdx_err *err)
{
	struct pdx_err why = { .message = "" };
	struct reading r = { .config = c, .file = file, .err = &why };
	int line = ini_parse_stream(read_line, &r, take_line, &r);

	if (ferror(file) || line < 0)
		return err_set(err, PDX_E_IO, "cannot read %s", c->path);
	if (c->arena.failed || why.status == PDX_E_NOMEM)
		return err_nomem(err);
	if (line == 0)
		return PDX_OK;
	err_set(err, PDX_E_USAGE, "%s:%d: %s", c->path, line,
		*why.message ? why.message : "expected [section] or key = value");
	err_hint(err, why.hint);
	return PDX_E_USAGE;
}

/* NULL where there is no home. */
static int find_file(struct config *c, struct pdx_err *err)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct buf path;

	buf_init(&path, 0);
	if (config && *config == '/')
		buf_printf(&path, "%s/paneldex/config", config);
	else if (home && *home)
		buf_printf(&path, "%s/.config/paneldex/config", home);
	if (path.len)
		c->path = arena_strdup(&c->arena, buf_str(&path));
	if (!buf_ok(&path) || c->arena.failed)
		err_nomem(err);
	buf_release(&path);
	return c->arena.failed ? PDX_E_NOMEM : PDX_OK;
}

int config_load(struct config *c, struct pdx_err *err)
{
	FILE *file;
	int rc;

	*c = (struct config){ .styles = terminal_styles };
	rc = find_file(c, err);
	if (rc || !c->path)
		return rc;
	file = fopen(c->path, "r");
	if (!file && (errno == ENOENT || errno == ENOTDIR))
		return PDX_OK;
	if (!file)
		return err_set(err, PDX_E_IO, "cannot open %s: %s", c->path,
			       strerror(errno));
	c->found = true;
	rc = parse(c, file, err);
	fclose(file);
	return rc;
}

void config_release(struct config *c)
{
	free(c->settings);
	arena_release(&c->arena);
	*c = (struct config){ .path = NULL };
}

const struct setting *config_find(const struct config *c, const char *section,
				  const char *key)
{
	for (size_t i = c->n; i > 0; i--)
		if (strcmp(c->settings[i - 1].section, section) == 0 &&
		    strcmp(c->settings[i - 1].key, key) == 0)
			return &c->settings[i - 1];
	return NULL;
}

static const struct option_row *find_row(const char *name)
{
	const struct option_row *row = option_table;

	while (strcmp(row->name, name) != 0)
		row++;
	return row;
}

/* Let [output] speak where the command line did not. */
static int apply_option(struct options *o, const struct config *c, unsigned command,
			const char *key, struct pdx_err *err)
{
	const struct setting *s = config_find(c, "output", key);
	const struct option_row *row = find_row(key);
	const char *shaper = o->text_option;
	bool given = o->format_given;
	struct pdx_err why;
	int rc;

	if (!s || !(row->commands & command) || options_given(o, row))
		return PDX_OK;
	rc = row->set(o, row, s->value, &why);
	o->text_option = shaper; /* a wish for text is none to have text */
	o->format_given = given; /* nor is a usual format one that was asked for */
	if (rc) {
		err_set(err, rc, "%s:%d: %s: %s", c->path, s->line, key, why.message);
		err_hint(err, why.hint);
	}
	return rc;
}

int config_apply(struct options *o, const struct config *c, unsigned command,
		 struct pdx_err *err)
{
	static const char *const keys[] = { "format", "color", "hyperlinks", "width" };
	int rc = PDX_OK;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !rc; i++)
		rc = apply_option(o, c, command, keys[i], err);
	return rc;
}
