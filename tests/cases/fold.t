# Folding: "text | fold_key | fold_text", with - for nothing.
# The key is what dictionary values are compared by, the text keeps everything else.

Hugging Face | huggingface | hugging face
Hugging-Face | huggingface | hugging-face
HuggingFace | huggingface | huggingface
HUGGING   FACE | huggingface | hugging   face
The Skeptic | theskeptic | the skeptic
AT&T | att | at&t
don\u{2019}t | dont | don't
na\u{EF}ve | naive | naive
nai\u{308}ve | naive | naive
Z\u{DC}RICH | zurich | zurich
Stra\u{DF}e | strasse | strasse
\u{FB03}cient | fficient | fficient
ＧＰＴ－４ | gpt4 | gpt-4
Łukasz Ørsted | lukaszorsted | lukasz orsted
Æther œuvre | aetheroeuvre | aether oeuvre
Đại học | daihoc | dai hoc
Новый Ёж | новыйеж | новый еж
и\u{306} | й | й
Ελλάδα | ελλαδα | ελλαδα
ΣΑΣ | σασ | σασ
שָׁלוֹם | שלום | שלום
مُحَمَّد | محمد | محمد
हिन्दी | हिन्दी | हिन्दी
が | が | が
か\u{3099} | が | が
ｶﾞ | ガ | ガ
\u{1112}\u{1161}\u{11AB} | 한 | 한
模型 | 模型 | 模型
\u{212B}ngstr\u{F6}m | angstrom | angstrom
H\u{2082}O | h2o | h2o
\u{2460} | 1 | 1
multi\u{AD}modal | multimodal | multimodal
a\xFFb | ab | a\u{FFFD}b
C++ | c | c++
++ | ++ | ++
🚀 | 🚀 | 🚀
🚀 Labs | labs | 🚀 labs
... | ... | ...
