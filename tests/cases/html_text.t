# HTML | the text of it

# Paragraphs
<p>One.</p><p>Two.</p> | One.\n\nTwo.
<p>One.<p>Two. | One.\n\nTwo.
<div>One.<div>Two.</div></div>Three. | One.\n\nTwo.\n\nThree.
<h1>A Title</h1>Text. | A Title\n\nText.
<blockquote><p>Said.</p></blockquote><p>Then. | Said.\n\nThen.
<p></p><p> </p><p>One.</p><p></p> | One.
One.<hr>Two. | One.\n\nTwo.
<section><header>One</header><p>Two</p></section> | One\n\nTwo

# Lines
One<br>two | One\ntwo
One<br/>two | One\ntwo
One<br><br>two | One\n\ntwo
One<br> \n <br>two | One\n\ntwo
One<br><br><br><br>two | One\n\ntwo
<br>One<br> | One
<p>One<br></p><p>two | One\n\ntwo

# White space
<p>  One \t\n two  </p> | One two
One <b>two</b> three | One two three
<i>One </i> two | One two
un<b>broken</b>ly | unbrokenly
One&nbsp;&nbsp;two | One two
Hyphen&shy;ated zero\u{200B}width | Hyphenated zerowidth
lo<wbr>ng | long
<pre>\n  if (a)\n\n    b();\n</pre>After | \s\sif (a)\n\n    b();\n\nAfter
<p>Before</p><pre>  a\n   b</pre> | Before\n\n  a\n   b
<pre>a<pre>b</pre> c</pre> d | a\n\nb\n\n c\n\nd

# Lists
<ul><li>One<li>Two</ul>After | - One\n- Two\n\nAfter
Before<ol><li><p>One</p></li><li>Two</li></ol> | Before\n\n- One\n\n- Two
<ul><li>One<ul><li>Inner</ul><li>Two</ul> | - One\n\n- Inner\n\n- Two
<ul><li></li><li>One</li></ul> | - One
<ul><li></ul>Text | Text
<dl><dt>Term<dd>Meaning</dl> | Term\nMeaning

# Tables
<table><tr><th>Name<th>Price<tr><td>Tern<td>3</table> | Name \| Price\nTern \| 3
<table><tr><td><p>One</p></td><td><p>Two</p></td></tr></table> | One\n\nTwo
<table><caption>Sales</caption><tbody><tr><td>1</td><td></td><td>2</td></tr></table> | Sales\n\n1 \| 2

# What is no text
a<script>if (a < b) document.write("<p>no</p>")</script>b | ab
a<style>p { color: red }</style>b | ab
<title>A Page</title>Text | Text
a<!-- not <b>this</b> -->b | ab
a<!doctype html>b<?php no ?>c | abc
a<![CDATA[ &amp; <b> ]]>b | a &amp; <b> b
<select><option>One<option>Two</select>Three | Three
<svg><title>Logo</title><path d="M0"/><text>no</text></svg>Text | Text
<noscript><img src=x>Turn it on</noscript>Text | Text
<textarea>Your <b>comment</textarea>Text | Text
<iframe src=x><p>Not shown</iframe>Text | Text
<img alt="A picture">Text | Text
<button>Share</button>Text | Text

# References
Tom &amp; Jerry &lt;b&gt; | Tom & Jerry <b>
&#8212;&#x2014;&#X2014; | \u{2014}\u{2014}\u{2014}
&#151;&#x93; | \u{2014}\u{201C}
&ampx &copy 2026 &notit; &amp | &x \u{A9} 2026 \u{AC}it; &
&unknown; AT&T R&D & &; &# &#; | &unknown; AT&T R&D & &; &# &#;
&hellip;&eacute;&Eacute;&rsquo;s | \u{2026}\u{E9}\u{C9}\u{2019}s
&#0;&#xD800;&#1114112;&#99999999999; | \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}
&amp;lt; | &lt;
&#38;#60; | &#60;

# Broken
a < b and a <3 c | a < b and a <3 c
<<p>>One</p | <\n\n>One
One<p class="no end>Two</p> | One
One</>two</ >three | Onetwothree
<p title="a > b">One</p> | One
<p title='a > b' x=>One</p> | One
<p =a b='1'c>One</p> | One
</p></div>One</b> | One
One<!-- no end <p>two</p> | Onetwo
One<![CDATA[no end<p>two | Onetwo
One<!-->two | Onetwo
One<script>two | One
One<title>two | Onetwo
One<svg>two | Onetwo
<P>One</P><SCRIPT>no</ScRiPt ><P>Two</P> | One\n\nTwo
One<script></script>two<script>no</script>three | Onetwothree
One<script>var a = "</scripts>";</script>two | Onetwo
<?xml version="1.0"?><html><script src="x"/><p>One</p></html> | One
<script src="x"/><p>no</p></script>One | One
