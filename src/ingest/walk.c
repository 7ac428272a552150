/*
 * Walking of directories.  A level's names are read and sorted before any is visited,
 * so that no directory stays open and a run over the same tree is the same run.
 */
#include "ingest/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"

#define MAX_DEPTH 128 /* deeper is a tree that links build, or one made to hurt */

/* A directory that the walk is inside of. */
struct level {
	const struct level *up;
	dev_t dev;
	ino_t ino;
	unsigned depth;
};

struct names {
	char **v;
	size_t n, cap;
};

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->v[i]);
	free(names->v);
}

static bool names_add(struct names *names, const char *name)
{
	size_t size = strlen(name) + 1;
	char *copy;

	if (!mem_grow(&names->v, &names->cap, names->n + 1, sizeof(*names->v)))
		return false;
	copy = malloc(size);
	if (!copy)
		return false;
	names->v[names->n++] = memcpy(copy, name, size);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* 0, PDX_E_NOMEM, or PDX_E_IO with errno. */
static int names_read(struct names *names, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int rc = 0, error = 0;

	if (!dir)
		return PDX_E_IO;
	while (rc == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			break;
		if (entry->d_name[0] != '.' && !names_add(names, entry->d_name))
			rc = PDX_E_NOMEM;
	}
	if (rc == 0 && errno != 0) {
		error = errno;
		rc = PDX_E_IO;
	}
	closedir(dir);
	errno = error;
	if (names->n > 0)
		qsort(names->v, names->n, sizeof(*names->v), by_bytes);
	return rc;
}

static bool is_inside(const struct level *level, const struct stat *st)
{
	for (; level; level = level->up) {
		if (level->dev == st->st_dev && level->ino == st->st_ino)
			return true;
	}
	return false;
}

static int visit(const char *path, const struct level *up, const struct walker *w,
		 struct pdx_err *err);

static int visit_names(const char *path, const struct names *names,
		       const struct level *level, const struct walker *w,
		       struct pdx_err *err)
{
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	struct buf child;
	int rc = 0;

	buf_init(&child, 0);
	for (size_t i = 0; rc == 0 && i < names->n; i++) {
		buf_reset(&child);
		buf_printf(&child, "%s%s%s", path, slash, names->v[i]);
		rc = buf_ok(&child) ? visit(child.data, level, w, err) : err_nomem(err);
	}
	buf_release(&child);
	return rc;
}

static int visit_directory(const char *path, const struct stat *st,
			   const struct level *up, const struct walker *w,
			   struct pdx_err *err)
{
	struct level level = { up, st->st_dev, st->st_ino, up ? up->depth + 1 : 0 };
	struct names names = { 0 };
	int rc;

	if (is_inside(up, st))
		return w->other(w->ctx, path, "a link back to a directory above",
				false);
	if (level.depth > MAX_DEPTH)
		return w->other(w->ctx, path, "directories too deep", true);

	rc = w->directory ? w->directory(w->ctx, path) : 0;
	if (rc != 0)
		return rc;
	rc = names_read(&names, path);
	if (rc == PDX_E_IO)
		rc = w->other(w->ctx, path, strerror(errno), true);
	else if (rc < 0)
		err_nomem(err);
	else
		rc = visit_names(path, &names, &level, w, err);
	names_release(&names);
	return rc;
}

static int visit(const char *path, const struct level *up, const struct walker *w,
		 struct pdx_err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return w->other(w->ctx, path, strerror(errno), true);
	if (S_ISDIR(st.st_mode))
		return visit_directory(path, &st, up, w, err);
	if (S_ISREG(st.st_mode))
		return w->file(w->ctx, path, (uint64_t)st.st_size);
	return w->other(w->ctx, path, "neither a file nor a directory", false);
}

int walk_directory(const char *path, const struct walker *w, struct pdx_err *err)
{
	return visit(path, NULL, w, err);
}
