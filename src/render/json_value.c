/*
 * JSON values from C's.  jansson keeps keys in the order they were set, refuses what is
 * not UTF-8 and writes numbers without regard to the locale.
 */
#include "render/json_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "paneldex.h"
#include "render/layout.h"

#define REAL_DIGITS 6 /* more than a score means; fewer would tie different scores */

void json_put(json_t **object, const char *key, json_t *value)
{
	if (json_object_set_new(*object, key, value) == 0)
		return;
	json_decref(*object);
	*object = NULL;
}

void json_append(json_t **array, json_t *value)
{
	if (json_array_append_new(*array, value) == 0)
		return;
	json_decref(*array);
	*array = NULL;
}

json_t *json_text(const char *s)
{
	size_t len = strlen(s);
	struct buf clean;
	json_t *value = NULL;

	if (utf8_valid(s, len))
		return json_stringn(s, len);
	buf_init(&clean, 0);
	utf8_clean(&clean, s, len);
	if (buf_ok(&clean))
		value = json_stringn(buf_str(&clean), clean.len);
	buf_release(&clean);
	return value;
}

json_t *json_text_or_null(const char *s)
{
	return s ? json_text(s) : json_null();
}

json_t *json_number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

json_t *json_decimal(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

json_t *json_texts(const char *const *v, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_append(&array, json_text(v[i]));
	return array;
}

json_t *json_day(int32_t date)
{
	char iso[DATE_TEXT];

	return date == PDX_NO_DATE ? json_null() : json_text(date_format(iso, date));
}

json_t *json_timestamp(int64_t seconds)
{
	char iso[DATE_TIME_TEXT];

	date_time_format(iso, seconds);
	return *iso ? json_text(iso) : json_null();
}

static char *dump(const json_t *value, size_t flags)
{
	return value ? json_dumps(value, flags | JSON_COMPACT |
						 JSON_REAL_PRECISION(REAL_DIGITS))
		     : NULL;
}

void json_put_text(struct buf *out, const json_t *value)
{
	char *text;

	if (json_is_null(value))
		return;
	if (json_is_string(value)) {
		buf_put(out, json_string_value(value), json_string_length(value));
		return;
	}
	text = dump(value, JSON_ENCODE_ANY);
	if (text)
		buf_puts(out, text);
	else
		out->failed = true;
	free(text);
}

/*
 * Length of the UTF-8 sequence at ${s} if a terminal would obey it, else 0.  Only
 * strings can hold one, and there an escape means the same.
 */
static size_t unsafe_sequence(uint32_t *cp, const char *s, size_t len)
{
	size_t n;

	if ((unsigned char)*s < 0x7F)
		return 0;
	n = utf8_decode(cp, s, len);
	return *cp != UTF8_REPLACEMENT && layout_safe(*cp) == UTF8_REPLACEMENT ? n : 0;
}

void json_write(struct out *out, json_t *record, size_t flags)
{
	char *text = dump(record, flags);
	size_t len = text ? strlen(text) : 0, done = 0;

	if (!text)
		out_fail(out, PDX_E_NOMEM);
	for (size_t i = 0; i < len;) {
		uint32_t cp;
		size_t n = unsafe_sequence(&cp, text + i, len - i);

		if (n) {
			out_write(out, text + done, i - done);
			out_printf(out, "\\u%04x", (unsigned)cp);
			done = i + n;
		}
		i += n ? n : 1;
	}
	if (text)
		out_write(out, text + done, len - done);
	free(text);
	json_decref(record);
}
