/*
 * The tests' tools that are about files and tables.  Programs are run in run.c.
 */
#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096

const char *test_path(const char *relative)
{
	static char paths[8][PATH_BYTES];
	static size_t turn;
	const char *root = getenv("PANELDEX_ROOT");
	char *path = paths[turn++ % 8];

	if (snprintf(path, PATH_BYTES, "%s/%s", root ? root : ".", relative) >=
	    PATH_BYTES)
		fail_msg("too long a path: %s", relative);
	return path;
}

const char *shared_path(const char *relative)
{
	char below[PATH_BYTES];
	const char *path;

	snprintf(below, sizeof(below), "../shared/%s", relative);
	path = test_path(below);
	if (access(path, R_OK) == 0)
		return path;
	print_message("skipped: %s is not there\n", path);
	return NULL;
}

/* ---- the temporary directory ---------------------------------------------- */

static char tmpdir[PATH_BYTES];
static pid_t tmpdir_owner;

/* Remove ${name} in the directory ${at}, with all that it holds; links are not
 * followed. */
static void remove_tree(int at, const char *name)
{
	struct stat st;
	struct dirent *entry;
	DIR *dir;
	int fd;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (!S_ISDIR(st.st_mode)) {
		unlinkat(at, name, 0);
		return;
	}
	fchmodat(at, name, S_IRWXU, 0); /* a test may have locked it */
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (dir) {
		while ((entry = readdir(dir)) != NULL) {
			if (strcmp(entry->d_name, ".") != 0 &&
			    strcmp(entry->d_name, "..") != 0)
				remove_tree(dirfd(dir), entry->d_name);
		}
		closedir(dir);
	} else if (fd >= 0) {
		close(fd);
	}
	unlinkat(at, name, AT_REMOVEDIR);
}

static void remove_tmpdir(void)
{
	/* Not in a child that left by exit(). */
	if (getpid() == tmpdir_owner)
		remove_tree(AT_FDCWD, tmpdir);
}

const char *test_tmpdir(void)
{
	const char *base = getenv("TMPDIR");

	if (tmpdir_owner == getpid())
		return tmpdir;
	snprintf(tmpdir, sizeof(tmpdir), "%s/paneldex-test-XXXXXX",
		 base && *base ? base : "/tmp");
	if (!mkdtemp(tmpdir))
		fail_msg("cannot make a directory like %s", tmpdir);
	tmpdir_owner = getpid();
	atexit(remove_tmpdir);
	return tmpdir;
}

/* ---- files ---------------------------------------------------------------- */

char *file_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	size_t len = 0, cap = 0, n;

	if (!f)
		fail_msg("%s: %s", path, strerror(errno));
	do {
		cap = cap ? 2 * cap : 4096;
		text = realloc(text, cap);
		if (!text)
			fail_msg("out of memory");
		n = fread(text + len, 1, cap - len - 1, f);
		len += n;
	} while (n > 0);
	fclose(f);
	text[len] = '\0';
	return text;
}

size_t directory_size(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	size_t n = 0;

	if (!dir)
		fail_msg("%s: %s", path, strerror(errno));
	while ((entry = readdir(dir)) != NULL)
		n += strcmp(entry->d_name, ".") != 0 &&
		     strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return n;
}

/* ---- case tables ---------------------------------------------------------- */

struct table {
	const char *path;
	int line;
	struct case_row *rows;
	size_t n, cap;
};

static void malformed(const struct table *t, const char *why)
{
	print_error("%s:%d: %s\n", t->path, t->line, why);
	fail();
}

static void *must(void *p)
{
	if (!p)
		fail_msg("out of memory");
	return p;
}

static char *encode(char *out, unsigned long cp)
{
	if (cp < 0x80) {
		*out++ = (char)cp;
	} else if (cp < 0x800) {
		*out++ = (char)(0xC0 | cp >> 6);
	} else if (cp < 0x10000) {
		*out++ = (char)(0xE0 | cp >> 12);
		*out++ = (char)(0x80 | (cp >> 6 & 0x3F));
	} else {
		*out++ = (char)(0xF0 | cp >> 18);
		*out++ = (char)(0x80 | (cp >> 12 & 0x3F));
		*out++ = (char)(0x80 | (cp >> 6 & 0x3F));
	}
	if (cp >= 0x80)
		*out++ = (char)(0x80 | (cp & 0x3F));
	return out;
}

/* The number of the hexadecimal digits at *at, which must be ${min} to ${max}. */
static unsigned long hex(const struct table *t, const char **at, size_t min, size_t max)
{
	char digits[9] = "";
	size_t n = strspn(*at, "0123456789abcdefABCDEF");

	if (n > max)
		n = max;
	if (n < min)
		malformed(t, "hexadecimal digits are missing after \\x or \\u{");
	memcpy(digits, *at, n);
	*at += n;
	return strtoul(digits, NULL, 16);
}

/* One escape, ${at} behind its backslash; returns what follows it. */
static const char *unescape_one(const struct table *t, char **out, const char *at)
{
	static const char from[] = "ntr\\|se", to[] = "\n\t\r\\| \x1b";
	const char *known = *at ? strchr(from, *at) : NULL;
	unsigned long v;

	if (known) {
		*(*out)++ = to[known - from];
		return at + 1;
	}
	if (*at == 'x') {
		at++;
		v = hex(t, &at, 2, 2);
		if (v == 0)
			malformed(t, "\\x00 would end the text");
		*(*out)++ = (char)v;
		return at;
	}
	if (strncmp(at, "u{", 2) != 0)
		malformed(t, "unknown escape");
	at += 2;
	v = hex(t, &at, 1, 6);
	if (*at != '}' || v == 0 || v > 0x10FFFF)
		malformed(t, "\\u{ needs a code point and }");
	*out = encode(*out, v);
	return at + 1;
}

/* The text between ${begin} and ${end} without outer blanks and escapes. */
static char *unescape(const struct table *t, const char *begin, const char *end)
{
	char *raw, *text, *out;

	while (begin < end && strchr(" \t", *begin))
		begin++;
	while (end > begin && strchr(" \t", end[-1]))
		end--;
	raw = must(strndup(begin, (size_t)(end - begin)));
	text = out =
		must(malloc(strlen(raw) + 1)); /* no escape is shorter than its text */
	for (const char *at = raw; *at;) {
		if (*at == '\\')
			at = unescape_one(t, &out, at + 1);
		else
			*out++ = *at++;
	}
	*out = '\0';
	free(raw);
	return text;
}

/* ${line} with a blank before and behind it, so that either side may be empty. */
static void add_row(struct table *t, const char *line)
{
	const char *bar = strstr(line, " | ");

	if (!bar)
		malformed(t, "no \" | \" between input and expected");
	if (t->n == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 64;
		t->rows = must(realloc(t->rows, t->cap * sizeof(*t->rows)));
	}
	t->rows[t->n++] = (struct case_row){
		.line = t->line,
		.in = unescape(t, line, bar),
		.want = unescape(t, bar + 3, line + strlen(line)),
	};
}

static void read_rows(struct table *t, FILE *f)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, f)) >= 0) {
		char *padded;

		t->line++;
		if (len > 0 && line[len - 1] == '\n')
			line[--len] = '\0';
		if (line[0] == '#' || strspn(line, " \t") == (size_t)len)
			continue;
		padded = must(malloc((size_t)len + 3));
		snprintf(padded, (size_t)len + 3, " %s ", line);
		add_row(t, padded);
		free(padded);
	}
	free(line);
}

size_t cases_load(struct case_row **rows, const char *name)
{
	char below[PATH_BYTES];
	struct table t = { 0 };
	char *path;
	FILE *f;

	snprintf(below, sizeof(below), "tests/cases/%s", name);
	t.path = test_path(below);
	f = fopen(t.path, "r");
	if (!f)
		malformed(&t, "cannot be opened");
	read_rows(&t, f);
	fclose(f);
	if (t.n == 0)
		malformed(&t, "holds no cases");

	/* The path stands behind the rows, and is freed with them. */
	t.rows = must(realloc(t.rows, t.n * sizeof(*t.rows) + strlen(below) + 1));
	path = strcpy((char *)(t.rows + t.n), below);
	for (size_t i = 0; i < t.n; i++)
		t.rows[i].file = path;
	*rows = t.rows;
	return t.n;
}

void cases_free(struct case_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(rows[i].in);
		free(rows[i].want);
	}
	free(rows);
}

/* ${text} on one line, as a table would write it. */
static void print_escaped(const char *label, const char *text)
{
	char shown[1024];
	size_t used = 0;

	for (; *text && used < sizeof(shown) - 8; text++) {
		if (*text == '\n')
			used += (size_t)sprintf(shown + used, "\\n");
		else if (*text == '\\')
			used += (size_t)sprintf(shown + used, "\\\\");
		else if ((unsigned char)*text < ' ' || *text == 0x7F)
			used += (size_t)sprintf(shown + used, "\\x%02x",
						(unsigned)(unsigned char)*text);
		else
			shown[used++] = *text;
	}
	shown[used] = '\0';
	print_error("  %-7s %s%s\n", label, shown, *text ? " ..." : "");
}

void check_case(const struct case_row *c, const char *got)
{
	if (strcmp(got, c->want) == 0)
		return;
	print_error("%s:%d:\n", c->file, c->line);
	print_escaped("input", c->in);
	print_escaped("wanted", c->want);
	print_escaped("got", got);
	_fail(c->file, c->line);
}
