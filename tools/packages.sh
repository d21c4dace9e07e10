#!/usr/bin/env bash
# Installs the Debian packages of deps/apt.txt (or of the list PACKAGES names) that are missing, and Node with npm where no
# usable one is on the PATH (Debian's own Node 18 is enough). Does nothing when all are there.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t wanted < <(grep -vE '^(#|$)' "${PACKAGES:-deps/apt.txt}")
node_major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/' || true)
if [ "${node_major:-0}" -lt 18 ] || ! command -v npm >/dev/null; then wanted+=(nodejs npm); fi

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "packages are missing and neither root nor sudo is here: ${missing[*]}" >&2; exit 1; }
    root=(sudo)
fi
echo "== installing ${#missing[@]} packages: ${missing[*]}"
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
