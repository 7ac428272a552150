/*
 * The style sheet of every page.  Colours are variables, once for light and once for
 * dark; text has a contrast of 4.5:1 or more on what it stands on, and the colours of
 * series are told apart by readers who see fewer (after Okabe and Ito, "Color universal
 * design", 2008, made darker or lighter to be seen on their ground).  Print is light.
 *
 * The style's hash stands in each page's policy: it is written there byte by byte.
 */
#include <stddef.h>

#include "render/html.h"

/* clang-format off */
#define LIGHT \
	"--ground:#fff;--card:#f6f8fa;--ink:#1c2128;--faint:#57606a;--line:#d0d7de;" \
	"--accent:#0b5cad;--mark:#fff1a8;--mark-ink:#1c2128;" \
	"--s0:#0b5cad;--s1:#b8470b;--s2:#00735a;--s3:#9b3d7a;--s4:#7a6100;--s5:#57606a;" \
	"--h0:#f6f8fa;--h1:#deebf7;--h2:#b9d5ec;--h3:#86b8dd;--h4:#3f7fb5;--h5:#1f5f99;--h6:#0a3a6b;" \
	"--low-ink:#1c2128;--high-ink:#fff;--h4-ink:#000;"
#define DARK \
	"--ground:#11151a;--card:#1a2028;--ink:#e9edf2;--faint:#a6b0bb;--line:#3a444f;" \
	"--accent:#74b6f2;--mark:#594a00;--mark-ink:#fff6cf;" \
	"--s0:#56b4e9;--s1:#f0933c;--s2:#2cc79d;--s3:#e395c3;--s4:#ecdd55;--s5:#b6bfc9;" \
	"--h0:#1a2028;--h1:#12314e;--h2:#154470;--h3:#1b5a94;--h4:#5a9fd4;--h5:#8fc1e8;--h6:#cfe5f7;" \
	"--low-ink:#fff;--high-ink:#0b0f14;--h4-ink:#0b0f14;"

/* In pieces: a literal may be 4095 bytes long. */
static const char *const sheet[] = {
":root{color-scheme:light dark;" LIGHT "}"
"@media (prefers-color-scheme:dark){:root{" DARK "}}\n",
"*{box-sizing:border-box}"
"html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
"body{margin:0 auto;padding:0 1rem 3rem;max-width:70rem;background:var(--ground);"
"color:var(--ink);font:1rem/1.55 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\","
"\"Liberation Sans\",Arial,sans-serif;overflow-wrap:anywhere}\n",
"h1{font-size:clamp(1.6rem,5vw,2.4rem);line-height:1.2;margin:2rem 0 .5rem;"
"letter-spacing:-.01em}"
"h2{font-size:1.35rem;line-height:1.3;margin:2.75rem 0 .75rem;padding-top:.75rem;"
"border-top:2px solid var(--ink)}"
"h3{font-size:1.05rem;line-height:1.35;margin:0 0 .35rem}"
"p{margin:.5rem 0}"
"a{color:var(--accent);text-underline-offset:.15em}"
"a:focus-visible,[tabindex]:focus-visible,summary:focus-visible"
"{outline:3px solid var(--accent);outline-offset:2px}"
".skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--ground)}"
".skip:focus{left:1rem;top:.5rem}"
".lead{font-size:1.15rem;max-width:48rem}"
".faint{color:var(--faint)}"
".small{font-size:.875rem}\n",
"nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:1rem 0 0;"
"padding:0;font-size:.95rem}"
"nav a{display:inline-block;padding:.25rem 0}"
"footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--faint);"
"font-size:.875rem}\n",
".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));"
"gap:.75rem;margin:1.5rem 0;padding:0}"
".figures>div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;"
"padding:.75rem .9rem}"
".figures dt{color:var(--faint);font-size:.875rem}"
".figures dd{margin:0;font-size:1.6rem;font-weight:650;line-height:1.25;"
"font-variant-numeric:tabular-nums}"
".figures dd small{display:block;font-size:.875rem;font-weight:400;color:var(--faint)}"
".figures .text dd{font-size:1.15rem}\n",
".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));"
"gap:1.5rem 2rem}"
".voices{grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}"
".cards>*{min-width:0}"
"figure{margin:0 0 1rem}"
"figcaption{font-weight:600;margin-bottom:.25rem}"
"svg{display:block;max-width:100%;height:auto}"
".bars svg{width:100%;max-width:28rem}"
".scroll{overflow-x:auto;max-width:100%}"
".wide svg{width:100%;min-width:40rem}"
".own svg{max-width:none}\n",
"svg text{font:13px system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\","
"\"Liberation Sans\",Arial,sans-serif;fill:var(--ink);unicode-bidi:plaintext}"
"svg .tick{fill:var(--faint);font-size:12px}"
"svg .number{font-variant-numeric:tabular-nums}"
"svg .end{text-anchor:end}svg .middle{text-anchor:middle}"
"svg .grid{stroke:var(--line);stroke-width:1}"
"svg .axis{stroke:var(--faint);stroke-width:1}"
"svg .bar{fill:var(--s0)}svg .marked{fill:var(--s1)}svg .rest{fill:var(--s5)}svg .track{fill:var(--card)}"
"svg .series{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}\n",
".s0{stroke:var(--s0);fill:var(--s0)}.s1{stroke:var(--s1);fill:var(--s1)}"
".s2{stroke:var(--s2);fill:var(--s2)}.s3{stroke:var(--s3);fill:var(--s3)}"
".s4{stroke:var(--s4);fill:var(--s4)}.s5{stroke:var(--s5);fill:var(--s5)}\n",
".h0{fill:var(--h0)}.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}"
".h4{fill:var(--h4)}.h5{fill:var(--h5)}.h6{fill:var(--h6)}"
"svg .low{fill:var(--low-ink)}svg .mid{fill:var(--h4-ink)}svg .high{fill:var(--high-ink)}"
"svg .total{font-weight:600}\n",
"table{border-collapse:collapse;font-size:.925rem;margin:.5rem 0 1rem;min-width:50%}"
"caption{text-align:start;color:var(--faint);font-size:.875rem;padding:.25rem 0}"
"th,td{padding:.3rem .9rem .3rem 0;text-align:start;vertical-align:top;"
"border-bottom:1px solid var(--line)}"
"th{font-weight:600}tbody th{font-weight:400}"
".number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}"
"details{margin:.25rem 0 1rem}"
"summary{cursor:pointer;color:var(--accent);font-size:.925rem}\n",
".hits{list-style:none;margin:0;padding:0}"
".hits>li{padding:1.1rem 0;border-bottom:1px solid var(--line);max-width:52rem}"
".meta{color:var(--faint);font-size:.925rem;margin:0 0 .4rem}"
"blockquote{margin:.5rem 0;padding:.1rem 0 .1rem .9rem;border-inline-start:3px solid "
"var(--line)}"
"blockquote p{margin:.15rem 0}"
"cite{font-style:normal;color:var(--faint);font-size:.925rem}"
"mark{background:var(--mark);color:var(--mark-ink);padding:0 .1em;border-radius:.15em}"
"code,pre{font-family:ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace;"
"font-size:.9em}"
"pre{background:var(--card);border:1px solid var(--line);border-radius:.4rem;"
"padding:.7rem .9rem;white-space:pre-wrap}\n",
".voice{border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.1rem;"
"background:var(--card)}"
".voice blockquote{border-color:var(--accent)}"
".phrases{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:.5rem 0}"
".phrases li{border:1px solid var(--line);border-radius:1rem;padding:.05rem .65rem;"
"font-size:.9rem;background:var(--ground)}"
".phrases small{color:var(--faint);white-space:nowrap}"
"dl.about{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;"
"gap:.3rem 1.25rem;margin:0}"
"dl.about dt{color:var(--faint)}dl.about dd{margin:0}\n",
"@media print{:root{color-scheme:light;" LIGHT "}"
"body{max-width:none;padding:0;font-size:10.5pt}"
"nav,.skip,details:not([open]){display:none}"
"h2,h3{break-after:avoid}figure,.voice,.hits>li,tr{break-inside:avoid}"
".scroll{overflow:visible}.wide svg{min-width:0}.own svg{max-width:100%}"
"a{color:inherit}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n",
};
/* clang-format on */

void html_style(struct buf *out)
{
	for (size_t i = 0; i < sizeof(sheet) / sizeof(sheet[0]); i++)
		buf_puts(out, sheet[i]);
}
