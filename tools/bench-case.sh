#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bench-case.sh: what a question costs on the founding case, as a whole process: median and worst of
# 21 runs, in milliseconds. Needs `./dev run` to have made the ledger.
set -eu
cd "$(dirname "$0")/.."
export OVERFLY_LEDGER=build/run/venezuela-2025.ledger
[ -f "$OVERFLY_LEDGER" ] || ./dev run --once >/dev/null
case_dir=examples/venezuela-2025

# measure NAME COMMAND...: exit status 0 and 1 are answers, any other stops
measure()
{
    name=$1
    shift
    i=0
    while [ "$i" -lt 21 ]; do
        start=$(date +%s%N)
        status=0
        "$@" >/dev/null 2>&1 || status=$?
        end=$(date +%s%N)
        [ "$status" -le 1 ] || { printf '%s: exit status %s\n' "$name" "$status" >&2; exit 1; }
        printf '%s\n' $(((end - start) / 1000))
        i=$((i + 1))
    done | sort -n | awk -v name="$name" '{ t[NR] = $1 } END { printf "%-44s median %7.1f ms, worst %7.1f ms\n", name, t[(NR + 1) / 2] / 1000, t[NR] / 1000 }'
}

printf '%s, %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
    "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
measure "start alone (--version)" build/overfly --version
measure "status SVZM, 3 January, AAL" build/overfly status SVZM --at 2026-01-03T07:00Z --operator AAL --json
measure "status of a point, 3 January, KLM" build/overfly status 13N,056W --at 2026-01-03T07:00Z --operator KLM --json
measure "check, all plans of 3 January" build/overfly check "$case_dir/flights/2026-01-03.fpl" --as-of 2026-01-03T07:00Z --json
measure "check, all plans of 30 November" build/overfly check "$case_dir/flights/2025-11-30.fpl" --as-of 2025-11-30T12:00Z --json
measure "route KMIA SBGR, 3 January, AAL" build/overfly route KMIA SBGR --depart 2026-01-03T06:00Z --operator AAL --level FL350 --json
