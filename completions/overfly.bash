# SPDX-License-Identifier: Apache-2.0
# bash completion for overfly
# shellcheck shell=bash

_overfly()
{
    local verbs="ingest decode status check route brief map timeline flight world"
    local common="--json --no-colour --ledger --world --notices --at --as-of --help"
    local party="--operator --operator-state --registry --owner --airman --use --aircraft --from --to --level"
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]:-}
    local own=
    COMPREPLY=()

    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$verbs --help --version" -- "$current")
        return
    fi
    case "$previous" in
    --use)
        mapfile -t COMPREPLY < <(compgen -W "airline cargo private state military humanitarian sar medical" -- "$current")
        return
        ;;
    --mode)
        mapfile -t COMPREPLY < <(compgen -W "free airways" -- "$current")
        return
        ;;
    --format)
        mapfile -t COMPREPLY < <(compgen -W "svg png geojson" -- "$current")
        return
        ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W "fir state sea airport" -- "$current")
        return
        ;;
    --ledger | --world | --notices | --flights | --map | -o)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
        ;;
    esac
    case "$verb" in
    ingest) own="--received --name --recursive" ;;
    decode) own="--field --window --spans --received" ;;
    status) own="$party --geometry" ;;
    check) own="$party --batch" ;;
    route) own="$party --avoid --depart --mode --margin" ;;
    brief) own="$party --flights --map --published --no-routes" ;;
    map) own="$party --flights --size --format --world-map" ;;
    timeline) own="--from --until" ;;
    flight) own="--field" ;;
    world) own="build show list export at check --kind --format" ;;
    esac
    case "$current" in
    -*) mapfile -t COMPREPLY < <(compgen -W "$common $own" -- "$current") ;;
    *)
        local words=
        if [ "$verb" = world ] && [ "$COMP_CWORD" -eq 2 ]; then words="build show list export at check"; fi
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
        ;;
    esac
}
complete -F _overfly overfly
