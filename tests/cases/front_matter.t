# "front matter | values as JSON", or "left out: keys", or "line N: error".  Keys are in
# lower case, all scalars are strings.

# YAML scalars
---\na: b\n---\n | {"a":"b"}
---\nTitle: A: colon inside # a comment\n---\n | {"title":"A: colon inside"}
---\na: b#c\n---\n | {"a":"b#c"}
---\na: http://x.example/#y\n---\n | {"a":"http://x.example/#y"}
---\na: 'it''s'\n---\n | {"a":"it's"}
---\na: "tab\\t \\"q\\" \\u20ac \\x41"\n---\n | {"a":"tab\\t \\"q\\" € A"}
---\na: "over\n  lines"\n---\n | {"a":"over\\n  lines"}
---\n"a b": c\n---\n | {"a b":"c"}
---\na:\nb: ~\nc: null\nd: 1\ne: true\n---\n | {"a":null,"b":null,"c":null,"d":"1","e":"true"}
---\na: one\n  two\n  three\nb: c\n---\n | {"a":"one two three","b":"c"}
---\n# only\n\na: b\n\n# comments\n---\n | {"a":"b"}
---\na: b\n... | {"a":"b"}
---\r\na: b\r\nc: d\r\n---\r\n | {"a":"b","c":"d"}

# YAML blocks
---\na: |\n  one\n    two\n\n  three\nb: c\n---\n | {"a":"one\\n  two\\n\\nthree","b":"c"}
---\na: >-\n  one\n  two\n\n  three\n---\n | {"a":"one two\\n\\nthree"}

# YAML lists
---\na: [b, "c, d", 'e', ]\n---\n | {"a":["b","c, d","e"]}
---\na: [b,\n  c] # behind\n---\n | {"a":["b","c"]}
---\na: []\n---\n | {"a":[]}
---\na:\n- b\n- "c"\nd: e\n---\n | {"a":["b","c"],"d":"e"}
---\na:\n  - b\n\n  # between\n  - c d\n    goes on\n---\n | {"a":["b","c d goes on"]}
---\na:\n  -\n  - b\n---\n | {"a":["b"]}

# what is nested is left out
---\na:\n  b: c\n  d:\n    - e\nf: g\n---\n | {"a":null,"f":"g"} left out: a
---\na:\n  - name: b\n    url: c\n  - d\ne: f\n---\n | {"a":["d"],"e":"f"} left out: a
---\na: {b: c}\nd: e\n---\n | {"a":null,"d":"e"} left out: a

# YAML errors
---\na: b\n | line 1: the front matter has no end
---\na: b\nno key\n---\n | line 3: a line is no "key: value"
---\na:b\n---\n | line 2: a line is no "key: value"
---\na: b\n: c\n---\n | line 3: a key is missing
---\na: b\na: c\n---\n | line 3: this key was there before
---\na: b\nA: c\n---\n | line 3: this key was there before
---\na: "b\n---\n | line 3: a quoted string has no end
---\na: "b" c\n---\n | line 2: something stands behind the value
---\na: "\\q"\n---\n | line 2: a wrong escape in a quoted string
---\na: [b\n---\n | line 3: a list has no end
---\na: [b, [c]]\n---\n | line 2: a list holds more than scalars
---\na: ["b" "c"]\n---\n | line 2: a comma is missing in a list
---\na: &anchor b\n---\n | line 2: a value begins with what has no meaning here
---\na: *alias\n---\n | line 2: a value begins with what has no meaning here
---\na: !!str b\n---\n | line 2: a value begins with what has no meaning here
---\na: "b"\n  c: d\n---\n | line 3: a line stands further in than its key
---\na:\n  - b\n   - c\n---\n | {"a":["b - c"]}
---\na:\n    - b\n  c: d\n---\n | line 4: a line stands further in than its key

# TOML
+++\na = "b \\"q\\" \\u20ac"\nc = 'lit\\eral' # behind\n+++\n | {"a":"b \\"q\\" €","c":"lit\\\\eral"}
+++\na = 2026-05-08T10:00:00Z\nb = true\nc = 1.5 # x\n+++\n | {"a":"2026-05-08T10:00:00Z","b":"true","c":"1.5"}
+++\na = ["b", 'c',\n  "d", # x\n]\n+++\n | {"a":["b","c","d"]}
+++\na = """\nb\nc"""\n+++\n | {"a":"b\\nc"}
+++\n"a b" = "c"\n+++\n | {"a b":"c"}
+++\n[taxonomies]\ntags = ["a"]\n[extra]\nb = "c"\n[[other]]\nd = 1\n+++\n | {"tags":["a"]} left out: extra, other
+++\na = {b = 1}\nc = "d"\n+++\n | {"c":"d"} left out: a
+++\na = "b"\n | line 1: the front matter has no end
+++\nc = 1\na "b"\n+++\n | line 3: a line is no "key = value"
+++\na =\n+++\n | line 2: a value is missing
+++\na = [["b"]]\n+++\n | line 2: a list holds more than scalars
+++\na = "b" "c"\n+++\n | line 2: something stands behind the value
+++\na = "b\n+++\n | line 3: a quoted string has no end

# what is none
\n---\na: b\n---\n | none
---\n\n---\n | none
----\na: b\n---\n | none
--- a: b\n---\n | none
---\nA rule, and prose behind it.\n | none
