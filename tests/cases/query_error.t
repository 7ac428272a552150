# query | column+bytes of the fault: message [hint]

# a field within two edits of a real one
compny:openai | 1+6: unknown field "compny"; did you mean "company"? [company]
moat compny:openai | 6+6: unknown field "compny"; did you mean "company"? [company]
é compny:openai | 3+6: unknown field "compny"; did you mean "company"? [company]
-titel:fox | 2+5: unknown field "titel"; did you mean "title"? [title]
TITLEE:fox | 1+6: unknown field "TITLEE"; did you mean "title"? [title]
(dates:2026) | 2+5: unknown field "dates"; did you mean "date"? [date]
sinse:2026 | 1+5: unknown field "sinse"; did you mean "since"? [since]
catagory: | 1+8: unknown field "catagory"; did you mean "category"? [category]
title:(a boddy:b) | 10+5: unknown field "boddy"; did you mean "body"? [body]

# dates
date:garbage | 6+7: date: "garbage" is not a date; write 2026, 2026-05, 2026-05-08, 2026-Q2, 2026-W07, today, yesterday, 7d, 3w, 2m, 1y, this-month or last-month []
date:2026-13.. | 6+7: date: month 13 is not between 1 and 12 []
date:..2026-02-30 | 8+10: date: day 30 is not between 1 and 28 in 2026-02 []
date:2026-01..garbage | 15+7: date: "garbage" is not a date; write 2026, 2026-05, 2026-05-08, 2026-Q2, 2026-W07, today, yesterday, 7d, 3w, 2m, 1y, this-month or last-month []
date:2025,2026-Q5 | 11+7: date: quarter 5 is not between 1 and 4 []
date:2026-03..2026-01 | 6+16: date: "2026-03..2026-01" ends before it begins []
date:2026...2027 | 12+5: date: ".2027" is not a date; write 2026, 2026-05, 2026-05-08, 2026-Q2, 2026-W07, today, yesterday, 7d, 3w, 2m, 1y, this-month or last-month []
date:> | 6+1: date: expected a date []
date:>2026-13 | 7+7: date: month 13 is not between 1 and 12 []
date:> 2026-13 | 8+7: date: month 13 is not between 1 and 12 []
date:<>2026 | 6+6: date: "<>2026" has no sign of comparison: <, <=, > or >= []
date:=<2026 | 6+6: date: "=<2026" has no sign of comparison: <, <=, > or >= []
date:>9999 | 6+5: date: ">9999" leaves no day []
date:<0001 | 6+5: date: "<0001" leaves no day []
date:"2026-13" | 6+9: date: month 13 is not between 1 and 12 []
date:-7d | 6+3: date: "-7d" is not a date; write 2026, 2026-05, 2026-05-08, 2026-Q2, 2026-W07, today, yesterday, 7d, 3w, 2m, 1y, this-month or last-month []
added:yestreday | 7+9: added: "yestreday" is not a date; did you mean "yesterday"? [yesterday]
since:2026..2027 | 7+10: since: "2026..2027" is not a single date []
until:>2026 | 7+5: until: ">2026" is not a single date []
(a OR date:2026-00) | 12+7: date: month 00 is not between 1 and 12 []

# flags
is:foo | 4+3: is: "foo" is neither bookmarked nor new []
is:(new OR old) | 12+3: is: "old" is neither bookmarked nor new []

# one take
take(company:x) | 6+7: "company" does not hold on a take []
take(a title:x) | 8+5: "title" does not hold on a take []
take(date:2026) | 6+4: "date" does not hold on a take []
take((is:new)) | 7+2: "is" does not hold on a take []
take(a take(b)) | 8+5: take(...) inside take(...) []

# the group of a field
title:(a OR body:b) | 13+4: "body" inside title:(...) []
company:(a date:2026) | 12+4: "date" inside company:(...) []
title:(a take(b)) | 10+5: take(...) inside title:(...) []

# NEAR joins texts
(a b) NEAR c | 7+4: NEAR needs a word or a phrase on either side []
a NEAR/3 (b OR c) | 3+6: NEAR needs a word or a phrase on either side []
company:a NEAR b | 11+4: NEAR needs a word or a phrase on either side []
company:(a NEAR b) | 12+4: NEAR needs a word or a phrase on either side []
a NEAR take(b) | 3+4: NEAR needs a word or a phrase on either side []
title:a NEAR body:b | 9+4: NEAR needs both sides in one field []
a NEAR title:b | 3+4: NEAR needs both sides in one field []

# sixteen deep
(((((((((((((((((a))))))))))))))))) | 17+1: parentheses are more than 16 deep []
((((((((((((((((title:(a))))))))))))))))) | 23+1: parentheses are more than 16 deep []
