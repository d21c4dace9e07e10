#!/usr/bin/env bash
# Before each commit: white space, the tests, clang-tidy on what changed since the last commit.
set -euo pipefail
cd "$(dirname "$0")/.."
make --no-print-directory format
tools/test.sh
mapfile -t changed < <({ git diff --name-only HEAD; git ls-files --others --exclude-standard; } |
    grep -E '^src/.*\.cpp$' | sort -u)
if [ ${#changed[@]} -gt 0 ]; then
    echo "== clang-tidy on ${#changed[@]} changed files"
    # GCC's own flags mean nothing to clang.
    mkdir -p build/tidy
    sed -E 's/ -W(duplicated-cond|logical-op)//g; s/ -fsanitize=[^ ]*//g' \
        build/dev/compile_commands.json >build/tidy/compile_commands.json
    clang-tidy-19 --quiet -p build/tidy "${changed[@]}"
fi
echo "== ready to commit"
