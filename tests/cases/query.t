# query | canonical text, then "; code@column" for each note
# The canonical text of each row is parsed again and must give the same tree.

# words
multimodal acquisition | multimodal acquisition
\s\s multimodal \t acquisition\n | multimodal acquisition
moat | moat
naïve Zürich | naïve Zürich
中文 日本語 | 中文 日本語
agents\u{A0}race\u{3000}on | agents race on
\u{FEFF}agents | agents
🚀 launch | 🚀 launch

# characters that belong to a word
C++ | C++
C# F# | C# F#
.NET | .NET
R&D AT&T | R&D AT&T
don't | don't
don\u{2019}t | don’t
foo-bar state-of-the-art | foo-bar state-of-the-art
GPT-4o | GPT-4o
node.js 3.5 24/7 | node.js 3.5 24/7
me@example.com snake_case | me@example.com snake_case
U.S. | U.S.
foo? 50% a=b $5 | foo? 50% a=b $5
a,b | a,b
cost, time, and money | cost, time, "and" money ; lowercase-operator@13
12:30 | 12:30
https://example.com/a?b=c&d | https://example.com/a?b=c&d
data://x file://y | data://x file://y
foo:bar openai:x | foo:bar openai:x
: :x | :x ; no-word@1
wor*d | wor*d
*word | *word
a\\b | a\\b
x~y | x~y
~3 | ~3

# implicit AND, AND, OR, precedence
a b c | a b c
a AND b | a b
a AND b c | a b c
a OR b | a OR b
a \| b | a OR b
a\|b | a OR b
a b OR c d | a b OR c d
a OR b AND c | a OR b c
(a OR b) c | (a OR b) c
a (b OR c) d | a (b OR c) d
(a b) OR c | a b OR c
(a) | a
((a)) ((b)) | a b
a (b (c d)) | a b c d
a OR (b OR c) | a OR b OR c
(a OR b) AND (c OR d) | (a OR b) (c OR d)
a(b)c | a b c
"a b"c | "a b" c
foo"a b" | foo "a b"
OR( | -* ; stray-operator@1 unbalanced-parenthesis@3 nothing-left@1

# NOT
NOT a | -a
-a | -a
!a | -a
a -b | a -b
a NOT b | a -b
a AND NOT b | a -b
a OR NOT b | a OR -b
(-a) | -a
(-a OR !b) c | (-a OR -b) c
a\|-b | a OR -b
NOT a b | -a b
NOT (a b) | -(a b)
-(a OR b) | -(a OR b)
-"a b" | -"a b"
-“a b” | -"a b"
NOT NOT a | a
NOT -a | a
-(-a) | a
NOT NOT NOT a | -a
-(-(a b) c) | -(-(a b) c)
foo-bar -baz | foo-bar -baz
--foo | -"-foo"
-.NET | -.NET
-take(a) | -take(a)
-title:a | -title:a
-=a | -=a
NOT(a) | -a
NOTE | NOTE

# operators are written in capitals
cats and dogs | cats "and" dogs ; lowercase-operator@6
cats or dogs | cats "or" dogs ; lowercase-operator@6
cats not dogs | cats "not" dogs ; lowercase-operator@6
(cats or dogs) fish | cats "or" dogs fish ; lowercase-operator@7
title:a or title:b | title:a "or" title:b ; lowercase-operator@9
title:(a or b) | title:a title:or title:b ; lowercase-operator@10
company:(a and b) | company:a company:and company:b ; lowercase-operator@12
or cats | "or" cats
cats or | cats "or"
cats OR or | cats OR "or"
"or" cats | "or" cats
Cats Or Dogs | Cats Or Dogs
title:or | title:or
near miss | near miss

# phrases
"a b" | "a b"
"a" | a
"GPT-4o" | GPT-4o
"a b"~3 | "a b"~3
"a"~3 | "a"~3
"a b"~0 | "a b"
"a b"~99999999999 | "a b"~1000000
"a bc"* | "a bc"*
"a bc"~3* | "a bc"~3*
"a bc"*~3 | "a bc"~3*
“a b” | "a b"
„a b“ | "a b"
“a b" c | "a b" c
"a “b” c" | "a “b” c"
"a \\"b\\" c" | "a \\"b\\" c"
"a \\\\ b" | "a \\\\ b"
"a \\n b" | "a \\\\n b"
"a OR b" | "a OR b"
"OR" | "OR"
"-a" "!b" | "-a" "!b"
"title:a" | "title:a"
"compny:a" | "compny:a"
"a*" "a~3" "=a" | "a*" "a~3" "=a"
"(a" "b)" | "(a" "b)"
"a\|b" | "a\|b"
" a  b " | " a  b "
"a\nb" | "a\nb"
"C++, C#" | "C++, C#"

# prefix, exact
llama* | llama*
wo* x | wo* x
ma*** | ma*
中文* | 中文*
=running | =running
="two words" | ="two words"
=run* | =run*
==a | ="=a"
=OR | ="OR"
=title:a | ="title:a"
=-a | ="-a"

# NEAR
a NEAR b | a NEAR/10 b
a NEAR/5 b | a NEAR/5 b
a NEAR/0 b | a NEAR/0 b
a NEAR/99999999999 b | a NEAR/1000000 b
"a b" NEAR/3 =c* | "a b" NEAR/3 =c ; short-prefix@14
a NEAR b NEAR/5 c | a NEAR/10 b b NEAR/5 c
x a NEAR b y | x a NEAR/10 b y
x OR a NEAR b | x OR a NEAR/10 b
-a NEAR b | -a NEAR/10 b
-a NEAR b NEAR c | -(a NEAR/10 b b NEAR/10 c)
NEAR/x NEARBY NEAR/ | NEAR/x NEARBY NEAR/
title:a NEAR b | title:a NEAR/10 title:b
title:a NEAR/2 title:b | title:a NEAR/2 title:b
title:(a NEAR b) | title:a NEAR/10 title:b
(a) NEAR (b) | a NEAR/10 b
"NEAR" "NEAR/3" | "NEAR" "NEAR/3"

# fields of text
title:fox | title:fox
TITLE:fox Body:x | title:fox body:x
title: fox | title:fox
title:\n fox | title:fox
title:"a b" | title:"a b"
title:"a b"~2 | title:"a b"~2
title:=running | title:=running
title:llam* | title:llam*
title:a,b | title:a,b
title:a,"b c",=d | title:a,"b c",=d
title:"a,b" | title:"a,b"
title:a b | title:a b
title:a OR title:b | title:a,b
title:a OR body:b | title:a OR body:b
x (a OR title:b,c) | x (a OR title:b,c)
x title:a,b y | x title:a,b y
-title:a,b | -title:a,b
title:(a b) | title:a title:b
title:(a OR "b c") | title:a,"b c"
title:(a -b) | title:a -title:b
title:((a OR b) c) | title:a,b title:c
title:(title:a b) | title:a title:b
title:(a, b c) | title:a,b title:c
title:-a | title:-a
title:a:b | title:a:b
title:body:b | title:body:b
title:12:30 | title:12:30
title:OR | title:OR
title:“a b” | title:"a b"
take:moat summary:x | take:moat summary:x
titles | titles
title | title

# fields with values
company:openai | company:openai
company:"Hugging Face" | company:"Hugging Face"
company:“Hugging Face” | company:"Hugging Face"
company:hugging face | company:hugging face
company:openai,anthropic | company:openai,anthropic
company:openai, anthropic | company:openai,anthropic
company:openai ,anthropic | company:openai,anthropic
company:"a, b",c | company:"a, b",c
company:(a, b OR c) | company:a,b,c
company:a ",b" | company:a ",b"
a ,b | a ",b"
company:(hugging face OR meta) | company:hugging company:face OR company:meta
company:AT&T | company:AT&T
company:a company:b | company:a company:b
company:"Foo \\"Bar\\"" | company:"Foo \\"Bar\\""
company:"a*" | company:"a*"
company:=openai | company:openai
category:funding persona:skeptic | category:funding persona:skeptic
perspective:"reality check" | perspective:"reality check"
source:wired lang:en,pt-BR id:0123abc | source:wired lang:en,pt-BR id:0123abc
url:https://x.com/a?b=c | url:https://x.com/a?b=c
url:"http://x.com/(a)" | url:"http://x.com/(a)"
company:++ | company:++
is:bookmarked | is:bookmarked
is:NEW | is:new
is:bookmarked,new | is:bookmarked,new
-is:new | -is:new
is:(new OR bookmarked) | is:new,bookmarked

# dates; today is 2026-05-08, a Friday
date:2026 | date:2026-01-01..2026-12-31
date:2026-05 | date:2026-05-01..2026-05-31
date:2026-05-08 | date:2026-05-08
date:2026-Q2 | date:2026-04-01..2026-06-30
date:2026-W07 | date:2026-02-09..2026-02-15
date:today | date:2026-05-08
date:Yesterday | date:2026-05-07
date:7d | date:2026-05-01..2026-05-08
date:last-month | date:2026-04-01..2026-04-30
date:2026-01..2026-03 | date:2026-01-01..2026-03-31
date:..2026 | date:..2026-12-31
date:2026.. | date:2026-01-01..
date:.. | date:..
date:7d..yesterday | date:2026-05-01..2026-05-07
date:2026.. moat | date:2026-01-01.. moat
date:>2026-05 | date:2026-06-01..
date:>=2026-05 | date:2026-05-01..
date:<2026-05 | date:..2026-04-30
date:<=2026-05 | date:..2026-05-31
date:=2026-05 | date:2026-05-01..2026-05-31
date:> 2026-05 moat | date:2026-06-01.. moat
date: >2026-05 | date:2026-06-01..
date:"2026-05" | date:2026-05-01..2026-05-31
date:2025-Q1,2026-Q1 | date:2025-01-01..2025-03-31,2026-01-01..2026-03-31
date:(2025 OR 2026-05) | date:2025-01-01..2025-12-31,2026-05-01..2026-05-31
date:(>2025-01 <2025-06) | date:2025-02-01.. date:..2025-05-31
-date:2019 | -date:2019-01-01..2019-12-31
added:1w | added:2026-05-01..2026-05-08
since:2026-05 | date:2026-05-01..
since:7d | date:2026-05-01..
until:2026-05 | date:..2026-05-31
since:2026-01 until:2026-03 | date:2026-01-01.. date:..2026-03-31
SINCE:(2026) | date:2026-01-01..

# one take
take(persona:skeptic moat) | take(persona:skeptic moat)
take(a OR b) c | take(a OR b) c
take(take:moat perspective:reality -x) | take(take:moat perspective:reality -x)
take("a b" c NEAR d) | take("a b" c NEAR/10 d)
TAKE(a) | take(a)
take(a) take(b) | take(a) take(b)
take (a b) | take a b
take((a)) | take(a)
take:(a b) | take:a take:b
outtake(a) | outtake a

# repaired: quotes and parentheses
"a b | "a b" ; unbalanced-quote@1
x "a b | x "a b" ; unbalanced-quote@3
a "b" c" | a b c ; unbalanced-quote@8
“a b | "a b" ; unbalanced-quote@1
é "a b | é "a b" ; unbalanced-quote@3
title:"a b | title:"a b" ; unbalanced-quote@7
"" a | a ; empty-quote@1
"  " a | a ; empty-quote@1
(a b | a b ; unbalanced-parenthesis@1
((a OR b) c | (a OR b) c ; unbalanced-parenthesis@1
take(a | take(a) ; unbalanced-parenthesis@1
title:(a b | title:a title:b ; unbalanced-parenthesis@7
a) b | a b ; unbalanced-parenthesis@2
)a) | a ; unbalanced-parenthesis@1 unbalanced-parenthesis@3
a OR b) c | a OR b c ; unbalanced-parenthesis@7
a () b | a b ; empty-group@3
a take() | a ; empty-group@3
a title:() | a ; empty-group@9
-() a | a ; empty-group@2

# repaired: operators
AND a | a ; stray-operator@1
OR a | a ; stray-operator@1
\| a | a ; stray-operator@1
NEAR a | a ; stray-operator@1
a AND | a ; stray-operator@3
a OR | a ; stray-operator@3
a NOT | a ; stray-operator@3
a NEAR/3 | a ; stray-operator@3
a AND AND b | a b ; stray-operator@7
a OR OR b | a OR b ; stray-operator@6
a \|\| b | a OR b ; stray-operator@4
a AND OR b | a b ; stray-operator@7
a OR AND b | a OR b ; stray-operator@6
a NEAR NEAR b | a NEAR/10 b ; stray-operator@8
a NEAR NOT b | a -b ; stray-operator@3
a NEAR -b | a -b ; stray-operator@3
(AND a) | a ; stray-operator@2
(a OR) b | a b ; stray-operator@4
NOT AND a | -a ; stray-operator@5
a - b | a b ; stray-operator@3
a ! b | a b ; stray-operator@3
a - | a ; stray-operator@3
(a -) b | a b ; stray-operator@4
a NEAR "--" NEAR b | a NEAR/10 b ; no-word@8 stray-operator@3
"--" NEAR b | b ; no-word@1 stray-operator@6

# repaired: signs
* a | a ; stray-sign@1
= a | a ; stray-sign@1
=* a | a ; stray-sign@1
=(a b) | a b ; stray-sign@1
a* b | a b ; short-prefix@1
"word x"* | "word x" ; short-prefix@1
中* | 中 ; short-prefix@1
-a* | -a ; short-prefix@2
word~3 | word ; stray-slop@1
word~ x | word x ; stray-slop@1
word~3* | word* ; stray-slop@1
"a b"~ | "a b" ; stray-slop@1
company:hugg* | company:hugg ; stray-sign@9
company:"a b"~3 | company:"a b" ; stray-slop@9
date:2026* | date:2026-01-01..2026-12-31 ; stray-sign@6

# repaired: values
title: | -* ; empty-field@1 nothing-left@1
a title: | a ; empty-field@3
title: OR a | a ; empty-field@1
title: body:a | body:a ; empty-field@1
title: -a | -a ; empty-field@1
(title:) a | a ; empty-field@2
company:a, | company:a ; empty-item@10
company:a,,b | company:a,b ; empty-item@10
company:,a | company:a ; empty-item@9
company:(,a) | company:a ; empty-item@10
company:a, title:b | company:a title:b ; empty-item@10
company:a, OR b | company:a OR b ; empty-item@10
company:a,(b c) | company:a b c ; empty-item@10
company:"" a | a ; empty-quote@9
title:-- a | a ; no-word@7

# nothing that can be searched for is left: no article, not all of them
"" | -* ; empty-quote@1 nothing-left@1
" | -* ; unbalanced-quote@1 nothing-left@1
() | -* ; empty-group@1 nothing-left@1
"--" | -* ; no-word@1 nothing-left@1
? | -* ; no-word@1 nothing-left@1
* | -* ; stray-sign@1 nothing-left@1
- | -* ; stray-operator@1 nothing-left@1
AND | -* ; stray-operator@1 nothing-left@1
NOT | -* ; stray-operator@1 nothing-left@1
) | -* ; unbalanced-parenthesis@1 nothing-left@1
NOT "--" | -* ; no-word@5 nothing-left@1
\u{FFFD} | -* ; no-word@1 nothing-left@1
-* | -*
a && b | a b ; no-word@3
"--" OR a | a ; no-word@1
