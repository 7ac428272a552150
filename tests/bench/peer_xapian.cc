/*
 * Xapian: English stems with their positions, and no words beside them, as the others
 * have it; takes once more under a prefix (TK), where no phrase is asked for; company,
 * category, persona and month in value slots for facets by ValueCountMatchSpy, the date
 * in one for sorting and ranges.  BM25 as it comes.  Documents carry id and title.
 */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <jansson.h>
#include <xapian.h>

extern "C" {
#include "peer.h"
}

/* Documents in memory before they are written.  6,000 articles took 10.0 s of processor
 * time with 500, 11.3 with 1500, and 17.7 with Xapian's 10000: its maps outgrow the
 * caches.  The environment has its say first. */
#define FLUSH_THRESHOLD "1000"

enum slot { SLOT_DATE, SLOT_COMPANY, SLOT_CATEGORY, SLOT_PERSONA, SLOT_MONTH };

static std::string text_of(json_t *record, const char *key)
{
	const char *text = json_string_value(json_object_get(record, key));

	return text ? text : "";
}

/* A slot has one value: the first. */
static std::string first_of(json_t *names)
{
	const char *name = json_string_value(json_array_get(names, 0));

	return name ? name : "";
}

static void add(Xapian::WritableDatabase &db, Xapian::TermGenerator &words, json_t *r)
{
	Xapian::Document doc;
	json_t *takes = json_object_get(r, "takes"), *item;
	std::string date = text_of(r, "date");
	size_t i;

	words.set_document(doc);
	words.index_text(text_of(r, "title"), 2);
	words.increase_termpos();
	words.index_text(text_of(r, "summary"));
	words.increase_termpos();
	words.index_text(text_of(r, "body"));
	json_array_foreach(takes, i, item) {
		words.increase_termpos();
		words.index_text(text_of(item, "text"));
		words.index_text_without_positions(text_of(item, "text"), 1, "TK");
	}
	json_array_foreach(json_object_get(r, "companies"), i, item)
		doc.add_boolean_term(std::string("XC") + json_string_value(item));
	doc.add_value(SLOT_DATE, date);
	doc.add_value(SLOT_MONTH, date.substr(0, 7));
	doc.add_value(SLOT_COMPANY, first_of(json_object_get(r, "companies")));
	doc.add_value(SLOT_CATEGORY, first_of(json_object_get(r, "categories")));
	doc.add_value(SLOT_PERSONA, text_of(json_array_get(takes, 0), "persona"));
	doc.set_data(text_of(r, "url") + "\n" + text_of(r, "title") + "\n" +
		     text_of(r, "summary") + "\n" + text_of(r, "body"));
	db.add_document(doc);
}

static int ingest(const char *data, const char *path)
try {
	setenv("XAPIAN_FLUSH_THRESHOLD", FLUSH_THRESHOLD, 0);
	Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
	Xapian::TermGenerator words;
	FILE *in = fopen(data, "r");
	char *line = NULL;
	size_t cap = 0;

	if (!in) {
		perror(data);
		return 1;
	}
	words.set_stemmer(Xapian::Stem("en"));
	words.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
	while (getline(&line, &cap, in) > 0) {
		json_t *record = json_loads(line, 0, NULL);

		if (!record)
			return 1;
		add(db, words, record);
		json_decref(record);
	}
	free(line);
	fclose(in);
	db.commit();
	return 0;
} catch (const Xapian::Error &e) {
	fprintf(stderr, "xapian: %s\n", e.get_description().c_str());
	return 1;
}

static void *open_index(const char *path)
try {
	return new Xapian::Database(path);
} catch (const Xapian::Error &e) {
	fprintf(stderr, "xapian: %s\n", e.get_description().c_str());
	return NULL;
}

static void close_index(void *opened)
{
	delete static_cast<Xapian::Database *>(opened);
}

static std::string term(const Xapian::Stem &stem, const char *prefix, const char *word)
{
	return prefix + stem(word);
}

static Xapian::Query make_query(const Xapian::Database &db, enum class_id which,
				unsigned variant)
{
	struct words w = peer_words(which, variant);
	Xapian::Stem stem("en");
	Xapian::Query q;

	if (which == CLASS_EMPTY)
		return Xapian::Query::MatchAll;
	if (which == CLASS_PREFIX) {
		Xapian::QueryParser parser;

		parser.set_database(db);
		return parser.parse_query(std::string(w.v[0]) + "*",
					  Xapian::QueryParser::FLAG_WILDCARD);
	}
	if (which == CLASS_PHRASE) {
		const std::string both[2] = { stem(w.v[0]), stem(w.v[1]) };

		return Xapian::Query(Xapian::Query::OP_PHRASE, both, both + 2, 2);
	}
	for (unsigned i = 0; i < w.n; i++) {
		Xapian::Query one(term(stem, which == CLASS_TAKE ? "TK" : "", w.v[i]));

		q = i ? Xapian::Query(w.any ? Xapian::Query::OP_OR
					    : Xapian::Query::OP_AND,
				      q, one)
		      : one;
	}
	if (which == CLASS_FILTER) {
		q = Xapian::Query(Xapian::Query::OP_FILTER, q,
				  Xapian::Query(std::string("XC") +
						peer_company(variant)));
		q = Xapian::Query(Xapian::Query::OP_FILTER, q,
				  Xapian::Query(Xapian::Query::OP_VALUE_RANGE, SLOT_DATE,
						"2023-01-01", "2024-12-31"));
	}
	return q;
}

static long search(void *opened, enum class_id which, unsigned variant)
try {
	Xapian::Database &db = *static_cast<Xapian::Database *>(opened);
	Xapian::Enquire enquire(db);
	Xapian::ValueCountMatchSpy companies(SLOT_COMPANY), categories(SLOT_CATEGORY);
	Xapian::ValueCountMatchSpy personas(SLOT_PERSONA), months(SLOT_MONTH);
	Xapian::ValueCountMatchSpy *spies[4] = { &companies, &categories, &personas,
						 &months };
	bool all = which == CLASS_TOTAL || which == CLASS_FACETS;
	long found = 0;

	enquire.set_query(make_query(db, which, variant));
	if (which == CLASS_DATE || which == CLASS_EMPTY)
		enquire.set_sort_by_value(SLOT_DATE, true);
	if (which == CLASS_EMPTY)
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	for (unsigned i = 0; which == CLASS_FACETS && i < 4; i++)
		enquire.add_matchspy(spies[i]);
	Xapian::MSet page = enquire.get_mset(0, LIMIT, all ? db.get_doccount() : 0);
	for (Xapian::MSetIterator i = page.begin(); i != page.end(); ++i, ++found)
		(void)i.get_document().get_data().size();
	for (unsigned i = 0; which == CLASS_FACETS && i < 4; i++)
		for (Xapian::TermIterator t = spies[i]->top_values_begin(10);
		     t != spies[i]->top_values_end(10); ++t)
			(void)t.get_termfreq();
	return all ? (long)page.get_matches_estimated() : found;
} catch (const Xapian::Error &e) {
	fprintf(stderr, "xapian: %s\n", e.get_description().c_str());
	return -1;
}

int main(int argc, char **argv)
{
	static const struct peer peer = { ingest, open_index, search, close_index };

	return peer_main(argc, argv, &peer);
}
