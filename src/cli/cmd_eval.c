/*
 * paneldex eval: how well the index answers queries whose answers were judged.  Reads
 * queries and judgements, runs each query, hands grades to rank/measures.  Knows files;
 * what the measures are is not decided here.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/profile.h"
#include "cli/signals.h"
#include "rank/measures.h"
#include "render/record.h"

struct evaluation {
	struct cli *cli;
	struct pdx *index;
	json_t *grades; /* query -> document -> grade */
	json_t *refs;   /* id -> what the judgements call the article */
	FILE *run;      /* --run, or NULL */
	const struct pdx_profile *profile[2]; /* and --vs */
	size_t nprofiles;
	double (*scores[2])[MEASURES]; /* of each query */
	size_t nqueries, cap[2];
	int *found, *judged; /* grades of one query */
	size_t judged_cap;
};

/* A text file, line by line, and where it is read. */
struct lines {
	const char *path;
	FILE *file;
	char *line;
	size_t cap, number;
};

static int lines_open(struct lines *l, const char *path, struct pdx_err *err)
{
	*l = (struct lines){ .path = path, .file = fopen(path, "r") };
	if (!l->file)
		return err_set(err, PDX_E_IO, "cannot open %s: %s", path,
			       strerror(errno));
	return PDX_OK;
}

static void lines_close(struct lines *l)
{
	if (l->file)
		fclose(l->file);
	free(l->line);
}

/* 1: l->line is the next that is not blank, without its end; 0: there is none. */
static int lines_next(struct lines *l, struct pdx_err *err)
{
	ssize_t len;

	while ((len = getline(&l->line, &l->cap, l->file)) >= 0) {
		l->number++;
		l->line[strcspn(l->line, "\r\n")] = '\0';
		if (l->line[strspn(l->line, " \t")])
			return 1;
	}
	if (ferror(l->file))
		return err_set(err, PDX_E_IO, "cannot read %s: %s", l->path,
			       strerror(errno));
	return 0;
}

static int bad_line(const struct lines *l, const char *what, struct pdx_err *err)
{
	return err_set(err, PDX_E_USAGE, "%s:%zu: %s", l->path, l->number, what);
}

/* query TAB document TAB grade */
static int take_grade(struct evaluation *e, const struct lines *l, struct pdx_err *err)
{
	char *document = strchr(l->line, '\t'), *grade, *end;
	json_t *of_query;
	long value;

	grade = document ? strchr(document + 1, '\t') : NULL;
	if (!grade)
		return bad_line(l, "expected query, document and grade with tabs", err);
	*document++ = '\0';
	*grade++ = '\0';
	errno = 0;
	value = strtol(grade, &end, 10);
	if (end == grade || *end || errno || value < -1000 || value > 1000)
		return bad_line(l, "the grade is no number, or too high", err);
	of_query = json_object_get(e->grades, l->line);
	if (!of_query) {
		of_query = json_object();
		if (json_object_set_new(e->grades, l->line, of_query))
			return bad_line(l, "the query's id is no text", err);
	}
	if (json_object_set_new(of_query, document, json_integer(value)))
		return bad_line(l, "the document's name is no text", err);
	return PDX_OK;
}

static int read_grades(struct evaluation *e, struct pdx_err *err)
{
	struct lines l;
	int rc = lines_open(&l, e->cli->options.qrels, err), got;

	while (!rc && (got = lines_next(&l, err)) != 0)
		rc = got < 0 ? got : take_grade(e, &l, err);
	lines_close(&l);
	return rc;
}

/* What the judgements call the hit with ${id}; it is loaded once in a run. */
static int name_of(const char **out, struct evaluation *e, const char *id,
		   struct pdx_err *err)
{
	json_t *name = json_object_get(e->refs, id);
	struct pdx_article *article;
	int rc;

	*out = json_string_value(name);
	if (name)
		return PDX_OK;
	rc = pdx_get(&article, e->index, id, err);
	if (rc)
		return rc;
	name = json_string(article->ref ? article->ref : id);
	*out = json_string_value(name);
	pdx_article_free(article);
	return json_object_set_new(e->refs, id, name) ? err_nomem(err) : PDX_OK;
}

static void write_run(struct evaluation *e, const char *query, const char *document,
		      size_t rank, double score)
{
	if (e->run)
		fprintf(e->run, "%s Q0 %s %zu %.9f paneldex\n", query, document, rank,
			score);
}

static int collect_found(struct evaluation *e, struct pdx_result *result,
			 const char *id, const json_t *grades, struct pdx_err *err)
{
	size_t n = pdx_result_returned(result);

	for (size_t i = 0; i < n; i++) {
		char hit[PDX_ID_SIZE];
		const char *name;
		double score = pdx_result_id(hit, result, i);
		int rc = name_of(&name, e, hit, err);

		if (rc)
			return rc;
		e->found[i] = (int)json_integer_value(json_object_get(grades, name));
		write_run(e, id, name, i + 1, score);
	}
	return signals_caught() ? err_set(err, PDX_E_INTERRUPTED, "interrupted")
				: PDX_OK;
}

/* The measures of one query under profile ${p}. */
static int measure(struct evaluation *e, const struct pdx_query *query, size_t p,
		   const char *id, json_t *grades, size_t njudged, struct pdx_err *err)
{
	struct pdx_search how = {
		.limit = MEASURES_RUN,
		.today = PDX_NO_DATE,
		.profile = e->profile[p],
		.expand = e->cli->options.expand && p == 0,
	};
	struct pdx_result *result = NULL;
	FILE *run = e->run;
	int rc = pdx_search(&result, e->index, query, &how, err);

	if (p > 0) /* the run file is that of the first */
		e->run = NULL;
	if (!rc)
		rc = collect_found(e, result, id, grades, err);
	e->run = run;
	if (!rc && !mem_grow(&e->scores[p], &e->cap[p], e->nqueries + 1,
			     sizeof(*e->scores[p])))
		rc = err_nomem(err);
	if (!rc)
		measures_of(e->scores[p][e->nqueries], e->found,
			    pdx_result_returned(result), e->judged, njudged);
	pdx_result_free(result);
	return rc;
}

/* Fills e->judged; *relevant: how many are. */
static int take_judged(struct evaluation *e, size_t *relevant, json_t *grades,
		       struct pdx_err *err)
{
	size_t n = 0;
	const char *document;
	json_t *grade;

	*relevant = 0;
	if (!mem_grow(&e->judged, &e->judged_cap, json_object_size(grades) + 1,
		      sizeof(*e->judged)))
		return err_nomem(err);
	json_object_foreach(grades, document, grade)
	{
		e->judged[n] = (int)json_integer_value(grade);
		*relevant += e->judged[n++] > 0;
	}
	return PDX_OK;
}

static int run_query(struct evaluation *e, const char *id, const char *text,
		     struct pdx_err *err)
{
	json_t *grades = json_object_get(e->grades, id);
	struct pdx_query *query = NULL;
	size_t relevant;
	int rc = take_judged(e, &relevant, grades, err);

	if (rc || !relevant)
		return rc;
	rc = pdx_query_parse_words(&query, text, strlen(text),
				   e->cli->options.match != MATCH_ALL, err);
	for (size_t p = 0; p < e->nprofiles && !rc; p++)
		rc = measure(e, query, p, id, grades, json_object_size(grades), err);
	if (!rc)
		e->nqueries++;
	pdx_query_free(query);
	return rc;
}

static int take_query(struct evaluation *e, const struct lines *l, struct pdx_err *err)
{
	json_t *record = json_loads(l->line, JSON_REJECT_DUPLICATES, NULL);
	const char *id = json_string_value(json_object_get(record, "id"));
	const char *text = json_string_value(json_object_get(record, "text"));
	int rc;

	if (!id || !text)
		rc = bad_line(l, "expected an object with the strings id and text",
			      err);
	else
		rc = run_query(e, id, text, err);
	json_decref(record);
	return rc;
}

static int run_queries(struct evaluation *e, struct pdx_err *err)
{
	struct lines l;
	int rc = lines_open(&l, e->cli->options.queries, err), got;

	while (!rc && (got = lines_next(&l, err)) != 0)
		rc = got < 0 ? got : take_query(e, &l, err);
	lines_close(&l);
	if (!rc && !e->nqueries)
		rc = err_set(err, PDX_E_USAGE,
			     "no query of %s has a relevant document in %s",
			     e->cli->options.queries, e->cli->options.qrels);
	return rc;
}

static int close_run(struct evaluation *e, struct pdx_err *err)
{
	FILE *run = e->run;
	bool failed = run && ferror(run) != 0;

	e->run = NULL;
	if (run && (fclose(run) || failed))
		return err_set(err, PDX_E_IO, "cannot write %s: %s",
			       e->cli->options.run, strerror(errno));
	return PDX_OK;
}

/* The values of one measure, query by query, and their mean. */
static double mean(double *values, const struct evaluation *e, size_t p, size_t measure)
{
	double sum = 0;

	for (size_t i = 0; i < e->nqueries; i++)
		sum += values[i] = e->scores[p][i][measure];
	return sum / (double)e->nqueries;
}

static int show(struct evaluation *e, struct pdx_err *err)
{
	struct render_measure measures[MEASURES] = { { .name = NULL } };
	double *values[2] = { calloc(e->nqueries, sizeof(double)),
			      calloc(e->nqueries, sizeof(double)) };
	struct render_eval shown = {
		.queries = e->nqueries,
		.profile = e->profile[0]->name,
		.vs = e->nprofiles > 1 ? e->profile[1]->name : NULL,
		.expand = e->cli->options.expand,
		.measures = measures,
		.nmeasures = MEASURES,
	};
	int rc = values[0] && values[1] ? PDX_OK : err_nomem(err);

	for (size_t m = 0; m < MEASURES && !rc; m++) {
		measures[m].name = measure_names[m];
		measures[m].value = mean(values[0], e, 0, m);
		if (!shown.vs)
			continue;
		measures[m].vs = mean(values[1], e, 1, m);
		measures[m].p = measures_p_value(values[0], values[1], e->nqueries);
	}
	if (!rc)
		render_record(&e->cli->render, &record_eval, &shown);
	free(values[0]);
	free(values[1]);
	return rc;
}

static int prepare(struct evaluation *e, struct pdx_err *err)
{
	const struct profiles *own = &e->cli->config.profiles;
	const struct options *o = &e->cli->options;
	int rc = cli_no_words(e->cli, err);

	if (!rc && (!o->queries || !o->qrels))
		rc = err_set(err, PDX_E_USAGE, "--queries and --qrels are needed");
	if (!rc)
		rc = profiles_find(&e->profile[0], own, o->profile, err);
	if (!rc && o->vs)
		rc = profiles_find(&e->profile[1], own, o->vs, err);
	e->nprofiles = o->vs ? 2 : 1;
	e->found = calloc(MEASURES_RUN, sizeof(*e->found));
	e->grades = json_object();
	e->refs = json_object();
	if (!rc && (!e->found || !e->grades || !e->refs))
		rc = err_nomem(err);
	return rc;
}

static int evaluate(struct evaluation *e, struct pdx_err *err)
{
	const char *run = e->cli->options.run;
	int rc = read_grades(e, err), closed;

	if (!rc)
		rc = cli_open(&e->index, e->cli, PDX_OPEN_READ, NULL, err);
	if (!rc && run && !(e->run = fopen(run, "w")))
		rc = err_set(err, PDX_E_IO, "cannot write %s: %s", run,
			     strerror(errno));
	if (rc)
		return rc;
	signals_watch(e->index, false);
	rc = run_queries(e, err);
	signals_watch(NULL, false);
	closed = close_run(e, rc ? NULL : err);
	return rc ? rc : closed;
}

int cmd_eval(struct cli *c)
{
	struct evaluation e = { .cli = c };
	struct pdx_err err;
	int rc, code = EXIT_FOUND;

	rc = prepare(&e, &err);
	if (!rc)
		rc = evaluate(&e, &err);
	if (!rc)
		rc = show(&e, &err);
	if (rc)
		code = cli_fail(c, rc == PDX_E_USAGE ? c->command->name : NULL, NULL,
				&err);
	pdx_close(e.index);
	json_decref(e.grades);
	json_decref(e.refs);
	free(e.scores[0]);
	free(e.scores[1]);
	free(e.found);
	free(e.judged);
	return code;
}
