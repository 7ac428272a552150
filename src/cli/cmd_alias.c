/*
 * paneldex alias: the other names of companies, typed or read from a file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/action.h"
#include "cli/cli.h"
#include "render/record.h"

#define IMPORT_MAX (64 * 1024 * 1024) /* bytes of a file of names */

struct alias {
	struct cli *cli;
	struct pdx *index;
	struct render_alias_change change;
};

static int add(struct alias *a, const char *name, const char *alias,
	       struct pdx_err *err)
{
	bool added;
	int rc = pdx_alias_add(&added, a->index, name, alias, err);

	if (!rc && added)
		a->change.added++;
	else if (!rc)
		a->change.unchanged++;
	return rc;
}

static int run_add(struct alias *a, const char *const *words, size_t n,
		   struct pdx_err *err)
{
	int rc = PDX_OK;

	for (size_t i = 1; i < n && !rc; i++)
		rc = add(a, words[0], words[i], err);
	return rc;
}

static int run_remove(struct alias *a, const char *const *words, size_t n,
		      struct pdx_err *err)
{
	int rc = PDX_OK;

	for (size_t i = 0; i < n && !rc; i++) {
		uint64_t removed;

		rc = pdx_alias_remove(&removed, a->index, words[i], err);
		if (!rc && removed == 0)
			rc = err_set(err, PDX_E_NOT_FOUND,
				     "\"%s\" is no alias and has none", words[i]);
		a->change.removed += rc ? 0 : removed;
	}
	return rc;
}

/* What the file ${path} holds, in ${out}. */
static int read_all(struct buf *out, const char *path, struct pdx_err *err)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *f = standard ? stdin : fopen(path, "rb");
	char chunk[8192];
	size_t n;
	int rc = PDX_OK;

	buf_init(out, IMPORT_MAX);
	if (!f)
		return err_set(err, PDX_E_IO, "%s: %s", path, strerror(errno));
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_put(out, chunk, n);
	if (ferror(f))
		rc = err_set(err, PDX_E_IO, "%s: %s", path, strerror(errno));
	else if (!buf_ok(out))
		rc = err_set(err, PDX_E_IO, "%s: larger than %d bytes", path,
			     IMPORT_MAX);
	if (!standard)
		fclose(f);
	return rc;
}

/*
 * Cut the next name off *rest: up to a tab, or up to a comma where the line has no tab.
 * Blanks around it and quotes about it are no part of it.  NULL: none is left.
 */
static char *next_name(char **rest, char separator)
{
	char *name = *rest, *end;

	if (!name)
		return NULL;
	name += strspn(name, " ");
	if (separator == ',' && *name == '"' && (end = strchr(name + 1, '"'))) {
		*end++ = '\0';
		name++;
		end = strchr(end, separator);
	} else {
		end = strchr(name, separator);
	}
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	for (end = name + strlen(name); end > name && end[-1] == ' ';)
		*--end = '\0';
	return name;
}

/* PDX_E_USAGE: the line is at fault.  ${line} is cut up. */
static int import_line(struct alias *a, char *line, struct pdx_err *err)
{
	char separator = strchr(line, '\t') ? '\t' : ',';
	char *rest = line, *name = next_name(&rest, separator), *alias;
	size_t n = 0;
	int rc = PDX_OK;

	if (!*name)
		return err_set(err, PDX_E_USAGE, "no name");
	while (!rc && (alias = next_name(&rest, separator))) {
		if (!*alias)
			continue;
		rc = add(a, name, alias, err);
		n++;
	}
	if (!rc && n == 0)
		rc = err_set(err, PDX_E_USAGE, "no alias after the name");
	return rc;
}

static void reject(struct alias *a, const char *path, size_t number, const char *why)
{
	struct render *r = &a->cli->render;
	struct buf origin, message;

	buf_init(&origin, 0);
	buf_init(&message, 0);
	buf_printf(&origin, "%s:%zu", path, number);
	buf_printf(&message, "%s; rejected", why);
	r->ops->remark(r, buf_str(&origin), buf_str(&message));
	buf_release(&message);
	buf_release(&origin);
	a->change.rejected++;
}

/* Lines at fault are left out and named; empty ones and # comments say nothing. */
static int run_import(struct alias *a, const char *const *words, size_t n,
		      struct pdx_err *err)
{
	struct buf text;
	char *line, *next;
	size_t number = 0;
	int rc = read_all(&text, words[0], err);

	(void)n;
	buf_putc(&text, '\0');
	for (line = rc || !buf_ok(&text) ? NULL : text.data; line && !rc; line = next) {
		size_t len = strcspn(line, "\n");
		bool end = line[len] == '\0';

		number++;
		line[len] = '\0';
		next = end ? NULL : line + len + 1;
		if (len && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (line[strspn(line, " \t")] == '\0' || *line == '#')
			continue;
		rc = import_line(a, line, err);
		if (rc != PDX_E_USAGE)
			continue;
		reject(a, words[0], number, err->message);
		rc = PDX_OK;
	}
	buf_release(&text);
	return rc;
}

/* The list as it comes, by company. */
struct listing {
	struct arena arena;
	struct render_company *v;
	size_t n, cap;
	const char **names; /* all aliases, one company's after another's */
	size_t nnames, names_cap;
	bool failed;
};

static void on_alias(void *ctx, const char *name, const char *alias)
{
	struct listing *l = ctx;
	const char *copy = arena_strdup(&l->arena, alias);

	if (l->n == 0 || strcmp(l->v[l->n - 1].name, name) != 0) {
		const char *company = arena_strdup(&l->arena, name);

		if (!company || !mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v))) {
			l->failed = true;
			return;
		}
		l->v[l->n++] = (struct render_company){ .name = company };
	}
	if (!copy ||
	    !mem_grow(&l->names, &l->names_cap, l->nnames + 1, sizeof(*l->names))) {
		l->failed = true;
		return;
	}
	l->names[l->nnames++] = copy;
	l->v[l->n - 1].naliases++;
}

/* Returns an exit code. */
static int list(struct alias *a)
{
	struct render *r = &a->cli->render;
	struct listing l = { .v = NULL };
	struct pdx_err err;
	size_t at = 0;
	int rc = pdx_aliases(a->index, on_alias, &l, &err), code;

	if (!rc && l.failed)
		rc = err_nomem(&err);
	for (size_t i = 0; i < l.n; i++) {
		l.v[i].aliases = l.names + at;
		at += l.v[i].naliases;
	}
	if (rc) {
		code = cli_fail(a->cli, NULL, NULL, &err);
	} else {
		render_record(r, &record_aliases, &(struct render_aliases){ l.v, l.n });
		code = l.n ? EXIT_FOUND : EXIT_NONE;
	}
	free(l.names);
	free(l.v);
	arena_release(&l.arena);
	return code;
}

enum { ADD, LIST, REMOVE, IMPORT };

static const struct action actions[] = {
	[ADD] = { "add", 2, SIZE_MAX, "a company and its aliases" },
	[LIST] = { "list", 0, 0, "nothing" },
	[REMOVE] = { "remove", 1, SIZE_MAX, "aliases or companies" },
	[IMPORT] = { "import", 1, 1, "one file, or - for standard input" },
	{ NULL, 0, 0, NULL },
};

const char *alias_action(size_t i)
{
	return actions[i].name;
}

/* All of it or nothing. */
static int change(struct alias *a, size_t action, struct pdx_err *err)
{
	static int (*const runs[])(struct alias *a, const char *const *words, size_t n,
				   struct pdx_err *err) = {
		[ADD] = run_add,
		[REMOVE] = run_remove,
		[IMPORT] = run_import,
	};
	const struct words *words = &a->cli->options.words;
	int rc = pdx_begin(a->index, err);

	if (!rc)
		rc = runs[action](a, words->v + 1, words->n - 1, err);
	if (!rc)
		rc = pdx_commit(a->index, err);
	if (rc)
		pdx_rollback(a->index);
	return rc;
}

int cmd_alias(struct cli *c)
{
	struct alias a = { .cli = c };
	struct pdx_err err;
	size_t action;
	int rc, code;

	rc = action_find(&action, actions, &c->options.words, &err);
	if (!rc)
		rc = cli_open(&a.index, c,
			      action == LIST ? PDX_OPEN_READ : PDX_OPEN_WRITE, NULL,
			      &err);
	if (!rc && action != LIST)
		rc = change(&a, action, &err);
	if (rc) {
		bool ours = rc == PDX_E_USAGE || rc == PDX_E_NOT_FOUND;

		code = cli_fail(c, ours ? c->command->name : NULL, NULL, &err);
	} else if (action == LIST) {
		code = list(&a);
	} else {
		render_record(&c->render, &record_alias_change, &a.change);
		code = a.change.rejected ? EXIT_REJECTED : EXIT_FOUND;
	}
	pdx_close(a.index);
	return code;
}
