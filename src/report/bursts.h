/*
 * Bursts: times in which something happens markedly more often than over the whole.
 *
 * The two-state automaton over batched arrivals of Kleinberg: Bursty and Hierarchical
 * Structure in Streams, KDD 2002 (Data Mining and Knowledge Discovery 7, 2003).  Batch
 * t has d_t documents, r_t of them relevant.  In its usual state a document is relevant
 * with probability p0 = sum r / sum d, in a burst with p1 = s p0.  A sequence of states
 * costs, for each batch in state i,
 *
 *     -ln(C(d_t, r_t) p_i^r_t (1 - p_i)^(d_t - r_t))
 *
 * and gamma ln n for each change into a burst, n being the number of batches; a change
 * back costs nothing, and the automaton begins in the usual state.  The bursts are
 * those of the cheapest sequence, with s = 2 and gamma = 1, the values of the paper.
 * What is in half of the documents or more cannot be twice as frequent and has no
 * bursts.
 */
#ifndef REPORT_BURSTS_H
#define REPORT_BURSTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

#define BURSTS_S 2.0
#define BURSTS_GAMMA 1.0

struct burst {
	size_t first, last; /* batches */
	double weight;      /* what the burst saves against the usual state; over 0 */
};

/*
 * The bursts of ${n} batches in order, in ${arena}: at most one for every two batches.
 * relevant[t] <= documents[t].  Returns 0 or PDX_E_NOMEM.
 */
int bursts_find(const struct burst **out, size_t *nout, struct arena *arena,
		const uint64_t *relevant, const uint64_t *documents, size_t n,
		struct pdx_err *err);

#endif
