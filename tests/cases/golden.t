# What the program prints for the articles of tests/cases/e2e: each row is a file of
# tests/golden and the words of the command, which are split at blanks.  scripts/golden
# makes the files again; test_e2e compares them.

search.txt | search open weights
search-narrow.txt | search --width 40 -n 2 open weights
search-wide.txt | search --width 200 -n 1 open weights
search-color.txt | search --color always -n 1 open weights drift
search-take.txt | search persona:skeptic drift
search-all.txt | search --snippets 0 -s -date
search-page-2.txt | search -n 2 --offset 2 -s title
search-filtered.txt | search --company tern --company quern --until 2026-04 -s company,date
search-unsafe.txt | search terminal
search-wide-characters.txt | search 人工知能
search-count.txt | search -c weights
search-facets.txt | search -n 0 --facet company --facet category --facet persona --facet month
search-none.txt | search zebra
search.json.txt | search -f json -n 2 open weights --facet company
search-none.json.txt | search -f json zebra
search-repaired.json.txt | search -f json --now 2026-07-01 -n 1 "open weights
search-unsafe.json.txt | search -f json terminal
search.jsonl.txt | search -f jsonl --snippets 1 --company tern --facet year
search-count.json.txt | search -f json -c weights
show.txt | show 0d86
show-provenance.txt | show --provenance 0d86
show-provenance.csv.txt | show -f csv --provenance 0d86
show-narrow.txt | show --width 40 df53
show-unsafe.txt | show 4472
show.json.txt | show -f json 0d86
error-field.txt | search tern date:2026 compny:x
error-field.json.txt | search -f json tern date:2026 compny:x
error-date.txt | search date:2026-13
error-option.txt | search --facett company
error-id.txt | show 0000000000ff
error-ambiguous.txt | show d
repaired.txt | search -n 1 "open weights
repaired-strict.txt | search --strict "open weights
check.txt | check
check.json.txt | check -f json
explain.txt | search --explain --now 2026-07-01 --recency 60d licens* OR weights NOT drift
explain-rows.txt | search --explain take(drift) company:tern
explain-all.txt | search --explain -n 1 date:2026-05
explain-none.txt | search --explain zebra
explain.json.txt | search -f json --explain --snippets 0 drift
search.csv.txt | search -f csv -n 2 open weights --facet company
search.tsv.txt | search -f tsv -n 2 open weights --facet company
search.md.txt | search -f md -n 2 open weights --facet company
search-unsafe.csv.txt | search -f csv terminal
search-unsafe.md.txt | search -f md terminal
search-count.csv.txt | search -f csv -c weights
show.csv.txt | show -f csv 0d86
check.md.txt | check -f md
panel.txt | panel weights
panel-narrow.txt | panel --width 40 -n 1 weights
panel-wide.txt | panel --width 200 -n 2
panel-persona.txt | panel -n 0 --top 3 --persona skeptic
panel-take.txt | panel -n 1 take(drift)
panel-unsafe.txt | panel terminal
panel-color.txt | panel --color always -n 1 --top 2 terminal
panel-none.txt | panel zebra
panel.json.txt | panel -f json -n 1 --top 3 weights
panel-none.json.txt | panel -f json zebra
panel.jsonl.txt | panel -f jsonl -n 1 --top 2 weights
panel.csv.txt | panel -f csv -n 1 --top 2 weights
panel.tsv.txt | panel -f tsv -n 1 --top 2 terminal
panel.md.txt | panel -f md -n 1 --top 2 terminal
compare.txt | compare 2026-03..2026-04 2026-05 --top 4
compare-narrow.txt | compare --width 40 --top 1 2026-03..2026-04 2026-05 weights
compare-wide.txt | compare --width 200 --top 3 --query weights --query category:regulation,security
compare-color.txt | compare --color always --top 1 --query terminal --query weights
compare-none.txt | compare 2020 2021
compare.json.txt | compare -f json --top 2 2026-03..2026-04 2026-05 weights
compare-unsafe.json.txt | compare -f json --top 2 --query terminal --query zebra
compare.jsonl.txt | compare -f jsonl --top 1 --query weights --query drift
compare.csv.txt | compare -f csv --top 2 2026-03..2026-04 2026-05
compare-unsafe.md.txt | compare -f md --top 2 --query terminal --query weights
compare-unsafe.tsv.txt | compare -f tsv --top 2 --query terminal --query weights
error-compare.txt | compare 2026-13 2026
error-compare-one.txt | compare 2026
facets.txt | facets
facets-pivot.txt | facets --by company --top 2 --pivot company,category --pivot category,month weights
facets-narrow.txt | facets --width 40 --by year --pivot company,category --pivot category,month
facets-value.txt | facets --by category --sort value --by quarter --top 3
facets-takes.txt | facets --by persona --by company --count-by take --persona skeptic
facets-dropped.txt | facets --by company --by category --own-filter drop --company tern
facets-color.txt | facets --color always --by lang --pivot lang,year
facets-unsafe.txt | facets --by company --by category --pivot company,category terminal
facets-none.txt | facets --by company zebra
facets.json.txt | facets -f json --by company --by quarter --top 2 --pivot company,year weights
facets-takes.json.txt | facets -f json --by persona --count-by take take(drift)
facets.jsonl.txt | facets -f jsonl --by category --pivot category,year --top 1 weights
facets.csv.txt | facets -f csv --by company --pivot company,year --top 2
facets-unsafe.csv.txt | facets -f csv --by company terminal
facets.tsv.txt | facets -f tsv --by category
facets.md.txt | facets -f md --by company --top 3
trend.txt | trend weights
trend-by.txt | trend --by company --top 2 --interval quarter
trend-queries.txt | trend --query drift --query chips --interval year weights
trend-range.txt | trend --since 2026-02 --until 2026-06 --interval month drift
trend-narrow.txt | trend --width 40 --by category --interval day --since 2026-01 --until 2026-06
trend-none.txt | trend zebra
trend-unsafe.txt | trend --by company --interval year terminal
trend.json.txt | trend -f json --interval year --by category --top 1 weights
trend.jsonl.txt | trend -f jsonl --interval year weights
trend.csv.txt | trend -f csv --interval year --by company --top 1
trend.md.txt | trend -f md --interval year weights
export.txt | export drift
fields.json.txt | search -f json --now 2026-07-01 --fields id,takes.persona,cluster.size -n 2 weights
fields.jsonl.txt | search -f jsonl --fields title,highlights.text,highlights.spans -n 2 weights
fields.csv.txt | search -f csv --fields id,score,companies,takes.n,highlights.spans -n 2 weights
fields.md.txt | search -f md --fields rank,companies,title weights --facet company
fields-unsafe.csv.txt | search -f csv --fields title,takes.persona terminal
error-fields.txt | search -f json --fields id,titel weights
error-fields.json.txt | search -f json --fields id,companys weights
template.txt | search --template {date}|{title:24}|{score:8.3}|{takes.persona} weights
error-template.txt | search --template {date}|{tilte:24} weights
export-format.txt | export -f md
error-pivot.txt | facets --pivot company
error-interval.txt | trend --interval fortnight
error-trend.txt | trend --by company --query drift
error-own-filter.txt | facets --own-filter drop --pivot company,year
report.txt | report --now 2026-11-23T10:20:30Z --width 80 weights
report.md.txt | report --now 2026-11-23T10:20:30Z -f md weights
report-unsafe.md.txt | report --now 2026-11-23T10:20:30Z -f md --template facets,panel,hits terminal
report-unsafe.csv.txt | report --now 2026-11-23T10:20:30Z -f csv --template figures,hits terminal
facets-stories.txt | facets --by company --count-by story
cite.md.txt | cite 0d86 --now 2026-11-23 weights drift
cite-first.md.txt | cite eb81 --now 2026-11-23
cite.bibtex.txt | cite 0d86 -f bibtex --now 2026-11-23 drift
cite.csl.txt | cite 0d86 -f csl --now 2026-11-23 drift
error-cite.txt | cite 0d86 zebra
error-cite-format.txt | cite 0d86 -f bibtext
