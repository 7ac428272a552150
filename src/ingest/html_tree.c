/*
 * Which element is inside which.  Time is linear in the tags times HTML_DEPTH, whatever
 * they are.
 */
#include "ingest/html_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct builder {
	struct html_tree *tree;
	uint32_t open[HTML_DEPTH]; /* nodes, the innermost last */
	size_t depth;
	bool failed;
};

/* What a tag that begins ends, and where the search for it stops. */
enum scope { IN_BLOCK, IN_LIST, IN_TERMS, IN_ROW, IN_TABLE };

/* clang-format off */
static const struct {
	enum html_name tag, ends;
	enum scope scope;
} implied[] = {
	{ HTML_LI, HTML_LI, IN_LIST },
	{ HTML_DT, HTML_DT, IN_TERMS },       { HTML_DT, HTML_DD, IN_TERMS },
	{ HTML_DD, HTML_DT, IN_TERMS },       { HTML_DD, HTML_DD, IN_TERMS },
	{ HTML_TD, HTML_TD, IN_ROW },         { HTML_TD, HTML_TH, IN_ROW },
	{ HTML_TH, HTML_TD, IN_ROW },         { HTML_TH, HTML_TH, IN_ROW },
	{ HTML_TR, HTML_TR, IN_TABLE },       { HTML_TBODY, HTML_TR, IN_TABLE },
	{ HTML_TBODY, HTML_TBODY, IN_TABLE }, { HTML_TBODY, HTML_THEAD, IN_TABLE },
	{ HTML_TFOOT, HTML_TR, IN_TABLE },    { HTML_TFOOT, HTML_TBODY, IN_TABLE },
	{ HTML_A, HTML_A, IN_BLOCK },
};
/* clang-format on */

static bool is_cell(enum html_name name)
{
	return name == HTML_TD || name == HTML_TH || name == HTML_CAPTION;
}

static bool stops(enum html_name name, enum scope scope)
{
	unsigned traits = html_traits(name);

	switch (scope) {
	case IN_LIST:
		return name == HTML_UL || name == HTML_OL || name == HTML_MENU ||
		       name == HTML_DIR || name == HTML_TABLE || is_cell(name);
	case IN_TERMS:
		return name == HTML_DL || name == HTML_TABLE || is_cell(name);
	case IN_ROW:
		return name == HTML_TABLE || name == HTML_TR;
	case IN_TABLE:
		return name == HTML_TABLE;
	default:
		return (traits & (HTML_BLOCK | HTML_LINE | HTML_CELL)) != 0;
	}
}

static enum html_name name_at(const struct builder *b, size_t level)
{
	return (enum html_name)b->tree->v[b->open[level]].name;
}

/* Everything from ${level} on is whole. */
static void close_to(struct builder *b, size_t level)
{
	while (b->depth > level)
		b->tree->v[b->open[--b->depth]].end = (uint32_t)b->tree->n;
}

/* End the innermost open ${name} and what is inside, unless ${scope} hides it. */
static void close_name(struct builder *b, enum html_name name, enum scope scope)
{
	for (size_t i = b->depth; i-- > 1;) {
		if (name_at(b, i) == name) {
			close_to(b, i);
			return;
		}
		if (stops(name_at(b, i), scope))
			return;
	}
}

static uint32_t add_node(struct builder *b, const struct html_token *t)
{
	struct html_tree *tree = b->tree;
	uint32_t id = (uint32_t)tree->n;

	if (!mem_grow(&tree->v, &tree->cap, tree->n + 1, sizeof(*tree->v))) {
		b->failed = true;
		return 0;
	}
	tree->v[tree->n++] = (struct html_node){
		.s = t->s,
		.len = (uint32_t)t->len,
		.parent = b->depth > 0 ? b->open[b->depth - 1] : 0,
		.end = id + 1,
		.name = (uint8_t)t->name,
		.text = t->kind == HTML_TEXT,
		.literal = t->literal,
	};
	return id;
}

static void open_tag(struct builder *b, const struct html_token *t)
{
	unsigned traits = html_traits(t->name);
	uint32_t id;

	/* the page's frame: what is in it counts, and it is left open at will */
	if (t->name == HTML_HTML || t->name == HTML_HEAD || t->name == HTML_BODY)
		return;
	if (traits & HTML_BLOCK)
		close_name(b, HTML_P, IN_BLOCK);
	for (size_t i = 0; i < sizeof(implied) / sizeof(implied[0]); i++) {
		if (implied[i].tag == t->name)
			close_name(b, implied[i].ends, implied[i].scope);
	}
	id = add_node(b, t);
	if (!b->failed && !(traits & HTML_VOID) && !t->empty && b->depth < HTML_DEPTH)
		b->open[b->depth++] = id;
}

static void close_tag(struct builder *b, enum html_name name)
{
	unsigned traits = html_traits(name);
	bool inside = is_cell(name) || name == HTML_TR;

	if (name == HTML_OTHER) /* they are told apart by nobody */
		return;
	if (!(traits & (HTML_BLOCK | HTML_LINE | HTML_CELL)))
		close_name(b, name, IN_BLOCK);
	else
		close_name(b, name, inside ? IN_TABLE : IN_ROW);
}

/* Unknown elements are passed through: their text belongs to what they are in. */
static void take_token(struct builder *b, struct html_scanner *scan,
		       const struct html_token *t)
{
	if (t->kind == HTML_TEXT) {
		add_node(b, t);
	} else if (t->kind == HTML_CLOSE) {
		close_tag(b, t->name);
	} else if (html_traits(t->name) & HTML_SKIP) {
		if (!t->empty)
			html_scan_skip(scan, t->name);
	} else if (t->name != HTML_OTHER) {
		open_tag(b, t);
	}
}

int html_tree_build(struct html_tree *out, const char *html, size_t len,
		    struct pdx_err *err)
{
	const struct html_token page = { .kind = HTML_OPEN, .name = HTML_HTML };
	struct builder b = { .tree = out };
	struct html_scanner scan;
	struct html_token t;

	*out = (struct html_tree){ 0 };
	html_scan_init(&scan, html, len);
	b.open[b.depth++] = add_node(&b, &page);
	while (!b.failed && html_scan_next(&t, &scan)) {
		if (out->n >= HTML_NODES)
			return err_set(err, PDX_E_INPUT,
				       "more than %d elements and texts", HTML_NODES);
		take_token(&b, &scan, &t);
	}
	if (b.failed)
		return err_nomem(err);
	close_to(&b, 0);
	return 0;
}

void html_tree_release(struct html_tree *t)
{
	free(t->v);
	*t = (struct html_tree){ 0 };
}

bool html_node_attr(struct buf *out, const struct html_node *node, const char *name)
{
	struct html_token tag = { .kind = HTML_OPEN, .s = node->s, .len = node->len };

	return html_attr(out, &tag, name);
}
