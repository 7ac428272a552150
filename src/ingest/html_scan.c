/*
 * The tokenizer of HTML, as far as text and attributes need it.  Knows where tags begin
 * and end, not how they nest.
 */
#include "ingest/html_scan.h"

#include <string.h>
#include <strings.h>

#include "ingest/html_entity.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool begins(const char *p, const char *end, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(end - p) >= n && strncasecmp(p, text, n) == 0;
}

void html_scan_init(struct html_scanner *s, const char *html, size_t len)
{
	const char *first = html, *end = html + len;

	while (first < end && is_space(*first))
		first++;
	*s = (struct html_scanner){ .p = html,
				    .end = end,
				    .xml = begins(first, end, "<?xml") };
}

static const char *name_end(const char *p, const char *end)
{
	while (p < end && !is_space(*p) && *p != '/' && *p != '>')
		p++;
	return p;
}

/* Behind the first ${mark} from ${p} on; NULL: there is none. */
static const char *behind(const char *p, const char *end, const char *mark)
{
	size_t n = strlen(mark);

	while (p < end && (p = memchr(p, mark[0], (size_t)(end - p)))) {
		if (begins(p, end, mark))
			return p + n;
		p++;
	}
	return NULL;
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static void read_value(struct html_attr *out, const char **p, const char *end)
{
	const char *from = *p, *stop;

	if (from < end && (*from == '"' || *from == '\'')) {
		stop = memchr(from + 1, *from, (size_t)(end - from - 1));
		out->value = from + 1;
		*p = stop ? stop + 1 : end;
		if (!stop)
			stop = end;
	} else {
		for (stop = from; stop < end && !is_space(*stop) && *stop != '>';)
			stop++;
		out->value = from;
		*p = stop;
	}
	out->valuelen = (size_t)(stop - out->value);
}

bool html_attr_next(struct html_attr *out, const char **p, const char *end)
{
	const char *from = *p, *stop;

	while (from < end && (is_space(*from) || *from == '/'))
		from++;
	*p = from;
	if (from >= end || *from == '>')
		return false;
	/* an equals sign in the first place belongs to the name */
	for (stop = from + 1; stop < end && !is_space(*stop) && *stop != '/' &&
			      *stop != '>' && *stop != '=';)
		stop++;
	*out = (struct html_attr){ from, stop, (size_t)(stop - from), 0 };
	*p = stop;
	stop = skip_spaces(stop, end);
	if (stop < end && *stop == '=') {
		*p = skip_spaces(stop + 1, end);
		read_value(out, p, end);
	}
	return true;
}

bool html_attr(struct buf *out, const struct html_token *tag, const char *name)
{
	const char *p = tag->s, *end = tag->s + tag->len;
	struct html_attr attr;

	buf_reset(out);
	while (html_attr_next(&attr, &p, end)) {
		if (attr.namelen != strlen(name) ||
		    strncasecmp(attr.name, name, attr.namelen) != 0)
			continue;
		html_decode(out, attr.value, attr.valuelen);
		return true;
	}
	return false;
}

/* Where the tag whose attributes begin at ${p} has its ">"; ${end}: nowhere. */
static const char *tag_end(const char *p, const char *end)
{
	struct html_attr attr;

	while (html_attr_next(&attr, &p, end))
		;
	return p;
}

/* The next "</name" from ${p} on; NULL: there is none, now or later. */
static const char *find_end_tag(struct html_scanner *s, enum html_name name,
				const char *p)
{
	const char *text = html_element_name(name);
	size_t n = strlen(text);

	while (!s->endless[name] && (p = behind(p, s->end, "</"))) {
		if (begins(p, s->end, text) && name_end(p, s->end) == p + n)
			return p - 2;
	}
	s->endless[name] = true;
	return NULL;
}

void html_scan_skip(struct html_scanner *s, enum html_name name)
{
	const char *tag = find_end_tag(s, name, s->p);

	s->raw = HTML_OTHER;
	if (!tag) {
		if (html_traits(name) & HTML_REST)
			s->p = s->end;
		return;
	}
	s->p = tag_end(name_end(tag + 2, s->end), s->end);
	s->p += s->p < s->end ? 1 : 0;
}

/* The content of the raw element whose start tag was the last token. */
static bool raw_text(struct html_token *out, struct html_scanner *s)
{
	enum html_name name = s->raw;
	const char *stop = find_end_tag(s, name, s->p);

	s->raw = HTML_OTHER;
	if (!stop && (html_traits(name) & HTML_REST))
		stop = s->end;
	if (!stop || stop == s->p)
		return false;
	*out = (struct html_token){ .kind = HTML_TEXT,
				    .name = name,
				    .s = s->p,
				    .len = (size_t)(stop - s->p),
				    .literal = name != HTML_TITLE &&
					       name != HTML_TEXTAREA };
	s->p = stop;
	return true;
}

/* A start or end tag whose name begins at ${name}. */
static bool read_tag(struct html_token *out, struct html_scanner *s, const char *name,
		     enum html_kind kind)
{
	const char *attrs = name_end(name, s->end), *stop = tag_end(attrs, s->end);

	if (stop >= s->end) { /* cut off: no tag, and nothing behind it */
		s->p = s->end;
		return false;
	}
	*out = (struct html_token){ .kind = kind,
				    .name = html_element(name, (size_t)(attrs - name)),
				    .s = attrs,
				    .len = (size_t)(stop - attrs),
				    .empty = s->xml && stop[-1] == '/' };
	s->p = stop + 1;
	if (kind == HTML_OPEN && !out->empty && (html_traits(out->name) & HTML_RAW))
		s->raw = out->name;
	return true;
}

/* "<![CDATA[ ... ]]>" is text; unless it ends, it is a comment as HTML has it. */
static bool read_cdata(struct html_token *out, struct html_scanner *s)
{
	const char *from = s->p + strlen("<![CDATA["), *stop = NULL;

	if (!s->cdata_endless)
		stop = behind(from, s->end, "]]>");
	if (!stop) {
		s->cdata_endless = true;
		return false;
	}
	*out = (struct html_token){ .kind = HTML_TEXT,
				    .s = from,
				    .len = (size_t)(stop - from) - strlen("]]>"),
				    .literal = true };
	s->p = stop;
	return true;
}

/* Pass over what begins with "<!", "<?" or "</" and is no tag. */
static void skip_markup(struct html_scanner *s)
{
	const char *stop = NULL;

	if (begins(s->p, s->end, "<!--") && !s->comment_endless) {
		stop = behind(s->p + 2, s->end, "-->"); /* "<!-->" is whole */
		s->comment_endless = !stop;
	}
	if (!stop) /* a comment that never ends hides no more than a tag */
		stop = behind(s->p, s->end, ">");
	s->p = stop ? stop : s->end;
}

static bool begins_markup(const char *p, const char *end)
{
	if (end - p < 2 || p[0] != '<')
		return false;
	return is_letter(p[1]) || p[1] == '!' || p[1] == '?' || p[1] == '/';
}

static void read_text(struct html_token *out, struct html_scanner *s)
{
	const char *p = s->p;

	do {
		p = memchr(p + 1, '<', (size_t)(s->end - p - 1));
	} while (p && !begins_markup(p, s->end));
	if (!p)
		p = s->end;
	*out = (struct html_token){ .kind = HTML_TEXT,
				    .s = s->p,
				    .len = (size_t)(p - s->p) };
	s->p = p;
}

/* What stands at s->p; false where it was passed over. */
static bool read_token(struct html_token *out, struct html_scanner *s)
{
	const char *p = s->p;

	if (!begins_markup(p, s->end)) {
		read_text(out, s);
		return true;
	}
	if (is_letter(p[1]))
		return read_tag(out, s, p + 1, HTML_OPEN);
	if (p[1] == '/' && s->end - p > 2 && is_letter(p[2]))
		return read_tag(out, s, p + 2, HTML_CLOSE);
	if (begins(p, s->end, "<![CDATA[") && read_cdata(out, s))
		return true;
	skip_markup(s);
	return false;
}

bool html_scan_next(struct html_token *out, struct html_scanner *s)
{
	if (s->raw != HTML_OTHER && raw_text(out, s))
		return true;
	while (s->p < s->end) {
		if (read_token(out, s))
			return true;
	}
	*out = (struct html_token){ .kind = HTML_END };
	return false;
}
