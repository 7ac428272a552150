/*
 * Reading outputs as a browser, a terminal, a spreadsheet and a renderer of Markdown
 * do. Nothing here uses what is tested.
 */
#include "hostile.h"

#include <ctype.h>
#include <expat.h>
#include <gumbo.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct text {
	char *data;
	size_t len, cap;
};

static void put(struct text *t, char c)
{
	if (t->len + 1 >= t->cap) {
		t->cap = t->cap ? 2 * t->cap : 4096;
		t->data = realloc(t->data, t->cap);
		if (!t->data)
			fail_msg("out of memory");
	}
	t->data[t->len++] = c;
	t->data[t->len] = '\0';
}

static void put_letters(struct text *t, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x80 && isalnum((unsigned char)s[i]))
			put(t, s[i]);
}

static char *finish(struct text *t)
{
	put(t, '\0');
	return t->data;
}

char *letters_of(const char *text, size_t len)
{
	struct text t = { .data = NULL };

	put_letters(&t, text, len);
	return finish(&t);
}

/* An output being read, up to the first fault. */
struct reading {
	const struct output *o;
	struct text letters;
	char *fault; /* "", or what is wrong and where */
};

static void complain(struct reading *r, const char *why, const char *at)
{
	if (!*r->fault)
		snprintf(r->fault, HARM_BYTES, "%s: %.80s", why, at);
}

/* ---- bytes that no output may hold --------------------------------------------- */

/* Sequences that a terminal obeys, and whose text deceives: as UTF-8. */
static bool is_forbidden(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < ' ')
		return u[0] != '\n' && u[0] != '\t' && u[0] != '\r' && u[0] != 033;
	if (u[0] == 0x7F)
		return true;
	if (u[0] == 0xC2 && u[1] >= 0x80 && u[1] < 0xA0)
		return true; /* C1 */
	if (u[0] != 0xE2)
		return false;
	return (u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) || /* U+202A..E */
	       (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xAF);   /* U+2066..F */
}

/* Length of the UTF-8 sequence at ${s}; 0 where it is none (RFC 3629, section 4). */
static size_t sequence(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = u[0] < 0x80   ? 1
		   : u[0] < 0xC2 ? 0
		   : u[0] < 0xE0 ? 2
		   : u[0] < 0xF0 ? 3
		   : u[0] < 0xF5 ? 4
				 : 0;

	for (size_t i = 1; i < n; i++)
		if ((u[i] & 0xC0) != 0x80)
			return 0;
	if ((u[0] == 0xE0 && u[1] < 0xA0) || (u[0] == 0xED && u[1] >= 0xA0) ||
	    (u[0] == 0xF0 && u[1] < 0x90) || (u[0] == 0xF4 && u[1] >= 0x90))
		return 0;
	return n;
}

static void check_bytes(struct reading *r)
{
	bool text = strcmp(r->o->format, "text") == 0;

	for (size_t i = 0, n; i < r->o->len; i += n) {
		const char *s = r->o->text + i;

		n = sequence(s);
		if (n == 0)
			complain(r, "not UTF-8", s);
		if (is_forbidden(s))
			complain(r, "a control", s);
		if (*s == '\033' && !text)
			complain(r, "an escape", s);
		n = n ? n : 1;
	}
}

/* ---- text ------------------------------------------------------------------------ */

/* Only the styles that the program has for its own use. */
static void read_text(struct reading *r)
{
	static const char *const styles[] = { "\033[0m", "\033[1m",  "\033[1;31m",
					      "\033[2m", "\033[36m", "\033[32m",
					      "\033[35m" };

	for (const char *s = r->o->text; (s = strchr(s, '\033')); s++) {
		size_t i = 0;

		while (i < COUNT(styles) && strncmp(s, styles[i], strlen(styles[i])))
			i++;
		if (i == COUNT(styles))
			complain(r, "an escape that is not ours", s);
	}
	for (const char *s = r->o->text; *s; s++) {
		if (*s == '\033')
			s += strcspn(s, "m"); /* where each of these ends */
		else
			put_letters(&r->letters, s, 1);
	}
}

/* ---- HTML ------------------------------------------------------------------------ */

/* All elements that our pages have, with all their attributes. */
static const struct element {
	const char *tag, *attributes;
} elements[] = {
	{ "html", " lang " },
	{ "head", "" },
	{ "meta", " charset name content http-equiv " },
	{ "title", " id " },
	{ "style", "" },
	{ "body", "" },
	{ "header", "" },
	{ "nav", " aria-label " },
	{ "main", " id " },
	{ "footer", "" },
	{ "section", " class id aria-labelledby " },
	{ "h1", " dir " },
	{ "h2", " dir id " },
	{ "h3", " dir " },
	{ "p", " class dir " },
	{ "a", " class href rel " },
	{ "ul", " class " },
	{ "ol", " class " },
	{ "li", "" },
	{ "dl", " class " },
	{ "dt", "" },
	{ "dd", " dir " },
	{ "div", " class role tabindex aria-label " },
	{ "figure", " class " },
	{ "figcaption", "" },
	{ "details", "" },
	{ "summary", "" },
	{ "table", "" },
	{ "caption", "" },
	{ "thead", "" },
	{ "tbody", "" },
	{ "tr", "" },
	{ "th", " scope class dir " },
	{ "td", " class dir " },
	{ "blockquote", " dir " },
	{ "cite", "" },
	{ "mark", "" },
	{ "bdi", "" },
	{ "code", " dir " },
	{ "pre", "" },
	{ "small", "" },
	{ "strong", "" },
	{ "time", " datetime " },
	{ "svg", " role aria-labelledby viewBox width height " },
	{ "desc", " id " },
	{ "text", " class x y transform " },
	{ "rect", " class x y width height " },
	{ "line", " class x1 y1 x2 y2 " },
	{ "path", " class d transform " },
	{ "polyline", " class points stroke-dasharray " },
};

/* The name as it is written: the parser does not know all of SVG's. */
static void name_of(char *out, size_t size, const GumboElement *e)
{
	GumboStringPiece piece = e->original_tag;
	size_t n = 0;

	if (e->tag != GUMBO_TAG_UNKNOWN) {
		snprintf(out, size, "%s", gumbo_normalized_tagname(e->tag));
		return;
	}
	gumbo_tag_from_original_text(&piece);
	for (; n < piece.length && n + 1 < size; n++)
		out[n] = piece.data[n];
	out[n] = '\0';
}

static void check_link(struct reading *r, const GumboElement *e, const char *url)
{
	const GumboAttribute *rel = gumbo_get_attribute(&e->attributes, "rel");

	if (*url == '#')
		return;
	if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
		complain(r, "a link to what is not the web", url);
	if (strpbrk(url, " \"'<>\\`"))
		complain(r, "a link with what it may not hold", url);
	if (!rel || strcmp(rel->value, "noopener noreferrer nofollow") != 0)
		complain(r, "a link that tells where it comes from", url);
}

static void check_element(struct reading *r, const GumboElement *e)
{
	char name[64], attribute[64];
	size_t i = 0;

	name_of(name, sizeof(name), e);
	while (i < COUNT(elements) && strcmp(elements[i].tag, name) != 0)
		i++;
	if (i == COUNT(elements)) {
		complain(r, "an element that is not ours", name);
		return;
	}
	for (size_t j = 0; j < e->attributes.length; j++) {
		const GumboAttribute *a = e->attributes.data[j];

		snprintf(attribute, sizeof(attribute), " %s ", a->name);
		if (!strstr(elements[i].attributes, attribute))
			complain(r, "an attribute that is not ours", a->name);
		if (strcmp(a->name, "href") == 0)
			check_link(r, e, a->value);
	}
}

/* Every element below ${node} is looked at; what is seen of it is kept. */
static void walk(struct reading *r, const GumboNode *node)
{
	const GumboVector *children = &node->v.element.children;

	switch (node->type) {
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
		put_letters(&r->letters, node->v.text.text, strlen(node->v.text.text));
		return;
	case GUMBO_NODE_ELEMENT:
		check_element(r, &node->v.element);
		if (node->v.element.tag == GUMBO_TAG_STYLE)
			return; /* nobody sees it, and the policy has its hash */
		break;
	default:
		complain(r, "a comment or CDATA", node->v.text.text);
		return;
	}
	for (unsigned i = 0; i < children->length; i++)
		walk(r, children->data[i]);
}

static void read_html(struct reading *r)
{
	GumboOutput *page =
		gumbo_parse_with_options(&kGumboDefaultOptions, r->o->text, r->o->len);
	const GumboVector *children;

	assert_non_null(page);
	if (page->errors.length)
		complain(r, "the parser found errors", r->o->text);
	children = &page->document->v.document.children;
	for (unsigned i = 0; i < children->length; i++)
		walk(r, children->data[i]);
	gumbo_destroy_output(&kGumboDefaultOptions, page);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void value_letters(struct reading *r, const json_t *value)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_string(value))
		put_letters(&r->letters, json_string_value(value),
			    json_string_length(value));
	json_array_foreach(value, i, item) value_letters(r, item);
	json_object_foreach((json_t *)(uintptr_t)value, key, item)
		value_letters(r, item);
}

static void read_json(struct reading *r, const char *text, size_t len)
{
	json_error_t error;
	json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);

	if (!value)
		complain(r, error.text, text);
	value_letters(r, value);
	json_decref(value);
}

static void read_json_document(struct reading *r)
{
	read_json(r, r->o->text, r->o->len);
}

static void read_jsonl(struct reading *r)
{
	const char *line = r->o->text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1)
		read_json(r, line, (size_t)(end - line));
	if (*line)
		complain(r, "a line without its end", line);
}

/* ---- csv and tsv ----------------------------------------------------------------- */

/* A spreadsheet trims and drops what cannot be seen: the first that can be counts. */
static bool begins_formula(const char *cell)
{
	static const char *const marks[] = { "=",
					     "+",
					     "-",
					     "@",
					     "\xEF\xBC\x9D",
					     "\xEF\xBC\x8B",
					     "\xEF\xBC\x8D",
					     "\xEF\xBC\xA0" };

	cell += strspn(cell, " \t\r\n");
	for (size_t i = 0; i < COUNT(marks); i++)
		if (strncmp(cell, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

static bool is_number(const char *cell)
{
	char *end;

	strtod(cell, &end);
	return end != cell && *end == '\0';
}

static void check_cell(struct reading *r, const char *cell)
{
	if (begins_formula(cell) && !is_number(cell))
		complain(r, "a formula", cell);
}

/* The cell at *s, up to ${separator} or the line's end (RFC 4180, section 2). */
static void next_cell(struct reading *r, const char **s, char separator,
		      struct text *cell)
{
	const char *p = *s;
	bool quoted = separator == ',' && *p == '"';

	cell->len = 0;
	p += quoted;
	while (*p && (quoted || (*p != separator && *p != '\n' && *p != '\r'))) {
		if (quoted && *p == '"' && *++p != '"') {
			quoted = false;
			break;
		}
		if (separator == ',' && *p == '"' && !quoted)
			complain(r, "a quote in a cell without quotes", *s);
		put(cell, *p++);
	}
	put(cell, '\0');
	if (quoted || (*p && *p != separator && *p != '\n' && *p != '\r'))
		complain(r, "a cell that does not end", *s);
	*s = p;
}

/* Rows of one table are alike in width; an empty line ends a table. */
static void read_rows(struct reading *r, char separator)
{
	const char *ending = separator == ',' ? "\r\n" : "\n";
	struct text cell = { .data = NULL };
	size_t width = 0;

	for (const char *s = r->o->text; *s && !*r->fault; s += strlen(ending)) {
		size_t n = 0;

		if (strncmp(s, ending, strlen(ending)) == 0) {
			width = 0;
			continue;
		}
		for (;; s++) {
			next_cell(r, &s, separator, &cell);
			check_cell(r, cell.data);
			put_letters(&r->letters, cell.data, strlen(cell.data));
			n++;
			if (*s != separator)
				break;
		}
		if (strncmp(s, ending, strlen(ending)) != 0)
			complain(r, "a line that ends otherwise", s);
		if (width && n != width)
			complain(r, "a row of another width", s);
		width = n;
	}
	free(cell.data);
}

static void read_csv(struct reading *r)
{
	read_rows(r, ',');
}

static void read_tsv(struct reading *r)
{
	read_rows(r, '\t');
}

/* ---- Markdown -------------------------------------------------------------------- */

/* A link's address, behind "](": the web, up to a bracket that nothing in it closes. */
static const char *check_address(struct reading *r, const char *s)
{
	size_t len = strcspn(s, ")");

	if (!s[len])
		complain(r, "an address that does not end", s);
	if (strncmp(s, "http://", 7) != 0 && strncmp(s, "https://", 8) != 0)
		complain(r, "a link to what is not the web", s);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] >= 0x7F ||
		    strchr("<>(\\\"'`[]", s[i]))
			complain(r, "an address that holds more", s);
	return s + len;
}

/* What may begin a line of ours: nothing else may begin a block. */
static void check_line(struct reading *r, const char *s)
{
	static const char *const ours[] = { "# ", "## ", "### ", "| ", "   > ", "> " };
	size_t digits = strspn(s, "0123456789"), blanks = strspn(s, " ");

	for (size_t i = 0; i < COUNT(ours); i++)
		if (strncmp(s, ours[i], strlen(ours[i])) == 0)
			return;
	if (digits && strncmp(s + digits, ". ", 2) == 0)
		return; /* a hit's rank */
	if (s[0] == '-' && s[1] == ' ')
		return; /* an item of a list of ours: what is in it is looked at */
	if (s[blanks] && strchr("#>+=~", s[blanks]))
		complain(r, "a block that is not ours", s);
}

/* An id of an article between backticks is ours. */
static bool is_code_of_ours(const char *s)
{
	return *s == '`' && strspn(s + 1, "0123456789abcdef") == 12 && s[13] == '`';
}

static void read_markdown(struct reading *r)
{
	int links = 0;

	for (const char *s = r->o->text; *s && !*r->fault; s++) {
		if (s == r->o->text || s[-1] == '\n')
			check_line(r, s);
		if (*s == '\\' && ispunct((unsigned char)s[1])) {
			s++; /* it stands for itself */
			continue;
		}
		if (*s == '<' || *s == '&' || *s == '~')
			complain(r, "markup", s);
		if (*s == '`' && is_code_of_ours(s))
			s += 13;
		else if (*s == '`')
			complain(r, "code", s);
		if (*s == '[') {
			if (s > r->o->text && s[-1] == '!')
				complain(r, "an image", s);
			links++;
		} else if (*s == ']') {
			if (s[1] != '(' || links-- != 1)
				complain(r, "brackets", s);
			else
				s = check_address(r, s + 2);
		} else {
			put_letters(&r->letters, s, 1);
		}
	}
	if (links)
		complain(r, "a bracket that is not closed", r->o->text);
}

/* ---- feeds and ids --------------------------------------------------------------- */

static void XMLCALL atom_start(void *ctx, const char *name, const char **attributes)
{
	static const char *const ours[] = { "feed",    "title", "id",	    "updated",
					    "author",  "name",  "entry",    "link",
					    "summary", "category" };
	struct reading *r = ctx;
	size_t i = 0;

	while (i < COUNT(ours) && strcmp(ours[i], name) != 0)
		i++;
	if (i == COUNT(ours))
		complain(r, "an element that is not ours", name);
	for (; *attributes; attributes += 2)
		if (strcmp(attributes[0], "href") == 0 &&
		    strncmp(attributes[1], "http://", 7) != 0 &&
		    strncmp(attributes[1], "https://", 8) != 0)
			complain(r, "a link to what is not the web", attributes[1]);
}

static void XMLCALL atom_text(void *ctx, const char *text, int len)
{
	struct reading *r = ctx;

	put_letters(&r->letters, text, (size_t)len);
}

static void read_atom(struct reading *r)
{
	XML_Parser parser = XML_ParserCreate(NULL);

	XML_SetUserData(parser, r);
	XML_SetStartElementHandler(parser, atom_start);
	XML_SetCharacterDataHandler(parser, atom_text);
	if (XML_Parse(parser, r->o->text, (int)r->o->len, 1) != XML_STATUS_OK)
		complain(r, XML_ErrorString(XML_GetErrorCode(parser)), r->o->text);
	XML_ParserFree(parser);
}

/* Nothing of an article is in it. */
static void read_ids(struct reading *r)
{
	for (const char *s = r->o->text; *s && !*r->fault; s += 13)
		if (strspn(s, "0123456789abcdef") != 12 || s[12] != '\n')
			complain(r, "what is no id", s);
}

/* ---- all of them ----------------------------------------------------------------- */

/* The formats, and who reads each. */
static const struct {
	const char *format;
	void (*read)(struct reading *r);
} readers[] = {
	{ "text", read_text },   { "json", read_json_document },
	{ "jsonl", read_jsonl }, { "csv", read_csv },
	{ "tsv", read_tsv },     { "md", read_markdown },
	{ "html", read_html },	 { "ids", read_ids },
	{ "atom", read_atom },	 { "jsonfeed", read_json_document },
};

static void read_output(struct reading *r)
{
	size_t i = 0;

	while (i < COUNT(readers) && strcmp(readers[i].format, r->o->format) != 0)
		i++;
	if (i == COUNT(readers))
		fail_msg("nobody knows how to read format %s", r->o->format);
	if (strlen(r->o->text) != r->o->len)
		complain(r, "a NUL", r->o->text);
	check_bytes(r);
	if (!*r->fault)
		readers[i].read(r);
}

bool find_harm(char fault[HARM_BYTES], const struct output *o)
{
	struct reading r = { .o = o, .fault = fault };

	*fault = '\0';
	read_output(&r);
	free(r.letters.data);
	return *fault;
}

char *visible_letters(const struct output *o)
{
	char fault[HARM_BYTES] = "";
	struct reading r = { .o = o, .fault = fault };

	read_output(&r);
	return finish(&r.letters);
}
