#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test_man_examples.sh PROGRAM SOURCES WORLD: the commands under EXAMPLES in the pages of the verbs run as
# they stand, in a folder where the sources lie at hand, on a ledger of the founding case. Each has to
# answer: exit status 0 or 1, and something on standard output or a file.
set -u
program=$(realpath "$1")
sources=$(realpath "$2")
world=$(realpath "$3")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room" || exit 2
mkdir bin
ln -s "$program" bin/overfly
ln -s "$sources/examples" examples
ln -s "$sources/data" data
# The one example that is not run, for its length: the build itself does the same.
slow='overfly world build data my.world'
export PATH="$room/bin:$PATH"
export OVERFLY_LEDGER="$room/case.ledger" OVERFLY_WORLD=$world
cp "$OVERFLY_WORLD" my.world
overfly ingest -r examples/venezuela-2025/notices examples/venezuela-2025/statements \
    examples/venezuela-2025/flights >ingest.txt || exit 1

ran=0
failed=0
for page in "$sources"/man/overfly*.1; do
    sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' "$page" | sed -n '/^\.EX/,/^\.EE/{/^\.E[XE]/!p}' \
        | sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" -e 's/\\e/\\/g' >commands.txt
    [ -s commands.txt ] || { printf '%s: no example\n' "$(basename "$page")"; failed=$((failed + 1)); }
    while IFS= read -r line; do
        [ "$line" != "$slow" ] || continue
        ran=$((ran + 1))
        touch before
        bash -c "$line" >out.txt 2>err.txt </dev/null
        status=$?
        if [ "$status" -gt 1 ] || { [ ! -s out.txt ] && [ -z "$(find . -maxdepth 1 -newer before -type f -size +0 ! -name err.txt)" ]; }; then
            failed=$((failed + 1))
            printf '%s: %s\n  exit status %d: %s\n' "$(basename "$page")" "$line" "$status" "$(head -c 400 err.txt)"
        fi
    done <commands.txt
done
printf '%d examples run, %d failed\n' "$ran" "$failed"
[ "$failed" -eq 0 ] && [ "$ran" -gt 20 ]
