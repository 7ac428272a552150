/*
 * What is asked of every peer: the controlled words of the archive and the classes of
 * queries over them.
 */
#ifndef BENCH_QUERIES_H
#define BENCH_QUERIES_H

/* Each of CONTROL[i].words, chosen apart for every article, is in one of ${share} of
 * them, or in the first ${count}. */
enum { VARIANTS = 5 };

struct control {
	const char *name;
	const char *words[VARIANTS];
	unsigned per_mille, count;
};

enum control_id {
	CONTROL_HALF,
	CONTROL_TENTH,
	CONTROL_HUNDREDTH,
	CONTROL_THOUSANDTH,
	CONTROL_TWENTY,
	CONTROLS
};

static const struct control controls[CONTROLS] = {
	{ "half", { "zalbax", "zaldax", "zalgax", "zalkax", "zalmax" }, 500, 0 },
	{ "tenth", { "zenbax", "zendax", "zengax", "zenkax", "zenmax" }, 100, 0 },
	{ "hundredth", { "zirbax", "zirdax", "zirgax", "zirkax", "zirmax" }, 10, 0 },
	{ "thousandth", { "zotbax", "zotdax", "zotgax", "zotkax", "zotmax" }, 1, 0 },
	{ "twenty", { "zubbax", "zubdax", "zubgax", "zubkax", "zubmax" }, 0, 20 },
};

/* Two words that stand beside each other in one of PHRASE_SHARE articles, and apart in
 * more. */
#define PHRASE_FIRST "quibbon"
#define PHRASE_SECOND "quarvest"
enum { PHRASE_SHARE = 50, APART_SHARE = 5 };

/* In one of TAKE_SHARE takes. */
static const char *const take_words[VARIANTS] = { "zykbax", "zykdax", "zykgax", "zykkax",
						  "zykmax" };
enum { TAKE_SHARE = 60 };

/* Words of a query are joined by AND; a class has VARIANTS queries. */
enum class_id {
	CLASS_RARE,
	CLASS_MEDIUM,
	CLASS_COMMON,
	CLASS_AND,
	CLASS_OR,
	CLASS_PHRASE,
	CLASS_PREFIX,
	CLASS_TAKE,
	CLASS_FILTER, /* a tenth, one company, two years */
	CLASS_TOTAL,  /* a tenth; the 20 best and the exact number */
	CLASS_FACETS, /* rare, medium, common, AND, OR: with the number and 4 facets */
	CLASS_DATE,   /* a tenth, the newest first */
	CLASS_EMPTY,  /* everything, the newest first */
	CLASSES
};

static const char *const class_names[CLASSES] = {
	"rare word",   "medium word",  "common word", "AND of two", "OR of four",
	"phrase",      "prefix",       "take()",      "company+date", "top 20 + total",
	"+ 4 facets",  "date sort",    "empty query"
};

/* The days of the archive, as days since 1970, and what CLASS_FILTER asks for. */
enum {
	FIRST_DAY = 18628, /* 2021-01-01 */
	DAYS = 6 * 365 + 1,
	FILTER_FIRST = 19358, /* 2023-01-01 */
	FILTER_LAST = 20088   /* 2024-12-31 */
};

enum { LIMIT = 20, COMPANIES = 200 };

#endif
