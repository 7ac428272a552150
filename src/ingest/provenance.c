/* What the places are called in which a reader finds the parts of an article. */
#include "paneldex.h"

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
