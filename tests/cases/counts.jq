# What `paneldex facets` and `paneldex trend` say against a count of our own over what
# `paneldex export` wrote for the same query (the input): each fault is one line.
#
#   --slurpfile facets   a document of `facets`, with every value kept
#   --slurpfile trend    a document of `trend --interval month`
#   --argjson total      what `search -c` says
#   --argjson ranged     the same for 2025-11 to 2026-06, and with what is dated only
#   --slurpfile range    `trend` for that range

def date_as(f): if .date == null then [] else [.date | f] end;

def values($field):
  if $field == "company" then .companies
  elif $field == "category" then .categories
  elif $field == "persona" then [.takes[].persona | select(.)] | unique
  elif $field == "perspective" then [.takes[].perspective | select(.)] | unique
  elif $field == "source" then [.source | select(.)]
  elif $field == "lang" then [.lang | select(.)]
  elif $field == "year" then date_as(.[:4])
  elif $field == "quarter" then
    date_as(.[:4] + "-Q" + ((.[5:7] | tonumber - 1) / 3 | floor + 1 | tostring))
  elif $field == "month" then date_as(.[:7])
  elif $field == "week" then date_as(strptime("%Y-%m-%d") | mktime | strftime("%G-W%V"))
  elif $field == "day" then date_as(.)
  else error("no such field") end;

# An object of how often each value is there; "" stands for none.
def count_values($field):
  reduce .[] as $a ({}; reduce ($a | values($field) | if . == [] then [""] else . end)[]
    as $v (.; .[$v] += 1));

def count_pairs($rows; $columns):
  reduce .[] as $a ({};
    reduce ($a | values($rows) | if . == [] then [""] else . end)[] as $r (.;
      reduce ($a | values($columns) | if . == [] then [""] else . end)[] as $c (.;
        .[$r + "\t" + $c] += 1)));

# The same of what the program said; nothing was left over, and 0 is nobody's count.
def said: (.values | map(select(.count > 0) | {(.value): .count}) | add // {})
  + if .missing > 0 then {"": .missing} else {} end;

def said_pairs:
  . as $p | [range(.rows.values | length), (.rows.values | length) + 1] as $rows
  | [range(.columns.values | length), (.columns.values | length) + 1] as $columns
  | reduce $rows[] as $r ({}; reduce $columns[] as $c (.;
      $p.cells[$r][$c] as $n
      | if $n > 0 then .[($p.rows.values[$r].value // "") + "\t"
          + ($p.columns.values[$c].value // "")] += $n else . end));

def single: . == "source" or . == "lang" or . == "year" or . == "quarter"
  or . == "month" or . == "week" or . == "day";

def sum_of: (.values | map(.count) | add // 0) + .other + .missing;

def fault($what; $got; $want):
  if $got == $want then empty else "\($what): \($got), not \($want)" end;

def check_facet($all; $field; $facet):
  fault("\($field) total"; $facet.total; $total),
  fault("\($field) other"; $facet.other; 0),
  (if $field | single then fault("\($field) sum"; $facet | sum_of; $total)
   else empty end),
  fault($field; $facet | said; $all | count_values($field));

def check_pivot($all; $pivot):
  "\($pivot.rows.field) by \($pivot.columns.field)" as $name
  | check_facet($all; $pivot.rows.field; $pivot.rows),
    check_facet($all; $pivot.columns.field; $pivot.columns),
    fault($name; $pivot | said_pairs;
      $all | count_pairs($pivot.rows.field; $pivot.columns.field)),
    # Across a field with one value the cells of a line are its total.
    (if $pivot.columns.field | single then
       fault("\($name) lines"; [$pivot.cells[] | add];
         [$pivot.rows.values[].count, $pivot.rows.other, $pivot.rows.missing])
     else empty end);

def check_trend($all; $trend; $name; $total):
  $trend.series[0] as $s
  | fault("\($name) sum"; ($s.counts | add // 0) + $s.undated; $total),
    fault("\($name) total"; $s.total; $s.counts | add // 0),
    fault($name; [$trend.periods, $s.counts] | transpose
        | map(select(.[1] > 0) | {(.[0].period): .[1]}) | add // {};
      $all | count_values("month") | del(.[""]));

[inputs] as $all
| fault("export"; $all | length; $total),
  fault("export, twice the same id"; $all | map(.id) | unique | length; $total),
  fault("facets total"; $facets[0].total; $total),
  ($facets[0].facets | to_entries[] | check_facet($all; .key; .value)),
  ($facets[0].pivots[] | check_pivot($all; .)),
  check_trend($all; $trend[0]; "trend"; $total),
  check_trend([$all[] | select(.date != null and .date >= "2025-11-01"
      and .date <= "2026-06-30")]; $range[0]; "trend of the range"; $ranged)
