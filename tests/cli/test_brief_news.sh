#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A story, read, judged and held against the notices of the founding case: who said it has no power, the
# notices say something else, and that is the first line. Arguments: program, source folder, world.
set -u
program=$1
source=$2
export OVERFLY_WORLD="$3"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OVERFLY_LEDGER="$folder/ledger"
wrong=0
must()
{
    if ! grep -qF -- "$2" "$1"; then
        echo "expected in $1: $2"
        cat "$1"
        wrong=1
    fi
}
"$program" ingest -r "$source/examples/venezuela-2025/notices" "$source/examples/venezuela-2025/statements" \
    >/dev/null || exit 1
cat >"$folder/story.txt" <<'EOF'
President Donald Trump declared the airspace of Venezuela closed on Saturday. The Federal Aviation
Administration warned airlines last week about a dangerous situation over Venezuela. Iberia suspended its
flights to Caracas on November 22.
EOF
"$program" brief "$folder/story.txt" --published 2025-11-29 >"$folder/brief.txt"
[ $? -le 1 ] || wrong=1
head -n 1 "$folder/brief.txt" >"$folder/first.txt"
must "$folder/first.txt" "declared the airspace of Venezuela closed: that has no legal force, and the notices say otherwise (A0483/25,"
must "$folder/brief.txt" "no_legal_force; contradicted by the notices of its time"
must "$folder/brief.txt" "Venezuela  legal: restricted"
"$program" brief "$folder/story.txt" --published 2025-11-29 --json >"$folder/brief.json"
must "$folder/brief.json" '"act":"declare_closed"'
must "$folder/brief.json" '"verdict":"no_legal_force"'
must "$folder/brief.json" '"checked":{"answer":"contradicted"'
must "$folder/brief.json" '"verdict":"own_decision"'
"$program" brief "$folder/story.txt" --published 2025-11-29 --statements >"$folder/only.json"
must "$folder/only.json" '"act":"warn"'
if grep -q '"verdict"' "$folder/only.json"; then
    echo "--statements judges nothing"
    wrong=1
fi
# The brief of the area has it first too: what was said of it is held against the notices; before the post
# there is nothing to find.
"$program" brief SVZM --at 2025-11-30T12:00Z --as-of 2025-11-30T12:00Z >"$folder/area.txt"
head -n 1 "$folder/area.txt" >"$folder/first.txt"
must "$folder/first.txt" "President of the United States declared the airspace of Venezuela closed: that has no legal force"
must "$folder/area.txt" "by the notices of its time: contradicted (A0483/25,"
"$program" brief SVZM --at 2025-11-30T12:00Z --as-of 2025-11-30T12:00Z --json >"$folder/area.json"
must "$folder/area.json" '"finding":"President of the United States declared'
must "$folder/area.json" '"checked":{"answer":"contradicted","against":["A0483/25"'
"$program" brief SVZM --at 2025-11-28T12:00Z --as-of 2025-11-28T12:00Z --json >"$folder/before.json"
must "$folder/before.json" '"finding":null'
printf '<html><head><title>Sky closed</title></head><body><article><p>Venezuela closed its airspace on Monday.</p></article></body></html>' \
    >"$folder/page.html"
"$program" brief "$folder/page.html" --published 2025-12-01 --json >"$folder/page.json"
must "$folder/page.json" '"speaker":"Venezuela"'
exit "$wrong"
