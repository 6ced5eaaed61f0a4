#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# test_man.sh PROGRAM SOURCES: the manual, the shell completion and docs/json.md say what the program
# does. Every verb has its page; every option of a verb's table stands in its page and is completed,
# and no page or completion names another; every JSON key that a verb writes is described.
set -u
program=$(realpath "$1")
cd "$2" || exit 2
failed=0
checked=0

# expect WHAT WORD LIST: WORD is one of the lines of LIST
expect() {
    checked=$((checked + 1))
    case $'\n'$3$'\n' in
    *$'\n'"$2"$'\n'*) ;;
    *)
        failed=$((failed + 1))
        printf '%s: no %s\n' "$1" "$2"
        ;;
    esac
}

options_of() { grep -ohE '\{"--?[a-z-]+", CLI_[A-Z]+' "$@" | sed -E 's/^\{"([^"]*)".*/\1/' | sort -u; }
plain_page() { sed -e 's/\\-/-/g' "$1"; }
completed() {
    local COMP_WORDS=(overfly "$1" "$2") COMP_CWORD=2 COMPREPLY=()
    _overfly
    printf '%s\n' "${COMPREPLY[@]}"
}

# shellcheck source=completions/overfly.bash
. completions/overfly.bash
verbs=$("$program" --help | sed -nE 's/^  ([a-z]+)  +[^ ].*/\1/p')
common=$(options_of src/cli/cli.c)
overview=$(plain_page man/overfly.1 | grep -oE -- '--?[a-z][a-z-]*' | sort -u)
for option in $common; do
    expect man/overfly.1 "$option" "$overview"
done
expect "the verbs of overfly --help" status "$verbs"

COMP_WORDS=(overfly "") COMP_CWORD=1
_overfly
first_words=$(printf '%s\n' "${COMPREPLY[@]}")
for verb in $verbs; do
    page=man/overfly-$verb.1
    expect completions/overfly.bash "$verb" "$first_words"
    expect man/overfly.1 "$verb" "$(plain_page man/overfly.1 | grep -oE 'overfly-[a-z]+ \(1\)' | sed -E 's/overfly-([a-z]+).*/\1/')"
    expect man/meson.build "overfly-$verb.1" "$(grep -oE '[a-z-]+\.1' man/meson.build)"
    if [ ! -f "$page" ]; then
        failed=$((failed + 1))
        printf 'no %s\n' "$page"
        continue
    fi
    file=$(grep -lE "^int cli_$verb\(" src/cli/*.c)
    if [ -z "$file" ]; then
        failed=$((failed + 1))
        printf 'no file of src/cli has cli_%s()\n' "$verb"
        continue
    fi
    own=$(options_of "$file")
    offered=$(completed "$verb" -)
    written=$(plain_page "$page" | grep -oE -- '(^|[^a-zA-Z0-9-])--?[a-z][a-z-]*' | sed -E 's/^[^-]//' | sort -u)
    for option in $own; do
        expect "$page" "$option" "$written"
        expect "the completion of $verb" "$option" "$offered"
    done
    allowed=$(printf '%s\n' "$own" "$common" --help -h)
    for option in $written; do
        case "$option" in --*) ;; *) continue ;; esac
        expect "src/cli, for $page" "$option" "$allowed"
    done
    for option in $offered; do
        expect "src/cli, for the completion of $verb" "$option" "$allowed"
    done
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS OUTPUT '"EXIT STATUS"' ENVIRONMENT EXAMPLES '"SEE ALSO"'; do
        expect "$page" ".SH ${section//\"/}" "$(cat "$page")"
    done
done

# Keys: the second argument of the JSON writer and of the small functions around it, and tables of
# keys. Described means: a word between backquotes in docs/json.md.
# shellcheck disable=SC2016 # the backquotes are meant
described=$(grep -oE '`[^`]+`' docs/json.md | grep -oE '[a-zA-Z_][a-zA-Z0-9_]*' | sort -u)
keys=$(for file in src/cli/*.c; do
    tr '\n' ' ' <"$file" \
        | grep -oE '(ovf_json_key|put_[a-z_]+)\([^"();]*, *"[a-z_A-Z0-9]+"' \
        | sed -E 's/.*"([^"]*)"$/\1/'
    awk '/const char \*key;/ { in_table = 1 } in_table { line = $0
             while (match(line, /\{"[a-z_]+",/)) {
                 print substr(line, RSTART + 2, RLENGTH - 4); line = substr(line, RSTART + RLENGTH) } }
         in_table && /\};/ { in_table = 0 }' "$file"
done | sort -u)
expect "keys found in src/cli" legal "$keys"
for key in $keys; do
    expect docs/json.md "$key" "$described"
done

# The program quoted in the manual is the one that is compiled.
quoted=$(sed -n '/^\/\* SPDX/,/^\.EE/p' man/liboverfly.3 | sed -e '/^\.EE/d' -e 's/\\-/-/g' \
    -e "s/\\\\(aq/'/g" -e 's/\\(ga/`/g' -e 's/\\(ha/^/g' -e 's/\\(ti/~/g' -e 's/^\\&//' -e 's/\\e/\\/g')
checked=$((checked + 1))
if [ "$quoted" != "$(cat docs/examples/status.c)" ]; then
    failed=$((failed + 1))
    printf 'man/liboverfly.3 does not quote docs/examples/status.c as it is\n'
fi

if command -v groff >/dev/null; then
    for page in man/*.[1-9]; do
        checked=$((checked + 1))
        if [ -n "$(groff -man -Tutf8 -ww "$page" 2>&1 >/dev/null)" ]; then
            failed=$((failed + 1))
            groff -man -Tutf8 -ww "$page" 2>&1 >/dev/null | head -n 5
        fi
    done
fi
printf '%d checked, %d wrong\n' "$checked" "$failed"
[ "$failed" -eq 0 ]
