#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test_example.sh PROGRAM WORLD SOURCES: the program of liboverfly(3) on its own notice, which closes
# one degree square in the south of Venezuela for December 2025.
set -u
failed=0

# answers AREA TIME FIRST-LINE
answers() {
    got=$("$program" "$world" "$notice" "$1" "$2" | head -n 1)
    case "$got" in
    "$3"*) ;;
    *)
        failed=1
        printf '%s at %s: "%s", expected "%s"\n' "$1" "$2" "$got" "$3"
        ;;
    esac
}

program=$1 world=$2 notice=$3/docs/examples/closed.txt
answers 8N,066W 2025-12-05 'legal: closed, '
answers SVZM 2025-12-05 'legal: restricted, '
answers 10.6N,67W 2025-12-05 'legal: open, '
answers 8N,066W 2026-01-05 'legal: open, '
[ "$failed" -eq 0 ]
