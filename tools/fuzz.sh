#!/usr/bin/env bash
# tools/fuzz.sh [TARGET...]: builds the fuzz targets and runs each from its seeds, FUZZ_SECONDS (60).
# Prints a line each. What breaks one is kept in build/fuzz/found/TARGET and the run fails.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
[[ $seconds =~ ^[1-9][0-9]{0,5}$ ]] || { echo "FUZZ_SECONDS=$seconds is not 1 to 999999" >&2; exit 2; }
build=build/fuzz
tools/build.sh fuzz

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$source" _fuzz.cpp)"); done
fi

broken=0
for target in "${targets[@]}"; do
    grown=$build/corpus/$target
    found=$build/found/$target
    log=$build/$target.log
    mkdir -p "$grown" "$found"
    seeds=tests/fuzz/corpus/$target
    [ -d "$seeds" ] || seeds=
    status=0
    "$build/${target}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=65536 \
        -artifact_prefix="$found/" -print_final_stats=1 "$grown" ${seeds:+"$seeds"} \
        >"$log" 2>&1 || status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ "$status" -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
        reached=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
        printf '%-14s %10s executions in %s s, %s edges, clean\n' "$target" "$runs" "$seconds" "${reached#cov: }"
    else
        broken=1
        printf '%-14s BROKEN (exit %s): see %s and %s/\n' "$target" "$status" "$log" "$found"
        tail -25 "$log"
    fi
done
exit $broken
