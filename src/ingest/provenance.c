/* The parts of an article, and what the places are called in which readers find them.
 */
#include "ingest/provenance.h"

static bool present(const char *s)
{
	return s && *s;
}

bool provenance_has(const struct pdx_article *a, enum pdx_part part)
{
	switch (part) {
	case PDX_PART_TITLE:
		return present(a->title);
	case PDX_PART_SUMMARY:
		return present(a->summary);
	case PDX_PART_BODY:
		return present(a->body);
	case PDX_PART_DATE:
		return a->date != PDX_NO_DATE;
	case PDX_PART_COMPANIES:
		return a->ncompanies > 0;
	case PDX_PART_CATEGORIES:
		return a->ncategories > 0;
	case PDX_PART_URL:
		return present(a->url);
	case PDX_PART_LANG:
		return present(a->lang);
	case PDX_PART_SOURCE:
		return present(a->source);
	case PDX_PART_TAKES:
		return a->ntakes > 0;
	case PDX_PARTS:
		break;
	}
	return false;
}

void provenance_rest(struct pdx_article *a, enum pdx_provenance from)
{
	for (int part = 0; part < PDX_PARTS; part++)
		if (a->provenance[part] == PDX_FROM_UNKNOWN &&
		    provenance_has(a, (enum pdx_part)part))
			a->provenance[part] = (uint8_t)from;
}

const char *pdx_part_name(enum pdx_part part)
{
	static const char *const names[PDX_PARTS] = {
		[PDX_PART_TITLE] = "title",
		[PDX_PART_SUMMARY] = "summary",
		[PDX_PART_BODY] = "body",
		[PDX_PART_DATE] = "date",
		[PDX_PART_COMPANIES] = "companies",
		[PDX_PART_CATEGORIES] = "categories",
		[PDX_PART_URL] = "url",
		[PDX_PART_LANG] = "lang",
		[PDX_PART_SOURCE] = "source",
		[PDX_PART_TAKES] = "takes",
	};

	return part < PDX_PARTS ? names[part] : "unknown";
}

const char *pdx_provenance_name(enum pdx_provenance from)
{
	static const char *const names[PDX_PROVENANCES] = {
		[PDX_FROM_UNKNOWN] = "unknown",
		[PDX_FROM_RECORD] = "record",
		[PDX_FROM_JSON_LD] = "json-ld",
		[PDX_FROM_OPENGRAPH] = "opengraph",
		[PDX_FROM_META] = "meta",
		[PDX_FROM_TIME] = "time element",
		[PDX_FROM_FEED] = "feed",
		[PDX_FROM_FRONT_MATTER] = "front matter",
		[PDX_FROM_HEADER] = "header",
		[PDX_FROM_URL] = "url",
		[PDX_FROM_TEXT] = "text",
		[PDX_FROM_OPTION] = "option",
	};

	return names[from < PDX_PROVENANCES ? from : PDX_FROM_UNKNOWN];
}
