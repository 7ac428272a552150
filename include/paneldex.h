/*
 * paneldex: full-text search for archives of AI-industry news and the opinions
 * about it.  This is the only public header.
 *
 * Conventions
 * - Functions that can fail return 0 or a negative enum pdx_status and, where they
 *   take a struct pdx_err, leave the reason there.  ${err} may be NULL.
 * - The out parameter comes first, the subject next, ${err} last.
 * - Strings are NUL-terminated, valid UTF-8 and hold no other NUL.  A pointer that a
 *   function returns belongs to the object it came from.
 * - A date is the number of days since 1970-01-01 (UTC); PDX_NO_DATE where there is
 *   none.
 * - A handle may be used by one thread at a time; pdx_interrupt() is the exception.
 */
#ifndef PANELDEX_H
#define PANELDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PDX_API __attribute__((visibility("default")))
#else
#define PDX_API
#endif

#define PDX_VERSION "0.1.0"

enum pdx_status {
	PDX_OK = 0,
	PDX_E_NOMEM = -1, /* out of memory */
	PDX_E_USAGE = -2, /* an argument that cannot be meant */
	PDX_E_QUERY = -3, /* a query that cannot be run; the range is in pdx_err */
	PDX_E_INDEX = -4, /* index missing, locked, damaged or of another version */
	PDX_E_INPUT = -5, /* an article that cannot be taken */
	PDX_E_IO = -6,    /* the disk or a stream failed */
	PDX_E_INTERRUPTED = -7, /* pdx_interrupt() was called */
	PDX_E_NOT_FOUND = -8,   /* no article has this id */
	PDX_E_AMBIGUOUS = -9    /* several articles have this id prefix */
};

#define PDX_ERR_MESSAGE 512

/*
 * What went wrong.  ${start} and ${len} are a byte range of the query text and
 * ${column} is its first code point, counted from 1; all are 0 where the error has no
 * place in a query.  ${hint} is "" or a word that may have been meant.
 */
struct pdx_err {
	enum pdx_status status;
	size_t start, len, column;
	char hint[64];
	char message[PDX_ERR_MESSAGE];
};

/* A short name for ${status}, for messages: "out of memory", "query", ... */
PDX_API const char *pdx_status_name(enum pdx_status status);

#define PDX_NO_DATE INT32_MIN
#define PDX_ID_SIZE 13 /* 12 hexadecimal digits and a NUL */

/* What one member of the panel said.  Only ${text} is never NULL. */
struct pdx_take {
	const char *persona;     /* "The Skeptic" */
	const char *perspective; /* "Reality Check" */
	const char *text;
};

/* The parts of an article that a reader has to find somewhere. */
enum pdx_part {
	PDX_PART_TITLE,
	PDX_PART_SUMMARY,
	PDX_PART_BODY,
	PDX_PART_DATE,
	PDX_PART_COMPANIES,
	PDX_PART_CATEGORIES,
	PDX_PART_URL,
	PDX_PART_LANG,
	PDX_PART_SOURCE,
	PDX_PART_TAKES,
	PDX_PARTS
};

/* Where in the input a part was found. */
enum pdx_provenance {
	PDX_FROM_UNKNOWN, /* there is no such part, or nobody said */
	PDX_FROM_RECORD,  /* a key of a JSON record, a column of a table */
	PDX_FROM_JSON_LD,
	PDX_FROM_OPENGRAPH,
	PDX_FROM_META,
	PDX_FROM_TIME, /* a <time> element */
	PDX_FROM_FEED,
	PDX_FROM_FRONT_MATTER,
	PDX_FROM_HEADER, /* of a message, a capture or an archive's record */
	PDX_FROM_URL,
	PDX_FROM_TEXT,   /* the running text, a heading, a panel */
	PDX_FROM_OPTION, /* the user's default for inputs that do not say it */
	PDX_PROVENANCES
};

/* "title", "companies", ...: what the part is called in JSON. */
PDX_API const char *pdx_part_name(enum pdx_part part);

/* "json-ld", "opengraph", "front matter", ...; "unknown". */
PDX_API const char *pdx_provenance_name(enum pdx_provenance from);

/*
 * An article.  Only ${title} and ${body} are never NULL; ${body} may be empty.
 * Paragraphs are separated by one empty line.
 */
struct pdx_article {
	const char *title, *summary, *body;
	int32_t date;
	const char *const *companies;
	size_t ncompanies;
	const char *const *categories;
	size_t ncategories;
	const char *url;    /* link to the source */
	const char *lang;   /* BCP 47 */
	const char *source; /* name of the publication or collection */
	const char *ref;    /* the article's own identifier at its source */
	const char *origin; /* where it was read: path, or path and line */
	const struct pdx_take *takes;
	size_t ntakes;
	/*
	 * 1 for the first article with this identity in one input, 2 for the next
	 * that differs from it (one page that holds several), ...; 0 counts as 1.
	 */
	uint32_t sibling;
	/*
	 * enum pdx_provenance of each part: kept as the reader says it, but no part of
	 * the content.  The same article from another place is unchanged.
	 */
	uint8_t provenance[PDX_PARTS];

	/* Set by the index when an article comes out of it, ignored by pdx_put(). */
	const char *const *mentions; /* companies that its text names, in order */
	size_t nmentions;
	char id[PDX_ID_SIZE];
	int64_t added; /* seconds since 1970-01-01 UTC */
	bool bookmarked;
};

/*
 * Say that this process is paneldex's own: nobody else in it uses the libraries that
 * engines stand on.  What those would do for the whole process, and paneldex does not
 * need, is switched off (SQLite's statistics of memory).  To be called once, before
 * anything else; without it all works, and takes a little longer.
 */
PDX_API void pdx_own_process(void);

struct pdx;

enum pdx_open_flags {
	PDX_OPEN_READ = 0,
	PDX_OPEN_WRITE = 1, /* take the writer's lock */
	PDX_OPEN_CREATE = 2 /* with PDX_OPEN_WRITE: make it if it does not exist */
};

/*
 * Open the index at ${path}.  ${language} is a Snowball language name or "none"; it is
 * used when the index is made and NULL means "english"; for an existing index NULL
 * accepts whatever it has, another name is PDX_E_USAGE.
 * PDX_E_INDEX: missing, not an index, of another version, or another writer has it.
 */
PDX_API int pdx_open(struct pdx **out, const char *path, unsigned flags,
		     const char *language, struct pdx_err *err);
PDX_API void pdx_close(struct pdx *index);

/* Make a running call return PDX_E_INTERRUPTED soon.  Safe in a signal handler. */
PDX_API void pdx_interrupt(struct pdx *index);

enum pdx_put { PDX_ADDED, PDX_UPDATED, PDX_UNCHANGED };

/*
 * Articles go in by batches: nothing of a batch is seen or kept before
 * pdx_commit() returned 0; after that all of it survives a crash.
 * pdx_put() fails with PDX_E_INPUT on an article without a title; the batch goes on.
 * After any other failure the batch must be rolled back.  ${now} is the time of
 * ingest in seconds since 1970 (UTC), kept as `added`.
 */
PDX_API int pdx_begin(struct pdx *index, struct pdx_err *err);
PDX_API int pdx_put(enum pdx_put *outcome, struct pdx *index,
		    const struct pdx_article *article, int64_t now,
		    struct pdx_err *err);
PDX_API int pdx_commit(struct pdx *index, struct pdx_err *err);
PDX_API void pdx_rollback(struct pdx *index);

/*
 * The article whose id starts with the 1 to 12 hexadecimal digits of ${id}, owned by
 * the caller (pdx_article_free).
 */
PDX_API int pdx_get(struct pdx_article **out, struct pdx *index, const char *id,
		    struct pdx_err *err);
PDX_API void pdx_article_free(struct pdx_article *article);

struct pdx_stats {
	uint64_t articles, takes, companies, categories, personas;
	int32_t first_date, last_date; /* PDX_NO_DATE where no article has one */
	uint64_t text_bytes; /* UTF-8 bytes of titles, summaries, bodies, takes */
	uint64_t file_bytes;
	uint64_t generation; /* grows with every commit that changed something */
	char language[32];
	unsigned analyzer; /* version of the analyzer that made the tokens */
};

PDX_API int pdx_stats(struct pdx_stats *out, struct pdx *index, struct pdx_err *err);

/*
 * Verify the whole index: file, full-text index against stored text, doc values,
 * counters.  ${report} is called once per problem; its return value is ignored.
 * Returns 0 whether or not there are problems; *problems is their number.
 */
PDX_API int pdx_check(uint64_t *problems, struct pdx *index,
		      void (*report)(void *ctx, const char *problem), void *ctx,
		      struct pdx_err *err);

/*
 * Make the index smaller and quicker to search: one segment of the full-text index where
 * batches left several, no words that no article has any more, no free pages.  What the
 * index says stays the same, its generation too; nothing needs this to be right.
 *
 * Outside of a batch, on an index that is open for writing.  Others can read meanwhile,
 * but have to wait while the packed file is written.  That needs room for two more
 * copies of the file; where there is not enough the call fails with PDX_E_IO.  After a
 * failure or an interruption the index is whole, and what was done so far is kept.
 *
 * ${progress} may be NULL; it is called with what is being done now, and which part of
 * it is done, from 0 to 1.
 */
struct pdx_optimized {
	bool changed; /* false: it was done for this generation already */
	uint64_t generation;
	uint64_t bytes_before, bytes_after;       /* of the file */
	uint64_t segments_before, segments_after; /* of the full-text index */
	uint64_t terms; /* words that were dropped from the vocabulary */
};

PDX_API int pdx_optimize(struct pdx_optimized *out, struct pdx *index,
			 void (*progress)(void *ctx, const char *what, double part),
			 void *ctx, struct pdx_err *err);

/*
 * A piece of input that was rejected.  The index keeps it in quarantine until it is
 * removed.  ${path} is NULL for what came through a pipe; ${url} and ${type} may be.
 */
struct pdx_rejected {
	int64_t id;             /* set by the index */
	const char *path;       /* of the file that was read, from the root */
	const char *name;       /* what it was called: "a.zip" */
	const char *input;      /* what the piece stands in: "a.zip!b.jsonl" */
	const char *origin;     /* where in it: "a.zip!b.jsonl:88" */
	const char *url, *type; /* what a crawl knew of ${input} */
	uint64_t offset, len;   /* bytes in ${input}; ${len} 0: the rest of it */
	const char *reason;
	int64_t time; /* seconds since 1970 (UTC) */
	const char *bytes;
	size_t nbytes; /* as far as they were kept */
	bool whole;    /* ${bytes} are all of it, and can be read on their own */
};

/*
 * Put a piece into quarantine, inside a batch.  The same bytes at the same place again
 * are the same piece, of which reason and time are renewed.  *id is its number.
 */
PDX_API int pdx_quarantine_add(int64_t *id, struct pdx *index,
			       const struct pdx_rejected *piece, struct pdx_err *err);

/*
 * The first piece with a number above ${after}: 1, or 0 where there is none.  Its
 * strings and bytes last until the next call.
 */
PDX_API int pdx_quarantine_next(struct pdx_rejected *out, struct pdx *index,
				int64_t after, struct pdx_err *err);

/*
 * Take pieces out of the quarantine, inside a batch: one by its number, or all whose
 * origin, input, name or path is ${origin} (NULL: all).
 */
PDX_API int pdx_quarantine_remove(struct pdx *index, int64_t id, struct pdx_err *err);
PDX_API int pdx_quarantine_drop(uint64_t *dropped, struct pdx *index,
				const char *origin, struct pdx_err *err);

/*
 * Other names of companies, kept in the index whether or not an article has them yet.
 * A query for any name of a company finds the articles of all of them.  Inside a batch;
 * names are compared without case, accents and punctuation.
 *
 * pdx_alias_add(): *added says whether it is new.  Where ${name} is itself an alias the
 * company is the one that it stands for; where ${alias} has aliases they come along.
 * PDX_E_USAGE: not a name, or an alias of another company.
 * pdx_alias_remove(): ${name} is an alias, or a company, which loses all of them.
 */
PDX_API int pdx_alias_add(bool *added, struct pdx *index, const char *name,
			  const char *alias, struct pdx_err *err);
PDX_API int pdx_alias_remove(uint64_t *removed, struct pdx *index, const char *name,
			     struct pdx_err *err);

/* Call ${each} for every alias, in the order of companies and aliases, A to Z. */
PDX_API int pdx_aliases(struct pdx *index,
			void (*each)(void *ctx, const char *name, const char *alias),
			void *ctx, struct pdx_err *err);

/*
 * What readers keep: articles that they marked, with a note of theirs, and searches by
 * name.  Both survive that an article is updated.  Changes go into a batch.
 *
 * pdx_bookmark_add(): *added says whether it is new; a ${note} that is not NULL takes the
 * place of the one before.  ${now} in seconds since 1970.
 * pdx_bookmark_remove(): *removed says whether there was one.
 * Both: PDX_E_NOT_FOUND or PDX_E_AMBIGUOUS as pdx_get().
 */
struct pdx_bookmark {
	char id[PDX_ID_SIZE];
	const char *title;
	int32_t date;     /* of the article */
	const char *note; /* NULL: none */
	int64_t added;    /* seconds since 1970 */
};

PDX_API int pdx_bookmark_add(bool *added, struct pdx *index, const char *id,
			     const char *note, int64_t now, struct pdx_err *err);
PDX_API int pdx_bookmark_remove(bool *removed, struct pdx *index, const char *id,
				struct pdx_err *err);

/* Call ${each} for every bookmark, the newest first. */
PDX_API int pdx_bookmarks(struct pdx *index,
			  void (*each)(void *ctx, const struct pdx_bookmark *bookmark),
			  void *ctx, struct pdx_err *err);

/*
 * ${mark} is what pdx_result_mark() gave for the last run; 0 where it was never run.
 *
 * pdx_saved_add(): *added says whether ${name} is new; else its query is replaced and its
 * runs are forgotten.  PDX_E_USAGE: not a name.
 * pdx_saved_remove(), pdx_saved_ran(): PDX_E_NOT_FOUND where there is none of ${name}.
 */
struct pdx_saved {
	const char *name, *query;
	int64_t added, ran; /* seconds since 1970; ${ran} 0: never */
	uint64_t mark;
};

PDX_API int pdx_saved_add(bool *added, struct pdx *index, const char *name,
			  const char *query, int64_t now, struct pdx_err *err);
PDX_API int pdx_saved_remove(struct pdx *index, const char *name, struct pdx_err *err);
PDX_API int pdx_saved_ran(struct pdx *index, const char *name, uint64_t mark,
			  int64_t now, struct pdx_err *err);

/* Call ${each} for every saved search, A to Z. */
PDX_API int pdx_saved(struct pdx *index,
		      void (*each)(void *ctx, const struct pdx_saved *saved), void *ctx,
		      struct pdx_err *err);

/*
 * Call ${each} for every name that ${field} has in the index, A to Z: "company",
 * "category", "persona", "perspective", "source" or "lang".  PDX_E_USAGE: another field.
 */
PDX_API int pdx_values(struct pdx *index, const char *field,
		       void (*each)(void *ctx, const char *name), void *ctx,
		       struct pdx_err *err);

/*
 * Articles as ordinary tables of a SQLite file, for programs that read SQLite and know
 * nothing of paneldex: articles, takes, companies, categories, personas,
 * article_companies, article_categories, bookmarks.  It is no index.
 *
 * pdx_tables_new(): ${path} is empty or missing.  What stands there before
 * pdx_tables_finish() returned 0 is no database: write under another name, and rename.
 * pdx_tables_put(): one that came out of an index, and not twice.
 * pdx_tables_bookmark(): passed over where its article was not put.
 * pdx_tables_finish(): write the rest and free ${tables}, whatever it returns.
 *
 * Such a file has the bytes of PDX_TABLES_MARK from byte PDX_TABLES_MARK_AT on: it is
 * what SQLite calls the application id.
 */
#define PDX_TABLES_MARK "pdxt"
#define PDX_TABLES_MARK_AT 68

struct pdx_tables;

PDX_API int pdx_tables_new(struct pdx_tables **out, const char *path,
			   struct pdx_err *err);
PDX_API int pdx_tables_put(struct pdx_tables *tables, const struct pdx_article *article,
			   struct pdx_err *err);
PDX_API int pdx_tables_bookmark(struct pdx_tables *tables,
				const struct pdx_bookmark *bookmark,
				struct pdx_err *err);
PDX_API int pdx_tables_finish(struct pdx_tables *tables, struct pdx_err *err);
PDX_API void pdx_tables_free(struct pdx_tables *tables);

struct pdx_query;

/* Something that was noticed and not refused: a repair, or a hint. */
struct pdx_note {
	const char *code;  /* "unbalanced-quote", ... */
	size_t column;     /* code point in the query, from 1; 0: no place */
	size_t start, len; /* bytes */
	const char *message;
	bool repair; /* the text was changed to make sense of it */
};

/*
 * Parse ${len} bytes of ${text} into a new query, owned by the caller
 * (pdx_query_free).  ${today} gives relative dates their meaning.  Malformed text is
 * repaired and noted; malformed meaning is PDX_E_QUERY with the byte range at fault
 * and *out NULL.  ${text} is not kept.
 */
PDX_API int pdx_query_parse(struct pdx_query **out, const char *text, size_t len,
			    int32_t today, struct pdx_err *err);
PDX_API void pdx_query_free(struct pdx_query *query);

/*
 * A query for the words of ${text}: any of them (${any}) or all.  A word that is said
 * twice weighs twice.  Nothing in the text is an operator, a field or a sign, so that
 * it can be searched for as it stands.  Words beyond the 1024th are noted and left out.
 */
PDX_API int pdx_query_parse_words(struct pdx_query **out, const char *text, size_t len,
				  bool any, struct pdx_err *err);

/*
 * Let any of the words of ${query} do: words, phrases, NEAR and groups of these that
 * stand beside each other at the top of it, without AND between, are joined by OR.
 * Fields that are no text, take( ... ) and what is negated are needed as before.  To be
 * called before filters are added.  PDX_E_NOMEM.
 */
PDX_API int pdx_query_match_any(struct pdx_query *query, struct pdx_err *err);

/*
 * Narrow ${query} to what has any of the ${n} ${values} of ${field}, as if
 * field:(A OR B) had been typed beside it, with each value taken whole: a dictionary
 * value, or a date range.  PDX_E_QUERY or PDX_E_USAGE as for the parser, without a
 * place: the values are no part of the query's text.
 */
PDX_API int pdx_query_filter_any(struct pdx_query *query, const char *field,
				 const char *const *values, size_t n,
				 struct pdx_err *err);

/*
 * Let ${query} know a company by two names: where it asks for one of them, as company:
 * or mentions:, the other will do.  To be called after filters are added.  PDX_E_NOMEM.
 */
PDX_API int pdx_query_name(struct pdx_query *query, const char *name, const char *other,
			   struct pdx_err *err);

enum pdx_same_company { PDX_COMPANY_KEEP, PDX_COMPANY_DROP };

/*
 * A query for what is like the article whose id begins with ${id}: any of the words
 * that tell it from others, without the article itself, and with PDX_COMPANY_DROP
 * without what is about one of its companies.  Owned by the caller (pdx_query_free); it
 * can be narrowed, and is for this index.
 */
PDX_API int pdx_query_similar(struct pdx_query **out, struct pdx *index, const char *id,
			      enum pdx_same_company company, int32_t today,
			      struct pdx_err *err);

/* The text as it was given, and the canonical text that parses to the same tree. */
PDX_API const char *pdx_query_text(const struct pdx_query *query);
PDX_API const char *pdx_query_parsed(const struct pdx_query *query);
PDX_API const struct pdx_note *pdx_query_notes(const struct pdx_query *query,
					       size_t *n);

/*
 * The days of publication that ${query} can find: the dates that stand at the top of it
 * taken together.  Where nothing bounds it, *first or *last is PDX_NO_DATE; where no
 * day is left, *first is after *last.
 */
PDX_API void pdx_query_days(int32_t *first, int32_t *last,
			    const struct pdx_query *query);

enum pdx_sort_key {
	PDX_SORT_RELEVANCE, /* best first */
	PDX_SORT_DATE,      /* newest first, undated last */
	PDX_SORT_COMPANY,   /* A to Z by the first company, none last */
	PDX_SORT_CATEGORY,  /* likewise */
	PDX_SORT_TITLE,     /* A to Z */
	PDX_SORT_ADDED      /* newest first */
};

struct pdx_sort {
	enum pdx_sort_key key;
	bool reverse;
};

enum pdx_text_field {
	PDX_TEXT_BODY,
	PDX_TEXT_TITLE,
	PDX_TEXT_SUMMARY,
	PDX_TEXT_TAKES,
	PDX_TEXT_FIELDS
};

/*
 * The constants of BM25F: how soon more of a word stops to count (${k1} > 0), and for
 * each field what a word in it weighs (>= 0) and how much the field's length counts
 * against it (${b}, 0 to 1).
 */
struct pdx_profile {
	const char *name;
	double k1;
	double weight[PDX_TEXT_FIELDS], b[PDX_TEXT_FIELDS];
};

/* Profile number ${i} of those that are built in, the default first; NULL: no more. */
PDX_API const struct pdx_profile *pdx_profile(size_t i);

/* The values of one field against those of another. */
struct pdx_cross {
	const char *rows, *columns; /* field names, as of facets */
};

/* Whether a field is counted under the query's own filters on it. */
enum pdx_own_filter { PDX_OWN_FILTER_KEEP, PDX_OWN_FILTER_DROP };

/*
 * What facets and pivots count: articles, or the takes of articles, or stories.  Of a match those
 * takes count that the query leaves in: that are by one of the personas and
 * perspectives that the query names, where it names any, and satisfy a take( ... ),
 * where it has one; all of them where it asks nothing of a take.  What is excluded asks
 * nothing, and take:word is a condition on the article.  A take has its own persona and
 * perspective, and everything else of its article.  A story, which is the near-copies
 * of one text, counts once for each value that any of its articles that match has.
 */
enum pdx_count_by { PDX_COUNT_ARTICLES, PDX_COUNT_TAKES, PDX_COUNT_STORIES };

/*
 * How to search.  All zero is the first 0 hits by relevance: total only.  After the
 * keys of ${sort} (none: relevance) come date, newest first, and id.
 */
struct pdx_search {
	size_t limit, offset;
	/*
	 * NULL, or what pdx_result_next() gave for the same query and order: begin
	 * behind its hits.  The pages from one first page are pages of one list: no
	 * hit comes twice or is passed over while the index grows, articles added
	 * since are left out, and scores stay what they were.  (An article whose
	 * content was replaced stands where its new content puts it.)  The note
	 * "stale-cursor" says that the index has changed.  PDX_E_USAGE: not a cursor,
	 * of another query, order or index, or there is an ${offset} too.
	 */
	const char *after;
	/*
	 * NULL, or a field that has facets: the ${group_size} (0 means 1) best hits of
	 * each of its values, the value with the best hit first.  ${limit} and
	 * ${offset} then count groups.  An article stands in the group of each value
	 * it has, those without one in a group of their own.
	 */
	const char *group_by;
	size_t group_size;
	/*
	 * Show near-copies of one text, which are a story, by the best of them alone.
	 * ${limit}, ${offset} and pages then count stories; the total is of articles as
	 * ever, and facets count what ${count_by} says.
	 */
	bool collapse;
	const struct pdx_sort *sort;
	size_t nsort;
	const char *const *facets; /* field names: company, persona, month, ... */
	size_t nfacets;
	size_t facet_values; /* values to keep of each facet; 0 means 10 */
	/*
	 * With PDX_OWN_FILTER_DROP each facet counts the articles that the query would
	 * find without those of its clauses that ask for nothing but values of the
	 * facet's field and stand at the top of it, beside each other: filters, like
	 * company:x or -company:(y OR z); of periods, those of the date.
	 */
	enum pdx_own_filter own_filter;
	const struct pdx_cross *pivots;
	size_t npivots;
	enum pdx_count_by count_by;
	size_t snippets;     /* highlights to make for each hit; 0 makes none */
	int32_t today;       /* PDX_NO_DATE where nothing depends on it */
	double recency_days; /* half-life of a hit's score by its age; 0 is off */
	bool explain;        /* say why each hit is where it is */
	/*
	 * Not 0: the hits are the articles with these ids (prefixes will do), in this
	 * order, whether they match or not; ${limit} and ${offset} are ignored.  Needs
	 * ${explain}, which says what they miss and how the first two differ.
	 */
	const char *const *ids;
	size_t nids;
	/*
	 * Where no article has all words of the query find those that have the most of
	 * them, which pdx_result_notes() say as "relaxed".  Filters stay as they are.
	 */
	bool relax;
	/*
	 * Not 0: only what was added since the search that pdx_result_mark() was of.
	 * Such a list has no cursors.
	 */
	uint64_t newer_than;
	/*
	 * Where something was not found say what may have been meant: the nearest values
	 * in the notes, pdx_result_did_you_mean(), pdx_result_without().
	 */
	bool suggest;
	const struct pdx_profile *profile; /* how to score; NULL: the default */
	/*
	 * Learn from the best articles which words go with those of the query, and
	 * search once more with them (pseudo-relevance feedback by Bo1).  Where any
	 * word of the query will do they are further ones; else the same articles
	 * match, in another order.  Highlights stay those of the query's own words.
	 * Such a list has no cursors: the words are learnt again each time, and the
	 * index may have grown.  PDX_E_USAGE: there is ${after} too.
	 */
	bool expand;
	/*
	 * Find the hits and do not count the rest: what cannot be among them is not
	 * looked at where that takes less time.  Hits, their order and the next page are
	 * the same; the total, that of stories and the sizes of clusters may be less
	 * than there are (pdx_result_total_is_exact).  PDX_E_USAGE: no hits are asked
	 * for, or there are facets, pivots, groups or a ${count_by}.
	 */
	bool no_total;
};

/* ${start} and ${len} count code points of the text beside them. */
struct pdx_span {
	size_t start, len;
};

struct pdx_highlight {
	const char *field; /* "title", "summary", "body", "take" */
	size_t take;       /* 1 for the first take; 0 where the field is no take */
	const char *text;
	const struct pdx_span *spans;
	size_t nspans;
};

/* What hits have in common where they are grouped. */
struct pdx_group {
	const char *field, *value; /* value NULL: they have none */
	uint64_t count;            /* articles in it */
	size_t shown;              /* of those, in the result, one after another */
};

#define PDX_CLUSTER_IDS 5

/* The articles that one hit stands for. */
struct pdx_cluster {
	uint64_t size; /* with the hit; of a group where hits are grouped */
	char ids[PDX_CLUSTER_IDS][PDX_ID_SIZE]; /* of some others, the newest first */
	size_t nids;
};

/* What a term gives to an article's score by standing in one field. */
struct pdx_explain_field {
	const char *field;
	uint64_t tf;     /* how often it stands there */
	uint64_t length; /* words of the field, to within 6 percent */
	double weighted; /* w tf / (1 - b + b length / average length) */
	double score;    /* its share of the term's score */
};

#define PDX_EXPLAIN_FIELDS 4

struct pdx_explain_part {
	size_t term;      /* number in pdx_explain.terms */
	const char *text; /* of the term */
	struct pdx_explain_field fields[PDX_EXPLAIN_FIELDS]; /* that have it */
	size_t nfields;
	double weighted; /* sum over the fields */
	double score;    /* idf weighted / (k1 + weighted), the sum over the fields */
};

/* The score is the sum over ${parts}, times ${recency}. */
struct pdx_explain_hit {
	bool matches;
	size_t rank;                /* 0 where it does not match */
	const char *const *failing; /* clauses that it fails */
	size_t nfailing;
	const struct pdx_explain_part *parts;
	size_t nparts;
	double recency; /* 1 where it is off */
	double score;   /* of what does not match: what its words would give */
};

struct pdx_explain_index_term {
	const char *text;  /* a stem, or a form kept beside it; "word*" for a prefix */
	uint64_t articles; /* that have it */
};

/* A word or phrase of the query. */
struct pdx_explain_term {
	const char *text; /* as a query says it */
	const struct pdx_explain_index_term *index_terms;
	size_t nindex_terms; /* the first 64 of a prefix */
	uint64_t articles;   /* have it at most */
	double idf;          /* as it counts: times ${boost} */
	double boost;        /* of a word that was not asked for; else 0 */
	bool scored;     /* neither excluded nor a stop word beside other words */
	bool own_cursor; /* not in ${match}: looked up beside it */
	bool verified;   /* the stored text decides */
};

/* What one term gives in one field to one article, and to another. */
struct pdx_explain_difference {
	size_t term;
	const char *text; /* of the term */
	const char *field;
	uint64_t tf[2];
	uint64_t length[2]; /* words of the field; 0 where the term is not in it */
	double score[2]; /* with the recency of each */
};

/* How a query was run. */
struct pdx_explain {
	const char *tree; /* after repairs: a node on a line, two blanks a level */
	const struct pdx_explain_term *terms;
	size_t nterms;
	double k1;
	bool nothing;      /* no article can match */
	const char *match; /* what the full-text index is asked; NULL: every row */
	bool exact;        /* it finds just what matches */
	const char *const *by_row; /* clauses that are decided row by row */
	size_t nby_row;
	/* Of the two articles asked for by ${ids}: the largest first. */
	const struct pdx_explain_difference *differences;
	size_t ndifferences;
	const struct pdx_explain_hit *first, *second; /* NULL: no two were asked for */
	const char *first_id, *second_id;             /* in full */
	bool first_above; /* by rank, or where none matches by score */
};

struct pdx_hit {
	const struct pdx_article *article;
	size_t rank; /* 1 is the best of all, whatever the offset */
	double score;
	const struct pdx_highlight *highlights;
	size_t nhighlights;
	const bool *take_matched; /* article->ntakes entries */
	/*
	 * Likewise, whether the query leaves the take in: it is by one of the personas
	 * or perspectives that the query names, where it names any, and satisfies a
	 * take( ... ), where there is one.
	 */
	const bool *take_chosen;
	const struct pdx_group *group; /* NULL where hits are not grouped */
	const struct pdx_cluster *cluster; /* NULL: it stands for itself alone */
	const struct pdx_explain_hit *explain; /* NULL: was not asked for */
};

struct pdx_facet_value {
	const char *value;
	uint64_t count;
};

/*
 * An article counts once for each value it has; where takes are counted, each of them
 * does.  Of a field with one value the counts, ${other} and ${missing} make ${total}.
 */
struct pdx_facet {
	const char *field;
	const struct pdx_facet_value *values; /* by count, then by value */
	size_t nvalues;
	uint64_t other;   /* sum of the counts of the values not kept */
	uint64_t missing; /* articles, or takes, without a value */
	uint64_t total;   /* articles, or takes, that were looked at */
};

/*
 * What has the row's value and the column's.  rows.nvalues and columns.nvalues stand
 * for having none.
 */
struct pdx_pivot_cell {
	size_t row, column;
	uint64_t count; /* never 0 */
};

/* Two facets with all of their values, crossed. */
struct pdx_pivot {
	struct pdx_facet rows, columns;
	const struct pdx_pivot_cell *cells; /* by row, then by column */
	size_t ncells;
};

struct pdx_result;

/*
 * Run ${query}.  The result is owned by the caller (pdx_result_free) and must be freed
 * before the index and the query, which it borrows.
 */
PDX_API int pdx_search(struct pdx_result **out, struct pdx *index,
		       const struct pdx_query *query, const struct pdx_search *how,
		       struct pdx_err *err);
PDX_API void pdx_result_free(struct pdx_result *result);

PDX_API uint64_t pdx_result_total(const struct pdx_result *result);
/* False: at least so many match.  Only where ${no_total} was asked for. */
PDX_API bool pdx_result_total_is_exact(const struct pdx_result *result);
PDX_API uint64_t pdx_result_generation(const struct pdx_result *result);
PDX_API uint64_t
pdx_result_articles(const struct pdx_result *result); /* in the index */
/* Hits before the first of this result: by its offset, or on earlier pages. */
PDX_API uint64_t pdx_result_offset(const struct pdx_result *result);
/* Stories among the matches, an article without copies being one; 0: not collapsed. */
PDX_API uint64_t pdx_result_stories(const struct pdx_result *result);
/* What is added from now on is newer than this; for pdx_search.newer_than. */
PDX_API uint64_t pdx_result_mark(const struct pdx_result *result);
/* Groups in all, shown or not; 0 where hits are not grouped. */
PDX_API uint64_t pdx_result_groups(const struct pdx_result *result);
/* The cursor to what comes after this result: URL-safe text; NULL: nothing does. */
PDX_API const char *pdx_result_next(const struct pdx_result *result);
PDX_API size_t pdx_result_returned(const struct pdx_result *result);
PDX_API const struct pdx_facet *pdx_result_facets(const struct pdx_result *result,
						  size_t *n);

/* In the order of the request. */
PDX_API const struct pdx_pivot *pdx_result_pivots(const struct pdx_result *result,
						  size_t *n);
/* The takes that were counted; 0 where articles were. */
PDX_API uint64_t pdx_result_takes(const struct pdx_result *result);

/*
 * What the search noticed beyond the query's own notes (pdx_query_notes).
 */
PDX_API const struct pdx_note *pdx_result_notes(const struct pdx_result *result,
						size_t *n);

/* How the query was run; NULL where that was not asked for. */
PDX_API const struct pdx_explain *pdx_result_explain(const struct pdx_result *result);

/* A word that goes with those of the query. */
struct pdx_expansion {
	const char *word; /* one of its written forms; all of its stem count */
	double weight;    /* beside 1 for a word that was asked for */
	bool asked;       /* it was, and weighs that much more */
};

/* What ${expand} searched for, the heaviest first; *n is 0 where nothing was learnt. */
PDX_API const struct pdx_expansion *pdx_result_expansion(
	const struct pdx_result *result, size_t *n);

/* The query with the spellings that may have been meant; NULL: none. */
PDX_API const char *pdx_result_did_you_mean(const struct pdx_result *result);

/* How many articles a query that finds nothing would find without one of its clauses. */
struct pdx_without {
	const char *clause;
	uint64_t total;
};

PDX_API const struct pdx_without *pdx_result_without(const struct pdx_result *result,
						     size_t *n);

/*
 * The id of hit number ${i}, below pdx_result_returned(), without loading it; returns
 * its score.
 */
PDX_API double pdx_result_id(char id[PDX_ID_SIZE], const struct pdx_result *result,
			     size_t i);

/*
 * Load hit number ${i}, below pdx_result_returned().  *out stays valid until the next
 * call or pdx_result_free().  PDX_E_NOT_FOUND: another process removed the article.
 */
PDX_API int pdx_result_hit(const struct pdx_hit **out, struct pdx_result *result,
			   size_t i, struct pdx_err *err);

#ifdef __cplusplus
}
#endif

#endif
