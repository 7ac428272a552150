# Which names a text mentions: "NAME; NAME :: text | names that are found, in order".

# words, boundaries, possessives, the blanks and hyphens between words
Hugging Face :: Hugging Face buys | Hugging Face
Hugging Face :: at Hugging Face's, and | Hugging Face
Hugging Face :: Hugging Face\u{2019}s | Hugging Face
Hugging Face :: Hugging-Face | Hugging Face
Hugging Face :: Hugging\nFace | Hugging Face
Hugging Face :: Hugging\n\nFace | -
Hugging Face :: Hugging\u{A0}Face | Hugging Face
Hugging Face :: HuggingFace ships | Hugging Face
Hugging Face :: huggingface | -
Hugging Face :: was Hugging. Face the facts | -
Hugging Face :: Hugging, Face | -
Hugging Face :: Hugging a Face | -
Hugging Face :: Hugging Faces | -
Hugging Face :: HUGGING FACE | Hugging Face
Hugging Face :: a hugging face | -
Cedar :: Cedars and Cedarwood | -
Cedar :: (Cedar), "Cedar"; Cedar-backed | Cedar
Cedar :: | -
Marl & Co. :: what Marl & Co. said | Marl & Co.
Marl & Co. :: what Marl Co said | Marl & Co.
U.S. Steel :: U.S. Steel | U.S. Steel
U.S. Steel :: US Steel | -

# a name that is a word has to have its capital
Apple :: an apple a day | -
Apple :: Apple, APPLE | Apple
apple :: an apple a day from Apple | apple
Bank of Elm :: the Bank of Elm | Bank of Elm
Bank of Elm :: the Bank Of Elm | Bank of Elm
Bank of Elm :: the bank of Elm | -
\u{C9}toile :: \u{E9}toile | -
\u{C9}toile :: \u{C9}toile, Etoile | \u{C9}toile

# a name that is no word does not
OpenAI :: openai and Openai | OpenAI
xAI :: XAI | xAI
dbt :: dbt and DBT | dbt
HTC :: htc | HTC
IBM :: ibm, IBM | IBM
IBM :: ibm | -
H2O :: h2o | H2O
META :: Meta, not meta | META
META :: meta | -

# short names and stop words have to be written just so
IT :: It is so, it said | -
IT :: what IT is | IT
IT :: with IT's budget | IT
You :: you and YOU | -
HP :: HP and hp | HP
HP :: hp, Hp | -
X :: x and x-ray | -
X :: on X. | X

# the longest of those that begin first
Apple; Apple Records :: Apple Records sued Apple | Apple Records, Apple
Apple; Apple Records :: Apple Records sued | Apple Records
Apple; Apple records ltd :: Apple records Apple | Apple
Alder; Alder AI; AI Labs :: Alder AI Labs | Alder AI
Alder; AI Labs :: Alder AI Labs | Alder, AI Labs
OpenAI; Open AI :: OpenAI, Open AI | Open AI, OpenAI

# other scripts have no capitals, and their words no blanks
\u{30BD}\u{30CB}\u{30FC} :: \u{30BD}\u{30CB}\u{30FC}\u{306E} | \u{30BD}\u{30CB}\u{30FC}
\u{963F}\u{91CC} :: \u{5728}\u{963F}\u{91CC}\u{5DF4} | \u{963F}\u{91CC}
