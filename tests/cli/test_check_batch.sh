#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check --batch: the same bytes whatever the number of threads, as many answers as check gives plan by
# plan, one bad record among many, CSV, the summary, closures. Arguments: program, source folder,
# world.
set -u
program=$1
case=$2/examples/venezuela-2025
export OVERFLY_WORLD="$3"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wrong=0

say()
{
    echo "$*"
    wrong=1
}

# check NAME STATUS ARGUMENTS...: output to NAME, messages to NAME.err
check()
{
    name=$1 expected=$2
    shift 2
    "$program" check "$@" --at 2026-01-03T08:00Z >"$folder/$name" 2>"$folder/$name.err"
    got=$?
    [ "$got" -eq "$expected" ] || say "check $*: exit $got, expected $expected"
}

same()
{
    cmp -s "$folder/$1" "$folder/$2" || say "$1 and $2 differ"
}

# Enough plans for many shares, whole messages of several lines, one that is none in the middle.
flights=0
for i in 0 1 2 3 4 5 6 7 8 9; do
    for j in 0 1 2 3 4 5 6 7 8 9; do
        for k in 0 1 2; do
            printf '(FPL-KLM%s%s%s-IS\n-B789/H-SDFIRWY/LB1\n-TNCA1200\n-N0480F350 DCT 1300N06600W DCT\n-EHAM0830\n-DOF/260103)\n\n' $i $j $k
            flights=$((flights + 1))
        done
    done
    [ $i -eq 5 ] && printf '(FPL-BROKEN-IS\n-B789\n(((\377\n\n' && flights=$((flights + 1))
done >"$folder/made.fpl"

notices="--notices $case/notices"
# shellcheck disable=SC2086
{
    check plain.json 3 "$folder/made.fpl" $notices --json
    check one.json 3 --batch --threads 1 "$folder/made.fpl" $notices --json
    check two.json 3 --batch --threads 2 "$folder/made.fpl" $notices --json
    check many.json 3 --batch --threads 13 "$folder/made.fpl" $notices --json --summary
    check one.csv 3 --batch --threads 1 "$folder/made.fpl" $notices --format csv
    check many.csv 3 --batch --threads 5 "$folder/made.fpl" $notices --format csv
    check one.txt 3 --batch --threads 1 "$folder/made.fpl" $notices
    check plain.txt 3 "$folder/made.fpl" $notices
}
same one.json plain.json
same one.json two.json
same one.json many.json
same one.csv many.csv
same one.txt plain.txt
sed '$d' "$folder/one.json.err" >"$folder/one.messages" # the last line counts seconds
sed '$d' "$folder/two.json.err" >"$folder/two.messages"
same one.messages two.messages
[ "$(wc -l <"$folder/one.json")" -eq "$flights" ] || say "expected $flights objects"
grep -q '^{"flights":301,"clear":0,"touched":[0-9]*,"blocked":[0-9]*,"unknown":[0-9]*,"unreadable":[01],"messages":0,"seconds":[0-9.]*}$' \
    "$folder/many.json.err" || say "no summary: $(tail -n 1 "$folder/many.json.err")"
grep -q "made.fpl:[0-9]*:[0-9]*: " "$folder/one.json.err" || say "the bad record is not told by its place"

# Every row has as many cells as the first line names; quotes hold commas.
columns=$(head -n 1 "$folder/one.csv" | tr ',' '\n' | wc -l)
[ "$columns" -eq 28 ] || say "$columns columns, expected 28"
sed 's/"[^"]*"/q/g' "$folder/one.csv" | awk -F, -v n="$columns" 'NF != n { bad++ } END { exit bad > 0 }' \
    || say "a row of CSV has another number of cells"
grep -c '"crossings":\[\]' "$folder/one.json" >"$folder/without"
grep -c ',0,,,,,,,,,,,,,,,,,' "$folder/one.csv" >"$folder/without.csv"
same without without.csv

# JSON lines: one that is no JSON among others.
{
    echo '{"id":"a","text":"(FPL-KLM1-IS-B789/H-S/S-TNCA1200-N0480F350 DCT-EHAM0830-DOF/260103)"}'
    echo 'no json'
    echo
    echo '{"id":"c","text":"(FPL-KLM3-IS-B789/H-S/S-TNCA1200-N0480F350 DCT-EHAM0830-DOF/260103)"}'
} >"$folder/plans.jsonl"
# shellcheck disable=SC2086
check lines.json 3 --batch --field text "$folder/plans.jsonl" "$folder/missing" $notices --json
[ "$(wc -l <"$folder/lines.json")" -eq 2 ] || say "expected two answers out of JSON lines"
grep -q '"record":"c"' "$folder/lines.json" || say "the record's own id is not echoed"
grep -q 'plans.jsonl:2: ' "$folder/lines.json.err" || say "the line that is no JSON is not told"
[ "$(grep -c 'missing' "$folder/lines.json.err")" -eq 1 ] || say "a missing file is told once"

# A closure: only what it touches.
cat >"$folder/closure.txt" <<'TXT'
A0001/26 NOTAMN
Q) TNCF/QRPCA/IV/NBO/W/000/999/1300N06600W060
A) TNCF B) 2601030000 C) 2601040000
E) AIRSPACE CLOSED WI 30NM OF 1300N06600W
F) SFC G) UNL
TXT
check touched.json 3 --closure "$folder/closure.txt" "$folder/made.fpl" "$case"/flights/*.fpl --json
[ "$(grep -c '"crossings":\[\]' "$folder/touched.json")" -eq 0 ] || say "a flight that is not touched is told"
[ "$(grep -c '"id":"KLM' "$folder/touched.json")" -ge 300 ] || say "a flight that is touched is missing"

# A share is read from standard input as from a file; what contradicts itself is refused.
"$program" check --batch - --notices "$case/notices" --at 2026-01-03T08:00Z --json \
    <"$folder/made.fpl" 2>/dev/null | sed 's/<stdin>/FILE/' >"$folder/stdin.json"
sed "s|$folder/made.fpl|FILE|" "$folder/one.json" >"$folder/file.json"
same stdin.json file.json
check none 2 --batch --format xml "$folder/made.fpl"
check none 2 --json --format csv "$folder/made.fpl"
check none 2 --threads 65 "$folder/made.fpl"
check none 2 --closure "$folder/closure.txt" --notices "$folder/closure.txt" "$folder/made.fpl"
[ "$wrong" -eq 0 ]
