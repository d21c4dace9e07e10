#!/usr/bin/env bash
# Everything that must hold, in the order that fails fastest.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh dev
echo "== unit tests, text cases, vectors and house rules"
ctest --preset dev
tools/web.sh check
tools/web.sh build
echo "== ten times kill -9 in the middle of an exchange"
python3 tests/nodes/crash.py build/dev/comity
echo "== what a node refuses, and how"
python3 tests/nodes/refusals.py build/dev/comity
echo "== a foreign node made of curl and openssl"
python3 tests/protocol/foreign.py build/dev/comity
echo "== a register of ours in the eyes of Go's sumdb packages, and with one byte changed"
python3 tests/independent/register.py build/dev/comity
python3 tests/independent/stamps.py build/dev/comity
echo "== the first exchange on two desks, in a real browser"
python3 tests/nodes/desk.py build/dev/comity
echo "== all of it holds"
