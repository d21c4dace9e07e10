#!/usr/bin/env bash
# Everything that must hold, in the order that fails fastest.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh dev
echo "== unit tests, text cases, vectors and house rules"
ctest --preset dev
tools/web.sh check
tools/web.sh build
if tools/postgres.sh here; then
    echo "== the database tests again, on a private PostgreSQL"
    # Nobody pulls this machine's plug: what the server wrote survives any kill.
    tools/postgres.sh with -c fsync=off -c full_page_writes=off ctest --preset dev \
        -R '^(store|ledger|access|exchange|protection|casework|identification|rights|security|claims|http)$'
    echo "== a standby takes over under load: nothing acknowledged is lost"
    python3 tests/store/failover.py build/dev/store_load
    echo "== two processes of one State on one database, one of them killed"
    tools/postgres.sh with python3 tests/nodes/shared.py build/dev/comity
    echo "== ten times kill -9 again, on PostgreSQL"
    tools/postgres.sh with python3 tests/nodes/crash.py build/dev/comity
else
    echo "== SKIPPED: everything on PostgreSQL, for there is no server on this machine"
fi
echo "== ten times kill -9 in the middle of an exchange"
python3 tests/nodes/crash.py build/dev/comity
echo "== the first connection of two files of profiles, both nodes killed while it runs"
python3 tests/nodes/first_run.py build/dev/comity
echo "== a Party that left the Convention: what came from it is destroyed, and certified"
python3 tests/nodes/ended.py build/dev/comity
echo "== a sample asked for, permitted, taken and compared, on two desks"
python3 tests/nodes/sampling.py build/dev/comity
echo "== two officers for what Article 20 sends, on two desks"
python3 tests/nodes/dna_officers.py build/dev/comity
echo "== what it cost: a claim paid in part, disputed and settled, on two desks"
python3 tests/nodes/claims.py build/dev/comity
echo "== kill -9 of nodes under load at random moments"
python3 tests/nodes/storm.py build/dev/comity 8
echo "== three States on hosts of their own: lines cut, one way too"
python3 tests/nodes/hosts.py build/dev/comity
echo "== every key replaced while messages flow, and one revoked"
python3 tests/nodes/rotation.py build/dev/comity
echo "== the outer layer between two nodes"
python3 tests/nodes/outer.py build/dev/comity
echo "== a node whose keys are in a PKCS#11 token"
python3 tests/nodes/token.py build/dev/comity
echo "== logs and figures: one message in both, personal data in neither"
python3 tests/nodes/health.py build/dev/comity
echo "== what a node refuses, and how"
python3 tests/nodes/refusals.py build/dev/comity
echo "== a packet by courier between nodes whose line is down"
python3 tests/nodes/courier.py build/dev/comity
echo "== a foreign node made of curl and openssl"
python3 tests/protocol/foreign.py build/dev/comity
echo "== a register of ours in the eyes of Go's sumdb packages, and with one byte changed"
python3 tests/independent/register.py build/dev/comity
python3 tests/independent/stamps.py build/dev/comity
echo "== signing in through a provider that is not ours"
(cd tests/nodes/oidc && npm ci --silent)
python3 tests/nodes/oidc.py build/dev/comity
echo "== the first exchange on two desks, in a real browser"
python3 tests/nodes/desk.py build/dev/comity
echo "== every page of the desk, empty and filled"
python3 tests/nodes/tour.py build/dev/comity
echo "== the stories of casework on three desks"
python3 tests/nodes/casework.py build/dev/comity
echo "== who needs to know, a second officer, the shift: on two desks"
python3 tests/nodes/need.py build/dev/comity
echo "== related cases, contacts, direct contact, paper and figures: an officer's day on three desks"
python3 tests/nodes/day.py build/dev/comity
echo "== corrections, doubts and consents between two desks, and the desk of data protection"
python3 tests/nodes/rights.py build/dev/comity
echo "== a person's request from the letter to the reply, at two desks of data protection"
python3 tests/nodes/person.py build/dev/comity
echo "== Article 32 at two desks of security officers, and the yearly report of data protection"
python3 tests/nodes/security.py build/dev/comity
echo "== all of it holds"
