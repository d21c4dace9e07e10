#!/usr/bin/env bash
# tools/web.sh build|check: the desk into build/web, or its types, unit tests and catalogues.
set -euo pipefail
cd "$(dirname "$0")/../web"
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "== installing the desk's packages (npm)"
    npm ci --silent --no-audit --no-fund --ignore-scripts
fi
echo "== desk: $1"
npm run --silent "$1"
