#!/usr/bin/env bash
# tools/bench_exchange.sh: Comity's two nodes beside other ways to bring a message from a disk to a
# disk, all doing the same work (tests/bench/exchange/carrier.h), in one run on one machine. Writes
# the section "Exchange" of docs/BENCHMARKS.md. Nothing fails for being slow; what cannot run here
# is a row that says why. RUN=10 seconds of a run, ROUNDS=3, SENDERS=64, WAITING=100000.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/release
page=docs/BENCHMARKS.md
run=${RUN:-10} rounds=${ROUNDS:-3} senders=${SENDERS:-64} waiting=${WAITING:-100000}

PACKAGES=deps/bench.txt tools/packages.sh || echo "   some packages could not be had: their rows say so"
tools/build.sh release exchange_benchmarks

load=$(cut -d' ' -f1 /proc/loadavg)
results=$(mktemp)
trap 'rm -f "$results"' EXIT
measure() { # PROGRAM NAME: rows and facts, or why there are none
    local program=$build/$1_pair why
    shift
    if [ ! -x "$program" ]; then why="its client library is not here"
    elif "$program" "$@" --senders "$senders" --seconds "$run" >>"$results" 2>"$results.why"; then return 0
    else why=$(tail -1 "$results.why"); fi
    printf 'skipped\t%s\t%s\n' "$name" "$why" >>"$results"
    echo "   $name is skipped: $why"
}
# In turns, so that whoever else uses the machine disturbs all of them alike.
for ((round = 1; round <= rounds; ++round)); do
    for peer in comity bare redis postgres rabbitmq postfix; do
        case $peer in
        comity) name='Comity, full evidence' ;;
        bare) name='Comity, bare pipe' ;;
        redis) name='Redis streams' ;;
        postgres) name='PostgreSQL queue' ;;
        rabbitmq) name='RabbitMQ quorum queues' ;;
        postfix) name='Postfix pair' ;;
        esac
        echo "== round $round: $name"
        measure "$peer" --name "$name"
    done
done
name='Comity, full evidence'
echo "== $waiting messages that wait"
measure comity --name "$name" --waiting "$waiting"
rm -f "$results.why"
tools/bench_exchange.py "$page" "$results" "$load" "$run" "$rounds" "$senders"
echo "== $page is written"
