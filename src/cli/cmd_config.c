/*
 * paneldex config: what is in force and who says so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "render/record.h"

/* The settings found so far; texts are the arena's. */
struct listing {
	struct cli *cli;
	struct arena arena;
	struct render_setting *v;
	size_t n, cap;
	bool failed;
};

static void add(struct listing *l, const char *key, const char *value, const char *from)
{
	if (!mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v))) {
		l->failed = true;
		return;
	}
	l->v[l->n++] = (struct render_setting){
		.key = arena_strdup(&l->arena, key),
		.value = arena_strdup(&l->arena, value),
		.from = arena_strdup(&l->arena, from),
	};
}

/* The value of a line of the file, as it was typed. */
static void add_line(struct listing *l, const struct setting *s)
{
	struct buf key, from;

	buf_init(&key, 0);
	buf_init(&from, 0);
	buf_printf(&key, "%s.%s", s->section, s->key);
	buf_printf(&from, "%s:%d", l->cli->config.path, s->line);
	add(l, buf_str(&key), s->value, buf_str(&from));
	l->failed = l->failed || !buf_ok(&key) || !buf_ok(&from);
	buf_release(&key);
	buf_release(&from);
}

static int add_index(struct listing *l, struct pdx_err *err)
{
	struct buf path, from;
	int rc;

	buf_init(&path, 0);
	buf_init(&from, 0);
	rc = cli_index_path(&path, &from, l->cli, err);
	if (!rc)
		add(l, "index.db", buf_str(&path), buf_str(&from));
	buf_release(&path);
	buf_release(&from);
	return rc;
}

/* What is in force where the file does not say, and which variables then decide. */
static const struct {
	const char *key, *value;
	const char *variables[2];
} outputs[] = {
	{ "format", "text", { NULL } },
	{ "color", "auto", { "NO_COLOR", "CLICOLOR_FORCE" } },
	{ "hyperlinks", "auto", { "FORCE_HYPERLINK" } },
	{ "width", "of the terminal, else 80", { NULL } },
};

static const char *deciding(const char *const *variables)
{
	for (size_t i = 0; i < 2 && variables[i]; i++) {
		const char *value = getenv(variables[i]);

		if (value && *value)
			return variables[i];
	}
	return "default";
}

static void add_pager(struct listing *l)
{
	const struct config *config = &l->cli->config;
	const char *variable, *command = pager_command(&variable, config);

	if (command && !variable)
		add_line(l, config_find(config, "output", "pager"));
	else
		add(l, "output.pager",
		    !command   ? "less"
		    : *command ? command
			       : "none",
		    variable ? variable : "default");
}

static void add_output(struct listing *l)
{
	for (size_t i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++) {
		const struct setting *s =
			config_find(&l->cli->config, "output", outputs[i].key);
		char key[32];

		snprintf(key, sizeof(key), "output.%s", outputs[i].key);
		if (s)
			add_line(l, s);
		else
			add(l, key, outputs[i].value, deciding(outputs[i].variables));
	}
	add_pager(l);
}

static void add_colors(struct listing *l)
{
	for (int style = STYLE_PLAIN + 1; style < STYLES; style++) {
		const char *name = terminal_style_name((enum style)style);
		const struct setting *s = config_find(&l->cli->config, "colors", name);
		char key[32];

		snprintf(key, sizeof(key), "colors.%s", name);
		if (s)
			add_line(l, s);
		else
			add(l, key, terminal_style_words((enum style)style), "default");
	}
}

static void add_aliases(struct listing *l)
{
	const struct config *c = &l->cli->config;

	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->settings[i].section, "aliases") == 0)
			add_line(l, &c->settings[i]);
}

static void add_number(struct listing *l, const struct pdx_profile *p, const char *key,
		       double value)
{
	const struct setting *s;
	char section[PROFILE_NAME + 16], name[PROFILE_NAME + 48], text[32];

	snprintf(section, sizeof(section), "profile %s", p->name);
	s = config_find(&l->cli->config, section, key);
	if (s) {
		add_line(l, s);
		return;
	}
	snprintf(name, sizeof(name), "%s.%s", section, key);
	snprintf(text, sizeof(text), "%g", value);
	add(l, name, text, "default");
}

static void add_profile(struct listing *l, const struct pdx_profile *p)
{
	static const struct {
		const char *name;
		enum pdx_text_field field;
	} fields[PDX_TEXT_FIELDS] = {
		{ "title", PDX_TEXT_TITLE },
		{ "summary", PDX_TEXT_SUMMARY },
		{ "body", PDX_TEXT_BODY },
		{ "takes", PDX_TEXT_TAKES },
	};
	char key[32];

	add_number(l, p, "k1", p->k1);
	for (size_t i = 0; i < PDX_TEXT_FIELDS; i++) {
		add_number(l, p, fields[i].name, p->weight[fields[i].field]);
		snprintf(key, sizeof(key), "%s.b", fields[i].name);
		add_number(l, p, key, p->b[fields[i].field]);
	}
}

/* Those that are built in, unless the user has one of the name, and the user's. */
static void add_profiles(struct listing *l)
{
	const struct profiles *own = &l->cli->config.profiles;
	const struct pdx_profile *p;

	for (size_t i = 0; (p = pdx_profile(i)); i++) {
		bool replaced = false;

		for (size_t j = 0; j < own->n; j++)
			replaced = replaced || strcmp(own->v[j].name, p->name) == 0;
		if (!replaced)
			add_profile(l, p);
	}
	for (size_t j = 0; j < own->n; j++)
		add_profile(l, &own->v[j]);
}

int cmd_config(struct cli *c)
{
	struct listing l = { .cli = c };
	struct render_config shown;
	struct pdx_err err;
	int rc, code = EXIT_FOUND;

	rc = cli_no_words(c, &err);
	if (!rc)
		rc = add_index(&l, &err);
	if (!rc) {
		add_output(&l);
		add_colors(&l);
		add_aliases(&l);
		add_profiles(&l);
		if (l.failed || l.arena.failed)
			rc = err_nomem(&err);
	}
	if (rc) {
		code = cli_fail(c, c->command->name, NULL, &err);
	} else {
		shown = (struct render_config){
			.file = c->config.found ? c->config.path : NULL,
			.settings = l.v,
			.n = l.n,
		};
		render_record(&c->render, &record_config, &shown);
	}
	free(l.v);
	arena_release(&l.arena);
	return code;
}
