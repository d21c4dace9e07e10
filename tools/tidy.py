#!/usr/bin/env python3
"""The house rules that a machine can check. Runs as a test; prints path:line: rule."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
line_columns_max, function_lines_max, file_lines_max = 100, 60, 500
banned_names = re.compile(r"\b(class|struct)\s+\w*(Manager|Helper|Util|Utils|Impl)\b")
# Not the thing itself but its place on one machine: none may enter a commit.
foreign_paths = re.compile(r"/tmp/bash_jobs|/work/main|/root/")

uses = {}
for name, used in re.findall(r"^comity_module\((\w+)(?:\s+USES ([\w ]+?))?(?:\s+LINK [^)]*)?\)",
                             (root / "CMakeLists.txt").read_text(), re.M):
    uses[name] = set(used.split())


def reach(room):
    return {room} | uses[room] | {deep for used in uses[room] for deep in reach(used)}


errors = []


def check_cpp(path):
    room = path.relative_to(root / "src").parts[0]
    lines = path.read_text().splitlines()
    start = None
    for number, line in enumerate(lines, 1):
        def say(what):
            errors.append(f"{path.relative_to(root)}:{number}: {what}")
        include = re.match(r'#include "(\w+)/', line)
        if include and room in uses and include[1] not in reach(room):
            say(f"{room}/ may not know {include[1]}/")
        if len(line) > line_columns_max:
            say(f"longer than {line_columns_max} columns")
        code = re.sub(r'//.*|".*?"|= delete', "", line)
        if re.search(r"\b(throw|new|delete|goto)\b(?! \w*=)", code):
            say("banned word")
        if re.search(r"\busing namespace std;", code):
            say("name what you use")
        if re.search(r"\{[^{}()]*, TRY\(|\{ TRY\([^;]*, ", code):
            say("TRY inside a braced list leaks in GCC 12")
        if banned_names.search(code):
            say("a name that says nothing")
        pure = room == "treaty" and not path.stem.endswith("_test")
        if pure and re.search(r"\b(time|now|rand|getenv|fopen)\s*\(|std::(ifstream|thread)", code):
            say("the law is pure")
        if re.search(r"system_clock::now|random_device", code) and room != "main":
            say("time and randomness come in through constructors")
        if line == "{":
            start = number
        if line == "}" and start:
            if number - start - 1 > function_lines_max:
                say(f"function of {number - start - 1} lines, {function_lines_max} at most")
            start = None
    if len(lines) > file_lines_max:
        errors.append(f"{path.relative_to(root)}: {len(lines)} lines, {file_lines_max} at most")
    if path.suffix == ".h" and "#pragma once" not in lines[:3]:
        errors.append(f"{path.relative_to(root)}: no #pragma once")


for path in sorted((root / "src").rglob("*")):
    if path.suffix in (".h", ".cpp"):
        check_cpp(path)
    if path.is_dir() and path.parent == root / "src" and path.name not in uses:
        errors.append(f"src/{path.name}: a room without its line in CMakeLists.txt")

for pattern in ("web/src/**/*.ts", "web/src/**/*.svelte", "web/src/**/*.css", "tests/**/*.cpp",
                "tests/**/*.ts", "tools/*"):
    for path in sorted(root.glob(pattern)):
        if "node_modules" in path.parts or not path.is_file() or path.name == "tidy.py":
            continue
        lines = path.read_text().splitlines()
        if len(lines) > file_lines_max:
            errors.append(f"{path.relative_to(root)}: {len(lines)} lines, {file_lines_max} at most")
        for number, line in enumerate(lines, 1):
            if foreign_paths.search(line):
                errors.append(f"{path.relative_to(root)}:{number}: names one machine's folder")

print("\n".join(errors) or "tidy")
sys.exit(bool(errors))
