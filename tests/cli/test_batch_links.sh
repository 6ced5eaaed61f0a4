#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check --batch brings the messages of all its files to the plans of all its files: the same answers as
# check gives plan by plan, whatever the threads, the order and the number of files between. The
# expected answers follow from Doc 4444: what a CHG, DLA, CNL, DEP or ARR does to a plan.
# Arguments: program, source folder, world.
set -u
program=$1
export OVERFLY_WORLD="$3"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wrong=0

say()
{
    echo "$*"
    wrong=1
}

# Closed between 1300 and 1500 round a point half-way.
cat >"$folder/closure.txt" <<'TXT'
A0001/26 NOTAMN
Q) TNCF/QRPCA/IV/NBO/W/000/999/1500N06600W060
A) TNCF B) 2602121300 C) 2602121500
E) AIRSPACE CLOSED WI 60NM OF 1500N06600W
F) SFC G) UNL
TXT

# plan IDENT TIME POINT: passes POINT, some 25 minutes behind TIME
plan()
{
    printf '(FPL-%s-IS\n-A320/M-SDFIRWY/LB1\n-TNCA%s\n-N0450F350 DCT %s DCT\n-TJSJ0130\n-DOF/260212)\n\n' "$1" "$2" "$3"
}
inside=1500N06600W
outside=1500N07000W

# Between them stand so many other plans that every message is shares away from its plan.
others()
{
    for i in 0 1 2 3 4 5 6 7 8 9; do
        for j in 0 1 2 3 4 5 6 7 8 9; do
            for k in 0 1 2; do
                plan "XYZ$1$i$j$k" 0100 "$outside"
            done
        done
    done
}
{
    echo '(CHG-BBB1-TNCA1330-TJSJ-DOF/260212-15/N0450F350 DCT 1500N06600W DCT)'
    echo '(DLA-BBB4-TNCA1330-TJSJ-DOF/260212)'
    printf '(CHG-BBB9-TNCA1330-TJSJ-DOF/260212-15/N0450F350 DCT 1500N07000W DCT)\n\n'
    plan BBB0 1330 $outside
    others A
    plan BBB1 1330 $outside
    plan BBB2 1330 $outside
    plan BBB3 1330 $inside
} >"$folder/a.fpl"
{
    others B
    plan BBB4 0600 $inside
    plan BBB5 1330 $inside
    plan BBB6 1330 $outside
    plan BBB7 1330 $outside
    plan BBB7 1430 $outside
    plan BBB8 0600 $inside
    echo '(CHG-BBB2-TNCA1330-TJSJ-DOF/260212-15/N0450F350 DCT 1500N06600W DCT)'
    echo '(CHG-BBB3-TNCA1330-TJSJ-DOF/260212-15/N0450F350 DCT 1500N07000W DCT)'
    echo '(CNL-BBB5-TNCA1330-TJSJ-DOF/260212)'
    echo '(ARR-BBB6-TNCA1330-TJSJ-TNCC1601)'
    echo '(CHG-BBB7-TNCA1330-TJSJ-0-15/N0450F350 DCT 1500N06600W DCT)'
    echo '(DEP-BBB8-TNCA1330-TJSJ-DOF/260212)'
} >"$folder/b.fpl"

# run NAME ARGUMENTS...
run()
{
    name=$1
    shift
    "$program" check "$folder/a.fpl" "$folder/b.fpl" --notices "$folder/closure.txt" "$@" \
        >"$folder/$name" 2>"$folder/$name.err"
}
run plain.json --json
for threads in 1 2 4 13; do
    run "batch$threads.json" --batch --json --threads "$threads" --summary
    cmp -s "$folder/plain.json" "$folder/batch$threads.json" || say "$threads threads: not what check says plan by plan"
done
grep -q '"messages":7,' "$folder/batch2.json.err" || say "messages are not counted: $(tail -n 1 "$folder/batch2.json.err")"
run plain.txt
run batch.txt --batch --threads 2
cmp -s "$folder/plain.txt" "$folder/batch.txt" || say "the text differs"

# expect IDENT ANSWER STATE MESSAGES
expect()
{
    got=$(grep "\"id\":\"$1\"" "$folder/batch2.json" | grep '"form":"fpl","status"' | head -n 1)
    case $got in
    *"\"state\":\"$3\"}"*"\"answer\":\"$2\""*) ;;
    *) say "$1: expected $2, $3: $got" ;;
    esac
    forms=$(printf '%s' "$got" | sed 's/.*"messages":\[\([^]]*\)\].*/\1/' | grep -o '"form":"[a-z]*"' \
        | sed 's/.*:"\(.*\)"/\1/' | tr '\n' ' ')
    [ "$forms" = "$4" ] || say "$1: rests on \"$forms\", expected \"$4\""
}
expect BBB0 clear filed ''
expect BBB1 blocked changed 'chg '
expect BBB2 blocked changed 'chg '
expect BBB3 clear changed 'chg '
expect BBB4 blocked delayed 'dla '
expect BBB5 blocked cancelled 'cnl '
expect BBB6 unknown arrived 'arr '
expect BBB7 unknown filed ''
expect BBB8 blocked departed 'dep '
grep '"id":"BBB9"' "$folder/batch2.json" | grep -q PLAN_NOT_HERE || say "an amendment without its plan is no finding"
grep '"id":"BBB7"' "$folder/batch2.json" | grep -q PLAN_SEVERAL || say "an amendment of one of two plans is no finding"
grep '"id":"BBB1"' "$folder/batch2.json" | grep '"form":"chg","status"' | grep -q '"plan":{"form":"fpl"' \
    || say "a message does not tell its plan"

# Records of JSON lines and standard input go the same way.
{
    echo '{"id":"m","text":"(DLA-BBB4-TNCA1330-TJSJ-DOF/260212)"}'
    echo '{"id":"p","text":"(FPL-BBB4-IS-A320/M-S/S-TNCA0600-N0450F350 DCT 1500N06600W DCT-TJSJ0130-DOF/260212)"}'
} >"$folder/lines"
"$program" check --batch --field text - --notices "$folder/closure.txt" --json <"$folder/lines" >"$folder/lines.json" 2>/dev/null
grep '"record":"p","source"' "$folder/lines.json" | grep -q '"answer":"blocked".*"messages":\[{"form":"dla","title":"DLA","source":"<stdin>","record":"m"' \
    || say "JSON lines: $(cat "$folder/lines.json")"
[ "$wrong" -eq 0 ]
