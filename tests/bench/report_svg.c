/*
 * The chart: of one size bars of the warm latencies by class on a logarithmic scale; of
 * several sizes a curve for each peer of what grows with them.
 */
#include <math.h>

#include "report.h"

enum {
	WIDTH = 960,
	LEFT = 150,
	RIGHT = 30,
	TOP = 60,
	BAR = 9,
	GAP = 10,
	PANEL_W = 400,
	PANEL_H = 240
};

static const char *const colours[PEERS] = { "#1f6f8b", "#d1793a", "#7a9e3f", "#8d5a97",
					    "#777777" };

static void begin(FILE *out, int height, const char *title)
{
	unsigned p;

	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
		" font-family=\"sans-serif\" font-size=\"11\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
		"<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>\n",
		WIDTH, height, 12, title);
	for (p = 0; p < PEERS; p++)
		fprintf(out,
			"<rect x=\"%u\" y=\"32\" width=\"10\" height=\"10\" fill=\"%s\"/>"
			"<text x=\"%u\" y=\"41\">%s</text>\n",
			LEFT + p * 100, colours[p], LEFT + 14 + p * 100, peer_names[p]);
}

/* Where ${v} stands between ${low} and ${high}, from 0 to 1, by its logarithm. */
static double place(double v, double low, double high)
{
	return (log10(v) - log10(low)) / (log10(high) - log10(low));
}

static void widen(double *low, double *high, double v)
{
	if (v <= 0)
		return;
	*low = *low <= 0 || v < *low ? v : *low;
	*high = v > *high ? v : *high;
}

/* To whole powers of ten, at least one apart. */
static void round_out(double *low, double *high)
{
	*low = *low > 0 ? pow(10, floor(log10(*low))) : 1;
	*high = *high > *low ? pow(10, ceil(log10(*high))) : *low;
	if (*high <= *low)
		*high = *low * 10;
}

static void bars(FILE *out, const struct report *r)
{
	const struct measured *of = r->of[0];
	double low = 0, high = 0, at;
	int y = TOP, height = TOP + CLASSES * (PEERS * BAR + GAP) + 30;
	unsigned c, p;

	for (c = 0; c < CLASSES; c++)
		for (p = 0; p < PEERS; p++)
			widen(&low, &high, of[p].warm[c].p50 / 1000);
	round_out(&low, &high);
	begin(out, height, "Warm latency, median, milliseconds (logarithmic)");
	for (at = low; at <= high * 1.01; at *= 10) {
		double x = LEFT + place(at, low, high) * (WIDTH - LEFT - RIGHT);

		fprintf(out,
			"<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\""
			" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\""
			" text-anchor=\"middle\">%g</text>\n",
			x, TOP - 4, x, height - 26, x, height - 12, at);
	}
	for (c = 0; c < CLASSES; c++, y += GAP) {
		fprintf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
			LEFT - 8, y + PEERS * BAR / 2 + 4, class_names[c]);
		for (p = 0; p < PEERS; p++, y += BAR) {
			double v = of[p].warm[c].p50 / 1000;

			if (v > 0)
				fprintf(out,
					"<rect x=\"%d\" y=\"%d\" width=\"%.1f\""
					" height=\"%d\" fill=\"%s\"/>\n",
					LEFT, y,
					place(v, low, high) * (WIDTH - LEFT - RIGHT),
					BAR - 1, colours[p]);
		}
	}
	fprintf(out, "</svg>\n");
}

static double ingest_rate(const struct measured *m)
{
	return report_rate(m);
}

static double file_size(const struct measured *m)
{
	return m->file_bytes / 1e6;
}

static double memory(const struct measured *m)
{
	return (double)m->ingest_kib / 1024;
}

static double rare(const struct measured *m)
{
	return m->warm[CLASS_RARE].p50 / 1000;
}

static double facets(const struct measured *m)
{
	return m->warm[CLASS_FACETS].p50 / 1000;
}

static double cold(const struct measured *m)
{
	return m->cold[CLASS_RARE].p50 / 1000;
}

static const struct {
	const char *title;
	double (*value)(const struct measured *m);
} panels[] = { { "ingest, MB of text a second", ingest_rate },
	       { "size of the index, MB", file_size },
	       { "memory of ingest, MiB", memory },
	       { "rare word, warm, ms", rare },
	       { "total and 4 facets, warm, ms", facets },
	       { "rare word, cold, ms", cold } };
enum { PANELS = sizeof(panels) / sizeof(*panels) };

static void curve(FILE *out, const struct report *r, unsigned peer, int left, int top,
		  double value(const struct measured *m), const double range[4])
{
	unsigned i;

	fprintf(out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"",
		colours[peer]);
	for (i = 0; i < r->nsizes; i++) {
		double v = value(&r->of[i][peer]);

		if (v > 0)
			fprintf(out, "%.1f,%.1f ",
				left + place((double)r->sizes[i], range[0], range[1]) *
					       (PANEL_W - 60),
				top + (1 - place(v, range[2], range[3])) *
					      (PANEL_H - 70));
	}
	fprintf(out, "\"/>\n");
}

static void panel(FILE *out, const struct report *r, unsigned which)
{
	int left = 60 + (int)(which % 2) * (PANEL_W + 50);
	int top = TOP + 40 + (int)(which / 2) * PANEL_H;
	double range[4] = { 0, 0, 0, 0 };
	unsigned i, p;

	for (i = 0; i < r->nsizes; i++) {
		widen(&range[0], &range[1], (double)r->sizes[i]);
		for (p = 0; p < PEERS; p++)
			widen(&range[2], &range[3], panels[which].value(&r->of[i][p]));
	}
	round_out(&range[0], &range[1]);
	round_out(&range[2], &range[3]);
	fprintf(out,
		"<text x=\"%d\" y=\"%d\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\""
		" height=\"%d\" fill=\"none\" stroke=\"#ccc\"/>\n",
		left, top - 8, panels[which].title, left, top, PANEL_W - 60,
		PANEL_H - 70);
	fprintf(out,
		"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%g</text>"
		"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%g</text>"
		"<text x=\"%d\" y=\"%d\">%g</text>"
		"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%g articles</text>\n",
		left - 4, top + 10, range[3], left - 4, top + PANEL_H - 70, range[2],
		left, top + PANEL_H - 56, range[0], left + PANEL_W - 60,
		top + PANEL_H - 56, range[1]);
	for (p = 0; p < PEERS; p++)
		curve(out, r, p, left, top, panels[which].value, range);
}

void report_svg(FILE *out, const struct report *r)
{
	unsigned i;

	if (r->nsizes < 2) {
		bars(out, r);
		return;
	}
	begin(out, TOP + 40 + (PANELS + 1) / 2 * PANEL_H, "By number of articles");
	for (i = 0; i < PANELS; i++)
		panel(out, r, i);
	fprintf(out, "</svg>\n");
}
