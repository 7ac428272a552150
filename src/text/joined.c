/*
 * Joined forms from the parts of a word.  The rules are those of the case table in
 * tests/cases/analyze.t; nothing here reads the text itself.
 */
#include "text/joined.h"

#include <string.h>

static bool any_digits(const struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (parts[i].digits)
			return true;
	}
	return false;
}

static bool separates_letters(char joiner)
{
	return joiner != 0 && strchr("/@_#", joiner) != NULL;
}

size_t joined_end(const struct part *parts, size_t n, size_t from)
{
	size_t end = from + 1;

	if (any_digits(parts, n))
		return n;
	while (end < n && !separates_letters(parts[end].joiner))
		end++;
	return end;
}

static bool is_point(const struct part *left, const struct part *right)
{
	return right->joiner == '.' && left->last == CHAR_DIGIT && right->digit_first;
}

size_t joined_number_end(const struct part *parts, size_t n, size_t from)
{
	size_t end = from + 1;

	if (!parts[from].digit_first || (from > 0 && is_point(&parts[from - 1],
							      &parts[from])))
		return end;
	while (end < n && is_point(&parts[end - 1], &parts[end]))
		end++;
	return end;
}

/*
 * What of the joiner between two parts stays.  Without it 3.5 would be 35, 24/7 would
 * be 247 and R&D would be rd.
 */
static char kept_joiner(const struct part *left, const struct part *right)
{
	bool digits = left->last == CHAR_DIGIT && right->digit_first;

	if (right->joiner == '&')
		return '&';
	if (is_point(left, right))
		return '.';
	if (!left->letters && !right->letters && digits)
		return right->joiner;
	return 0;
}

static bool append(struct joined *j, const char *bytes, size_t len)
{
	if (len > JOINED_MAX - j->len)
		return false;
	memcpy(j->form + j->len, bytes, len);
	j->len += len;
	return true;
}

static bool is_acronym(const struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (parts[i].digits || parts[i].count != 1 ||
		    parts[i].special != PART_PLAIN || (i > 0 && parts[i].joiner != '.'))
			return false;
	}
	return true;
}

/* U.S. without its dots would be the pronoun; U.K. and A.I. lose them. */
static bool keeps_dots(const struct part *parts, size_t n)
{
	static const char words[] = "am an as at be by do go he if in is it me my "
				    "no of on or so to up us we ";

	if (n != 2 || parts[0].len != 1 || parts[1].len != 1)
		return false;
	for (const char *w = words; *w; w += 3) {
		if (w[0] == parts[0].form[0] && w[1] == parts[1].form[0])
			return true;
	}
	return false;
}

static bool build_dotted(struct joined *j, const struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!append(j, parts[i].form, parts[i].len) || !append(j, ".", 1))
			return false;
	}
	j->stemmed = false;
	return true;
}

bool joined_build(struct joined *out, const struct part *parts, size_t n)
{
	out->len = 0;
	out->stemmed = !any_digits(parts, n);
	out->acronym = is_acronym(parts, n);
	if (out->acronym && keeps_dots(parts, n))
		return build_dotted(out, parts, n);
	for (size_t i = 0; i < n; i++) {
		char joiner = i > 0 ? kept_joiner(&parts[i - 1], &parts[i]) : 0;

		if (joiner && !append(out, &joiner, 1))
			return false;
		if (!append(out, parts[i].form, parts[i].len))
			return false;
		if (parts[i].special == PART_PLUS && !append(out, "++", 2))
			return false;
		if (joiner || parts[i].special == PART_SIGN ||
		    parts[i].special == PART_PLUS)
			out->stemmed = false;
	}
	return true;
}
