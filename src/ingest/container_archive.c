/*
 * Compressed files and archives, by libarchive: the only file that knows it.  Reads
 * straight through, from the first byte to the last, so that a member is unpacked once
 * whatever an index at the end of the archive says, and a pipe will do.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"
#include "ingest/container.h"
#include "ingest/peek.h"

#define CHUNK 65536
/* Damaged headers in a row that are passed; more is no archive any more. */
#define MAX_DAMAGED 16

struct unpack {
	const struct input *from;
	struct unpacking *unpacking;
	struct archive *archive;
	char chunk[CHUNK];   /* what libarchive was given last */
	char scratch[CHUNK]; /* for what nobody wants */
	size_t first;        /* bytes in ${chunk} that it was not given yet */
	struct buf all;      /* the whole input, where it must be read back and forth */
	struct arena arena;  /* of the member's names */
	const char *member;  /* what it is called */
	struct buf name;
	int input_failed; /* what ${from} returned, or 0 */
	struct pdx_err input_err;
	const char *block;    /* what libarchive gave of the member last */
	size_t block_len;     /* of it, not taken yet */
	uint64_t block_at;    /* where in the member ${block} stands */
	uint64_t made;        /* bytes of all members */
	uint64_t member_made; /* bytes of this one */
	uint64_t number;      /* of the member, from 1 */
	bool limited;         /* this member has a limit of its own */
	bool reading;         /* there may be more of it */
	bool told;            /* somebody knows that it went wrong */
	bool broken;          /* nothing can be read any more */
	unsigned damaged;     /* headers in a row */
};

static bool begins(const char *head, size_t len, size_t at, const char *magic, size_t n)
{
	return len >= at + n && memcmp(head + at, magic, n) == 0;
}

/* The sum over a header that every tar has, with its own field taken as blanks. */
static bool is_tar(const char *head, size_t len)
{
	enum { HEADER = 512, SUM = 148, SUM_LEN = 8 };
	unsigned long sum = 0, want;
	char digits[SUM_LEN + 1] = "";
	char *end;

	if (len < HEADER || head[0] == '\0')
		return false;
	for (size_t i = 0; i < HEADER; i++)
		sum += i >= SUM && i < SUM + SUM_LEN ? ' ' : (unsigned char)head[i];
	memcpy(digits, head + SUM, SUM_LEN);
	want = strtoul(digits, &end, 8);
	return end != digits && want == sum;
}

static bool archive_knows(const char *head, size_t len)
{
	static const struct {
		const char *magic;
		size_t len;
	} magics[] = {
		{ "\x1f\x8b", 2 },           /* gzip */
		{ "\x28\xb5\x2f\xfd", 4 },   /* zstd */
		{ "\xfd\x37zXZ\0", 6 },      /* xz */
		{ "PK\x03\x04", 4 },         /* zip */
		{ "PK\x05\x06", 4 },         /* zip without members */
		{ "7z\xbc\xaf\x27\x1c", 6 }, /* 7z */
		{ "070701", 6 },             /* cpio, new and old */
		{ "070702", 6 },
		{ "070707", 6 },
	};

	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (begins(head, len, 0, magics[i].magic, magics[i].len))
			return true;
	/* "BZh" alone may begin a text. */
	if (begins(head, len, 0, "BZh", 3) && begins(head, len, 4, "1AY&SY", 6))
		return true;
	return is_tar(head, len);
}

static la_ssize_t archive_input(struct archive *a, void *ctx, const void **out)
{
	struct unpack *u = ctx;
	int64_t n = (int64_t)u->first;

	*out = u->chunk;
	u->first = 0;
	if (n == 0)
		n = u->from->read(u->from->ctx, u->chunk, CHUNK, &u->input_err);
	if (n >= 0)
		return (la_ssize_t)n;
	u->input_failed = (int)n;
	archive_set_error(a, EIO, "%s", u->input_err.message);
	return ARCHIVE_FATAL;
}

/* What libarchive says of ${u}, as the failure of an input. */
static int archive_failure(const struct unpack *u, struct pdx_err *err)
{
	const char *why = archive_error_string(u->archive);

	if (u->input_failed && u->input_failed != PDX_E_IO) {
		if (err)
			*err = u->input_err;
		return u->input_failed;
	}
	return err_set(err, PDX_E_IO, "%s", why ? why : "damaged");
}

/* Have bytes of the member at hand.  1, 0 at its end, or a failure. */
static int next_block(struct unpack *u, struct pdx_err *err)
{
	const void *block;
	la_int64_t at;
	int rc;

	while (u->reading && u->block_len == 0) {
		rc = archive_read_data_block(u->archive, &block, &u->block_len, &at);
		u->reading = rc == ARCHIVE_OK;
		if (rc == ARCHIVE_EOF)
			break;
		if (rc != ARCHIVE_OK) {
			u->block_len = 0;
			u->broken = rc == ARCHIVE_FATAL;
			return archive_failure(u, err);
		}
		u->block = block;
		u->block_at = (uint64_t)at;
	}
	return u->block_len > 0;
}

/* Take up to ${size} bytes of the block; a hole before it is zeros. */
static size_t take_block(struct unpack *u, void *out, size_t size)
{
	uint64_t hole = u->block_at > u->member_made ? u->block_at - u->member_made : 0;
	size_t n = hole ? size : u->block_len;

	if (hole) {
		n = n < hole ? n : (size_t)hole;
		memset(out, 0, n);
		return n;
	}
	n = n < size ? n : size;
	memcpy(out, u->block, n);
	u->block += n;
	u->block_at += n;
	u->block_len -= n;
	return n;
}

/* Up to ${size} bytes of the member, 0 at its end. */
static int64_t member_bytes(struct unpack *u, void *out, size_t size,
			    struct pdx_err *err)
{
	int rc = next_block(u, err);
	size_t n;

	if (rc <= 0)
		return rc;
	n = take_block(u, out, size);
	u->made += n;
	u->member_made += n;
	rc = unpacking_add(u->unpacking, u->made, n, err);
	return rc < 0 ? rc : (int64_t)n;
}

static int64_t member_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct unpack *u = ctx;
	int64_t n = member_bytes(u, out, size, err);

	if (n >= 0 && u->limited && u->member_made > u->unpacking->limits.member)
		n = err_set(err, PDX_E_IO, "more than %zu bytes in one member",
			    u->unpacking->limits.member);
	u->told = u->told || n < 0;
	return n;
}

/* A compressed file that is no archive: its name without ".gz". */
static const char *inner_name(struct unpack *u)
{
	static const char *const inner[] = { ".gz", ".zst", ".xz", ".bz2", NULL };
	static const char crawl[] = ".warc"; /* is a container for its own members */
	const char *whole = u->from->name, *base = strrchr(whole, '/');
	size_t len;

	base = base ? base + 1 : whole;
	if (!reader_ends_as(base, inner))
		return whole;
	len = (size_t)(strrchr(base, '.') - base);
	if (len >= strlen(crawl) &&
	    memcmp(base + len - strlen(crawl), crawl, strlen(crawl)) == 0)
		return whole;
	buf_reset(&u->name);
	buf_printf(&u->name, "%s!%.*s", whole, (int)len, base);
	return buf_ok(&u->name) ? arena_dup(&u->arena, u->name.data, u->name.len)
				: NULL;
}

/* "a.zip!dir/b.html", fit to be shown; NULL where memory is out. */
static const char *member_name(struct unpack *u, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);
	char number[40];

	if (!name)
		name = archive_entry_pathname(entry);
	if (!name || !*name) {
		snprintf(number, sizeof(number), "(member %llu)",
			 (unsigned long long)u->number);
		name = number;
	}
	name = clean_line(&u->arena, &u->name, name, strlen(name));
	if (!name)
		return NULL;
	buf_reset(&u->name);
	buf_printf(&u->name, "%s!%s", u->from->name, name);
	return buf_ok(&u->name) ? arena_dup(&u->arena, u->name.data, u->name.len)
				: NULL;
}

/* As files in a directory are: one that begins with a dot, or is below one that does.
 */
static bool is_hidden(const char *name)
{
	for (;; name++) {
		size_t len = strcspn(name, "/");

		if (*name == '.' && len > 1 && !(len == 2 && name[1] == '.'))
			return true;
		name += len;
		if (!*name)
			return false;
	}
}

/* NULL: the member can be read; else why not. */
static const char *not_read(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
		return "a link";
	if (archive_entry_filetype(entry) != AE_IFREG)
		return "neither a file nor a directory";
	return NULL;
}

static int give_itself(struct unpack *u, struct member *member)
{
	*member = (struct member){ .input = *u->from,
				   .date = PDX_NO_DATE,
				   .itself = true };
	member->input.name = u->member = inner_name(u);
	return u->member ? CONTAINER_MEMBER : PDX_E_NOMEM;
}

/* The member that ${entry} describes.  CONTAINER_END: pass over it without a word. */
static int give_member(struct unpack *u, struct archive_entry *entry,
		       struct member *member, struct read_skip *skip)
{
	size_t limit = u->unpacking->limits.member;
	const char *name = member_name(u, entry), *why;

	*member = (struct member){ .input = { .name = name }, .date = PDX_NO_DATE };
	*skip = (struct read_skip){ .origin = name };
	u->member = name;
	if (!name)
		return PDX_E_NOMEM;
	if (archive_entry_filetype(entry) == AE_IFDIR ||
	    is_hidden(name + strlen(u->from->name) + 1))
		return CONTAINER_END;
	why = not_read(entry);
	if (why) {
		reader_skip(skip, "%s", why);
		return CONTAINER_PASS;
	}
	if (archive_entry_is_encrypted(entry)) {
		u->reading = false;
		return reader_skip(skip, "encrypted");
	}
	if (archive_entry_size_is_set(entry) &&
	    (uint64_t)archive_entry_size(entry) > limit) {
		archive_read_data_skip(u->archive);
		u->reading = false;
		return reader_skip(skip, "more than %zu bytes in one member", limit);
	}
	return CONTAINER_MEMBER;
}

static bool is_itself(const struct unpack *u)
{
	return archive_format(u->archive) == ARCHIVE_FORMAT_RAW;
}

/* ${entry} was read: what is there for the caller? */
static int give(struct unpack *u, struct archive_entry *entry, struct member *member,
		struct read_skip *skip)
{
	int rc;

	/* It began as one, and is none: libarchive's last word for what it is. */
	if (is_itself(u) && archive_filter_count(u->archive) == 1) {
		u->broken = true;
		*skip = (struct read_skip){ .origin = u->from->name };
		return reader_skip(skip, "damaged or truncated");
	}
	u->damaged = 0;
	u->number++;
	u->reading = true;
	u->told = false;
	u->member_made = 0;
	u->block_len = 0;
	u->limited = !is_itself(u);
	rc = u->limited ? give_member(u, entry, member, skip) : give_itself(u, member);
	member->input.read = member_read;
	member->input.ctx = u;
	return rc;
}

/* What is wrong with the archive where it stands; ${origin} is what it costs. */
static int reject(struct unpack *u, const char *origin, struct read_skip *skip,
		  struct pdx_err *err)
{
	struct pdx_err why;
	int rc = archive_failure(u, &why);

	if (rc != PDX_E_IO) {
		if (err)
			*err = why;
		return rc;
	}
	*skip = (struct read_skip){ .origin = origin };
	return reader_skip(skip, "%s%s", u->broken ? "cannot be read further: " : "",
			   why.message);
}

/* Read over what is left of the member before.  0, or as archive_next(). */
static int drain(struct unpack *u, struct read_skip *skip, struct pdx_err *err)
{
	struct pdx_err why;
	int64_t n;

	while ((n = member_bytes(u, u->scratch, CHUNK, &why)) > 0)
		;
	if (n < 0 && n != PDX_E_IO) {
		if (err)
			*err = why;
		return (int)n;
	}
	if (n == 0 || u->told)
		return 0;
	u->told = true;
	*skip = (struct read_skip){ .origin = u->member };
	return reader_skip(skip, "cannot be read further: %s", why.message);
}

/* The header of the next member, or why there is none. */
static int next_header(struct unpack *u, struct member *member, struct read_skip *skip,
		       struct pdx_err *err)
{
	struct archive_entry *entry;
	int rc;

	arena_reset(&u->arena);
	rc = archive_read_next_header(u->archive, &entry);
	if (rc == ARCHIVE_OK || rc == ARCHIVE_WARN)
		return give(u, entry, member, skip);
	u->broken = true;
	if (rc != ARCHIVE_EOF) {
		u->broken = rc == ARCHIVE_FATAL || ++u->damaged > MAX_DAMAGED;
		return reject(u, u->from->name, skip, err);
	}
	if (u->number > 0)
		return CONTAINER_END;
	*skip = (struct read_skip){ .origin = u->from->name };
	return reader_skip(skip, "empty");
}

static int archive_next(void *state, struct member *member, struct read_skip *skip,
			struct pdx_err *err)
{
	struct unpack *u = state;
	uint64_t before;
	int rc;

	do {
		rc = drain(u, skip, err);
		if (rc != 0)
			return rc;
		if (u->broken || u->unpacking->spent)
			return CONTAINER_END;
		before = u->number;
		rc = next_header(u, member, skip, err);
	} while (rc == CONTAINER_END && u->number > before);
	return rc == PDX_E_NOMEM ? err_nomem(err) : rc;
}

static void archive_close(void *state)
{
	struct unpack *u = state;

	if (!u)
		return;
	archive_read_free(u->archive);
	arena_release(&u->arena);
	buf_release(&u->name);
	buf_release(&u->all);
	free(u);
}

/* False where libarchive was built without one of them, or would run a program. */
static bool set_up(struct archive *a)
{
	return archive_read_support_filter_gzip(a) == ARCHIVE_OK &&
	       archive_read_support_filter_bzip2(a) == ARCHIVE_OK &&
	       archive_read_support_filter_xz(a) == ARCHIVE_OK &&
	       archive_read_support_filter_zstd(a) == ARCHIVE_OK &&
	       archive_read_support_format_tar(a) == ARCHIVE_OK &&
	       archive_read_support_format_cpio(a) == ARCHIVE_OK &&
	       archive_read_support_format_zip_streamable(a) == ARCHIVE_OK &&
	       archive_read_support_format_7zip(a) == ARCHIVE_OK &&
	       archive_read_support_format_empty(a) == ARCHIVE_OK &&
	       archive_read_support_format_raw(a) == ARCHIVE_OK;
}

/* 7z has its index at the end: all of it is read first, as far as a member may go. */
static int load_all(struct unpack *u, struct pdx_err *err)
{
	size_t limit = u->unpacking->limits.member;
	size_t n = u->first;
	int rc = 0;

	u->first = 0;
	while (rc == 0 && n > 0 && u->all.len <= limit) {
		buf_put(&u->all, u->chunk, n);
		rc = input_fill(&n, u->from, u->chunk, CHUNK, err);
	}
	if (rc < 0)
		return rc;
	if (!buf_ok(&u->all))
		return err_nomem(err);
	if (n > 0)
		return err_set(err, PDX_E_IO, "more than %zu bytes in one 7z archive",
			       limit);
	return 0;
}

static int open_archive(struct unpack *u, struct pdx_err *err)
{
	int rc = input_fill(&u->first, u->from, u->chunk, CHUNK, err);

	if (rc < 0)
		return rc;
	if (!begins(u->chunk, u->first, 0, "7z", 2)) {
		rc = archive_read_open(u->archive, u, NULL, archive_input, NULL);
		return rc == ARCHIVE_OK ? 0 : archive_failure(u, err);
	}
	rc = load_all(u, err);
	if (rc < 0)
		return rc;
	rc = archive_read_open_memory(u->archive, u->all.data, u->all.len);
	return rc == ARCHIVE_OK ? 0 : archive_failure(u, err);
}

static int archive_open(void **state, const struct input *input,
			struct unpacking *unpacking, struct pdx_err *err)
{
	struct unpack *u = calloc(1, sizeof(*u));
	int rc = 0;

	*state = NULL;
	if (!u)
		return err_nomem(err);
	u->from = input;
	u->unpacking = unpacking;
	u->archive = archive_read_new();
	if (!u->archive)
		rc = err_nomem(err);
	else if (!set_up(u->archive))
		rc = err_set(err, PDX_E_IO, "%s", archive_error_string(u->archive));
	else
		rc = open_archive(u, err);
	if (rc < 0)
		archive_close(u);
	else
		*state = u;
	return rc;
}

static const char *const archive_endings[] = { ".gz",  ".zst",  ".xz",  ".bz2",
					       ".tgz", ".txz",  ".tar", ".zip",
					       ".7z",  ".cpio", NULL };

const struct container_ops container_archive = {
	.name = "archive",
	.help = "gzip, zstd, xz, bzip2 of anything; tar, zip, 7z, cpio",
	.endings = archive_endings,
	.knows = archive_knows,
	.open = archive_open,
	.next = archive_next,
	.close = archive_close,
};
