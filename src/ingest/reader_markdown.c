/*
 * Reader of Markdown with front matter, as static sites keep their articles: one file,
 * one article.  A file without front matter is no article; a README.md is not taken for
 * one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ingest/charset.h"
#include "ingest/clean.h"
#include "ingest/front_matter.h"
#include "ingest/html_text.h"
#include "ingest/markdown_panel.h"
#include "ingest/markdown_text.h"
#include "ingest/reader.h"
#include "ingest/record.h"
#include "ingest/stream.h"

struct markdown {
	struct stream stream;
	struct record_reader records;
	size_t max;
	struct buf raw, text, html, plain;
	struct front_matter front;
	bool done;
};

static int markdown_bid(const char *head, size_t len, bool whole, const char *name)
{
	(void)whole, (void)name;
	/* a captured page that begins with a rule has no key behind it */
	return front_matter_style(head, len) != FRONT_NONE ? 90 : 0;
}

static int skip_whole(struct markdown *m, struct read_skip *skip, uint64_t line)
{
	if (record_begin(&m->records, m->stream.input->name, line) < 0)
		return PDX_E_NOMEM;
	*skip = (struct read_skip){ .origin = m->records.voice.origin };
	return READ_SKIP;
}

/* The plain text of ${len} bytes of Markdown as a JSON string; NULL: memory is out. */
static json_t *plain_text(struct markdown *m, const char *s, size_t len, bool line)
{
	buf_reset(&m->html);
	buf_reset(&m->plain);
	if (line)
		markdown_inline(&m->html, s, len);
	else
		markdown_html(&m->html, s, len);
	html_text(&m->plain, buf_str(&m->html), m->html.len);
	if (!buf_ok(&m->html) || !buf_ok(&m->plain))
		return NULL;
	return json_stringn(buf_str(&m->plain), m->plain.len);
}

static int set(json_t *object, const char *key, json_t *value)
{
	return value && json_object_set_new(object, key, value) == 0 ? 0 : PDX_E_NOMEM;
}

/* A heading of the first level that is the first line of the text. */
static bool first_heading(struct markdown_line *out, struct markdown_lines *lines)
{
	while (markdown_next(out, lines)) {
		const char *s = out->s;
		size_t len = out->len;

		clean_trim(&s, &len);
		if (len > 0)
			return out->level == 1;
	}
	return false;
}

/* A title at the head of the text is the title, and no text. */
static int take_title(struct markdown *m, const char **text, size_t *len, bool *taken)
{
	struct markdown_lines lines = { .p = *text, .end = *text + *len };
	json_t *own = json_object_get(m->front.values, "title"), *title;
	struct markdown_line line;
	int rc = 0;

	*taken = false;
	if (!first_heading(&line, &lines))
		return 0;
	title = plain_text(m, line.title, line.titlelen, true);
	if (!title)
		return PDX_E_NOMEM;
	*taken = !json_is_string(own);
	if (*taken || json_equal(own, title)) {
		*len -= (size_t)(lines.p - *text);
		*text = lines.p;
	}
	if (*taken)
		rc = set(m->front.values, "title", json_incref(title));
	json_decref(title);
	return rc;
}

static int add_take(json_t *takes, struct markdown *m,
		    const struct markdown_member *who)
{
	json_t *take = json_object();
	int rc = take ? 0 : PDX_E_NOMEM;

	if (rc == 0)
		rc = set(take, "persona", plain_text(m, who->name, who->namelen, true));
	if (rc == 0 && who->perspectivelen > 0)
		rc = set(take, "perspective",
			 plain_text(m, who->perspective, who->perspectivelen, true));
	if (rc == 0)
		rc = set(take, "text", plain_text(m, who->text, who->textlen, false));
	if (rc == 0)
		return json_array_append_new(takes, take) == 0 ? 0 : PDX_E_NOMEM;
	json_decref(take);
	return rc;
}

static int set_takes(struct markdown *m, const struct markdown_panel *panel)
{
	json_t *takes = json_array();
	const char *at = panel->takes;
	struct markdown_member who;
	int rc = takes ? 0 : PDX_E_NOMEM;

	while (rc == 0 && markdown_panel_next(&who, panel, &at))
		rc = add_take(takes, m, &who);
	if (rc == 0)
		return set(m->front.values, "takes", takes);
	json_decref(takes);
	return rc;
}

/* The text without its panel, whose members have their own; what introduces them stays.
 */
static int set_body(struct markdown *m, const char *text, size_t len)
{
	struct markdown_panel panel;
	struct buf rest;
	int rc = 0;

	if (!markdown_panel_find(&panel, text, len) || panel.takes == panel.end)
		return set(m->front.values, "body", plain_text(m, text, len, false));
	rc = set_takes(m, &panel);
	buf_init(&rest, 0);
	buf_put(&rest, text, (size_t)(panel.begin - text));
	buf_puts(&rest, "\n\n");
	buf_put(&rest, panel.intro, (size_t)(panel.takes - panel.intro));
	buf_puts(&rest, "\n\n");
	buf_put(&rest, panel.end, (size_t)(text + len - panel.end));
	if (rc == 0 && buf_ok(&rest))
		rc = set(m->front.values, "body",
			 plain_text(m, rest.data, rest.len, false));
	buf_release(&rest);
	return rc;
}

/* Jekyll keeps the date in the file's name: 2026-05-08-title.md */
static void date_of_name(struct pdx_article *a, const char *name)
{
	const char *slash = strrchr(name, '/');

	name = slash ? slash + 1 : name;
	if (a->date != PDX_NO_DATE || strlen(name) < DATE_TEXT || name[10] != '-' ||
	    !date_parse_iso(&a->date, name, DATE_TEXT - 1))
		return;
	a->provenance[PDX_PART_DATE] = PDX_FROM_URL;
}

static void warn_front_matter(const struct markdown *m)
{
	const json_t *draft = json_object_get(m->front.values, "draft");
	const char *left = buf_str(&m->front.left);

	if (m->front.left.len > 0)
		reader_warn(&m->records.voice, "nested values were left out: %.*s",
			    reader_quote(left, m->front.left.len), left);
	if (json_is_string(draft) && strcmp(json_string_value(draft), "true") == 0)
		reader_warn(&m->records.voice, "says that it is a draft");
}

/* A key without a value says nothing. */
static void drop_nulls(json_t *values)
{
	const char *key;
	json_t *v;
	void *next;

	json_object_foreach_safe(values, next, key, v)
	{
		if (json_is_null(v))
			json_object_del(values, key);
	}
}

/* The article that m->text is. */
static int read_text(struct markdown *m, struct pdx_article *article,
		     struct read_skip *skip)
{
	const char *text = buf_str(&m->text);
	size_t len = m->text.len;
	bool taken;
	int rc;

	if (!front_matter_read(&m->front, text, len))
		return PDX_E_NOMEM;
	if (m->front.error[0]) {
		rc = skip_whole(m, skip, m->front.line);
		return rc < 0 ? rc : reader_skip(skip, "%s", m->front.error);
	}
	text += m->front.len;
	len -= m->front.len;
	rc = skip_whole(m, skip, 0);
	if (rc < 0 || take_title(m, &text, &len, &taken) < 0 ||
	    set_body(m, text, len) < 0)
		return PDX_E_NOMEM;
	warn_front_matter(m);
	drop_nulls(m->front.values);
	rc = record_read_value(article, &m->records, m->front.values, skip);
	if (rc != READ_ARTICLE)
		return rc;
	if (taken)
		article->provenance[PDX_PART_TITLE] = PDX_FROM_TEXT;
	if (*article->body)
		article->provenance[PDX_PART_BODY] = PDX_FROM_TEXT;
	if (article->ntakes > 0)
		article->provenance[PDX_PART_TAKES] = PDX_FROM_TEXT;
	date_of_name(article, m->stream.input->name);
	return rc;
}

static int markdown_next_article(void *state, struct pdx_article *article,
				 struct read_skip *skip, struct pdx_err *err)
{
	struct markdown *m = state;
	bool whole;
	int rc;

	if (m->done) {
		rc = m->records.number
			     ? record_report(&m->records, m->stream.input->name)
			     : 0;
		m->records.number = 0;
		return rc < 0 ? err_nomem(err) : READ_END;
	}
	m->done = true;
	rc = stream_rest(&whole, &m->stream, &m->raw, m->max, err);
	if (rc < 0)
		return rc;
	if (!whole) {
		rc = skip_whole(m, skip, 0);
		return rc < 0 ? err_nomem(err)
			      : reader_skip(skip, "more than %zu bytes in one article",
					    m->max);
	}
	charset_decode(&m->text, charset_guess(buf_str(&m->raw), m->raw.len, NULL),
		       buf_str(&m->raw), m->raw.len);
	buf_release(&m->raw);
	rc = buf_ok(&m->text) ? read_text(m, article, skip) : PDX_E_NOMEM;
	return rc < 0 ? err_nomem(err) : rc;
}

static void markdown_close(void *state)
{
	struct markdown *m = state;

	if (!m)
		return;
	front_matter_release(&m->front);
	buf_release(&m->raw);
	buf_release(&m->text);
	buf_release(&m->html);
	buf_release(&m->plain);
	record_release(&m->records);
	stream_release(&m->stream);
	free(m);
}

static int markdown_open(void **state, const struct input *input, const char *head,
			 size_t len, const struct read_options *options,
			 struct pdx_err *err)
{
	struct markdown *m = calloc(1, sizeof(*m));
	int rc;

	*state = NULL;
	if (!m)
		return err_nomem(err);
	m->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	buf_init(&m->raw, 0);
	buf_init(&m->text, 0);
	buf_init(&m->html, 0);
	buf_init(&m->plain, 0);
	rc = record_init(&m->records, &vocabulary_front_matter, options) < 0
		     ? err_nomem(err)
		     : stream_init(&m->stream, input, head, len, err);
	if (rc < 0) {
		markdown_close(m);
		return rc;
	}
	*state = m;
	return 0;
}

/* Most .md files are no articles: their names promise nothing. */
static const char *const markdown_endings[] = { NULL };

const struct reader_ops reader_markdown = {
	.name = "markdown",
	.help = "Markdown with front matter, as Hugo and Jekyll keep it",
	.endings = markdown_endings,
	.bid = markdown_bid,
	.open = markdown_open,
	.next = markdown_next_article,
	.close = markdown_close,
};
