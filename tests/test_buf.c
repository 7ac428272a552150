/* Growing buffers, and reading back what they stored. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bytes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void an_empty_buffer_is_an_empty_string(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(buf_str(&b), "");
	assert_true(buf_ok(&b));
	buf_truncate(&b, 0);
	buf_reset(&b);
	buf_release(&b);
}

static void writes_append_and_end_with_a_nul(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 0);
	buf_puts(&b, "take");
	assert_string_equal(buf_str(&b), "take");
	buf_putc(&b, '(');
	buf_put(&b, "a\0b", 3);
	buf_put(&b, NULL, 0);
	buf_printf(&b, ")%d%s", -7, "");
	assert_int_equal(b.len, 11);
	assert_memory_equal(b.data, "take(a\0b)-7", 12);
	buf_release(&b);
	assert_null(b.data);
}

static void a_long_format_is_written_whole(void **state)
{
	struct buf b = { 0 };
	char text[5000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	buf_puts(&b, "ab");
	buf_printf(&b, "<%s>", text);
	assert_int_equal(b.len, 2 + 2 + sizeof(text) - 1);
	assert_int_equal(b.data[2], '<');
	assert_int_equal(b.data[b.len - 1], '>');
	assert_int_equal(strlen(b.data), b.len);
	buf_release(&b);
}

static void a_write_beyond_the_maximum_is_dropped_and_the_failure_sticks(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4);
	buf_puts(&b, "abcd");
	assert_true(buf_ok(&b));
	buf_putc(&b, 'e');
	assert_false(buf_ok(&b));
	assert_string_equal(buf_str(&b), "abcd");
	buf_reset(&b);
	buf_puts(&b, "abc");
	buf_printf(&b, "%s", "de");
	assert_false(buf_ok(&b));
	buf_puts(&b, "");
	buf_putc(&b, 'd'); /* would fit, but stands after what did not */
	assert_string_equal(buf_str(&b), "abc");
	assert_null(buf_take(&b));
	buf_release(&b);
}

static void a_reset_clears_the_failure_and_keeps_the_maximum(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 3);
	buf_puts(&b, "long");
	assert_false(buf_ok(&b));
	buf_reset(&b);
	assert_true(buf_ok(&b));
	assert_string_equal(buf_str(&b), "");
	buf_puts(&b, "abc");
	assert_true(buf_ok(&b));
	buf_putc(&b, 'd');
	assert_false(buf_ok(&b));
	buf_release(&b);
}

static void a_length_that_overflows_fails_the_buffer(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, "x");
	buf_put(&b, "", SIZE_MAX);
	assert_false(buf_ok(&b));
	assert_string_equal(buf_str(&b), "x");
	buf_reset(&b);
	buf_put(&b, "", SIZE_MAX - 1);
	assert_false(buf_ok(&b));
	buf_release(&b);
}

static void truncation_only_shortens(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_puts(&b, "abcdef");
	buf_truncate(&b, 7);
	assert_string_equal(buf_str(&b), "abcdef");
	buf_truncate(&b, 2);
	assert_string_equal(buf_str(&b), "ab");
	buf_puts(&b, "z");
	assert_string_equal(buf_str(&b), "abz");
	buf_release(&b);
}

static void reserved_room_can_be_written_to_directly(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	assert_true(buf_reserve(&b, 100));
	memset(b.data, 'y', 100);
	b.len = 100;
	assert_true(buf_reserve(&b, 5));
	assert_false(buf_reserve(&b, 101));
	assert_false(buf_ok(&b));
	assert_int_equal(b.len, 100);
	buf_release(&b);
}

static void taken_bytes_belong_to_the_caller(void **state)
{
	struct buf b = { 0 };
	char *s;

	(void)state;
	buf_puts(&b, "mine");
	s = buf_take(&b);
	assert_string_equal(s, "mine");
	assert_string_equal(buf_str(&b), "");
	free(s);
	s = buf_take(&b);
	assert_string_equal(s, "");
	free(s);
	buf_release(&b);
}

static void integers_are_little_endian_and_come_back(void **state)
{
	static const uint64_t values[] = {
		0,          1,      0x7F,       0x80,
		0x3FFF,     0x4000, 0xFFFFFFFF, UINT64_C(1) << 63,
		UINT64_MAX,
	};
	struct buf b = { 0 };
	struct bytes in;

	(void)state;
	buf_put_u32(&b, 0x04030201);
	buf_put_u64(&b, UINT64_C(0x0c0b0a0908070605));
	buf_put_varint(&b, 300);
	assert_memory_equal(b.data, "\1\2\3\4\5\6\7\10\11\12\13\14\xAC\x02", 15);

	buf_reset(&b);
	for (size_t i = 0; i < COUNT(values); i++)
		buf_put_varint(&b, values[i]);
	in = (struct bytes){ .p = (unsigned char *)b.data,
			     .end = (unsigned char *)b.data + b.len };
	for (size_t i = 0; i < COUNT(values); i++)
		assert_true(bytes_varint(&in) == values[i]);
	assert_false(in.bad);
	assert_ptr_equal(in.p, in.end);
	assert_int_equal(bytes_varint(&in), 0);
	assert_true(in.bad);
	buf_release(&b);
}

/* ---- bytes ---------------------------------------------------------------- */

static void a_read_past_the_end_gives_0_and_spoils_all_that_follow(void **state)
{
	static const unsigned char stored[] = { 1, 0, 0, 0, 2 };
	struct bytes in = { .p = stored, .end = stored + sizeof(stored) };

	(void)state;
	assert_int_equal(bytes_u32(&in), 1);
	assert_int_equal(bytes_u32(&in), 0);
	assert_true(in.bad);
	assert_null(bytes_take(&in, 1));
	assert_int_equal(bytes_varint(&in), 0);
	assert_true(in.bad);
}

static void a_count_beyond_what_is_left_is_bad(void **state)
{
	static const unsigned char good[] = { 2, 'a', 'b' }, lie[] = { 3, 'a', 'b' };
	struct bytes in = { .p = good, .end = good + sizeof(good) };

	(void)state;
	assert_int_equal(bytes_count(&in), 2);
	assert_false(in.bad);
	in = (struct bytes){ .p = lie, .end = lie + sizeof(lie) };
	assert_int_equal(bytes_count(&in), 0);
	assert_true(in.bad);
}

static void a_varint_without_end_is_bad(void **state)
{
	unsigned char stored[16];
	struct bytes in = { .p = stored, .end = stored + sizeof(stored) };

	(void)state;
	memset(stored, 0x80, sizeof(stored));
	assert_int_equal(bytes_varint(&in), 0);
	assert_true(in.bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_an_empty_string),
		cmocka_unit_test(writes_append_and_end_with_a_nul),
		cmocka_unit_test(a_long_format_is_written_whole),
		cmocka_unit_test(
			a_write_beyond_the_maximum_is_dropped_and_the_failure_sticks),
		cmocka_unit_test(a_reset_clears_the_failure_and_keeps_the_maximum),
		cmocka_unit_test(a_length_that_overflows_fails_the_buffer),
		cmocka_unit_test(truncation_only_shortens),
		cmocka_unit_test(reserved_room_can_be_written_to_directly),
		cmocka_unit_test(taken_bytes_belong_to_the_caller),
		cmocka_unit_test(integers_are_little_endian_and_come_back),
		cmocka_unit_test(
			a_read_past_the_end_gives_0_and_spoils_all_that_follow),
		cmocka_unit_test(a_count_beyond_what_is_left_is_bad),
		cmocka_unit_test(a_varint_without_end_is_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
