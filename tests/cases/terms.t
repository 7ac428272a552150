# The terms of a text, as tests/test_terms.c prints them, in the order of the alphabet.

open weights | [open][open weights][weights]
The cost of capital | [capital][cost]
price, quality | [price][quality]
price\nquality | [price][price quality][quality]
price\n\nquality | [price][quality]
The price. Quality counts! | [Quality][Quality counts][counts][price]
open-source models | [models][open][open source][source][source models]
GPT-4o answers | [GPT-4o][GPT-4o answers][answers]
e-mail, node.js and C++ | [C++][e-mail][node.js]
the .NET runtime | [.NET][.NET runtime][runtime]
US rules | [US][US rules][rules]
U.S. rules | [U.S.][U.S. rules][rules]
between us | none
38 million in 2026 | [million]
don't panic | [panic]
don\u{2019}t panic | [panic]
Tern's price | [Tern][Tern price][price]
Tern\u{2019}s price | [Tern][Tern price][price]
either/or | none
and/or | none
a b c | none
weights and weights | [weights]
caf\u{e9} cafe | [caf\u{e9}][caf\u{e9} cafe]
\s | none
\u{4eba}\u{5de5} | [\u{4eba}][\u{4eba} \u{5de5}][\u{5de5}]
ababababababababababababababababababababababababababababababababab long | [long]
