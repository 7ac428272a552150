/*
 * Reader of feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, an article an entry.  Finds
 * the elements that feed_keys.c knows, where they stand, and collects what they say.
 * Entries come out as they end; of a document that breaks all that ended before are
 * kept.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ingest/charset.h"
#include "ingest/clean.h"
#include "ingest/feed_entry.h"
#include "ingest/feed_look.h"
#include "ingest/link.h"
#include "ingest/reader.h"
#include "ingest/stream.h"
#include "ingest/xml.h"

#define BASES_MAX 32 /* xml:base inside of each other */

struct base {
	size_t depth;
	const char *url;
};

struct feed {
	struct stream stream;
	struct xml *xml;
	struct read_options options;
	size_t max;
	struct reader_voice voice;
	struct buf scratch, plain;
	struct arena head_arena, arena; /* the feed's, the current entry's */
	struct feed_entry head, entry;

	size_t depth;
	size_t entry_depth;  /* of the entry that is open; 0: none */
	size_t origin_depth; /* of the feed in it that it is from */
	size_t ignored;      /* of an element that says nothing, with all in it */
	enum xml_space own;  /* the root's namespace ... */
	enum xml_space as;   /* ... and what it should be */
	struct base bases[BASES_MAX];
	size_t nbases;

	const struct feed_key *key; /* whose text is collected; NULL: none */
	enum feed_text written;     /* how */
	size_t key_depth;
	struct buf text;

	uint64_t entries;
	bool failed; /* memory was out in a handler */
	bool ended, told;
};

/* ---- where things stand ---------------------------------------------------- */

static struct arena *arena_now(struct feed *f)
{
	return f->entry_depth ? &f->arena : &f->head_arena;
}

static struct feed_entry *entry_now(struct feed *f)
{
	return f->entry_depth ? &f->entry : &f->head;
}

static struct feed_work work_now(struct feed *f)
{
	return (struct feed_work){ arena_now(f), &f->scratch, &f->plain };
}

static const char *base_now(const struct feed *f)
{
	if (f->nbases > 0)
		return f->bases[f->nbases - 1].url;
	return f->head.values[FEED_LINK].text ? f->head.values[FEED_LINK].text
					      : f->stream.input->url;
}

/* ${link} as it is meant here, in the arena; NULL where memory is out. */
static const char *resolve(struct feed *f, const char *link)
{
	const char *clean = clean_line(arena_now(f), &f->scratch, link, strlen(link));

	if (!clean)
		return NULL;
	buf_reset(&f->scratch);
	link_resolve(&f->scratch, *clean ? base_now(f) : NULL, clean);
	return buf_ok(&f->scratch)
		       ? arena_dup(arena_now(f), buf_str(&f->scratch), f->scratch.len)
		       : NULL;
}

static void push_base(struct feed *f, const char *link)
{
	const char *url;

	if (!link || f->nbases == BASES_MAX)
		return;
	url = resolve(f, link);
	if (url)
		f->bases[f->nbases++] = (struct base){ f->depth, url };
	else
		f->failed = true;
}

static void add(struct feed *f, const struct feed_key *key, enum feed_text as,
		const char *text, size_t len)
{
	struct feed_work w = work_now(f);

	if (!feed_entry_add(entry_now(f), &w, key, as, text, len))
		f->failed = true;
}

/* ---- elements by what they say --------------------------------------------- */

/* What stands in attributes; true where the element's text is of no use then. */
static bool add_link(struct feed *f, const struct feed_key *key,
		     const char *const *attrs)
{
	const char *href = xml_attr(attrs, "href"), *rel = xml_attr(attrs, "rel");
	const char *url;

	if (!href)
		return key->space == SPACE_ATOM && f->own == SPACE_ATOM;
	if (rel && strcmp(rel, "alternate") != 0)
		return true;
	url = resolve(f, href);
	if (url)
		add(f, key, TEXT_PLAIN, url, strlen(url));
	else
		f->failed = true;
	return true;
}

/* Companies are categories of a scheme, or a domain, that says so. */
static const struct feed_key *company_key(const struct feed_key *key,
					  const char *const *attrs)
{
	static const struct feed_key company = { SPACE_OTHER, "company", FEED_COMPANY,
						 TEXT_PLAIN, 0 };
	const char *scheme = xml_attr(attrs, "domain");

	if (!scheme)
		scheme = xml_attr(attrs, "scheme");
	return scheme && strcasecmp(scheme, "company") == 0 ? &company : key;
}

static bool add_category(struct feed *f, const struct feed_key *key,
			 const char *const *attrs)
{
	const char *label = xml_attr(attrs, "label");

	if (!label || !*label)
		label = xml_attr(attrs, "term");
	if (label)
		add(f, key, TEXT_PLAIN, label, strlen(label));
	return label != NULL;
}

static bool is_xml_type(const char *type)
{
	size_t len = strlen(type);

	return strcmp(type, "xhtml") == 0 ||
	       (len > 4 && strcmp(type + len - 4, "/xml") == 0) ||
	       (len > 4 && strcmp(type + len - 4, "+xml") == 0);
}

/* How Atom says that a text is written; false where it is none. */
static bool atom_text(enum feed_text *as, const char *const *attrs)
{
	const char *type = xml_attr(attrs, "type"), *mode = xml_attr(attrs, "mode");

	*as = TEXT_PLAIN;
	if (xml_attr(attrs, "src") || (mode && strcmp(mode, "base64") == 0))
		return false;
	if (!type || strcmp(type, "text") == 0)
		return true;
	if (is_xml_type(type))
		*as = mode && strcmp(mode, "escaped") == 0 ? TEXT_HTML : TEXT_XHTML;
	else if (strstr(type, "html"))
		*as = mode && strcmp(mode, "xml") == 0 ? TEXT_XHTML : TEXT_HTML;
	else
		return strncmp(type, "text/", 5) == 0;
	return true;
}

/* Begin to collect the text of an element, unless its attributes say all. */
static void open_value(struct feed *f, const struct feed_key *key,
		       const char *const *attrs)
{
	const char *permalink;

	if (key->role == FEED_CATEGORY)
		key = company_key(key, attrs);
	f->written = key->text;
	if ((key->role == FEED_LINK && add_link(f, key, attrs)) ||
	    ((key->role == FEED_CATEGORY || key->role == FEED_COMPANY) &&
	     add_category(f, key, attrs)) ||
	    (key->text == TEXT_ATOM && !atom_text(&f->written, attrs))) {
		f->ignored = f->depth;
		return;
	}
	permalink = xml_attr(attrs, "isPermaLink");
	if (key->role == FEED_REF && permalink && strcmp(permalink, "false") == 0)
		f->entry.opaque = true;
	f->key = key;
	f->key_depth = f->depth;
	buf_reset(&f->text);
}

static void open_entry(struct feed *f)
{
	f->entry_depth = f->depth;
	f->entry = (struct feed_entry){ .line = xml_line(f->xml),
					.offset = xml_offset(f->xml) };
}

static void open_element(struct feed *f, const struct xml_name *name,
			 const char *const *attrs)
{
	const struct feed_key *key = feed_key(name);
	bool entry = key && key->role == FEED_ENTRY && !f->entry_depth;

	if (entry)
		open_entry(f);
	push_base(f, xml_attr(attrs, "xml:base"));
	if (entry || (!key && f->depth == 1))
		return;
	switch (key ? key->role : FEED_NOTHING) {
	case FEED_NOTHING:
	case FEED_ENTRY: /* in another */
		f->ignored = f->depth;
		break;
	case FEED_ORIGIN:
		f->origin_depth = f->entry_depth ? f->depth : 0;
		break;
	case FEED_CHANNEL:
	case FEED_NEST:
		break;
	default:
		if (f->origin_depth && key->role != FEED_TITLE)
			f->ignored = f->depth;
		else
			open_value(f, key, attrs);
	}
}

/* xml:lang holds for what has no element that says it. */
static void add_lang(struct feed *f, const char *lang)
{
	static const struct feed_key key = { SPACE_XML, "lang", FEED_LANG, TEXT_PLAIN,
					     2 };

	if (lang && (f->depth == 1 || f->depth == f->entry_depth))
		add(f, &key, TEXT_PLAIN, lang, strlen(lang));
}

/* ---- events ---------------------------------------------------------------- */

static bool is_over_limit(struct feed *f, size_t more)
{
	struct feed_entry *e = entry_now(f);

	e->bytes += more;
	e->too_long = e->too_long || e->bytes > f->max;
	return e->too_long;
}

static void on_text(void *ctx, const char *s, size_t len)
{
	struct feed *f = ctx;

	if (!f->key || is_over_limit(f, len))
		return;
	if (f->written != TEXT_XHTML) {
		buf_put(&f->text, s, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '<')
			buf_puts(&f->text, "&lt;");
		else if (s[i] == '&')
			buf_puts(&f->text, "&amp;");
		else
			buf_putc(&f->text, s[i]);
	}
}

/* An element inside a text, as HTML writes it: html_text() knows what it means. */
static void put_tag(struct feed *f, const char *open, const char *local)
{
	if (f->written == TEXT_PLAIN || is_over_limit(f, strlen(local) + 3))
		return;
	if (f->written == TEXT_MAYBE_HTML)
		f->written = TEXT_HTML;
	buf_printf(&f->text, "%s%s>", open, local);
}

/* Feeds with a wrong address for their namespace, or none, mean the right one. */
static void open_root(struct feed *f, const struct xml_name *root)
{
	f->own = f->as = root->space;
	if (strcmp(root->local, "feed") == 0)
		f->as = SPACE_ATOM;
	else if (strcmp(root->local, "rss") == 0)
		f->as = SPACE_RSS;
}

static void on_open(void *ctx, const struct xml_name *name, const char *const *attrs)
{
	struct feed *f = ctx;
	struct xml_name own = *name;

	f->depth++;
	if (f->ignored)
		return;
	if (f->key) {
		put_tag(f, "<", name->local);
		return;
	}
	if (f->depth == 1)
		open_root(f, &own);
	if (own.space == f->own)
		own.space = f->as;
	open_element(f, &own, attrs);
	add_lang(f, xml_attr(attrs, "xml:lang"));
}

/* The text of an element is whole. */
static void close_value(struct feed *f)
{
	static const struct feed_key source = { SPACE_ATOM, "title", FEED_SOURCE,
						TEXT_PLAIN, 1 };
	const struct feed_key *key = f->origin_depth ? &source : f->key;
	const char *text = buf_str(&f->text);
	size_t len = f->text.len;

	f->key = NULL;
	if (!buf_ok(&f->text)) {
		f->failed = true;
		return;
	}
	if (key->role == FEED_LINK && len > 0) {
		text = resolve(f, text);
		len = text ? strlen(text) : 0;
		f->failed = f->failed || !text;
	}
	if (len > 0)
		add(f, key, f->written, text, len);
	if (key->role == FEED_TITLE && !f->entry_depth && f->entries > 0 && !f->told) {
		f->told = true;
		reader_warn(&f->voice, "the feed's title stands behind its entries, "
				       "which have no source");
	}
}

static void on_close(void *ctx, const struct xml_name *name)
{
	struct feed *f = ctx;
	size_t depth = f->depth--;

	while (f->nbases > 0 && f->bases[f->nbases - 1].depth == depth)
		f->nbases--;
	if (f->ignored) {
		if (f->ignored == depth)
			f->ignored = 0;
		return;
	}
	if (f->key && f->key_depth == depth)
		close_value(f);
	else if (f->key)
		put_tag(f, "</", name->local);
	else if (f->origin_depth == depth)
		f->origin_depth = 0;
	else if (f->entry_depth == depth)
		xml_pause(f->xml);
}

/* ---- the reader ------------------------------------------------------------ */

static int feed_bid(const char *head, size_t len, bool whole, const char *name)
{
	struct buf text;
	bool is;

	(void)whole, (void)name;
	if (len < 4)
		return 0;
	if (!memchr(head, '\0', len))
		return feed_look(head, len) ? 95 : 0;
	buf_init(&text, 0);
	charset_decode(&text, charset_guess(head, len, NULL), head, len);
	is = feed_look(buf_str(&text), text.len);
	buf_release(&text);
	return is ? 95 : 0;
}

/* What is broken, and where: the entry that it is in, with all that comes behind. */
static int skip_rest(struct feed *f, struct read_skip *skip)
{
	uint64_t line = xml_line(f->xml);
	const char *origin;

	f->ended = true;
	origin = reader_origin(&f->arena, &f->scratch, f->stream.input->name, line);
	if (!origin)
		return PDX_E_NOMEM;
	*skip = (struct read_skip){
		.origin = origin,
		.offset = f->entry_depth ? f->entry.offset : xml_offset(f->xml),
	};
	return reader_skip(skip, "%s", xml_fault(f->xml));
}

static int take_entry(struct feed *f, struct pdx_article *article,
		      struct read_skip *skip)
{
	const struct feed_work w = { &f->arena, &f->scratch, &f->plain };
	struct reader_voice voice = f->voice;

	f->entries++;
	f->entry_depth = 0;
	voice.origin = reader_origin(&f->arena, &f->scratch, f->stream.input->name,
				     f->entry.line);
	if (!voice.origin)
		return PDX_E_NOMEM;
	*skip = (struct read_skip){ .origin = voice.origin,
				    .offset = f->entry.offset,
				    .len = xml_end(f->xml) - f->entry.offset };
	if (f->entry.too_long)
		return reader_skip(skip, "more than %zu bytes in one entry", f->max);
	return feed_entry_article(article, skip, &f->entry, &f->head, &w, &voice,
				  f->options.source);
}

static void end_feed(struct feed *f)
{
	f->ended = true;
	if (f->entries == 0)
		reader_warn(&f->voice, "a feed without entries");
}

static int feed_next(void *state, struct pdx_article *article, struct read_skip *skip,
		     struct pdx_err *err)
{
	struct feed *f = state;
	int rc;

	if (f->ended)
		return READ_END;
	arena_reset(&f->arena);
	rc = xml_run(f->xml, err);
	if (rc < 0)
		return rc;
	if (f->failed)
		return err_nomem(err);
	if (rc == XML_IS_PAUSED)
		rc = take_entry(f, article, skip);
	else if (rc == XML_IS_BROKEN)
		rc = skip_rest(f, skip);
	else
		end_feed(f);
	if (f->ended && xml_notice(f->xml))
		reader_warn(&f->voice, "%s", xml_notice(f->xml));
	return rc < 0 ? err_nomem(err) : rc;
}

static void feed_close(void *state)
{
	struct feed *f = state;

	if (!f)
		return;
	xml_free(f->xml);
	buf_release(&f->text);
	buf_release(&f->scratch);
	buf_release(&f->plain);
	arena_release(&f->arena);
	arena_release(&f->head_arena);
	stream_release(&f->stream);
	free(f);
}

static int set_up(struct feed *f, const struct input *input, const char *head,
		  size_t len, struct pdx_err *err)
{
	const struct xml_handler handler = { on_open, on_close, on_text, f };
	int rc = stream_init(&f->stream, input, head, len, err);

	if (rc < 0)
		return rc;
	f->voice.origin = reader_origin(&f->head_arena, &f->scratch, input->name, 0);
	if (!f->voice.origin)
		return err_nomem(err);
	return xml_new(&f->xml, &f->stream, input->type, f->max, &handler, err);
}

static int feed_open(void **state, const struct input *input, const char *head,
		     size_t len, const struct read_options *options,
		     struct pdx_err *err)
{
	struct feed *f = calloc(1, sizeof(*f));
	int rc;

	*state = NULL;
	if (!f)
		return err_nomem(err);
	f->options = *options;
	f->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	f->voice.warn = options->warn;
	buf_init(&f->text, 0);
	buf_init(&f->scratch, 0);
	buf_init(&f->plain, 0);
	rc = set_up(f, input, head, len, err);
	if (rc < 0) {
		feed_close(f);
		return rc;
	}
	*state = f;
	return 0;
}

static const char *const feed_endings[] = { ".rss", ".atom", ".rdf", NULL };

const struct reader_ops reader_feed = {
	.name = "feed",
	.help = "RSS and Atom feeds: one article an entry",
	.endings = feed_endings,
	.bid = feed_bid,
	.open = feed_open,
	.next = feed_next,
	.close = feed_close,
};
