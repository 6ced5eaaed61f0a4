#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# FIR outlines against the open reference sets: intersection over union, by a program that is not
# ours. fir-score.sh OVERFLY WORLD FOLDER. docs/formats/fir.md gives the reason of every FIR that
# agrees to less than 0.90; a new one fails here.
set -eu
overfly=$1 world=$2 shared=$3
score=$shared/tools/fir-score
if [ ! -r "$score" ] || ! command -v python3 >/dev/null; then
    echo "skipped: no $score, or no python3"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$overfly" world export --kind fir --world "$world" >"$folder/firs.geojson"
python3 "$score" "$folder/firs.geojson" --list >"$folder/scores"
tail -n 1 "$folder/scores"
awk '
    BEGIN { split("DGAC EDXX MHCC NZZO RJJJ SKED TTZP VVHN ZBPE ZGZU", codes, " ")
            for (i in codes) has_reason[codes[i]] = 1 }
    $1 == "codes" { median = $6; next }
    { total++; good += $2 >= 0.97 }
    $2 < 0.90 && !has_reason[$1] { print "no reason for", $1, $2; failed = 1 }
    END {
        if (total < 240) { print "only", total, "FIRs compared"; failed = 1 }
        if (median < 0.99) { print "median", median, "is below 0.99"; failed = 1 }
        if (good < 0.94 * total) { print "only", good, "of", total, "at 0.97 or better"; failed = 1 }
        exit failed
    }' "$folder/scores"
