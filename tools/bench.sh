#!/usr/bin/env bash
# tools/bench.sh: builds the benchmarks as they would be deployed, runs each and writes
# docs/BENCHMARKS.md with the machine's name. Nothing fails for being slow.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/release
page=docs/BENCHMARKS.md
echo "== building (release)"
[ -f "$build/build.ninja" ] || cmake --preset release >/dev/null
cmake --build --preset release --target benchmarks |
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' || [ "${PIPESTATUS[0]}" -eq 0 ]

load=$(cut -d' ' -f1 /proc/loadavg)
cpu=$(lscpu | sed -n 's/^Model name: *//p' | head -1)
folder=${TMPDIR:-/tmp}
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
echo "== cedar"
cedar=$(cd tests/bench/cedar && npm ci --silent --no-audit --no-fund >/dev/null && node bench.mjs) ||
    echo "   npm could not fetch Cedar: its row is left out"
# Where it lies beside the tree: the sketch that the plan's figure of a decision was measured with.
plan=../shared/prototype/rules_sketch.cpp
sketch=
if [ -f "$plan" ]; then
    g++ -O2 -std=c++20 -o "$folder/rules_sketch" "$plan"
    sketch=$("$folder/rules_sketch" | sed -n 's/.* \([0-9]*\) ns\/decision.*/\1/p' | head -1)
fi
for program in decisions evidence ledger exchange vault; do
    echo "== $program"
    arguments=()
    [ "$program" = decisions ] && arguments=("${cedar:-0}" "${sketch:-0}")
    "$build/${program}_bench" "${arguments[@]}" | tee -a "$rows"
done
echo "== store"
tools/postgres.sh with "$build/store_bench" | tee -a "$rows"

{
    cat <<END
# Benchmarks

Written by \`make bench\`; not edited by hand. Every figure stands beside its limit, measured in the
same run on the same machine, and the share of the limit that it reaches: figure through limit for
rates, limit through figure for costs. A figure is the best of seven turns, in which it and its
limit take turns; whole exchanges are one run of 2 000, and of 500 with one officer, and the disk
is tried before and after them. On a machine that others use too, the rows with SQLite in them
differ by several times from run to run, and the shares of two runs may not be compared.

$(date -u +%F), commit $(git describe --always --dirty 2>/dev/null || echo unknown), $cpu,
$(nproc) cores, load $load before, Linux $(uname -r), $(stat -f -c %T "$folder") under the database,
$(g++ --version | head -1), $(openssl version | cut -d' ' -f1,2), -O2 with assertions, one thread where no number is named.

| What | Figure | Limit | Limit's figure | Share |
|---|---:|---|---:|---:|
END
    cat "$rows"
    # What make bench-exchange wrote stays.
    echo
    sed -n '/^## Exchange$/,$p' "$page"
} >"$page.new"
mv "$page.new" "$page"
echo "== $page is written"
