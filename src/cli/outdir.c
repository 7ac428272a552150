/*
 * Writing directories of files whole or not at all: the new one is made beside the old
 * one, which is moved away, and removed when the new one is in its place.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/outfile.h"
#include "cli/outfile_parts.h"

#define DIRECTORY_MODE (S_IRWXU | S_IRWXG | S_IRWXO)

static bool ends_with(const char *name, const char *ending)
{
	size_t len = strlen(name), end = strlen(ending);

	return len >= end && strcmp(name + len - end, ending) == 0;
}

static bool is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Files in ${path}; *others of them are directories or end otherwise. */
static size_t count_entries(size_t *others, const char *path, const char *ending)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;
	size_t n = 0;

	*others = 0;
	while (dir && (entry = readdir(dir))) {
		if (is_dot(entry->d_name))
			continue;
		n++;
		if (!ends_with(entry->d_name, ending) ||
		    fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
		    !S_ISREG(st.st_mode))
			++*others;
	}
	if (dir)
		closedir(dir);
	return n;
}

/* Remove ${path} and the files in it; directories in it stay, and with them it. */
static void remove_directory(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (!is_dot(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
	rmdir(path);
}

/* Whether ${path} may be replaced; *there says whether there is anything. */
static int look(const char *path, const char *key, const char *mark, const char *ending,
		bool force, struct pdx_err *err)
{
	struct buf file;
	struct stat st;
	size_t others, n;
	bool ours;

	if (stat(path, &st) != 0)
		return errno == ENOENT ? PDX_OK
				       : outfile_fail(path, "cannot write", err);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, PDX_E_USAGE,
			       "%s is to be a directory, and is a file", path);
	n = count_entries(&others, path, ending);
	/* Never by force: somebody's other files would be lost. */
	if (others)
		return err_set(err, PDX_E_USAGE,
			       "%s holds other things than tables; nothing is replaced",
			       path);
	buf_init(&file, 0);
	buf_printf(&file, "%s/%s", path, key);
	ours = n == 0 || outfile_is_ours(buf_str(&file), mark);
	buf_release(&file);
	if (ours || force)
		return PDX_OK;
	return err_set(
		err, PDX_E_USAGE,
		"%s is there, and paneldex did not write it; --force replaces it",
		path);
}

int outdir_begin(struct outdir *d, const char *path, const char *key, const char *mark,
		 const char *ending, bool force, struct pdx_err *err)
{
	int rc;

	*d = (struct outdir){ .path = path };
	buf_init(&d->file, 0);
	buf_init(&d->temporary, 0);
	rc = look(path, key, mark, ending, force, err);
	if (!rc)
		rc = outfile_beside(&d->temporary, path, err);
	if (!rc && !mkdtemp(d->temporary.data)) {
		rc = outfile_fail(path, "cannot write", err);
		buf_reset(&d->temporary);
	}
	if (!rc)
		rc = outfile_usual_mode(d->temporary.data, DIRECTORY_MODE, err);
	if (rc)
		outdir_abort(d);
	return rc;
}

int outdir_open(struct outdir *d, const char *name, struct pdx_err *err)
{
	FILE *file;

	buf_reset(&d->file);
	buf_printf(&d->file, "%s/%s", buf_str(&d->temporary), name);
	if (!buf_ok(&d->file))
		return err_nomem(err);
	file = fopen(d->file.data, "wb");
	if (!file)
		return outfile_fail(d->path, "cannot write", err);
	out_init(&d->out, file);
	return PDX_OK;
}

int outdir_close(struct outdir *d, struct pdx_err *err)
{
	return out_close(&d->out, err);
}

/* Move what is at the path away, to a name in ${old}; "": there was nothing. */
static int move_away(struct buf *old, const struct outdir *d, struct pdx_err *err)
{
	int rc = outfile_beside(old, d->path, err);

	if (rc)
		return rc;
	/* An empty directory of that name is what a directory may be moved onto. */
	if (!mkdtemp(old->data))
		return outfile_fail(d->path, "cannot write", err);
	if (rename(d->path, old->data) == 0)
		return PDX_OK;
	rc = errno == ENOENT ? PDX_OK : outfile_fail(d->path, "cannot replace", err);
	rmdir(old->data);
	buf_reset(old);
	return rc;
}

int outdir_commit(struct outdir *d, struct pdx_err *err)
{
	struct buf old;
	int rc = move_away(&old, d, err);

	if (!rc && rename(d->temporary.data, d->path) != 0) {
		rc = outfile_fail(d->path, "cannot write", err);
		if (old.len)
			rename(old.data, d->path);
	} else if (!rc && old.len) {
		remove_directory(old.data);
	}
	if (!rc)
		buf_reset(&d->temporary);
	outdir_abort(d);
	buf_release(&old);
	return rc;
}

void outdir_abort(struct outdir *d)
{
	if (d->out.file)
		out_close(&d->out, NULL);
	if (d->temporary.len)
		remove_directory(d->temporary.data);
	buf_release(&d->temporary);
	buf_release(&d->file);
}
