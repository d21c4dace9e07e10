#!/usr/bin/env python3
"""tests/messages/validate.py COMITY: holds every example against the JSON Schema that the program
prints, with a validator that is not ours; and sees that the schemas refuse what is broken."""
import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

folder = pathlib.Path(__file__).parent
printed = subprocess.run([sys.argv[1], "message", "schema"], check=True, capture_output=True)
schemas = json.loads(printed.stdout)
validators = {}
for name, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[name.split("/")[0]] = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker())

faults = []


def places(value, path=()):
    """Every object with the path to it."""
    if isinstance(value, dict):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, path + (key,))


def breakages(value):
    """The ways in which one object can be broken that a schema must see."""
    for name, member in value.items():
        yield name, None
        if isinstance(member, str):
            yield name, "x" * 30000
            yield name, "a\u0000b"
        elif isinstance(member, bool):
            yield name, "yes"
        elif isinstance(member, int):
            yield name, -10**15
        elif isinstance(member, list) and member:
            yield name, member * 501


seen, tried, broken = set(), set(), 0
for path in sorted(folder.glob("*.json")):
    word = path.name.split(".")[0]
    validator = validators[word]
    example = json.loads(path.read_text())
    for error in validator.iter_errors(example):
        faults.append(f"{path.name}: {error.json_path}: {error.message[:200]}")
    seen.add(word)
    for where, _ in places(example):
        if {"decision", "requestDecision"} & set(where):
            continue  # a decision is any object
        at = example
        for key in where:
            at = at[key]
        for name, value in breakages(at):
            spot = (word, *(key for key in where if isinstance(key, str)), name, str(value)[:9])
            if name in ("decision", "requestDecision") or spot in tried:
                continue
            tried.add(spot)
            spoilt = copy.deepcopy(example)
            target = spoilt
            for key in where:
                target = target[key]
            target[name] = value
            broken += 1
            if validator.is_valid(spoilt):
                faults.append(f"{path.name}: {where + (name,)} = {str(value)[:20]!r} is taken")

for word in validators.keys() - seen:
    faults.append(f"{word}: no example")
print("\n".join(faults) or f"{len(seen)} types hold, {broken} breakages are refused")
sys.exit(bool(faults))
