#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check --format arrow: the same bytes whatever the threads, and, read by Apache Arrow's own library, the
# cells of the CSV. Skipped where Node or the library is missing. Arguments: program, source folder, world.
set -u
program=$1
case=$2/examples/venezuela-2025
export OVERFLY_WORLD="$3"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Odd names and thousands of rows, so that record batches end within a share.
for i in 0 1 2 3 4 5 6 7 8 9; do
    for j in 0 1 2 3 4 5 6 7 8 9; do
        for k in 0 1 2 3 4 5 6 7; do
            printf '(FPL-KLM%s%s%s-IS\n-B789/H-SDFIRWY/LB1\n-TNCA1200\n-N0480F350 DCT 1300N06600W DCT\n-SVMI0830\n-DOF/260103)\n\n' $i $j $k
        done
    done
done >"$folder/a, \"b\".fpl"
cp "$case"/flights/*.fpl "$folder"
printf '(CNL-KLM001-TNCA1200-SVMI-DOF/260103)\n(FPL-\377\303-IS\n' >"$folder/z.fpl"
run()
{
    "$program" check --batch "$folder"/*.fpl --notices "$case/notices" --at 2026-01-03T08:00Z "$@" 2>/dev/null
}
for threads in 1 2 4; do
    run --format arrow --threads $threads >"$folder/$threads.arrow"
    cmp -s "$folder/1.arrow" "$folder/$threads.arrow" || { echo "$threads threads: other bytes"; exit 1; }
done
[ -s "$folder/1.arrow" ] || { echo "nothing was written"; exit 1; }
command -v node >/dev/null || { echo "no Node: not read"; exit 77; }
run --format csv >"$folder/all.csv"
run --format json >"$folder/all.jsonl"
node "$2/tools/check-arrow.mjs" "$folder/1.arrow" "$folder/all.csv" "$folder/all.jsonl"
