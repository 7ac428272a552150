# What the analyzer makes of a text: "text | tokens".
#
# A token is POSITION:TERM; a joined or written form beside the parts has +SPAN behind
# it, the number of positions that it covers.  A break is <break>, no token at all is -.
# The language is english unless the text begins with another in brackets.

# ---- plain words
Hello, World! | 0:hello 1:world
The companies acquired 3 startups. | 0:the 1:compani 2:acquir 3:3 4:startup
running runs ran | 0:run 1:run 2:ran
a | 0:a
\s | -
!?… — “” | -
one\ntwo\tthree\r\nfour | 0:one 1:two 2:three 3:four
don\u{2019}t | 0:don't 0:dont+1
don't | 0:don't 0:dont+1
The company's plans | 0:the 1:compani 2:plan
The company\u{2019}s plans | 0:the 1:compani 2:plan
the developers' tools | 0:the 1:develop 2:tool
'tis the '90s | 0:tis 1:the 2:90s
we'll we're I've he'd I'm | 0:we'll 1:we'r 2:i'v 3:he'd 4:i'm
they don't won't can't | 0:they 1:don't 1:dont+1 2:won't 2:wont+1 3:can't 3:cant+1
O'Reilly and O'Brien | 0:o'reilli 0:oreilli+1 1:and 2:o'brien 2:obrien+1
O'Reilly's | 0:o'reilli 0:oreilli+1
OpenAI's GPT-4o's | 0:openai 1:gpt 1:gpt4o+2 2:4o
rock'n'roll | 0:rock'n'rol 0:rocknrol+1
"quoted" (bracketed) [boxed] {braced} | 0:quot 1:bracket 2:box 3:brace
word.Another | 0:word 0:wordanoth+2 1:anoth
end. Begin | 0:end 1:begin
one,two;three:four | 0:one 1:two 2:three 3:four
5% of $1,000 | 0:5 1:of 2:1000
snake_case_name | 0:snake 1:case 2:name
CamelCase stays | 0:camelcas 1:stay
ALL CAPITALS HERE | 0:all 1:capit 2:here

# ---- names with digits
GPT-4o | 0:gpt 0:gpt4o+2 1:4o
GPT4o | 0:gpt 0:gpt4o+2 1:4o
gpt 4o | 0:gpt 1:4o
gpt-4o | 0:gpt 0:gpt4o+2 1:4o
GPT\u{2011}4o | 0:gpt 0:gpt4o+2 1:4o
GPT\u{2013}4o | 0:gpt 0:gpt4o+2 1:4o
GPT -4o | 0:gpt 1:4o
GPT- 4o | 0:gpt 1:4o
GPT--4o | 0:gpt 1:4o
H100 | 0:h 0:h100+2 1:100
H100s | 0:h 0:h100s+2 1:100s
H100,200 units | 0:h 0:h100+2 1:100 2:200 3:unit
A100/H100 | 0:a 0:a100h100+4 1:100 2:h 3:100
Llama 3.1 | 0:llama 1:3 1:3.1+2 2:1
Llama-3.1-70B | 0:llama 0:llama3.170b+4 1:3 1:3.1+2 2:1 3:70b
Llama3 | 0:llama 0:llama3+2 1:3
llama 3 | 0:llama 1:3
Claude-3.5-Sonnet | 0:claud 0:claude3.5sonnet+4 1:3 1:3.5+2 2:5 3:sonnet
GPT-4's context | 0:gpt 0:gpt4+2 1:4 2:context
H100's price | 0:h 0:h100+2 1:100 2:price
GPT-4\u{2019}s context | 0:gpt 0:gpt4+2 1:4 2:context
v2.1 | 0:v 0:v2.1+3 1:2 1:2.1+2 2:1
v2.1.0 | 0:v 0:v2.1.0+4 1:2 1:2.1.0+3 2:1 3:0
3.5 | 0:3 0:3.5+2 1:5
3.5-turbo | 0:3 0:3.5turbo+3 0:3.5+2 1:5 2:turbo
gpt-3.5-turbo | 0:gpt 0:gpt3.5turbo+4 1:3 1:3.5+2 2:5 3:turbo
Qwen2.5-72B | 0:qwen 0:qwen2.572b+4 1:2 1:2.5+2 2:5 3:72b
o1 | 0:o 0:o1+2 1:1
o3-mini | 0:o 0:o3mini+3 1:3 2:mini
x86-64 | 0:x 0:x86-64+3 1:86 2:64
x86_64 | 0:x 0:x86_64+3 1:86 2:64
int8 | 0:int 0:int8+2 1:8
4-bit | 0:4 0:4bit+2 1:bit
Web3 | 0:web 0:web3+2 1:3
Y2K | 0:y 0:y2k+2 1:2k
B2B | 0:b 0:b2b+2 1:2b
2nd 3rd 100s 70b | 0:2nd 1:3rd 2:100s 3:70b
mp3 player | 0:mp 0:mp3+2 1:3 2:player
F-16 | 0:f 0:f16+2 1:16
COVID-19 | 0:covid 0:covid19+2 1:19
5'10 | 0:5'10 0:510+1

# ---- numbers and dates
1,000,000 | 0:1000000
12,345.67 | 0:12345 0:12345.67+2 1:67
1,000-2,000 | 0:1000 0:1000-2000+2 1:2000
1234,567 | 0:1234 1:567
1,23 | 0:1 1:23
1,0000 | 0:1 1:0000
3.5,100 | 0:3 0:3.5+2 1:5 2:100
2024 | 0:2024
2024-05-08 | 0:2024 0:2024-05-08+3 1:05 2:08
2026-05 | 0:2026 0:2026-05+2 1:05
24/7 | 0:24 0:24/7+2 1:7
1/2 | 0:1 0:1/2+2 1:2
12:30 | 0:12 1:30
10.1.2.3 | 0:10 0:10.1.2.3+4 1:1 2:2 3:3
+1-555-0100 | 0:1 0:1-555-0100+3 1:555 2:0100
1'000'000 | 0:1'000'000 0:1000000+1
$1.5B | 0:1 0:1.5b+2 1:5b
50% | 0:50
1e-5 | 0:1e 0:1e5+2 1:5
007 | 0:007

# ---- compounds of letters
state-of-the-art | 0:state 0:stateoftheart+4 1:of 2:the 3:art
open-source | 0:open 0:opensourc+2 1:sourc
opensource | 0:opensourc
open source | 0:open 1:sourc
e-mail | 0:e 0:email+2 1:mail
email | 0:email
multi-modal | 0:multi 0:multimod+2 1:modal
node.js | 0:node 0:nodej+2 1:js
Node.JS | 0:node 0:nodej+2 1:js
ASP.NET | 0:asp 0:aspnet+2 1:net
word-by-word | 0:word 0:wordbyword+3 1:by 2:word
well-known- | 0:well 0:wellknown+2 1:known
-dash | 0:dash
a-b | 0:a 0:ab+2 1:b
and/or | 0:and 1:or
CUDA/ROCm | 0:cuda 1:rocm
open-source/open-weight | 0:open 0:opensourc+2 1:sourc 2:open 2:openweight+2 3:weight
either/or/both | 0:either 1:or 2:both
foo_bar | 0:foo 1:bar
foo_bar_2 | 0:foo 0:foobar2+3 1:bar 2:2
user@example.com | 0:user 1:exampl 1:examplecom+2 2:com
name@host2 | 0:name 0:namehost2+3 1:host 2:2
page#section | 0:page 1:section
built-in's | 0:built 0:builtin+2 1:in

# ---- signs that belong to the name
C++ | 0:c++
c++ | 0:c++
C++20 | 0:c++ 1:20
C++-based | 0:c++ 1:base
C++'s | 0:c++
C/C++ | 0:c 1:c++
CUDA/C++ | 0:cuda 1:c++
C++/CLI | 0:c++ 1:cli
g++ -O2 | 0:g++ 1:o 1:o2+2 2:2
notepad++ | 0:notepad 0:notepad+++1
Visual-C++ | 0:visual 0:visualc+++2 1:c++
a+b | 0:a 0:ab+2 1:b
Disney+ and A+ | 0:disney 1:and 2:a
C# | 0:c#
C#12 | 0:c# 1:12
C#'s | 0:c#
F# and J# | 0:f# 1:and 2:j#
VB# | 0:vb#
PR#12 | 0:pr 0:pr12+2 1:12
abc# | 0:abc
C #1 | 0:c 1:1
.NET | 0:net 0:.net+1
.NET's | 0:net 0:.net+1
.NET 8 | 0:net 0:.net+1 1:8
.NET8 | 0:net 0:.net+1 0:net8+2 1:8
.NET-based | 0:net 0:.net+1 0:netbas+2 1:base
(.NET) | 0:net 0:.net+1
".env" | 0:env 0:.env+1
\u{201C}.NET\u{201D} | 0:net 0:.net+1
C#/.NET | 0:c# 1:net 1:.net+1
foo.NET | 0:foo 0:foonet+2 1:net
foo .bar.baz | 0:foo 1:bar 1:barbaz+2 2:baz
.gitignored | 0:gitignor
... so | 0:so
.5 | 0:5

# ---- ampersands
R&D | 0:r 0:r&d+2 1:d
R & D | 0:r 1:d
Q&A | 0:q 0:q&a+2 1:a
AT&T | 0:at 0:at&t+2 1:t
B&B-style | 0:b 0:b&bstyle+3 1:b 2:style
R&D/Ops | 0:r 0:r&d+2 1:d 2:op
S&P 500 | 0:s 0:s&p+2 1:p 2:500
R&D's | 0:r 0:r&d+2 1:d
AT&T\u{2019}s | 0:at 0:at&t+2 1:t
&c | 0:c

# ---- acronyms
U.S. | 0:u 0:u.s.+2 1:s
U.S | 0:u 0:u.s.+2 1:s
U.S.A. | 0:u 0:usa+3 1:s 2:a
USA | 0:usa
U.K. | 0:u 0:uk+2 1:k
UK | 0:uk
E.U. and A.I. | 0:e 0:eu+2 1:u 2:and 3:a 3:ai+2 4:i
e.g. this, i.e. that | 0:e 0:eg+2 1:g 2:this 3:i 3:ie+2 4:e 5:that
a.m. or p.m. | 0:a 0:a.m.+2 1:m 2:or 3:p 3:pm+2 4:m
J.R.R. Tolkien | 0:j 0:jrr+3 1:r 2:r 3:tolkien
U.S.-based | 0:u 0:u.s.+2 1:s 2:base
U.S.'s | 0:u 0:u.s.+2 1:s
the U.S. The | 0:the 1:u 1:u.s.+2 2:s 3:the
Ph.D. | 0:ph 0:phd+2 1:d
in the US today | 0:in 1:the 2:us 2:u.s.+1 3:today
in the IT sector | 0:in 1:the 2:it 2:i.t.+1 3:sector
US-based firms | 0:us 0:u.s.+1 0:usbas+2 1:base 2:firm
US | 0:us 0:u.s.+1
GIVE IT TO US NOW | 0:give 1:it 2:to 3:us 4:now
the us and it | 0:the 1:us 2:and 3:it
US AI Safety Institute | 0:us 0:u.s.+1 1:ai 2:safeti 3:institut

# ---- handles and addresses
\x23hashtag @handle | 0:hashtag 1:handl
\x23AI2026 | 0:ai 0:ai2026+2 1:2026
https://example.org/a?b=c | 0:https 1:exampl 1:exampleorg+2 2:org 3:a 4:b 5:c
www.example.com | 0:www 0:wwwexamplecom+3 1:exampl 2:com
http://127.0.0.1:8080/x | 0:http 1:127 1:127.0.0.1+4 2:0 3:0 4:1 5:8080 5:8080x+2 6:x
/usr/local/lib | 0:usr 1:local 2:lib
a.b.c.d.e.f.g.h.i | 0:a 1:b 2:c 3:d 4:e 5:f 6:g 7:h 8:i
one-two-three-four-five-six-seven-eight | 0:one 0:onetwothreefourfivesixseveneight+8 1:two 2:three 3:four 4:five 5:six 6:seven 7:eight
one-two-three-four-five-six-seven-eight-nine | 0:one 1:two 2:three 3:four 4:five 5:six 6:seven 7:eight 8:nine

# ---- letters of other kinds
na\u{EF}ve | 0:naiv
nai\u{308}ve | 0:naiv
naive | 0:naiv
Z\u{FC}rich | 0:zurich
Zurich | 0:zurich
ZÜRICH | 0:zurich
cafés | 0:cafe
fa\u{E7}ade | 0:facad
\u{FB01}nance | 0:financ
Stra\u{DF}e | 0:strass
Łódź Århus Øresund | 0:lodz 1:arhus 2:oresund
Ægir cœur þing ðe | 0:aegir 1:coeur 2:thing 3:de
\u{130}stanbul \u{131}l\u{131}k | 0:istanbul 1:ilik
ＧＰＴ－４ｏ | 0:gpt 0:gpt4o+2 1:4o
ＡＢＣ | 0:abc
１，０００ | 0:1 1:000
x\u{B2} | 0:x 0:x2+2 1:2
CO\u{2082} | 0:co 0:co2+2 1:2
\u{BD} cup | 0:1/2 1:cup
1\u{2044}2 | 0:1 0:1/2+2 1:2
\u{2160}\u{2166} | 0:ivii
№ 5 ™ © ℃ | 0:5
µm | 0:μm
Ω ΣΑΣ σας | 0:ω 1:σασ 2:σασ
Привет, мир | 0:привет 1:мир
й и\u{306} | 0:й 1:й
שָׁלוֹם | 0:שלום
مُحَمَّد | 0:محمد
محـــمد | 0:محمد
हिन्दी | 0:हिन्दी
कि\u{200D}ताब | 0:किताब
नमस्ते | 0:नमस्ते

# ---- scripts without spaces
模型 | 0:模 1:型
AI模型 | 0:ai 1:模 2:型
模型AI | 0:模 1:型 2:ai
GPT-4o模型 | 0:gpt 0:gpt4o+2 1:4o 2:模 3:型
人工智能，机器学习。 | 0:人 1:工 2:智 3:能 4:机 5:器 6:学 7:习
カタカナ | 0:カ 1:タ 2:カ 3:ナ
ｶﾞｲﾄﾞ | 0:ガ 1:イ 2:ド
が か\u{3099} | 0:が 1:が
ひらがな | 0:ひ 1:ら 2:が 3:な
한국어 | 0:한 1:국 2:어
\u{1112}\u{1161}\u{11AB} | 0:한
กำลัง | 0:ก 1:ํา 2:ลั 3:ง
ລາວ | 0:ລ 1:າ 2:ວ
မြန်မာ | 0:မြ 1:န် 2:မာ
ខ្មែរ | 0:ខ្ 1:មែ 2:រ
ㄅㄆㄇ | 0:ㄅ 1:ㄆ 2:ㄇ
\u{20000}\u{2A6D6} | 0:𠀀 1:𪛖
葛\u{E0100}城 | 0:葛 1:城
東京2026年 | 0:東 1:京 2:2026 3:年
々 〇 | 0:々 1:〇

# ---- emoji
🚀 launch | 0:🚀 1:launch
ship it🚀🚀 | 0:ship 1:it 2:🚀 3:🚀
👍\u{1F3FD} | 0:👍
👩\u{200D}💻 | 0:👩 1:💻
❤\u{FE0F} | 0:❤
🇺🇸 | 0:🇺 1:🇸
1\u{FE0F}\u{20E3} | 0:1
★ • → ✓ | -
a🎉b | 0:a 1:🎉 2:b

# ---- controls, ill-formed bytes, oddities
a\x01b | 0:a 1:b
a\u{200B}b | 0:a 1:b
multi\u{AD}modal | 0:multimod
multi-\u{AD}modal | 0:multi 0:multimod+2 1:modal
shelf\u{200C}ful | 0:shelf
a\u{FEFF}b | 0:a 1:b
a\xFFb | 0:a 1:b
caf\xC3 | 0:caf
\xE2\x82 euro | 0:euro
\xC0\xAFx | 0:x
\u{FFFD} | -
\u{301}x | 0:x
a\u{A0}b | 0:a 1:b
one\u{1E}two | 0:one 1:<break> 2:two
\u{1E} | 0:<break>
AI.\u{1E}.NET | 0:ai 1:<break> 2:net 2:.net+1
US\u{1E}today is | 0:us 0:u.s.+1 1:<break> 2:today 3:is

# ---- other languages
[german] Häuser | 0:haus
[german] die Häuser der Gesellschaften | 0:die 1:haus 2:der 3:gesellschaft
[german] E-Mail-Adresse | 0:e 0:emailadress+3 1:mail 2:adress
[french] l'avion d'aujourd'hui | 0:l 1:avion 2:d 3:aujourd 4:hui
[french] l\u{2019}intelligence | 0:l 1:intelligent
[french] l'avant-garde | 0:l 1:avant 1:avantgard+2 2:gard
[french] l'H100 | 0:l 1:h 1:h100+2 2:100
[italian] dell'intelligenza | 0:dell 1:intelligent
[catalan] l'aigua | 0:l 1:aigu
[spanish] las compañías | 0:las 1:compani
[russian] новые модели | 0:нов 1:модел
[russian] новый | 0:нов
[none] running companies | 0:running 1:companies
[none] the company's plans | 0:the 1:company's 2:plans
[none] GPT-4o open-source | 0:gpt 0:gpt4o+2 1:4o 2:open 2:opensource+2 3:source
