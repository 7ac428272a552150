/*
 * The cheapest sequence of two states, by Viterbi's algorithm.  Arithmetic only.
 */
#include "report/bursts.h"

#include <math.h>
#include <stdbool.h>

/*
 * What batch (${r} of ${d}) costs in a state with probability ${p}, without the
 * binomial coefficient, which is the same in both.
 */
static double cost(double p, uint64_t r, uint64_t d)
{
	return -((double)r * log(p) + (double)(d - r) * log1p(-p));
}

struct automaton {
	double p[2];
	double up; /* what a change into a burst costs */
};

/* False where there can be no burst. */
static bool automaton_init(struct automaton *a, const uint64_t *relevant,
			   const uint64_t *documents, size_t n)
{
	double r = 0, d = 0;

	for (size_t i = 0; i < n; i++) {
		r += (double)relevant[i];
		d += (double)documents[i];
	}
	if (r <= 0 || BURSTS_S * r >= d)
		return false;
	a->p[0] = r / d;
	a->p[1] = BURSTS_S * a->p[0];
	a->up = BURSTS_GAMMA * log((double)n);
	return true;
}

/*
 * Fill burst[t]: whether the cheapest sequence is in a burst at batch t.  ${from_burst}
 * is room for as many: whether the cheapest way to state i at t comes from a burst.
 */
static void find_states(bool *burst, bool (*from_burst)[2], const struct automaton *a,
			const uint64_t *relevant, const uint64_t *documents, size_t n)
{
	double usual = 0, high = INFINITY;
	bool state;

	for (size_t t = 0; t < n; t++) {
		double before = usual;

		from_burst[t][0] = high < usual;
		if (high < usual)
			usual = high;
		from_burst[t][1] = high <= before + a->up;
		if (before + a->up < high)
			high = before + a->up;
		usual += cost(a->p[0], relevant[t], documents[t]);
		high += cost(a->p[1], relevant[t], documents[t]);
	}
	/* Of two ways that cost the same the one without a burst. */
	state = high < usual;
	for (size_t t = n; t-- > 0;) {
		burst[t] = state;
		state = from_burst[t][state];
	}
}

static size_t put_bursts(struct burst *out, const bool *burst,
			 const struct automaton *a, const uint64_t *relevant,
			 const uint64_t *documents, size_t n)
{
	size_t nout = 0;

	for (size_t t = 0; t < n; t++) {
		if (!burst[t])
			continue;
		if (t == 0 || !burst[t - 1])
			out[nout++] = (struct burst){ .first = t };
		out[nout - 1].last = t;
		out[nout - 1].weight += cost(a->p[0], relevant[t], documents[t]) -
					cost(a->p[1], relevant[t], documents[t]);
	}
	return nout;
}

int bursts_find(const struct burst **out, size_t *nout, struct arena *arena,
		const uint64_t *relevant, const uint64_t *documents, size_t n,
		struct pdx_err *err)
{
	struct automaton a;
	struct burst *bursts = arena_array(arena, n / 2 + 1, sizeof(*bursts));
	bool *burst = arena_array(arena, n + 1, sizeof(*burst));
	bool(*from_burst)[2] = arena_array(arena, n + 1, sizeof(*from_burst));

	*nout = 0;
	*out = bursts;
	if (!bursts || !burst || !from_burst)
		return err_nomem(err);
	if (!automaton_init(&a, relevant, documents, n))
		return 0;
	find_states(burst, from_burst, &a, relevant, documents, n);
	*nout = put_bursts(bursts, burst, &a, relevant, documents, n);
	return 0;
}
