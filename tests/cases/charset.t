# media type, or "-" | bytes, then what they are read as behind " -> "

# a mark at the start counts before anything else
text/html; charset=iso-8859-1 | \xEF\xBB\xBFcaf\xC3\xA9 -> caf\u{E9}

# the media type
text/html; charset=iso-8859-1 | caf\xE9 -> caf\u{E9}
text/html;charset="UTF-8" | caf\xC3\xA9 -> caf\u{E9}
text/html; Charset = 'windows-1251' | \xEC\xE8\xF0 -> \u{43C}\u{438}\u{440}
text/plain; charset=Shift_JIS | \x83e\x83X\x83g -> \u{30C6}\u{30B9}\u{30C8}
text/plain; charset=gb2312 | \xD6\xD0 -> \u{4E2D}
text/plain; charset=big5 | \xA4\xA4 -> \u{4E2D}
text/plain; charset=euc-kr | \xC7\xD1 -> \u{D55C}
text/plain; charset=koi8-r | \xCD\xC9\xD2 -> \u{43C}\u{438}\u{440}
text/plain; charset=iso-8859-15 | \xA4 -> \u{20AC}
text/html; charset=nothing-known | caf\xC3\xA9 -> caf\u{E9}
text/html; charset=UTF-8//IGNORE | caf\xC3\xA9 -> caf\u{E9}
text/html | caf\xC3\xA9 -> caf\u{E9}
text/html; charset= | caf\xC3\xA9 -> caf\u{E9}

# what the page says of itself
- | <meta charset=iso-8859-2>\xB1 -> <meta charset=iso-8859-2>\u{105}
- | <meta http-equiv=Content-Type content="text/html; charset=windows-1250">\xB9 -> <meta http-equiv=Content-Type content="text/html; charset=windows-1250">\u{105}
- | <?xml version="1.0" encoding="iso-8859-5"?>\xD0 -> <?xml version="1.0" encoding="iso-8859-5"?>\u{430}
- | <meta charset=utf-16>caf\xC3\xA9 -> <meta charset=utf-16>caf\u{E9}
- | <script charset=big5></script>caf\xC3\xA9 -> <script charset=big5></script>caf\u{E9}
text/html; charset=utf-8 | <meta charset=big5>caf\xC3\xA9 -> <meta charset=big5>caf\u{E9}

# nobody says
- | caf\xC3\xA9 -> caf\u{E9}
- | caf\xE9 \x93quoted\x94 \x80 5 -> caf\u{E9} \u{201C}quoted\u{201D} \u{20AC} 5
- | plain -> plain

# ill-formed
text/html; charset=utf-8 | a\xE9b\xFF -> a\u{FFFD}b\u{FFFD}
text/html; charset=utf-8 | cut \xE2\x80 -> cut \u{FFFD}
text/html; charset=utf-8 | said \u{FFFD} -> said \u{FFFD}
text/html; charset=shift_jis | a\x83 -> a\u{FFFD}
text/html; charset=euc-jp | a\xFFb -> a\u{FFFD}b
text/html; charset=windows-1252 | a\x81b -> a\u{FFFD}b

# saved anew in UTF-8, with what it said of itself before left in it
- | <meta charset=gb2312>\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587} -> <meta charset=gb2312>\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}\u{4E2D}\u{6587}
