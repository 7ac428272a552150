# header line | company; category; date ("-": none, "?": text that could not be split)
# Nothing is known: only the structure speaks.
Hugging FaceFundingHugging Face2026-05-08 | Hugging Face; Funding; 2026-05-08
Orrery AIModel ReleaseOrrery AI2025-03-14 | Orrery AI; Model Release; 2025-03-14
AIAI SafetyAI2026-01-01 | AI; AI Safety; 2026-01-01
A16zFundingA16z2026-01-01 | A16z; Funding; 2026-01-01
01.AIOpen Source01.AI2026-01-02 | 01.AI; Open Source; 2026-01-02
xAIFundingxAI2026-02-03 | xAI; Funding; 2026-02-03
XPolicyX2026-02-03 | X; Policy; 2026-02-03
.NET FoundationPartnership.NET Foundation2026-02-03 | .NET Foundation; Partnership; 2026-02-03
Kestrel, Inc.FundingKestrel, Inc.2026-02-03 | Kestrel, Inc.; Funding; 2026-02-03
C3.aiEnterpriseC3.ai2026-02-03 | C3.ai; Enterprise; 2026-02-03
Area 51Infrastructure & ChipsArea 512026-02-03 | Area 51; Infrastructure & Chips; 2026-02-03
Lab 2026Funding RoundLab 20262026-02-03 | Lab 2026; Funding Round; 2026-02-03
Société LumièreModel ReleaseSociété Lumière2026-03-26 | Société Lumière; Model Release; 2026-03-26
ZürichAIÖffentlichkeitZürichAI2026-03-26 | ZürichAI; Öffentlichkeit; 2026-03-26
百度融资百度2026-03-26 | 百度; 融资; 2026-03-26
openai-labsfundingopenai-labs2026-03-26 | openai-labs; funding; 2026-03-26
G42 PartnersG42G42 Partners2026-03-26 | G42 Partners; G42; 2026-03-26
Meta AIMeta LearningMeta AI2026-03-26 | Meta AI; Meta Learning; 2026-03-26
Nine3D PrintingNine2026-03-26 | Nine; 3D Printing; 2026-03-26
# the two texts differ in case, blanks or punctuation: the second is the company
HuggingFaceFundingHugging Face2026-05-08 | Hugging Face; Funding; 2026-05-08
HUGGING FACEFundingHugging Face2026-05-08 | Hugging Face; Funding; 2026-05-08
Kestrel IncFundingKestrel, Inc.2026-05-08 | Kestrel, Inc.; Funding; 2026-05-08
Societe LumiereFundingSociété Lumière2026-05-08 | Société Lumière; Funding; 2026-05-08
# blanks between
Hugging Face Funding Hugging Face 2026-05-08 | Hugging Face; Funding; 2026-05-08
Hugging Face   Model Release   Hugging Face | Hugging Face; Model Release; -
# no date, no real date
Tarn RoboticsProduct LaunchTarn Robotics | Tarn Robotics; Product Launch; -
Tarn RoboticsFundingTarn Robotics2026-02-30 | Tarn Robotics; Funding; -
Tarn RoboticsFundingTarn Robotics0000-00-00 | Tarn Robotics; Funding; -
# a category and no company
Research2026-03-02 | -; Research; 2026-03-02
Model Release2026-03-02 | -; Model Release; 2026-03-02
Mergers & Acquisitions2026-03-02 | -; Mergers & Acquisitions; 2026-03-02
Restore2026-03-02 | -; Restore; 2026-03-02
onion2026-03-02 | -; onion; 2026-03-02
2026-03-02 | -; -; 2026-03-02
# what structure does not tell
HFFundingHugging Face2026-03-02 | ?; ?; 2026-03-02
Hugging FaceFunding2026-03-02 | ?; ?; 2026-03-02
FundingMistral2026-03-02 | ?; ?; 2026-03-02
Mistral AIFundingMistral2026-03-02 | ?; ?; 2026-03-02
a line of prose that goes on and on until 2026-03-02 | ?; ?; 2026-03-02
