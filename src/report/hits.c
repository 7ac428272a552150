/* The hits of a search in their order. */
#include "report/hits.h"

#include "base/err.h"
#include "engine/engine.h"

#define HELD_HITS 64 /* some milliseconds */

void hits_release(struct hits *h)
{
	if (h->held)
		index_let_go(h->index);
	h->held = false;
}

/* Before hit number h->next: go on holding the index, or begin again. */
static int hold(struct hits *h, struct pdx_err *err)
{
	int rc;

	if (h->stop && *h->stop)
		return err_set(err, PDX_E_INTERRUPTED, "interrupted");
	if (h->held && h->next % HELD_HITS != 0)
		return PDX_OK;
	hits_release(h);
	rc = index_hold(h->index, err);
	h->held = rc == PDX_OK;
	return rc;
}

int hits_next(const struct pdx_hit **hit, size_t *number, struct hits *h,
	      struct pdx_err *err)
{
	int rc = PDX_E_NOT_FOUND; /* what is gone since it was found is passed over */

	while (rc == PDX_E_NOT_FOUND && h->next < pdx_result_returned(h->result)) {
		rc = hold(h, err);
		*number = h->next++;
		if (!rc)
			rc = pdx_result_hit(hit, h->result, *number, err);
	}
	if (rc)
		hits_release(h);
	if (rc == PDX_E_NOT_FOUND)
		return 0;
	return rc ? rc : 1;
}
