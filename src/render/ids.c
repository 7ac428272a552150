/*
 * The format ids: the ids of what was found, one a line, for the next command.
 */
#include "render/formats.h"
#include "render/term.h"

static void begin(struct render *r, const struct render_search *search)
{
	(void)r, (void)search;
}

static void hit(struct render *r, const struct pdx_hit *hit)
{
	out_printf(r->out, "%s\n", hit->article->id);
}

static void count(struct render *r, const struct render_search *search)
{
	out_printf(r->out, "%llu\n", (unsigned long long)search->total);
}

const struct renderer renderer_ids = {
	.name = "ids",
	.hits_only = true,
	.begin = begin,
	.hit = hit,
	.end = begin,
	.count = count,
	TERM_MESSAGES,
};
