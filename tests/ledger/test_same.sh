#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a verb answers out of the documents that the index selects is what it answers out of all of
# them, to the byte. Arguments: the program, bench-ledger (which makes the ledger), the world file.
set -u
overfly=$1
maker=$2
OVERFLY_WORLD=$3
export OVERFLY_WORLD
unset OVERFLY_READ_ALL
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
ledger=$folder/made.ledger
"$maker" make "$ledger" 3000 >/dev/null || exit 1
failed=0

same()
{
    "$overfly" "$@" --ledger "$ledger" >"$folder/some" 2>/dev/null
    some=$?
    OVERFLY_READ_ALL=1 "$overfly" "$@" --ledger "$ledger" >"$folder/all" 2>/dev/null
    all=$?
    if [ $some -ne $all ] || [ $some -gt 1 ] || [ ! -s "$folder/all" ] || ! cmp -s "$folder/some" "$folder/all"; then
        echo "differs ($some, $all): overfly $*"
        diff "$folder/some" "$folder/all" | cut -c 1-300 | head -4
        failed=1
    fi
}

for at in 2022-03-05T10:00:00Z 2025-07-19T03:30:00Z; do
    for area in $([ $at = 2022-03-05T10:00:00Z ] && echo SVZM FRA 48.2,16.4 || echo NZZO); do
        same status "$area" --at "$at" --json
        same brief "$area" --at "$at" --as-of "$at" --json
        same map "$area" --at "$at" -o - --format svg
        same timeline "$area" --as-of "$at" --json
    done
    same status OTDF --at "$at" --json
    same route EGLL LTBA --at "$at" --json
    same route KSEA NZAA --at "$at" --as-of "$at" --json
done
same timeline SVZM --from 2022-01-01T00:00Z --until 2022-06-01T00:00Z --json
exit $failed
