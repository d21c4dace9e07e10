#!/usr/bin/env bash
# Everything that must hold, in the order that fails fastest.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh dev
echo "== unit tests, text cases and house rules"
ctest --preset dev
