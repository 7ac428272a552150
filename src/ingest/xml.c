/* A parser of expat's with limits, and namespaces that forgive. */
#include "ingest/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* expat.h shows the limits on entities only to those who build with DTDs. */
#define XML_DTD 1
#include <expat.h>

#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/html_entity.h"

#define PIECE_BYTES 65536
#define BINDINGS_MAX 64 /* prefixes in force; a feed has a dozen at most */
#define PREFIX_MAX 16

struct binding {
	size_t depth;
	char prefix[PREFIX_MAX];
	enum xml_space space;
};

struct xml {
	XML_Parser parser;
	struct stream *stream;
	struct xml_handler handler;
	bool decoded; /* offsets are not those of the input */
	bool suspended, failed, ended;
	bool declared; /* HTML's names were */
	bool external; /* something outside was referred to */
	bool replaced; /* bytes were */
	uint64_t fed;
	size_t depth;
	struct binding bindings[BINDINGS_MAX];
	size_t nbindings;
	char piece[PIECE_BYTES + UTF8_MAX_BYTES];
	size_t carry; /* bytes of a character that the next piece completes */
	char fault[PDX_ERR_MESSAGE];
};

/* ---- namespaces ------------------------------------------------------------ */

static void bind(struct xml *x, const char *prefix, const char *uri)
{
	struct binding *b = &x->bindings[x->nbindings];

	if (x->nbindings == BINDINGS_MAX || strlen(prefix) >= PREFIX_MAX)
		return;
	b->depth = x->depth;
	snprintf(b->prefix, sizeof(b->prefix), "%s", prefix);
	b->space = xml_space_of(uri);
	x->nbindings++;
}

static void bind_all(struct xml *x, const char *const *attrs)
{
	for (; *attrs; attrs += 2) {
		if (strcmp(attrs[0], "xmlns") == 0)
			bind(x, "", attrs[1]);
		else if (strncmp(attrs[0], "xmlns:", 6) == 0)
			bind(x, attrs[0] + 6, attrs[1]);
	}
}

/* The space of ${len} bytes of ${prefix}. */
static enum xml_space space_of_prefix(const struct xml *x, const char *prefix,
				      size_t len)
{
	for (size_t i = x->nbindings; i-- > 0;) {
		const char *bound = x->bindings[i].prefix;

		if (strlen(bound) == len && memcmp(bound, prefix, len) == 0)
			return x->bindings[i].space;
	}
	return xml_space_usual(prefix, len);
}

static struct xml_name name_of(const struct xml *x, const char *qname)
{
	const char *colon = strchr(qname, ':');
	size_t len = colon ? (size_t)(colon - qname) : 0;

	return (struct xml_name){ space_of_prefix(x, qname, len),
				  colon ? colon + 1 : qname };
}

const char *xml_attr(const char *const *attrs, const char *name)
{
	for (; *attrs; attrs += 2) {
		if (strcmp(attrs[0], name) == 0)
			return attrs[1];
	}
	return NULL;
}

/* ---- expat's handlers ------------------------------------------------------ */

static void on_open(void *ctx, const XML_Char *qname, const XML_Char **attrs)
{
	struct xml *x = ctx;
	struct xml_name name;

	if (x->fault[0])
		return;
	if (++x->depth > XML_DEPTH_MAX) {
		xml_stop(x, "elements are nested too deep");
		return;
	}
	bind_all(x, (const char *const *)attrs);
	name = name_of(x, qname);
	x->handler.open(x->handler.ctx, &name, (const char *const *)attrs);
}

static void on_close(void *ctx, const XML_Char *qname)
{
	struct xml *x = ctx;
	struct xml_name name = name_of(x, qname);

	if (x->fault[0])
		return;
	x->handler.close(x->handler.ctx, &name);
	while (x->nbindings > 0 && x->bindings[x->nbindings - 1].depth == x->depth)
		x->nbindings--;
	x->depth--;
}

static void on_text(void *ctx, const XML_Char *s, int len)
{
	struct xml *x = ctx;

	if (!x->fault[0])
		x->handler.text(x->handler.ctx, s, (size_t)len);
}

/* A name that nobody declared stays as it is written. */
static void on_skipped(void *ctx, const XML_Char *entity, int is_parameter)
{
	struct xml *x = ctx;

	if (is_parameter || x->fault[0])
		return;
	x->handler.text(x->handler.ctx, "&", 1);
	x->handler.text(x->handler.ctx, entity, strlen(entity));
	x->handler.text(x->handler.ctx, ";", 1);
}

static bool is_predefined(const char *name)
{
	static const char *const names[] = { "amp", "lt", "gt", "quot", "apos" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

/* A DTD with the names of HTML, for documents that use them without one. */
static int declare_html(XML_Parser parser, const XML_Char *context)
{
	XML_Parser sub = XML_ExternalEntityParserCreate(parser, context, NULL);
	struct buf dtd;
	const char *name;
	uint32_t cp;
	int ok;

	buf_init(&dtd, 0);
	for (size_t i = 0; (name = html_entity_name(&cp, i)); i++) {
		if (!is_predefined(name))
			buf_printf(&dtd, "<!ENTITY %s \"&#38;#%u;\">", name,
				   (unsigned)cp);
	}
	ok = sub && buf_ok(&dtd) &&
	     XML_Parse(sub, buf_str(&dtd), (int)dtd.len, 1) == XML_STATUS_OK;
	if (sub)
		XML_ParserFree(sub);
	buf_release(&dtd);
	return ok ? XML_STATUS_OK : XML_STATUS_ERROR;
}

/*
 * Something outside of the document: our own DTD in place of any that it names, and
 * nothing in place of everything else.
 */
static int on_external(XML_Parser parser, const XML_Char *context, const XML_Char *base,
		       const XML_Char *system, const XML_Char *public)
{
	struct xml *x = XML_GetUserData(parser);

	(void)base, (void)system, (void)public;
	if (context) {
		x->external = true;
		return XML_STATUS_OK;
	}
	if (x->declared)
		return XML_STATUS_OK;
	x->declared = true;
	return declare_html(parser, context);
}

void xml_pause(struct xml *x)
{
	XML_StopParser(x->parser, XML_TRUE);
}

void xml_stop(struct xml *x, const char *reason)
{
	if (x->fault[0])
		return;
	snprintf(x->fault, sizeof(x->fault), "%s", reason);
	XML_StopParser(x->parser, XML_FALSE);
}

const char *xml_fault(const struct xml *x)
{
	return x->fault;
}

const char *xml_notice(const struct xml *x)
{
	if (x->external)
		return "refers to something outside of itself, which was not read";
	return x->replaced ? "bytes that are no UTF-8, or no text, were replaced"
			   : NULL;
}

uint64_t xml_line(const struct xml *x)
{
	return XML_GetCurrentLineNumber(x->parser);
}

uint64_t xml_offset(const struct xml *x)
{
	XML_Index at = XML_GetCurrentByteIndex(x->parser);

	return x->decoded || at < 0 ? 0 : (uint64_t)at;
}

uint64_t xml_end(const struct xml *x)
{
	return x->decoded
		       ? 0
		       : xml_offset(x) + (uint64_t)XML_GetCurrentByteCount(x->parser);
}

/* ---- bytes ----------------------------------------------------------------- */

/* What follows the first byte of a character that is not whole yet. */
static size_t missing(const char *s, size_t len)
{
	unsigned char c = (unsigned char)*s;
	size_t want = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;

	return c >= 0x80 && c < 0xF5 && want > len ? want - len : 0;
}

/* Bytes that XML cannot have are replaced, one by one, so that offsets stay. */
static void repair(struct xml *x, char *s, size_t len)
{
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(&cp, s + i, len - i);
		if (n == 1 && (unsigned char)s[i] >= 0x80) {
			s[i] = '?';
			x->replaced = true;
		} else if (cp == UTF8_REPLACEMENT && n < 3) {
			memset(s + i, '?', n);
			x->replaced = true;
		} else if (cp == 0xFFFE || cp == 0xFFFF) {
			memset(s + i, '?', n);
			x->replaced = true;
		} else if (cp < ' ' && cp != '\t' && cp != '\n' && cp != '\r') {
			s[i] = ' ';
			x->replaced = true;
		}
	}
}

/* How many of the ${len} bytes are whole characters. */
static size_t whole_characters(const char *s, size_t len)
{
	for (size_t back = 1; back < UTF8_MAX_BYTES && back <= len; back++) {
		if (((unsigned char)s[len - back] & 0xC0) != 0x80)
			return missing(s + len - back, back) > 0 ? len - back : len;
	}
	return len;
}

/* The next piece for the parser.  1, 0 at the end, or an error. */
static int next_piece(size_t *len, struct xml *x, struct pdx_err *err)
{
	const char *s;
	size_t n, whole;
	int c = stream_peek(x->stream, err);

	if (c < 0)
		return c;
	if (c == STREAM_END) {
		*len = x->carry;
		repair(x, x->piece, x->carry);
		x->carry = 0;
		return 0;
	}
	s = stream_bytes(&n, x->stream);
	if (n > PIECE_BYTES)
		n = PIECE_BYTES;
	memcpy(x->piece + x->carry, s, n);
	stream_take(x->stream, n);
	n += x->carry;
	whole = whole_characters(x->piece, n);
	repair(x, x->piece, whole);
	*len = whole;
	x->carry = n - whole;
	return 1;
}

static void set_fault(struct xml *x)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);

	if (x->fault[0])
		return;
	if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH)
		snprintf(x->fault, sizeof(x->fault),
			 "entities make too much of little");
	else
		snprintf(x->fault, sizeof(x->fault), "not well-formed XML: %s",
			 XML_ErrorString(code));
}

static int run_result(struct xml *x, enum XML_Status status, struct pdx_err *err)
{
	x->suspended = status == XML_STATUS_SUSPENDED;
	if (x->suspended)
		return XML_IS_PAUSED;
	if (status == XML_STATUS_OK)
		return XML_IS_DONE;
	if (XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY)
		return err_nomem(err);
	set_fault(x);
	x->ended = true;
	return XML_IS_BROKEN;
}

/* A tag that goes on and on is looked at anew with every piece of it. */
static bool token_too_long(struct xml *x)
{
	XML_Index at = XML_GetCurrentByteIndex(x->parser);

	if (at < 0 || x->fed - (uint64_t)at <= XML_TOKEN_MAX)
		return false;
	snprintf(x->fault, sizeof(x->fault),
		 "a tag or a comment of more than %zu bytes", XML_TOKEN_MAX);
	x->ended = true;
	return true;
}

int xml_run(struct xml *x, struct pdx_err *err)
{
	size_t len, carry;
	int more, rc = XML_IS_DONE;

	if (x->suspended) {
		rc = run_result(x, XML_ResumeParser(x->parser), err);
		if (rc != XML_IS_DONE)
			return rc;
	}
	while (!x->ended) {
		if (token_too_long(x))
			return XML_IS_BROKEN;
		more = next_piece(&len, x, err);
		if (more < 0)
			return more;
		x->ended = more == 0;
		x->fed += len;
		carry = x->carry;
		rc = run_result(x, XML_Parse(x->parser, x->piece, (int)len, more == 0),
				err);
		memmove(x->piece, x->piece + len, carry);
		if (rc != XML_IS_DONE)
			return rc;
	}
	return rc;
}

/* ---- beginning and end ----------------------------------------------------- */

/* Load the whole document and decode it. */
static int decode_all(struct xml *x, const char *encoding, size_t max,
		      struct pdx_err *err)
{
	struct buf bytes, text;
	bool whole;
	int rc;

	buf_init(&bytes, 0);
	buf_init(&text, 0);
	rc = stream_rest(&whole, x->stream, &bytes, max, err);
	if (rc == 0 && !whole)
		rc = err_set(err, PDX_E_INPUT, "more than %zu bytes in %s", max,
			     encoding);
	if (rc == 0)
		charset_decode(&text, encoding, buf_str(&bytes), bytes.len);
	if (rc == 0 && !buf_ok(&text))
		rc = err_nomem(err);
	if (rc == 0)
		rc = stream_unread(x->stream, buf_str(&text), text.len, err);
	buf_release(&text);
	buf_release(&bytes);
	x->decoded = true;
	return rc;
}

static bool set_up(struct xml *x)
{
	x->parser = XML_ParserCreate("UTF-8");
	if (!x->parser)
		return false;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_open, on_close);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetSkippedEntityHandler(x->parser, on_skipped);
	XML_SetExternalEntityRefHandler(x->parser, on_external);
	XML_SetParamEntityParsing(x->parser, XML_PARAM_ENTITY_PARSING_ALWAYS);
	XML_UseForeignDTD(x->parser, XML_TRUE);
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(x->parser,
								 XML_AMPLIFICATION);
	XML_SetBillionLaughsAttackProtectionActivationThreshold(x->parser,
								XML_AMPLIFIED);
	return true;
}

int xml_new(struct xml **out, struct stream *stream, const char *type, size_t max,
	    const struct xml_handler *handler, struct pdx_err *err)
{
	struct xml *x = calloc(1, sizeof(*x));
	const char *s, *encoding;
	size_t len;
	int rc = 0;

	*out = NULL;
	if (!x)
		return err_nomem(err);
	x->stream = stream;
	x->handler = *handler;
	s = stream_bytes(&len, stream);
	encoding = charset_guess(s, whole_characters(s, len), type);
	if (strcmp(encoding, "UTF-8") != 0)
		rc = decode_all(x, encoding, max, err);
	if (rc == 0 && !set_up(x))
		rc = err_nomem(err);
	if (rc < 0) {
		xml_free(x);
		return rc;
	}
	*out = x;
	return 0;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	if (x->parser)
		XML_ParserFree(x->parser);
	free(x);
}
