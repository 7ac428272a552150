# Where matchers match: "matchers :: text | text with the matches in [ ]".
#
# Matchers are separated by ";" and are terms as in the index (stems); "=word" compares
# the unstemmed form, "word*" begins it; "~N" behind the terms is the slop, 0 without it.

# ---- words
compani :: Two companies, one company. | Two [companies], one [company].
compani :: Nothing here. | Nothing here.
=company :: Two companies, one company. | Two companies, one [company].
compan* :: Companionable companies compare. | [Companionable] [companies] compare.
compani; two :: Two companies | [Two] [companies]
c++ :: C++ and c, but not C# | [C++] and c, but not C#
net :: ASP.NET and .NET | ASP.[NET] and .[NET]
.net :: ASP.NET and .NET | ASP.NET and [.NET]
gpt4o :: GPT-4o, GPT4o, gpt 4o | [GPT-4o], [GPT4o], gpt 4o
gpt4o; gpt 4o :: GPT-4o, GPT4o, gpt 4o | [GPT-4o], [GPT4o], [gpt 4o]
don't; dont :: They don’t; they dont | They [don’t]; they [dont]
u.s. :: In the US, the U.S., and us | In the [US], the [U.S.], and us
naiv :: Naïve and naïve | [Naïve] and [naïve]
型 :: AI模型です | AI模[型]です
模 型 :: AI模型です | AI[模型]です
🚀 :: go 🚀! | go [🚀]!

# ---- phrases
panel take :: the panel takes. Take panel | the [panel takes]. Take panel
panel take :: panel, takes | [panel, takes]
panel take :: panel one take | panel one take
a a :: a a a b a | [a a a] b a
a b a :: a b a b a | [a b a b a]
open sourc :: Open-source and open source | [Open-source] and [open source]
opensourc; open sourc :: opensource open-source open source | [opensource] [open-source] [open source]
opensourc model :: opensource models | [opensource models]
mod* weigh* :: model weights, modest weighting | [model weights], [modest weighting]
=models weight :: model weights, models weight | model weights, [models weight]
one two; two three :: one two three | [one two three]

# ---- slop
one two ~1 :: one x two | [one x two]
one two ~1 :: one x y two | one x y two
one two ~1 :: two one | [two one]
one two ~2 :: two a b one | [two a b one]
one two three ~1 :: three one x two | [three one x two]
one one ~3 :: one | one
one one ~3 :: one x one | [one x one]
one two ~5 :: one. x two three one | [one. x two three one]

# ---- breaks
one two :: one\x1Etwo one two | one\x1Etwo [one two]
one two ~5 :: one \x1E two x one | one \x1E [two x one]
one :: one\x1Eone | [one]\x1E[one]
