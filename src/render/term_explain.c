/*
 * The text format's explanations: how a query was run, what made a score, and why one
 * article stands above another.
 *
 *     why df53a1b2c3d4 (1) stands above 0d86...: 7.31 against 5.20
 *       +1.20  merger in title: once in 8 words against not at all (1.2000, 0.0000)
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/term.h"

#define STEP 2 /* columns of a level */

/* Begin a line at ${indent} whose continuation is set off. */
static void line(struct layout *l, size_t indent)
{
	layout_begin(l, indent);
	l->indent += STEP;
}

static void heading(struct layout *l, const char *text)
{
	layout_begin(l, 0);
	layout_text(l, STYLE_TITLE, text);
	layout_end(l);
}

static void tree(struct layout *l, const char *text)
{
	while (*text) {
		size_t blanks = strspn(text, " "), len = strcspn(text, "\n");

		line(l, STEP + blanks);
		layout_bytes(l, STYLE_PLAIN, text + blanks, len - blanks);
		layout_end(l);
		text += len + (text[len] == '\n');
	}
}

static void term(struct layout *l, const struct pdx_explain_term *t)
{
	char text[96];

	line(l, STEP);
	layout_text(l, STYLE_MATCH, t->text);
	for (size_t i = 0; i < t->nindex_terms; i++) {
		layout_text(l, STYLE_PLAIN, i ? ", " : ": ");
		layout_text(l, STYLE_PLAIN, t->index_terms[i].text);
		snprintf(text, sizeof(text), " (%" PRIu64 ")",
			 t->index_terms[i].articles);
		layout_text(l, STYLE_FAINT, text);
	}
	snprintf(text, sizeof(text), "; in at most %" PRIu64 " articles, idf %.3f",
		 t->articles, t->idf);
	layout_text(l, STYLE_PLAIN, text);
	if (t->boost > 0) {
		snprintf(text, sizeof(text), " (times %.2f, by expansion)", t->boost);
		layout_text(l, STYLE_PLAIN, text);
	}
	layout_text(l, STYLE_PLAIN, t->scored ? "" : "; not scored");
	layout_text(l, STYLE_PLAIN, t->own_cursor ? "; by a cursor of its own" : "");
	layout_text(l, STYLE_PLAIN, t->verified ? "; looked up in the text" : "");
	layout_end(l);
}

static void plan(struct layout *l, const struct pdx_explain *e)
{
	line(l, STEP);
	if (e->nothing) {
		layout_text(l, STYLE_PLAIN, "nothing: no article can match");
	} else if (e->match) {
		layout_text(l, STYLE_PLAIN, "MATCH ");
		layout_text(l, STYLE_PLAIN, e->match);
		layout_text(l, STYLE_PLAIN, e->exact ? "; exact" : "; not exact");
	} else {
		layout_text(l, STYLE_PLAIN, "every row");
	}
	layout_end(l);
	for (size_t i = 0; i < e->nby_row; i++) {
		line(l, STEP);
		layout_text(l, STYLE_PLAIN, "row by row: ");
		layout_text(l, STYLE_PLAIN, e->by_row[i]);
		layout_end(l);
	}
}

void term_explain(struct render *r, const struct pdx_explain *e)
{
	struct layout l;

	term_layout(&l, r);
	heading(&l, "query");
	tree(&l, e->tree);
	if (e->nterms)
		heading(&l, "terms");
	for (size_t i = 0; i < e->nterms; i++)
		term(&l, &e->terms[i]);
	heading(&l, "plan");
	plan(&l, e);
	layout_end(&l);
	layout_release(&l);
}

static void part(struct layout *l, size_t indent, const struct pdx_explain_part *p)
{
	char text[160];

	line(l, indent);
	snprintf(text, sizeof(text), "%.4f  ", p->score);
	layout_text(l, STYLE_PLAIN, text);
	layout_text(l, STYLE_MATCH, p->text);
	for (size_t i = 0; i < p->nfields; i++) {
		const struct pdx_explain_field *f = &p->fields[i];

		snprintf(text, sizeof(text),
			 "%s %s %" PRIu64 " of %" PRIu64 " words gives %.4f",
			 i ? "," : ":", f->field, f->tf, f->length, f->score);
		layout_text(l, STYLE_PLAIN, text);
	}
	snprintf(text, sizeof(text), "; tf' %.4f", p->weighted);
	layout_text(l, STYLE_FAINT, text);
	layout_end(l);
}

void term_explain_hit(struct layout *l, size_t indent, const struct pdx_explain_hit *e)
{
	char text[96];

	line(l, indent);
	snprintf(text, sizeof(text), "score %.4f", e->score);
	layout_text(l, STYLE_FAINT, e->matches ? text : "does not match");
	if (e->matches && e->recency < 1) {
		snprintf(text, sizeof(text), ": %.4f of its words, times %.4f for age",
			 e->score / e->recency, e->recency);
		layout_text(l, STYLE_FAINT, text);
	}
	layout_end(l);
	for (size_t i = 0; i < e->nfailing; i++) {
		line(l, indent + STEP);
		layout_text(l, STYLE_PLAIN, "fails: ");
		layout_text(l, STYLE_PLAIN, e->failing[i]);
		layout_end(l);
	}
	for (size_t i = 0; i < e->nparts; i++)
		part(l, indent + STEP, &e->parts[i]);
}

static void times(struct layout *l, uint64_t n, uint64_t length)
{
	char text[96];

	if (n == 0)
		snprintf(text, sizeof(text), "not at all");
	else if (n == 1)
		snprintf(text, sizeof(text), "once in %" PRIu64 " words", length);
	else
		snprintf(text, sizeof(text), "%" PRIu64 " times in %" PRIu64 " words",
			 n, length);
	layout_text(l, STYLE_PLAIN, text);
}

static void difference(struct layout *l, const struct pdx_explain_difference *d,
		       int above)
{
	char text[96];

	line(l, STEP);
	snprintf(text, sizeof(text), "%+.4f  ", d->score[above] - d->score[!above]);
	layout_text(l, STYLE_PLAIN, text);
	layout_text(l, STYLE_MATCH, d->text);
	layout_text(l, STYLE_PLAIN, " in ");
	layout_text(l, STYLE_PLAIN, d->field);
	layout_text(l, STYLE_PLAIN, ": ");
	times(l, d->tf[above], d->length[above]);
	layout_text(l, STYLE_PLAIN, " against ");
	times(l, d->tf[!above], d->length[!above]);
	snprintf(text, sizeof(text), " (%.4f, %.4f)", d->score[above],
		 d->score[!above]);
	layout_text(l, STYLE_FAINT, text);
	layout_end(l);
}

/* Why, as far as it is not a matter of scores. */
static const char *other_reason(const struct pdx_explain_hit *above,
				const struct pdx_explain_hit *below)
{
	if (!above->matches)
		return "neither matches; by their words alone, ";
	if (!below->matches)
		return "only it matches; by their words alone, ";
	return above->score > below->score
		       ? ""
		       : "the scores are equal: the newer one, or the lower id; ";
}

void term_explain_pair(struct render *r, const struct pdx_explain *e)
{
	int above = e->first_above ? 0 : 1;
	const struct pdx_explain_hit *hits[2] = { e->first, e->second };
	const char *ids[2] = { e->first_id, e->second_id };
	char text[96];
	struct layout l;

	term_layout(&l, r);
	layout_end(&l);
	line(&l, 0);
	layout_text(&l, STYLE_TITLE, ids[above]);
	layout_text(&l, STYLE_TITLE, " stands above ");
	layout_text(&l, STYLE_TITLE, ids[!above]);
	layout_text(&l, STYLE_PLAIN, ": ");
	layout_text(&l, STYLE_PLAIN, other_reason(hits[above], hits[!above]));
	snprintf(text, sizeof(text), "%.4f against %.4f", hits[above]->score,
		 hits[!above]->score);
	layout_text(&l, STYLE_PLAIN, text);
	layout_end(&l);
	for (size_t i = 0; i < e->ndifferences; i++)
		difference(&l, &e->differences[i], above);
	layout_release(&l);
}
