# A line of a template | the section as it is understood, or what is wrong with it:
# column, length, message.

figures | figures
trend | trend by=company interval=month top=5
trend interval=quarter | trend by=company interval=quarter top=5
trend top=3 by=category interval=week | trend by=category interval=week top=3
facets | facets by=company,category,persona top=10
facets by=source | facets by=source top=10
facets by=source,lang,year top=1000 | facets by=source,lang,year top=1000
pivot by=persona,month | pivot by=persona,month top=10
panel top=3 | panel top=3
hits top=5 snippets=1 | hits top=5 snippets=1
\t hits \t top=5 \r | hits top=5 snippets=2
hits # the best ones top=3 | hits top=10 snippets=2
# nothing |
 |

figure | 1+6: unknown section "figure"; did you mean "figures"?
tredn by=company | 1+5: unknown section "tredn"; did you mean "trend"?
hits, | 1+5: unknown section "hits,"; did you mean "hits"?
zzzzzz | 1+6: unknown section "zzzzzz"
hits tpo=3 | 6+3: the section has no option "tpo"; did you mean "top"?
figures top=3 | 9+3: the section has no option "top"
hits by=company | 6+2: the section has no option "by"
hits 5 | 6+1: not an option, NAME=VALUE: "5"
hits top=5 top=6 | 12+3: it is there twice: "top"
hits top= | 10+0: not a number from 1 to 1000: ""
hits top=0 | 10+1: not a number from 1 to 1000: "0"
hits top=1001 | 10+4: not a number from 1 to 1000: "1001"
hits top=99999999999999999999 | 10+20: not a number up to 1000: "99999999999999999999"
hits top=-1 | 10+2: not a number up to 1000: "-1"
hits top=5x | 10+2: not a number up to 1000: "5x"
facets by=compny | 11+6: no facets of "compny"; did you mean "company"?
facets by=title | 11+5: no facets of "title"
facets by=company, | 19+0: no facets of ""
trend by=company,category | 18+8: one field too many: "category"
trend interval=company | 16+7: not a period: "company"
trend interval=mnth | 16+4: not a period: "mnth"; did you mean "month"?
pivot by=company | 10+7: one field too few: "company"
pivot by=company,month,year | 24+4: one field too many: "year"
