# query | what each leaf looks for: [terms] [another way], then the next leaf
# A term that is stemmed is followed by its form: run/running.

# words and phrases
moat | [moat]
moat fox | [moat], [fox]
acquisitions | [acquisit/acquisitions]
"running shoes" | [run/running shoe/shoes]
Zürich naïve | [zurich], [naiv/naive]
ＧＰＴ | [gpt]
中文 | [中 文]
🚀 | [🚀]

# compounds: as parts or as one word
GPT-4o | [gpt 4o] [gpt4o]
GPT4o | [gpt 4o] [gpt4o]
gpt 4o | [gpt], [4o]
multi-modal | [multi modal] [multimod/multimodal]
node.js | [node js] [nodej/nodejs]
H100 | [h 100] [h100]
state-of-the-art | [state of the art] [stateoftheart]
"multi-modal models" | [multi modal model/models] [multimod/multimodal model/models]
"a multi-modal e-mail" | [a multi modal e mail] [a multimod/multimodal e mail] [a multi modal email] [a multimod/multimodal email]
llama3.1 | [llama 3 1] [llama3.1]
GPT-3.5 | [gpt 3 5] [gpt3.5]
v2.1 | [v 2 1] [v2.1]

# a sign that the parts would lose: only as it was written
3.5 | [3.5]
24/7 | [24/7]
2024-05-08 | [2024-05-08]
R&D | [r&d]
AT&T | [at&t]
U.S. | [u.s.]
"3.5 billion" | [3.5 5 billion]
"R&D spending" | [r&d d spend/spending]
"spending on R&D" | [spend/spending on r&d]
C++ | [c++]
C# | [c#]
.NET | [.net]
notepad++ | [notepad++]
".NET developers" | [.net develop/developers]

US policy | [u.s.], [polici/policy]
us | [us]
Llama-3.1-70B | [llama 3 1 70b] [llama3.170b]
3.5.1 | [3.5.1]
S&P500 | [s p 500] [s&p500]
.NET-based | [.net base/based] [netbas/netbased]
notepad++-plugin | [notepad++ plugin]
C++20 | [c++ 20]

# with and without an apostrophe
don't | [don't] [dont]
don't-care | [don't care] [dontcar/don'tcare]
don’t | [don't] [dont]
dont | [dont]
"don't panic" | [don't panic] [dont panic]

# prefixes are not stemmed; only the last term is one
llama* | [llama*]
running* | [running*]
"vector databases"* | [vector databases*]
GPT-4* | [gpt 4*] [gpt4*]
multi-modal* | [multi modal*] [multimodal*]
3.5* | [3.5*]
US* IT* | [us*], [it*]
.NET* notepad++* U.S.* | [.net*], [notepad++*], [u.s.*]
C++* | [c++]
"running shoes"* | [run/running shoes*]

# exact: the form is what counts
=running | [run/running]

# NEAR, groups, fields
running NEAR/3 shoes | [run/running], [shoe/shoes]
title:(cats OR dogs) -body:fox | [cat/cats], [dog/dogs], [fox]
take(persona:skeptic moats) | [moat/moats]
