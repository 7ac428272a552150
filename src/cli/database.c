/*
 * Which index: the option, the environment, or the place that the XDG base directory
 * specification gives a user's data.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"

#define DEFAULT_NAME "/paneldex/paneldex.db"
#define DIRECTORY_MODE 0700 /* as the specification asks */

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* A relative XDG_DATA_HOME is to be ignored, says the specification. */
static int default_path(struct buf *path, struct pdx_err *err)
{
	const char *data = environment("XDG_DATA_HOME"), *home = environment("HOME");

	if (data && *data == '/') {
		buf_puts(path, data);
	} else if (home) {
		buf_puts(path, home);
		buf_puts(path, "/.local/share");
	} else {
		return err_set(err, PDX_E_USAGE,
			       "no index named: use --db, or set PANELDEX_DB or HOME");
	}
	buf_puts(path, DEFAULT_NAME);
	return PDX_OK;
}

/* Make the directories above the file ${path}, which is changed and restored. */
static int make_parents(char *path, struct pdx_err *err)
{
	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		int rc;

		*slash = '\0';
		rc = mkdir(path, DIRECTORY_MODE);
		if (rc != 0 && errno != EEXIST) {
			err_set(err, PDX_E_IO, "cannot make directory %s: %s", path,
				strerror(errno));
			*slash = '/';
			return PDX_E_IO;
		}
		*slash = '/';
	}
	return PDX_OK;
}

/* The path that the options and the environment name; *named: somebody did. */
static int find_path(struct buf *path, bool *named, const struct cli *c,
		     struct pdx_err *err)
{
	const char *name = c->options.db ? c->options.db : environment("PANELDEX_DB");
	int rc = PDX_OK;

	buf_init(path, 0);
	*named = name != NULL;
	if (name)
		buf_puts(path, name);
	else
		rc = default_path(path, err);
	return rc || buf_ok(path) ? rc : err_nomem(err);
}

int cli_has_index(bool *out, const struct cli *c, struct pdx_err *err)
{
	struct buf path;
	bool named;
	int rc = find_path(&path, &named, c, err);

	*out = !rc && access(buf_str(&path), F_OK) == 0;
	buf_release(&path);
	return rc;
}

/* "~/x" as the shell has it. */
static void put_path(struct buf *path, const char *text)
{
	const char *home = environment("HOME");

	if (text[0] == '~' && text[1] == '/' && home) {
		buf_puts(path, home);
		text++;
	}
	buf_puts(path, text);
}

int cli_index_path(struct buf *path, struct buf *from, const struct cli *c,
		   struct pdx_err *err)
{
	const char *variable = environment("PANELDEX_DB");
	const struct setting *s = config_find(&c->config, "index", "db");
	int rc = PDX_OK;

	if (c->options.db) {
		buf_puts(path, c->options.db);
		buf_puts(from, "--db");
	} else if (variable) {
		buf_puts(path, variable);
		buf_puts(from, "PANELDEX_DB");
	} else if (s) {
		put_path(path, s->value);
		buf_printf(from, "%s:%d", c->config.path, s->line);
	} else {
		rc = default_path(path, err);
		buf_puts(from, "default");
	}
	if (!rc && (!buf_ok(path) || !buf_ok(from)))
		rc = err_nomem(err);
	return rc;
}

int cli_open(struct pdx **out, const struct cli *c, unsigned flags,
	     const char *language, struct pdx_err *err)
{
	struct buf path, from;
	int rc;

	*out = c->index;
	if (c->index)
		return PDX_OK;
	buf_init(&path, 0);
	buf_init(&from, 0);
	rc = cli_index_path(&path, &from, c, err);
	if (!rc && (flags & PDX_OPEN_CREATE) && strcmp(buf_str(&from), "default") == 0)
		rc = make_parents(path.data, err);
	if (!rc)
		rc = pdx_open(out, buf_str(&path), flags, language, err);
	buf_release(&path);
	buf_release(&from);
	return rc;
}

void cli_close(const struct cli *c, struct pdx *index)
{
	if (index != c->index)
		pdx_close(index);
}
