#!/usr/bin/env bash
# tools/bench_desk.sh [CASES...]: fills one node each with so many cases (10 000, 100 000 and a million) on
# SQLite, copies them into a private PostgreSQL, measures the pages of their desks and writes
# docs/BENCHMARKS_DESK.md. Takes 30 GB of disk. Nothing fails for being slow.
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
if tools/postgres.sh here; then
    quarter=$(($(awk '/^MemTotal/ {print $2}' /proc/meminfo) / 4))kB # as the server's manual advises
    tools/postgres.sh with -c "shared_buffers=$quarter" "${measure[@]}" "$@" | tee "$rows"
else
    "${measure[@]}" "$@" | tee "$rows"
    echo "== SKIPPED: PostgreSQL, for there is no server on this machine"
fi
first=$(node web/weigh.mjs | sed -n 's/^ *\([0-9]*\)  bytes first; the limit is \([0-9]*\)$/\1 bytes compressed, of \2/p')

{
    cat <<END
# Benchmarks of the duty desk

Written by \`make bench-desk\`; not edited by hand. One node a size is filled with made-up cases (two messages
with their contents in the vault, a timeline and a holder each; one case in 64 is about a name that many bear).
All run at once, and an officer of each opens every page 4000 times over HTTP after 20 that are not counted,
each time about another case of his, old or new alike; the nodes take turns, so that what the machine does
beside falls on all of them. At the largest size 200 officers work for half a minute, each with live updates,
one act in five seconds. "To the smallest" is the p99 through that at the smallest size. Pages of a database
that the kernel has given up meanwhile are read from the disk again, as they would be for the officer. Memory
is the most that the node ever held, database caches included; PostgreSQL has a quarter of the machine's for
itself, as its manual advises. Before that a node of 100 000 cases has 100 000 items due on one day, and the
inbox is opened for half a minute of the night in which they are destroyed. First load of the desk: ${first:-not weighed}.

$(date -u +%F), commit $commit, $(lscpu | sed -n 's/^Model name: *//p' | head -1),
$(nproc) cores, load $load before, Linux $(uname -r), $(g++ --version | head -1), -O2 with assertions.

END
    cat "$rows"
} >"$page"
echo "== $page is written"
