# What date_parse_period() makes of a period: "first..last", or "error: ...".
# Today is Friday, 2026-05-08, unless the input ends with @ and another day.

# years, quarters, months, days
2026 | 2026-01-01..2026-12-31
0001 | 0001-01-01..0001-12-31
9999 | 9999-01-01..9999-12-31
2026-Q1 | 2026-01-01..2026-03-31
2026-Q2 | 2026-04-01..2026-06-30
2026-q4 | 2026-10-01..2026-12-31
9999-Q4 | 9999-10-01..9999-12-31
2026-05 | 2026-05-01..2026-05-31
2026-12 | 2026-12-01..2026-12-31
9999-12 | 9999-12-01..9999-12-31
2024-02 | 2024-02-01..2024-02-29
2026-02 | 2026-02-01..2026-02-28
1900-02 | 1900-02-01..1900-02-28
2000-02 | 2000-02-01..2000-02-29
2026-05-08 | 2026-05-08..2026-05-08
2024-02-29 | 2024-02-29..2024-02-29
0001-01-01 | 0001-01-01..0001-01-01
9999-12-31 | 9999-12-31..9999-12-31

# ISO weeks: week 1 has the year's first Thursday
2026-W01 | 2025-12-29..2026-01-04
2026-W07 | 2026-02-09..2026-02-15
2026-w53 | 2026-12-28..2027-01-03
2025-W01 | 2024-12-30..2025-01-05
2025-W52 | 2025-12-22..2025-12-28
2020-W53 | 2020-12-28..2021-01-03
2021-W01 | 2021-01-04..2021-01-10
0001-W01 | 0001-01-01..0001-01-07
9999-W52 | 9999-12-27..9999-12-31

# named days and periods, in any case
today | 2026-05-08..2026-05-08
ToDay | 2026-05-08..2026-05-08
yesterday | 2026-05-07..2026-05-07
yesterday@2026-01-01 | 2025-12-31..2025-12-31
yesterday@2024-03-01 | 2024-02-29..2024-02-29
this-week | 2026-05-04..2026-05-10
last-week | 2026-04-27..2026-05-03
this-week@2026-05-10 | 2026-05-04..2026-05-10
this-week@2026-05-11 | 2026-05-11..2026-05-17
this-month | 2026-05-01..2026-05-31
last-month | 2026-04-01..2026-04-30
LAST-MONTH@2026-01-31 | 2025-12-01..2025-12-31
this-quarter | 2026-04-01..2026-06-30
last-quarter | 2026-01-01..2026-03-31
last-quarter@2026-03-31 | 2025-10-01..2025-12-31
this-year | 2026-01-01..2026-12-31
last-year | 2025-01-01..2025-12-31

# that long before today, up to today
0d | 2026-05-08..2026-05-08
1d | 2026-05-07..2026-05-08
7d | 2026-05-01..2026-05-08
007d | 2026-05-01..2026-05-08
7D | 2026-05-01..2026-05-08
3w | 2026-04-17..2026-05-08
2m | 2026-03-08..2026-05-08
1y | 2025-05-08..2026-05-08
# a month that is too short gives its last day
1m@2026-03-31 | 2026-02-28..2026-03-31
1m@2024-03-30 | 2024-02-29..2024-03-30
1m@2026-07-31 | 2026-06-30..2026-07-31
13m@2026-03-31 | 2025-02-28..2026-03-31
1y@2024-02-29 | 2023-02-28..2024-02-29
4y@2024-02-29 | 2020-02-29..2024-02-29
5m | 2025-12-08..2026-05-08
# what lies before the calendar is cut off
2026y | 0001-01-01..2026-05-08
99999999999999999999d | 0001-01-01..2026-05-08
99999999999999999999w | 0001-01-01..2026-05-08
99999999999999999999m | 0001-01-01..2026-05-08
99999999999999999999y | 0001-01-01..2026-05-08
this-week@9999-12-31 | 9999-12-27..9999-12-31
yesterday@0001-01-01 | error: "yesterday" lies before the year 1
last-year@0001-12-31 | error: "last-year" lies before the year 1
last-week@0001-01-07 | error: "last-week" lies before the year 1

# numbers out of range
2026-13 | error: month 13 is not between 1 and 12
2026-00 | error: month 00 is not between 1 and 12
2026-123 | error: month 123 is not between 1 and 12
2026-Q5 | error: quarter 5 is not between 1 and 4
2026-Q0 | error: quarter 0 is not between 1 and 4
2026-W54 | error: week 54 is not between 1 and 53 in 2026
2025-W53 | error: week 53 is not between 1 and 52 in 2025
2026-W00 | error: week 00 is not between 1 and 53 in 2026
2026-02-29 | error: day 29 is not between 1 and 28 in 2026-02
2024-02-30 | error: day 30 is not between 1 and 29 in 2024-02
2026-04-31 | error: day 31 is not between 1 and 30 in 2026-04
2026-05-32 | error: day 32 is not between 1 and 31 in 2026-05
2026-05-00 | error: day 00 is not between 1 and 31 in 2026-05
0000 | error: year 0000 is not between 1 and 9999
20260508 | error: year 20260508 is not between 1 and 9999
4294969322 | error: year 4294969322 is not between 1 and 9999

# digits missing
2026-5 | error: a month has two digits: 2026-05
2026-05-8 | error: a day has two digits: 2026-05-08
2026-W7 | error: a week has two digits: 2026-w07
2026-Q02 | error: a quarter has one digit: 2026-q2
26 | error: a year has four digits: 0026
26-05 | error: a year has four digits: 0026
02026 | error: a year has four digits: 2026

# parts missing, or too many
2026- | error: expected a month after "2026-"
2026-x | error: expected a month after "2026-"
2026-Q | error: expected a quarter after "2026-q"
2026-W | error: expected a week after "2026-w"
2026-05- | error: expected a day after "2026-05-"
2026-05-08T10:00 | error: unexpected "t10:00" after the date 2026-05-08
2026-05-08-01 | error: unexpected "-01" after the date 2026-05-08
2026/05 | error: unexpected "/05" after the date 2026
2026Q2 | error: unexpected "q2" after the date 2026
2026-Q2-1 | error: unexpected "-1" after the date 2026-q2
2026-W07-3 | error: unexpected "-3" after the date 2026-w07

# no dates at all
\s | error: not a date
 | error: expected a date
-7d | error: not a date
d | error: not a date
7x | error: not a date
3weeks | error: not a date
tomorrow | error: not a date
last month | error: "last month" is not a date; did you mean "last-month"?
yesterdy | error: "yesterdy" is not a date; did you mean "yesterday"?
This_Yaer | error: "This_Yaer" is not a date; did you mean "this-year"?
2026\s | error: not a date
２０２６ | error: not a date
2026-05-08 to 2026-05-09 or some day later | error: not a date
