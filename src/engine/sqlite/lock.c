/*
 * The writer's lock.  It is not taken on the index file itself: closing any descriptor
 * of that file would drop the locks that SQLite holds on it.
 */
#define _DEFAULT_SOURCE /* flock */
#include "engine/sqlite/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"

int lock_acquire(int *fd, const char *path, struct pdx_err *err)
{
	struct buf name;
	int status = 0, got;

	*fd = -1;
	buf_init(&name, 0);
	buf_printf(&name, "%s-lock", path);
	if (!buf_ok(&name)) {
		status = err_nomem(err);
		goto out;
	}
	got = open(buf_str(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (got < 0) {
		status = err_set(err, PDX_E_INDEX, "cannot open %s: %s", buf_str(&name),
				 strerror(errno));
		goto out;
	}
	if (flock(got, LOCK_EX | LOCK_NB) != 0) {
		status = err_set(err, PDX_E_INDEX,
				 "index is locked: another process writes to %s", path);
		close(got);
		goto out;
	}
	*fd = got;
out:
	buf_release(&name);
	return status;
}

void lock_release(int fd)
{
	if (fd >= 0)
		close(fd);
}
