# "Markdown | plain text"

plain | plain
one\ntwo | one two
one\n\ntwo | one\n\ntwo
one\s\s\ntwo | one\ntwo
# Heading #\ntext | Heading\n\ntext
####### seven | ####### seven
#hash | #hash
Title\n===\ntext | Title\n\ntext
a\n\n---\n\nb | a\n\nb
*a* **b** ***c*** _d_ __e__ | a b c d e
snake_case and 2 * 3 and * | snake_case and 2 * 3 and *
~~gone~~ and ~one~ | gone and ~one~
\\*a\\* \\[b\\] \\\\ \\q | *a* [b] \\ \\q
`a * b <c>` ``d ` e`` | a * b <c> d ` e
`open | `open
[a](b) [c](d "e") [f][g] [h] | a c f [h]
[a *b*](c) and [d](e(f)g) | a b and d
[a [b](c) d](e) | a b d
[open and | [open and
![a picture](b.png) and ![](c.png) | a picture and
[![a](b)](c) | a
<https://a.example/b> and <b>bold</b> | https://a.example/b and bold
a < b && c > d | a < b && c > d
AT&T &amp; &mdash; R&D | AT&T & — R&D
- a\n- b\n  c\n* d | - a\n- b c\n- d
1. a\n2. b | 1. a\n2. b
> a\n> b\n\nc | a b\n\nc
> - a | - a
```\na <b>\n\n# c\n```\nd | a <b>\n\n# c\n\nd
~~~ text\na\n~~~ | a
```\nopen | open
\| a \| b \|\n\|---\|:-:\|\n\| c \| d \| | a \| b\nc \| d
a[^1]\n\n[^1]: note | a\n\nnote
[a][b]\n\n[b]: https://c.example | a
{{< x y="z" >}}a{% b %}{{% c %}}d | ad
{{ kept }} | {{ kept }}
<div>\n<p>a</p>\n</div> | a
<script>x()</script>a | a
