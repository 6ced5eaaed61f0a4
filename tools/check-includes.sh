#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-includes.sh [ROOT]: holds the include direction. A file of a room includes public headers of
# its own room and of rooms before it, and private headers of its own room only (those in its folder). Which room a public
# header belongs to stands in the header itself: "Room: geo."
set -eu
cd "${1:-$(dirname "$0")/..}"
rooms="base geo time world notice statement authority restriction flight conflict route ledger live draw server cli"
{
    for header in include/overfly/*.h; do
        room=$(sed -n 's/.*Room: \([a-z]*\).*/\1/p' "$header" | head -n 1)
        printf 'header %s %s\n' "$(basename "$header" .h)" "${room:-none}"
    done
    for header in src/*/*.h; do
        room=${header#src/}
        printf 'private %s %s\n' "${room%%/*}" "${header##*/}"
    done
    printf 'private notice vocabulary.h\n' # made when the library is built (tools/make_vocabulary.c)
    for file in include/overfly/*.h src/*/*.c src/*/*.h; do
        case "$file" in
        include/*) room=$(sed -n 's/.*Room: \([a-z]*\).*/\1/p' "$file" | head -n 1) ;;
        *) room=${file#src/}; room=${room%%/*} ;;
        esac
        sed -n 's/^#include *\([<"]\)\([^>"]*\)[>"].*/\1 \2/p' "$file" | while read -r kind name; do
            printf 'use %s %s %s %s\n' "$file" "${room:-none}" "$kind" "$name"
        done
    done
} | awk -v rooms="$rooms" '
BEGIN { n = split(rooms, list, " "); for (i = 1; i <= n; i++) rank[list[i]] = i }
$1 == "header" { room_of[$2] = $3; if ($2 != "overfly" && !($3 in rank)) { print "include/overfly/" $2 ".h: names no room"; bad++ } next }
$1 == "private" { private[$2, $3]; next }
{
    file = $2; room = $3; name = $5
    if (file == "include/overfly/overfly.h") next
    if (!(room in rank)) { print file ": no such room: " room; bad++; next }
    uses++
    if ($4 == "<" && name ~ /^overfly\//) {
        header = name; sub(/^overfly\//, "", header); sub(/\.h$/, "", header)
        if (header == "overfly" && room == "cli") next
        if (!(header in room_of)) { print file ": includes unknown " name; bad++; next }
        # time and geo stand side by side: neither is below the other
        if (rank[room_of[header]] > rank[room] || (room == "time" && room_of[header] == "geo")) {
            print file ": room " room " includes " name " of room " room_of[header]; bad++
        }
    } else if (name ~ /\.inc$/) { # a table that the build makes for the room named before the slash
        if (index(name, room "/") != 1) { print file ": includes " name " of another room"; bad++ }
    } else if (room == "notice" && name == "vocabulary.h") { # made when the library is built
        next
    } else if ($4 == "\"") {
        if (!((room, name) in private)) { print file ": includes " name ", no private header of its room"; bad++ }
    }
}
END {
    if (uses < 20) { print "found only " uses + 0 " includes: nothing was checked"; bad++ }
    print uses + 0 " includes checked, " bad + 0 " against the direction"
    exit bad > 0
}'
