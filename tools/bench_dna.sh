#!/usr/bin/env bash
# tools/bench_dna.sh [THOUSANDS]: DNA searches at a tenth of so many profiles and at all of them
# (10000: ten million; 4 GB of memory, 6 GB of disk, some minutes). Writes docs/BENCHMARKS_DNA.md.
set -euo pipefail
cd "$(dirname "$0")/.."
thousands=${1:-10000}
page=docs/BENCHMARKS_DNA.md
tools/build.sh release dna_bench
load=$(cut -d' ' -f1 /proc/loadavg)
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
build/release/dna_bench "$thousands" | tee "$rows"
{
    cat <<END
# Benchmarks of DNA searches

Written by \`make bench-dna\`; not edited by hand. Costs stand beside what the same machine allowed in
the same run; the share is limit through figure, so that more than 1 is better than the limit.
Searches are the median over 40 queries and seven turns, half of the queries persons that are there,
some with a wildcard. "Touched" counts the bytes of bitmaps that a query reads; memory is read in one
run of addresses over 1 GiB; where the share is over 1, a part of what is touched was still in the
cache. The flat bitmaps are the method of the first sketch on the same profiles. Chance hits are
counts, not costs.

$(date -u +%F), commit $(git describe --always --dirty 2>/dev/null || echo unknown), $(lscpu | sed -n 's/^Model name: *//p' | head -1),
$(nproc) cores, load $load before, Linux $(uname -r), $(g++ --version | head -1), -O2 with assertions.

| What | Figure | Limit | Limit's figure | Share |
|---|---:|---|---:|---:|
END
    cat "$rows"
} >"$page"
echo "== $page is written"
