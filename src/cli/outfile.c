/*
 * Writing files whole or not at all.
 */
#include "cli/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/outfile_parts.h"

#define MODE (S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)
#define LOOK 1024 /* bytes at the beginning and the end that may hold a mark */

int outfile_fail(const char *path, const char *what, struct pdx_err *err)
{
	return err_set(err, PDX_E_IO, "%s: %s: %s", path, what, strerror(errno));
}

/* Whether ${LOOK} bytes of ${f} from where it stands hold ${mark}. */
static bool holds(FILE *f, const char *mark)
{
	char bytes[LOOK + 1];
	size_t n = fread(bytes, 1, LOOK, f), len = strlen(mark);

	for (size_t i = 0; i + len <= n; i++)
		if (memcmp(bytes + i, mark, len) == 0)
			return true;
	return false;
}

bool outfile_has(const char *path, long at, const char *mark)
{
	FILE *f = fopen(path, "rb");
	bool has = false;

	if (!f)
		return false;
	if (fseek(f, at, SEEK_SET) == 0)
		for (has = true; *mark && has; mark++)
			has = fgetc(f) == (unsigned char)*mark;
	fclose(f);
	return has;
}

bool outfile_is_ours(const char *path, const char *mark)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	bool ours;

	if (!f)
		return false;
	ours = fstat(fileno(f), &st) == 0 && st.st_size == 0;
	if (!ours && mark)
		ours = holds(f, mark);
	if (!ours && mark && fseek(f, -LOOK, SEEK_END) == 0)
		ours = holds(f, mark);
	fclose(f);
	return ours;
}

/* A name beside ${path} that nothing has yet, for mkstemp() and mkdtemp(). */
int outfile_beside(struct buf *out, const char *path, struct pdx_err *err)
{
	buf_init(out, 0);
	buf_printf(out, "%s.XXXXXX", path);
	return buf_ok(out) ? PDX_OK : err_nomem(err);
}

/* The mode that a new file would have had: mkstemp() lets nobody else read. */
int outfile_usual_mode(const char *path, mode_t mode, struct pdx_err *err)
{
	mode_t mask = umask(0);

	umask(mask);
	if (chmod(path, mode & ~mask) != 0)
		return outfile_fail(path, "cannot set its mode", err);
	return PDX_OK;
}

/* Whether there is a regular file, or nothing, that may be replaced; *direct: another.
 */
static int look(bool *direct, const char *path, const char *mark, bool force,
		struct pdx_err *err)
{
	struct stat st;

	*direct = false;
	if (stat(path, &st) != 0)
		return errno == ENOENT ? PDX_OK
				       : outfile_fail(path, "cannot write", err);
	if (S_ISDIR(st.st_mode))
		return err_set(err, PDX_E_USAGE, "%s is a directory", path);
	*direct = !S_ISREG(st.st_mode);
	if (*direct || force || outfile_is_ours(path, mark))
		return PDX_OK;
	if (!mark)
		return err_set(err, PDX_E_USAGE,
			       "%s is there, and nothing in it says that paneldex "
			       "wrote it; --force replaces it",
			       path);
	return err_set(
		err, PDX_E_USAGE,
		"%s is there, and paneldex did not write it; --force replaces it",
		path);
}

int outfile_begin(struct outfile *f, const char *path, const char *mark, bool force,
		  struct pdx_err *err)
{
	FILE *file = NULL;
	bool direct;
	int fd = -1, rc;

	*f = (struct outfile){ .path = path };
	buf_init(&f->temporary, 0);
	rc = look(&direct, path, mark, force, err);
	if (!rc && !direct)
		rc = outfile_beside(&f->temporary, path, err);
	if (rc)
		goto out;
	fd = direct ? open(path, O_WRONLY | O_CLOEXEC) : mkstemp(f->temporary.data);
	file = fd >= 0 ? fdopen(fd, "wb") : NULL;
	if (!file)
		rc = outfile_fail(path, "cannot write", err);
	else if (!direct)
		rc = outfile_usual_mode(f->temporary.data, MODE, err);
out:
	if (file)
		out_init(&f->out, file);
	else if (fd >= 0)
		close(fd);
	if (rc)
		outfile_abort(f);
	return rc;
}

int outfile_commit(struct outfile *f, struct pdx_err *err)
{
	int rc = out_close(&f->out, err);

	if (!rc && f->temporary.len && rename(f->temporary.data, f->path) != 0)
		rc = outfile_fail(f->path, "cannot write", err);
	if (rc)
		outfile_abort(f);
	buf_release(&f->temporary);
	return rc;
}

void outfile_abort(struct outfile *f)
{
	if (f->out.file)
		out_close(&f->out, NULL);
	if (f->temporary.len)
		unlink(f->temporary.data);
	buf_release(&f->temporary);
}
