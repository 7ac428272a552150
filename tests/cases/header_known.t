# As header.t, where the index knows the companies Hugging Face, Mistral, HF, AI, xai and
# Onyx, and the categories Funding, AI Safety, Safety, Face Value and go.
HFFundingHugging Face2026-03-02 | Hugging Face; Funding; 2026-03-02
Mistral AIFundingMistral2026-03-02 | Mistral; Funding; 2026-03-02
Hugging FaceFunding2026-03-02 | Hugging Face; Funding; 2026-03-02
FundingHugging Face2026-03-02 | Hugging Face; Funding; 2026-03-02
FundingNobody Yet2026-03-02 | Nobody Yet; Funding; 2026-03-02
xaifundingxai2026-03-02 | xai; funding; 2026-03-02
Hugging Face2026-03-02 | Hugging Face; -; 2026-03-02
AI Safety2026-03-02 | -; AI Safety; 2026-03-02
AIAI SafetyAI2026-03-02 | AI; AI Safety; 2026-03-02
AI SafetySafetyAI Safety2026-03-02 | AI Safety; Safety; 2026-03-02
# a category that is known, though lower case and short texts would not convince
onyxgoonyx2026-03-02 | onyx; go; 2026-03-02
# prose that ends in a known word is still prose
A policy update on Funding2026-03-02 | ?; ?; 2026-03-02
