#!/usr/bin/env bash
# The main job, for real: three sovereign nodes on loopback, one request asked, judged, answered,
# proved. Stays up until Ctrl-C; ONCE=1 plays and leaves; KEEP_DATA=1 goes on with what is there.
# Needs build/release/comity and build/web (make demo sees to both).
set -euo pipefail
cd "$(dirname "$0")/.."
program=$PWD/build/release/comity
data=${DEMO_DATA:-$PWD/demo-data}
first_port=${PORT:-7800}
vehicles=${VEHICLES:-100000}
profiles=${PROFILES:-5000}
password=${DEMO_PASSWORD:-sofia-bucharest-belgrade}
states="bg ro rs"
export COMITY_HOME=$data

declare -A pids=()
stop_nodes() {
    trap - EXIT INT TERM
    for state in "${!pids[@]}"; do kill "${pids[$state]}" 2>/dev/null || true; done
    for state in "${!pids[@]}"; do wait "${pids[$state]}" 2>/dev/null || true; done
}
trap 'stop_nodes; echo; echo "the three nodes are stopped"; exit 0' INT TERM
trap stop_nodes EXIT

say() { printf '\n== %s\n' "$*"; }

set_up() {
    say "keys, certificates and one trust list for Bulgaria, Romania, Serbia"
    "$program" found "$data" --states BG,RO,RS --first-port "$first_port" --law data/treaty \
        --cases tests/cases/treaty --web build/web
    for state in $states; do
        local upper=${state^^}
        say "$upper: synthetic registers of $vehicles vehicles and $profiles DNA profiles (TEST), three accounts"
        python3 tools/synthetic_vehicles.py --state "$upper" --count "$vehicles" --seed 1 >"$data/$state/vehicles.jsonl"
        "$program" vehicles load "$data/$state/vehicles.jsonl" --node "$state"
        rm "$data/$state/vehicles.jsonl"
        python3 tools/synthetic_profiles.py --state "$upper" --count "$profiles" --seed 1 >"$data/$state/profiles.csv"
        "$program" dna register "$data/$state/profiles.csv" --node "$state" --erase-by "$(date -d '+10 years' +%F)"
        rm "$data/$state/profiles.csv"
        if [ "$state" = bg ]; then
            python3 tools/synthetic_profiles.py --state BG --relatives "$(date -d '+2 years' +%F)" >"$data/relatives.jsonl"
            "$program" dna relatives "$data/relatives.jsonl" --node bg
            rm "$data/relatives.jsonl"
        fi
        echo "$password" | "$program" account add --node "$state" --name officer \
            --display-name "Duty officer TEST" --role duty-officer --role case-officer
        echo "$password" | "$program" account add --node "$state" --name protection \
            --display-name "Data protection officer TEST" --role data-protection-officer
        echo "$password" | "$program" account add --node "$state" --name administrator \
            --display-name "Administrator TEST" --role administrator
    done
}

start_node() {
    local state=$1 log="$data/$1/node.log"
    "$program" node run --node "$state" >"$log" 2>&1 &
    pids[$state]=$!
    for _ in $(seq 200); do
        if grep -q '^READY' "$log"; then sed -n 's/^READY/up:/p' "$log"; return; fi
        kill -0 "${pids[$state]}" 2>/dev/null || { cat "$log" >&2; exit 1; }
        sleep 0.1
    done
    echo "the node of $state did not start in 20 seconds" >&2; cat "$log" >&2; exit 1
}

wait_for_answer() {
    for _ in $(seq 100); do
        "$program" case show "$1" --node bg | grep -q 'state answered' && return
        sleep 0.1
    done
    echo "no answer within 10 seconds" >&2; exit 1
}

# Article 20: a stain that Bulgaria found; Romania's first person left it.
compare() {
    local number
    number=2026-$(printf '%04d' $((417 + $("$program" case list --node bg | wc -l))))
    say "Sofia has a stain compared with the profiles of Bucharest, case $number"
    python3 tools/synthetic_profiles.py --state BG --stain >"$data/stain.txt"
    "$program" dna ask "$data/stain.txt" --node bg --to RO --purpose investigation --offence "burglary" \
        --ground investigation-or-proceedings --case "$number" --erase-by "$1" \
        --reference "BG-S-$number" --of stain --laboratory "Laboratory BG TEST" --lawful
    wait_for_answer "$number"
    "$program" case show "$number" --node bg
}

# Article 20, a missing person: Bulgaria has mother and sister, Romania an unidentified body.
find_missing() {
    local number
    number=2026-$(printf '%04d' $((417 + $("$program" case list --node bg | wc -l))))
    say "Sofia looks for a missing person of Bulgaria through mother and sister, case $number"
    "$program" dna family --node bg --to RO --relative mother=BG-R-1 --relative full-sibling=BG-R-2 \
        --purpose threat-to-public-security --ground missing-person --case "$number" --erase-by "$1" --lawful
    wait_for_answer "$number"
    "$program" case show "$number" --node bg
}

play() {
    local number id erase_by evidence
    number=2026-$(printf '%04d' $((417 + $("$program" case list --node bg | wc -l))))
    erase_by=$(date -d '+1 year' +%F)
    say "Sofia asks Bucharest who owns B 123 ABC, case $number"
    "$program" request send --node bg --to RO --kind vehicle-owner --plate "B 123 ABC" \
        --purpose investigation --offence "vehicle theft" --ground identify-owner \
        --case "$number" --erase-by "$erase_by"
    wait_for_answer "$number"
    say "the case in Sofia"
    "$program" case show "$number" --node bg
    say "the same exchange in Bucharest"
    "$program" case show "BG/$number" --node ro
    say "a request without a need ground never leaves"
    "$program" request send --node bg --to RO --kind vehicle-owner --plate "B 123 ABC" \
        --purpose investigation --offence "vehicle theft" --case "$number" --erase-by "$erase_by" && exit 1
    compare "$erase_by"
    find_missing "$erase_by"
    say "the register of Sofia, hashed again and held against Bucharest's"
    "$program" ledger verify --node bg
    "$program" ledger audit --node bg --against ro
    id=$("$program" message list --node bg | awk '/ request /{print $1; exit}')
    evidence=$data/evidence-$number
    say "evidence of message $id, checked with openssl and sha256sum alone"
    rm -rf "$evidence"
    "$program" message export "$id" "$evidence" --node bg
    sh "$evidence/verify.sh"
}

if [ ! -e "$data/bg/node.toml" ]; then set_up; fi
say "three nodes start"
for state in $states; do start_node "$state"; done
play
say "READY"
port=$first_port
for place in Sofia Bucharest Belgrade; do
    echo "  $place  http://127.0.0.1:$port  sign in as officer, protection or administrator, password $password"
    port=$((port + 2))
done
[ "${ONCE:-0}" != 1 ] || { echo "played once; the nodes stop"; exit 0; }
echo "Ctrl-C stops the three nodes."
wait
