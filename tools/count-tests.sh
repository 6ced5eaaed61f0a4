#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# count-tests.sh TESTLOG: counts single tests in Meson's log: the rows of a cmocka program one by one,
# any other program as one. The last line is "N passed, N failed" (and ", N skipped").
# Exit status 1 when something failed or nothing ran.
set -eu
awk '
function close_program() {
    if (!open) return
    if (rows == 0) {
        if (exit_status == 0) passed++
        else if (exit_status == 77) skipped++
        else failed++
    } else if (exit_status != 0 && row_failures == 0) {
        failed++
    }
    open = 0
}
/^=+ [0-9]+\/[0-9]+ =+$/ { close_program(); open = 1; rows = 0; row_failures = 0; exit_status = 0; next }
/^result: / {
    exit_status = ($0 ~ /exit status 0/) ? 0 : ($0 ~ /exit status 77/) ? 77 : 1
}
/\[       OK \]/ { rows++; passed++ }
/\[  FAILED  \] [^0-9]/ { if (!($0 in seen_failed)) { rows++ } }
/\[  FAILED  \] [0-9]+ test\(s\)/ { n = $0; sub(/.*\] /, "", n); sub(/ .*/, "", n); failed += n; row_failures += n; rows++ }
/\[  SKIPPED \] [^0-9]/ { rows++ }
/\[  SKIPPED \] [0-9]+ test\(s\)/ { n = $0; sub(/.*\] /, "", n); sub(/ .*/, "", n); skipped += n; rows++ }
END {
    close_program()
    line = (passed + 0) " passed, " (failed + 0) " failed"
    if (skipped > 0) line = line ", " skipped " skipped"
    print line
    exit (failed > 0 || passed == 0) ? 1 : 0
}' "$1"
