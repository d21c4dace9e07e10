#!/usr/bin/env bash
# tools/bench_desk.sh [CASES...]: fills a node with so many cases (10 000, 100 000 and a million), on
# SQLite and on a private PostgreSQL (POSTGRES_CASES, else as many), measures the pages of its desk and
# writes docs/BENCHMARKS_DESK.md. A million take 11 GB of disk and to write a quarter of an hour on SQLite,
# an hour on PostgreSQL. Nothing fails for being slow.
set -euo pipefail
cd "$(dirname "$0")/.."
page=docs/BENCHMARKS_DESK.md
tools/build.sh release comity
tools/build.sh release desk_fill
tools/web.sh build

load=$(cut -d' ' -f1 /proc/loadavg)
commit=$(git describe --always --dirty 2>/dev/null || echo unknown) # what was built, whatever comes meanwhile
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
measure=(python3 tests/bench/desk.py build/release/comity build/release/desk_fill)
"${measure[@]}" "$@" | tee "$rows"
if tools/postgres.sh here; then
    read -ra cases <<<"${POSTGRES_CASES:-$*}"
    tools/postgres.sh with "${measure[@]}" "${cases[@]}" | tail -n +3 | tee -a "$rows"
else
    echo "== SKIPPED: PostgreSQL, for there is no server on this machine"
fi
first=$(node web/weigh.mjs | sed -n 's/^ *\([0-9]*\)  bytes first; the limit is \([0-9]*\)$/\1 bytes compressed, of \2/p')

{
    cat <<END
# Benchmarks of the duty desk

Written by \`make bench-desk\`; not edited by hand. A node is filled with made-up cases (two messages with
their contents in the vault, a timeline and a holder each); an officer then opens each page 300 times over
HTTP, and at the largest size 200 officers work for half a minute, each with live updates, one act in five
seconds. "To the smallest" is the p99 through that at the smallest size in the same run. Memory is the most
that the node ever held, database caches included. First load of the desk: ${first:-not weighed}.

$(date -u +%F), commit $commit, $(lscpu | sed -n 's/^Model name: *//p' | head -1),
$(nproc) cores, load $load before, Linux $(uname -r), $(g++ --version | head -1), -O2 with assertions.

END
    cat "$rows"
} >"$page"
echo "== $page is written"
