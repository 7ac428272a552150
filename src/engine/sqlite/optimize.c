/*
 * Making an index smaller and quicker without changing what it says.
 *
 * Each step is a transaction of its own, or several, and after each of them the index
 * is whole: whoever is interrupted, killed or out of room has lost nothing.  Readers
 * wait for a commit at most; the longest is that of a packed file.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "engine/sqlite/structure.h"

/* Work of one transaction, which has to stay in the writer's page cache: what spills
 * out of it locks readers out before the commit.  These are FTS5's pages, of 4 KB. */
#define MERGE_PAGES "8192"
enum {
	WINDOWS = 16,
	PACK_PAGES = 256,
	/* A packed file takes the place of the other where it is smaller by this share:
	 * all of it is written once more, and readers wait. */
	PACK_SHARE = 100
};

struct optimizing {
	struct store *s;
	struct pdx_optimized *out;
	void (*progress)(void *ctx, const char *what, double part);
	void *ctx;
	struct pdx_err *err;
};

static void tell(const struct optimizing *o, const char *what, uint64_t done,
		 uint64_t total)
{
	if (o->progress)
		o->progress(o->ctx, what,
			    done < total ? (double)done / (double)total : 1);
}

static uint64_t file_bytes(const char *path)
{
	struct stat file;

	return stat(path, &file) == 0 ? (uint64_t)file.st_size : 0;
}

/* End the transaction of a step that went as ${status} says. */
static int end_step(struct optimizing *o, int status)
{
	if (!status)
		status = db_exec(o->s->db, "COMMIT", o->err);
	if (status && !sqlite3_get_autocommit(o->s->db))
		db_exec(o->s->db, "ROLLBACK", NULL);
	return status ? status : store_check_interrupt(o->s, o->err);
}

/* What the full-text index consists of. */
struct parts {
	uint64_t segments, pages;
	uint64_t merged; /* pages in the highest level */
};

static int count_parts(struct parts *out, struct optimizing *o)
{
	struct structure structure;
	size_t level, i;
	int status = structure_read(&structure, o->s->db, o->err);

	memset(out, 0, sizeof(*out));
	for (level = 0; !status && level < structure.nlevels; level++) {
		const struct structure_level *l = &structure.levels[level];

		if (l->n)
			out->merged = 0;
		for (i = 0; i < l->n; i++) {
			uint64_t pages = l->v[i].last - l->v[i].first + 1;

			out->pages += pages;
			out->merged += pages;
		}
		out->segments += l->n;
	}
	structure_release(&structure);
	return status;
}

static int tidy_segments(struct optimizing *o)
{
	int status = db_exec(o->s->db, "BEGIN IMMEDIATE", o->err);

	return status ? status : end_step(o, fulltext_tidy(o->s, o->err));
}

/* A negative number of pages has FTS5 take all segments together. */
static int merge_segments(struct optimizing *o)
{
	static const char merge[] = "INSERT INTO text(text, rank)"
				    " VALUES('merge', -" MERGE_PAGES ")";
	struct parts parts;
	int status = tidy_segments(o); /* one that was interrupted added levels */

	if (!status)
		status = count_parts(&parts, o);
	while (!status && parts.segments > 1) {
		tell(o, "merging segments", parts.merged, parts.pages);
		status = db_exec(o->s->db, "BEGIN IMMEDIATE", o->err);
		if (!status)
			status = end_step(o, db_exec(o->s->db, merge, o->err));
		if (!status)
			status = count_parts(&parts, o);
	}
	return status ? status : tidy_segments(o);
}

/* What no article has any more stays in the vocabulary until here. */
static int drop_terms(struct optimizing *o)
{
	sqlite3 *db = o->s->db;
	int status = db_exec(db, "BEGIN IMMEDIATE", o->err);

	if (status)
		return status;
	tell(o, "sorting out words", 0, 1);
	status = db_exec(db,
			 "DELETE FROM form WHERE term IN"
			 " (SELECT term FROM term WHERE df = 0)",
			 o->err);
	if (!status)
		status = db_exec(db,
				 "DELETE FROM word WHERE term IN"
				 " (SELECT term FROM term WHERE df = 0)",
				 o->err);
	if (!status)
		o->out->terms = (uint64_t)sqlite3_changes(db);
	terms_drop(&o->s->terms); /* what is known of them is no more so */
	preparer_forget(&o->s->preparer);
	return end_step(o, status);
}

/* The words whose share is that of a common word, and those that are common now. */
static const char candidates_sql[] = "SELECT term, df FROM term WHERE df * ?1 >= ?2 OR "
				     "term IN (SELECT term FROM common)"
				     " ORDER BY term";

static int add_candidate(struct term_entries *terms, struct arena *arena,
			 sqlite3_stmt *stmt, struct pdx_err *err)
{
	struct term_entry *e = arena_alloc(arena, sizeof(*e));

	if (!e || !mem_grow(&terms->v, &terms->cap, terms->n + 1, sizeof(*terms->v)))
		return err_nomem(err);
	memset(e, 0, sizeof(*e));
	e->len = (uint32_t)sqlite3_column_bytes(stmt, 0);
	e->text = arena_dup(arena, (const char *)sqlite3_column_text(stmt, 0), e->len);
	if (!e->text)
		return err_nomem(err);
	e->hash = hash64(e->text, e->len);
	e->df = (uint32_t)sqlite3_column_int64(stmt, 1);
	e->delta = 1; /* as if it had changed */
	terms->v[terms->n++] = e;
	return 0;
}

/* Words become common, or are no more, as batches meet them: look at all. */
static int review_words(struct store *s, struct pdx_err *err)
{
	struct term_entries terms = { 0 };
	struct arena arena = { 0 };
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db, candidates_sql, err);

	if (!got) {
		sqlite3_bind_int64(stmt, 1, COMMON_SHARE);
		sqlite3_bind_int64(stmt, 2, (int64_t)s->state.articles);
	}
	while (!got && (got = db_step(stmt, err)) == 1)
		got = add_candidate(&terms, &arena, stmt, err);
	sqlite3_finalize(stmt);
	if (!got)
		got = common_flush(s, &terms, err);
	arena_release(&arena);
	free(terms.v);
	return got;
}

static int review_common(struct optimizing *o)
{
	int status = db_exec(o->s->db, "BEGIN IMMEDIATE", o->err);

	return status ? status : end_step(o, review_words(o->s, o->err));
}

/* The bounds of postings are as close as the lengths of texts were then. */
static int rewrite_postings(struct optimizing *o)
{
	int64_t number = 0, end = o->s->last_row / WINDOW_ROWS + 1, stop;
	int status = 0;

	while (number < end && !status) {
		tell(o, "sorting out words", (uint64_t)number, (uint64_t)end);
		status = db_exec(o->s->db, "BEGIN IMMEDIATE", o->err);
		if (status)
			break;
		for (stop = number + WINDOWS; number < stop && number < end && !status;
		     number++)
			status = common_rewrite(o->s, number, o->err);
		status = end_step(o, status);
	}
	return status;
}

/* Make the empty file ${path}, which nobody can read who cannot read the index. */
static int make_empty(const char *path, const struct optimizing *o)
{
	struct stat index;
	int fd, status = 0;

	unlink(path); /* of one that was killed */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(o->err, PDX_E_IO, "cannot make %s", path);
	if (stat(o->s->path, &index) == 0 && fchmod(fd, index.st_mode & 0777) != 0)
		status = err_set(o->err, PDX_E_IO, "cannot make %s", path);
	close(fd);
	return status;
}

static int write_packed(const char *path, struct optimizing *o)
{
	sqlite3_stmt *stmt = NULL;
	int status = make_empty(path, o);

	tell(o, "packing", 0, 1);
	if (!status)
		status = db_prepare(&stmt, o->s->db, "VACUUM INTO ?1", o->err);
	if (!status) {
		db_bind_text(stmt, 1, path, strlen(path));
		status = db_run(stmt, o->err);
	}
	sqlite3_finalize(stmt);
	return status ? status : store_check_interrupt(o->s, o->err);
}

/* Copy the packed file over the index in one transaction: readers keep their file. */
static int copy_packed(sqlite3 *from, struct optimizing *o)
{
	sqlite3_backup *copy = sqlite3_backup_init(o->s->db, "main", from, "main");
	int rc = SQLITE_OK, ended, status = 0;

	if (!copy)
		return db_error(o->s->db, sqlite3_errcode(o->s->db), o->err);
	while (rc == SQLITE_OK && !status) {
		int total = sqlite3_backup_pagecount(copy);

		tell(o, "writing", (uint64_t)(total - sqlite3_backup_remaining(copy)),
		     (uint64_t)total);
		rc = sqlite3_backup_step(copy, PACK_PAGES);
		if (rc == SQLITE_OK)
			status = store_check_interrupt(o->s, o->err);
	}
	ended = sqlite3_backup_finish(copy);
	if (rc == SQLITE_DONE)
		rc = ended;
	return status || rc == SQLITE_OK ? status : db_error(NULL, rc, o->err);
}

static int pack(struct optimizing *o)
{
	sqlite3 *from = NULL;
	struct buf path;
	uint64_t before = file_bytes(o->s->path), after;
	int status;

	buf_init(&path, 0);
	buf_printf(&path, "%s-packed", o->s->path);
	if (!buf_ok(&path)) {
		status = err_nomem(o->err);
		goto out;
	}
	status = write_packed(path.data, o);
	after = file_bytes(path.data);
	if (!status && before - before / PACK_SHARE > after) {
		status = db_open(&from, path.data, SQLITE_OPEN_READONLY, o->err);
		if (!status)
			status = copy_packed(from, o);
		sqlite3_close(from);
	}
	unlink(path.data);
out:
	buf_release(&path);
	return status;
}

/* Note that this generation needs no more. */
static int mark(struct optimizing *o)
{
	struct store *s = o->s;
	int status = db_exec(s->db, "BEGIN IMMEDIATE", o->err);

	if (status)
		return status;
	s->state.optimized = s->state.generation;
	status = state_save(s->db, &s->state, o->err);
	if (!status)
		status = db_exec(s->db, "COMMIT", o->err);
	if (status && !sqlite3_get_autocommit(s->db))
		db_exec(s->db, "ROLLBACK", NULL);
	if (status)
		s->state = s->committed;
	else
		s->committed = s->state;
	return status;
}

static int run(struct optimizing *o)
{
	int status = merge_segments(o);

	if (!status)
		status = drop_terms(o);
	if (!status)
		status = review_common(o);
	if (!status)
		status = rewrite_postings(o);
	common_forget(&o->s->common);
	if (!status)
		status = pack(o);
	return status ? status : mark(o);
}

/* The packed copy, and a journal of what it is written over.  To find that out at the
 * end would leave a larger file than before: merged, and not packed. */
static int have_room(const struct optimizing *o)
{
	uint64_t need = 2 * o->out->bytes_before, free;
	struct statvfs disk;

	if (statvfs(o->s->path, &disk) != 0)
		return 0;
	free = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (free >= need)
		return 0;
	return err_set(o->err, PDX_E_IO,
		       "no space left for the index: packing needs %llu bytes, %llu are"
		       " free",
		       (unsigned long long)need, (unsigned long long)free);
}

int store_optimize(struct pdx_optimized *out, void *engine,
		   void (*progress)(void *ctx, const char *what, double part),
		   void *ctx, struct pdx_err *err)
{
	struct store *s = engine;
	struct optimizing o = { s, out, progress, ctx, err };
	struct parts parts;
	int status;

	memset(out, 0, sizeof(*out));
	if (!s->writable || s->in_batch)
		return err_set(err, PDX_E_USAGE, "%s",
			       s->in_batch ? "a batch is open"
					   : "the index is open for reading only");
	status = count_parts(&parts, &o);
	if (status)
		return status;
	out->generation = s->state.generation;
	out->segments_before = out->segments_after = parts.segments;
	out->bytes_before = out->bytes_after = file_bytes(s->path);
	if (s->state.optimized == s->state.generation)
		return 0;
	status = have_room(&o);
	if (!status)
		status = run(&o);
	s->interrupted = 0; /* where SQLite said it first */
	if (!status)
		status = count_parts(&parts, &o);
	out->changed = !status;
	out->segments_after = parts.segments;
	out->bytes_after = file_bytes(s->path);
	return status;
}
