/* Archives made by libarchive's writer: see packing.h. */
#include "packing.h"
#include "harness.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static la_ssize_t append(struct archive *a, void *ctx, const void *bytes, size_t len)
{
	(void)a;
	buf_put(ctx, bytes, len);
	return (la_ssize_t)len;
}

static void check(struct archive *a, int rc)
{
	if (rc != ARCHIVE_OK)
		fail_msg("packing: %s", archive_error_string(a));
}

static void write_entry(struct archive *a, const struct entry *e)
{
	struct archive_entry *header = archive_entry_new();
	size_t len = e->len || !e->bytes ? e->len : strlen(e->bytes);

	archive_entry_set_pathname(header, e->name);
	archive_entry_set_perm(header, 0644);
	archive_entry_set_filetype(header, e->link ? AE_IFLNK : AE_IFREG);
	if (e->link)
		archive_entry_set_symlink(header, e->link);
	archive_entry_set_size(header, (la_int64_t)len);
	check(a, archive_write_header(a, header));
	if (len > 0)
		assert_int_equal(archive_write_data(a, e->bytes, len), len);
	archive_entry_free(header);
}

void pack(struct buf *out, const char *format, const char *filter, const char *options,
	  const struct entry *entries, size_t n)
{
	struct archive *a = archive_write_new();

	check(a, archive_write_set_format_by_name(a, format));
	if (filter)
		check(a, archive_write_add_filter_by_name(a, filter));
	check(a, archive_write_set_bytes_per_block(a, 512));
	check(a, archive_write_set_bytes_in_last_block(a, 1));
	if (options)
		check(a, archive_write_set_options(a, options));
	if (options && strstr(options, "encryption"))
		check(a, archive_write_set_passphrase(a, "secret"));
	check(a, archive_write_open(a, out, NULL, append, NULL));
	for (size_t i = 0; i < n; i++)
		write_entry(a, &entries[i]);
	check(a, archive_write_close(a));
	archive_write_free(a);
	assert_true(buf_ok(out));
}
