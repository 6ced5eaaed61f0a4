# SPDX-License-Identifier: Apache-2.0
# bash completion for overfly
# shellcheck shell=bash

_overfly_words()
{
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_overfly()
{
    local verbs="ingest decode status check route brief map timeline changes flight ledger world"
    local common="--json --no-colour --no-color --ledger --world --notices --at --as-of --received --level --law --no-law --help"
    local party="--operator --operator-state --registry --owner --airman --seller --use --aircraft --from --to"
    local parts="build show list at along who export import check"
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]:-}
    local own=
    COMPREPLY=()

    if [ "$COMP_CWORD" -eq 1 ]; then
        _overfly_words "$verbs --help --version" "$current"
        return
    fi
    case "$verb,$previous" in
    *,--use) _overfly_words "airline cargo private state military humanitarian sar medical" "$current"; return ;;
    route,--mode) _overfly_words "free" "$current"; return ;;
    map,--format | timeline,--format) _overfly_words "svg png" "$current"; return ;;
    check,--format) _overfly_words "json csv arrow text" "$current"; return ;;
    world,--format) _overfly_words "geojson gpkg" "$current"; return ;;
    world,--kind) _overfly_words "fir state sea airport fix airway airspace operator" "$current"; return ;;
    world,list) _overfly_words "state fir airport fix navaid airway operator airspace source claim" "$current"; return ;;
    world,--batch | world,--fir | world,--airspace | world,--nav | *,--ledger | *,--world | *,--notices | *,--closure | *,--flights | *,--map | *,-o | *,--output)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    esac
    case "$verb" in
    ingest) own="--received --name --field --complete-for --news --published --recursive -r" ;;
    decode) own="--field --window --spans --plain --explain --emit --canonical" ;;
    status) own="$party" ;;
    check) own="$party --field --batch --threads --format --summary --closure --quiet --wind" ;;
    route) own="$party --avoid --mode --alternatives --margin --speed --depart --field" ;;
    brief) own="$party --flights --map --no-routes --published --explain --statements" ;;
    map) own="$party --flights --size --format --frame --all-firs --no-routes -o --output" ;;
    timeline) own="--from --until --output -o --format --size" ;;
    changes) own="--all" ;;
    flight) own="--field --window --wind --track --set-aside" ;;
    ledger) own="--head --output -o --gzip --received --because --since" ;;
    world) own="--kind --format --batch --callsign --registration --address --without-nav --fir --airspace --replace-all --nav --add --limit -o --output" ;;
    esac
    case "$current" in
    -*) _overfly_words "$common $own" "$current" ;;
    *)
        local words=
        if [ "$verb" = ledger ] && [ "$COMP_CWORD" -eq 2 ]; then words="info verify index export import withdraw gaps heartbeat"; fi
        if [ "$verb" = world ] && [ "$COMP_CWORD" -eq 2 ]; then words=$parts; fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
        ;;
    esac
}
complete -F _overfly overfly
