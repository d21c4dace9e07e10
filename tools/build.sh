#!/usr/bin/env bash
# tools/build.sh dev|release|thread|fuzz [TARGET]: configure once, build what changed.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
echo "== building ($preset)"
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target "${2:-all}" | grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' || [ "${PIPESTATUS[0]}" -eq 0 ]
if [ "$preset" = release ] && [ $# -eq 1 ]; then echo "== build/release/comity is ready"; fi
