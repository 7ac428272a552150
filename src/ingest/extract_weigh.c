/*
 * Measuring: how much of an element is sentences, how much is links, and what its names
 * say.  Every pass is one walk over the nodes, forwards or backwards.
 */
#include "ingest/extract_weigh.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ingest/html_entity.h"

/* Own text under this is a label ("3 min read"), of at least as much links a list. */
#define PROSE_CHARS 40
#define PROSE_LONG 120 /* reads like prose without an end of a sentence */
#define ID_WORDS 3
#define NAMES_MAX 400 /* bytes of class, id and role that are looked at */

/* Of the page's prose: what has more is no sidebar, whatever it is called. */
#define BESIDE_SHARE 0.35
#define ARTICLE_CHARS 500

bool extract_is_block(const struct html_node *node)
{
	return !node->text && (html_traits((enum html_name)node->name) &
			       (HTML_BLOCK | HTML_LINE | HTML_CELL)) != 0;
}

/* Parts of names; "=" stands for the beginning or the end of a word. */
/* clang-format off */
static const char *const text_words[] = {
	"article", "body", "content", "entry", "main", "post", "story", "text",
	"prose", "page", "blog", "paragraph",
};

static const char *const beside_words[] = {
	"=ad=", "=ads=", "advert", "affiliate", "agegate", "alert", "author-bio", "banner",
	"bookmark", "breadcrumb", "bottom-bar", "byline", "caption", "carousel",
	"comment", "consent", "cookie", "copyright", "=credit", "disclaimer",
	"donate", "dropdown", "=extra=", "feedback", "footer", "=foot=",
	"gallery-count", "gdpr", "=hidden=", "infobox", "jump-to", "=legal", "login",
	"masthead", "=menu", "meta-data", "metadata", "modal", "more-from", "more-on",
	"most-read", "mostread", "most-popular", "=nav=", "navbar", "navigation",
	"newsletter", "noprint", "overlay", "pager", "pagination",
	"popular", "popup", "pop-up", "print-only", "=promo", "rating",
	"read-more", "readmore", "read-next", "recirc", "recommend", "related",
	"=replies", "=reply", "respond", "=rss", "screen-reader", "see-also", "share", "sharing",
	"sidebar", "side-bar", "sign-in", "sign-up", "signin", "signup", "sitemap",
	"skip-link", "skip-to", "=social", "sponsor", "sr-only", "subscri", "supplement",
	"=tag=", "=tags=", "tag-list", "taglist", "teaser", "timestamp", "toc=", "tool-bar",
	"toolbar", "tooltip", "=topics=", "trending", "visually-hidden", "widget",
	"you-may-like", "also-like",
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Words as "-word-word-": in lower case, with one dash for all that parts them. */
static void put_words(struct buf *out, const struct buf *names)
{
	const char *s = buf_str(names);
	size_t len = names->len < NAMES_MAX ? names->len : NAMES_MAX;

	for (size_t i = 0; i < len; i++) {
		bool upper = s[i] >= 'A' && s[i] <= 'Z';
		bool lower = s[i] >= 'a' && s[i] <= 'z';
		bool hump = upper && i > 0 && s[i - 1] >= 'a' && s[i - 1] <= 'z';

		if ((hump || !(upper || lower)) && out->len > 0 &&
		    out->data[out->len - 1] != '-')
			buf_putc(out, '-');
		if (upper || lower)
			buf_putc(out, (char)(s[i] | 0x20));
	}
	if (out->len > 0 && out->data[out->len - 1] != '-')
		buf_putc(out, '-');
}

static bool has_word(const char *words, const char *pattern)
{
	bool first = pattern[0] == '=', last;
	size_t n = strlen(pattern + first);
	const char *p = words;
	char text[32];

	last = pattern[first + n - 1] == '=';
	n -= last;
	memcpy(text, pattern + first, n);
	text[n] = '\0';
	for (; (p = strstr(p, text)); p++) {
		if ((!first || p[-1] == '-') && (!last || p[n] == '-'))
			return true;
	}
	return false;
}

static bool has_any(const char *words, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (has_word(words, patterns[i]))
			return true;
	}
	return false;
}

static bool is_chrome(enum html_name name)
{
	return name == HTML_NAV || name == HTML_FOOTER || name == HTML_ASIDE ||
	       name == HTML_DIALOG || name == HTML_MENU || name == HTML_FORM ||
	       name == HTML_FIGCAPTION;
}

static unsigned hidden_hint(struct buf *value, const struct html_node *node)
{
	const char *style;

	if (html_node_attr(value, node, "hidden"))
		return HINT_HIDDEN;
	if (html_node_attr(value, node, "aria-hidden") &&
	    strcmp(buf_str(value), "true") == 0)
		return HINT_HIDDEN;
	if (!html_node_attr(value, node, "style"))
		return 0;
	style = strstr(buf_str(value), "display");
	if (!style)
		return 0;
	style += strlen("display");
	while (*style == ' ' || *style == ':')
		style++;
	return strncmp(style, "none", 4) == 0 ? HINT_HIDDEN : 0;
}

/* An anchor for others to lead to, and one that runs a script, is none. */
static unsigned link_hint(struct buf *value, const struct html_node *node)
{
	if (node->name != HTML_A || !html_node_attr(value, node, "href") ||
	    strncasecmp(buf_str(value), "javascript:", 11) == 0)
		return 0;
	return HINT_LINK;
}

/* Scratch for attributes. */
struct names {
	struct buf value, words;
};

static void put_attr(struct names *n, const struct html_node *node, const char *name)
{
	if (html_node_attr(&n->value, node, name))
		put_words(&n->words, &n->value);
}

/* An id of many words is a heading's text, which may be about anything. */
static void put_id(struct names *n, const struct html_node *node)
{
	size_t before = n->words.len, words = 0;

	put_attr(n, node, "id");
	for (size_t i = before; i < n->words.len; i++)
		words += n->words.data[i] == '-';
	if (words > ID_WORDS)
		buf_truncate(&n->words, before);
}

static uint8_t hints_of(struct names *n, const struct html_node *node)
{
	unsigned hints = is_chrome((enum html_name)node->name) ? HINT_CHROME : 0;
	const char *words;

	if (node->len == 0)
		return (uint8_t)hints;
	hints |= hidden_hint(&n->value, node) | link_hint(&n->value, node);
	buf_reset(&n->words);
	buf_putc(&n->words, '-');
	put_attr(n, node, "class");
	put_attr(n, node, "role");
	put_id(n, node);
	words = buf_str(&n->words);
	if (has_any(words, text_words, COUNT(text_words)))
		hints |= HINT_TEXT;
	if (has_any(words, beside_words, COUNT(beside_words)))
		hints |= HINT_BESIDE;
	return (uint8_t)hints;
}

static int weigh_names(struct weight *w, const struct html_tree *t)
{
	struct names n = { 0 };
	bool ok;

	for (size_t i = 0; i < t->n; i++) {
		if (!t->v[i].text)
			w[i].hints = hints_of(&n, &t->v[i]);
	}
	ok = buf_ok(&n.value) && buf_ok(&n.words);
	buf_release(&n.value);
	buf_release(&n.words);
	return ok ? 0 : PDX_E_NOMEM;
}

/* Characters of a text as it is written; a reference is one. */
struct measure {
	uint32_t chars, commas;
	bool ends;
};

static bool ends_sentence(const char *s, size_t len)
{
	if (*s == '.' || *s == '!' || *s == '?')
		return len == 1 || s[1] <= ' ' || (s[1] & 0x80) || s[1] == '"' ||
		       s[1] == '\'' || s[1] == ')' || s[1] == '&';
	return len >= 3 &&
	       memcmp(s, "\xE3\x80\x82", 3) == 0; /* ideographic full stop */
}

/* A comma, also the ideographic and the full-width one. */
static bool is_comma(const char *s, size_t len)
{
	return *s == ',' || (len >= 3 && (memcmp(s, "\xE3\x80\x81", 3) == 0 ||
					  memcmp(s, "\xEF\xBC\x8C", 3) == 0));
}

static struct measure measure(const char *s, size_t len)
{
	struct measure m = { 0 };

	for (size_t i = 0, n; i < len; i += n) {
		uint32_t cp;

		n = s[i] == '&' ? html_entity(&cp, s + i, len - i) : 0;
		if (n == 0)
			n = 1;
		if ((unsigned char)s[i] <= ' ' || ((unsigned char)s[i] & 0xC0) == 0x80)
			continue;
		m.chars++;
		m.commas += is_comma(s + i, len - i);
		m.ends = m.ends || ends_sentence(s + i, len - i);
	}
	return m;
}

/* Where a node is: in which block, and in a link. */
struct place {
	uint32_t block;
	bool link;
};

static int weigh_texts(struct weight *w, const struct html_tree *t)
{
	struct place *at = calloc(t->n, sizeof(*at));

	if (!at)
		return PDX_E_NOMEM;
	for (uint32_t i = 1; i < t->n; i++) {
		const struct html_node *node = &t->v[i];
		struct measure m;

		at[i] = at[node->parent];
		if (extract_is_block(node))
			at[i].block = i;
		if (w[i].hints & HINT_LINK)
			at[i].link = true;
		if (!node->text)
			continue;
		m = measure(node->s, node->len);
		w[at[i].block].own += m.chars;
		w[at[i].block].own_links += at[i].link ? m.chars : 0;
		w[at[i].block].commas += m.commas;
		w[at[i].block].ends = w[at[i].block].ends || m.ends;
	}
	free(at);
	return 0;
}

static bool is_heading(const struct html_node *node)
{
	return node->name >= HTML_H1 && node->name <= HTML_H6;
}

/* Whether the own text of a block is sentences rather than labels and links. */
static bool reads(const struct weight *w, const struct html_node *node)
{
	if (node->name == HTML_PRE) /* code that is written about */
		return w->own >= PROSE_CHARS;
	return !is_heading(node) && w->own >= PROSE_CHARS &&
	       w->own_links * 2 < w->own && (w->ends || w->own >= PROSE_LONG);
}

/* Sums of all that is not dropped, from the innermost outwards. */
static void sum_up(struct weight *w, const struct html_tree *t)
{
	for (size_t i = 0; i < t->n; i++) {
		w[i].reads = reads(&w[i], &t->v[i]);
		w[i].chars = w[i].own;
		w[i].links = w[i].own_links;
		w[i].prose = w[i].reads ? w[i].own - w[i].own_links : 0;
	}
	for (size_t i = t->n; i-- > 1;) {
		struct weight *parent = &w[t->v[i].parent];

		if (w[i].dropped)
			continue;
		parent->chars += w[i].chars;
		parent->links += w[i].links;
		parent->prose += w[i].prose;
	}
}

/* The <article> or <main> with most prose; 0: none has as much as an article. */
static uint32_t find_article(const struct weight *w, const struct html_tree *t)
{
	uint32_t most = ARTICLE_CHARS, found = 0;

	for (uint32_t i = 1; i < t->n; i++) {
		if ((t->v[i].name == HTML_ARTICLE || t->v[i].name == HTML_MAIN) &&
		    w[i].prose >= most) {
			most = w[i].prose;
			found = i;
		}
	}
	return found;
}

/*
 * What is called so that it stands beside the text is dropped, unless it has much of
 * the page's prose: names are not always meant.  Beside an <article> it is (the terms
 * of use may be longer than what they are for).
 */
static void drop(struct weight *w, const struct html_tree *t, bool strict)
{
	double limit = w[0].prose * BESIDE_SHARE;
	uint32_t article = find_article(w, t);

	for (uint32_t i = 1; i < t->n; i++) {
		unsigned hints = w[i].hints;
		bool beside = strict && extract_is_block(&t->v[i]) &&
			      (hints & (HINT_BESIDE | HINT_CHROME));
		bool apart = article != 0 &&
			     (i >= t->v[article].end || t->v[i].end <= article);

		if ((hints & HINT_HIDDEN) || beside)
			w[i].dropped = apart || w[i].prose <= limit;
	}
}

/* A text that is divided inside: a <div> with <br>, and not <p> in it. */
static bool is_container(const struct html_node *node)
{
	switch (node->name) {
	case HTML_HTML:
	case HTML_ARTICLE:
	case HTML_CENTER:
	case HTML_DIV:
	case HTML_MAIN:
	case HTML_SECTION:
	case HTML_TD:
		return true;
	default:
		return false;
	}
}

/*
 * A block's prose counts for what it stands in: whole for the element around it, half
 * for the next, less further out.  One long paragraph counts less than several.
 */
static void spread(struct weight *w, const struct html_tree *t, uint32_t i)
{
	bool container = is_container(&t->v[i]);
	double most = container ? 30 : 3;
	double length = w[i].own / 80.0 < most ? w[i].own / 80.0 : most;
	double points = (1 + w[i].commas + length) *
			(1 - (double)w[i].own_links / (double)w[i].own);
	uint32_t at = container ? i : t->v[i].parent;

	for (unsigned level = 0; level < 5; level++) {
		double share = level == 0 ? 1 : level == 1 ? 0.5 : 1.0 / (3 * level);

		w[at].score += (float)(points * share);
		if (at == 0)
			break;
		at = t->v[at].parent;
	}
}

static void spread_all(struct weight *w, const struct html_tree *t)
{
	for (uint32_t i = 0; i < t->n; i++) {
		if (w[i].dropped)
			i = t->v[i].end - 1;
		else if (w[i].reads)
			spread(w, t, i);
	}
}

int extract_weigh(struct weight **out, const struct html_tree *tree, bool strict)
{
	struct weight *w = calloc(tree->n, sizeof(*w));

	*out = w;
	if (!w || weigh_names(w, tree) < 0 || weigh_texts(w, tree) < 0)
		return PDX_E_NOMEM;
	sum_up(w, tree);
	drop(w, tree, strict);
	sum_up(w, tree);
	spread_all(w, tree);
	return 0;
}
