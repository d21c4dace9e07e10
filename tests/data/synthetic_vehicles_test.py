#!/usr/bin/env python3
"""2 000 vehicles of each State, made twice: the same bytes, nothing twice in them, every line of
the form that message::Vehicle has and every plate of a shape that search::plate_fit calls usual."""
import collections
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
count = 2000
demo_plates = {"BG": "CA 1234 AB", "RO": "B 123 ABC", "RS": "BG 123-AA"}
categories = {"M1", "M2", "M3", "N1", "N2", "N3", "L3e", "O4"}
failures = []


def check(holds, state, what):
    if not holds:
        failures.append(f"{state}: {what}")


def described(header, struct):
    """The members of a struct as they are on the wire, those that may be missing apart."""
    text = (root / "src/message" / header).read_text()
    body = re.search(rf"^struct {struct} {{\n(.*?)^}};", text, re.M | re.S)[1]
    wire = lambda name: re.sub(r"_(\w)", lambda m: m[1].upper(), name)
    members = re.findall(r"^    ([\w:<>]+) (\w+)(?: \{\})?;", body, re.M)
    return ({wire(name) for kind, name in members},
            {wire(name) for kind, name in members if "optional" in kind})


def usual_plates():
    """The shapes of search/plate.cpp as expressions over plate keys."""
    marks = {"L": "[A-Z]", "C": "[ABEKMHOPCTYX]", "9": "[0-9]", "*": "[A-Z0-9]"}
    shapes = collections.defaultdict(list)
    for state, shape in re.findall(r'\{ "([A-Z]{2})", "([LC9*]+)" \}',
                                   (root / "src/search/plate.cpp").read_text()):
        shapes[state].append("".join(marks[mark] for mark in shape))
    return {state: re.compile("|".join(found)) for state, found in shapes.items()}


def generate(state, seed, hash_seed):
    done = subprocess.run(
        [sys.executable, root / "tools/synthetic_vehicles.py", "--state", state,
         "--count", str(count), "--seed", str(seed)],
        capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return done.stdout


def plate_key(plate):
    return re.sub("[^A-Z0-9]", "", plate.translate(str.maketrans("ŠĐČĆŽ", "SDCCZ")))


def check_person(state, person):
    members, optional = described("body.h", "Person")
    check(members - optional <= set(person) <= members, state, f"members of {person}")
    check(person["familyName"].endswith(" TEST"), state, f"no TEST: {person['familyName']}")
    check(person["legalEntity"] == ("givenName" not in person), state, f"{person}")
    check(person["legalEntity"] == ("birthDate" not in person), state, f"{person}")
    local = bool(re.search("[А-Яа-яЂ-џ]", person["familyName"]))
    check(local == (state in ("BG", "MK", "RS")), state, f"script of {person['familyName']}")
    check(local == ("latin" in person), state, f"Latin line of {person['familyName']}")
    for text in person.get("latin", {}).values():
        check(not re.search("[А-Яа-яЂ-џ]", text), state, f"Cyrillic in the Latin line: {text}")


def check_vehicle(state, vehicle):
    members, _ = described("body.h", "Vehicle")
    check(set(vehicle) == members, state, f"members of {vehicle}")
    check(vehicle["registrationState"] == state, state, "another State")
    check(re.fullmatch("[A-HJ-NPR-Z0-9]{3}TEST[A-HJ-NPR-Z0-9]{10}", vehicle["vin"]), state,
          f"VIN {vehicle['vin']}")
    check(vehicle["category"] in categories, state, f"category {vehicle['category']}")
    day = datetime.date.fromisoformat(vehicle["firstRegistration"])
    check(1998 <= day.year <= 2026, state, f"first registration {day}")
    check_person(state, vehicle["holder"])
    check_person(state, vehicle["owner"])


def check_state(state, usual):
    text = generate(state, 1, "1")
    check(text == generate(state, 1, "2"), state, "the same seed gives other bytes")
    check(text != generate(state, 2, "1"), state, "another seed gives the same bytes")
    all_of = [json.loads(line) for line in text.decode().splitlines()]
    check(len(all_of) == count, state, f"{len(all_of)} lines")
    keys = [plate_key(vehicle["plate"]) for vehicle in all_of]
    check(len(set(keys)) == count, state, "a plate twice")
    check(len({vehicle["vin"] for vehicle in all_of}) == count, state, "a VIN twice")
    if state in demo_plates:
        check(all_of[0]["plate"] == demo_plates[state], state, "the demo's plate is missing")
    for key, vehicle in zip(keys, all_of):
        check(usual[state].fullmatch(key), state, f"unusual plate {vehicle['plate']}")
        check_vehicle(state, vehicle)
    stolen = sum(vehicle["stolen"] for vehicle in all_of)
    check(5 <= stolen <= 50, state, f"{stolen} stolen")
    same = sum(vehicle["holder"] == vehicle["owner"] for vehicle in all_of) / count
    check(0.75 <= same <= 0.85, state, f"holder and owner are one in {same:.0%}")
    firms = sum(vehicle["owner"]["legalEntity"] for vehicle in all_of) / count
    check(0.07 <= firms <= 0.13, state, f"firms own {firms:.0%}")


usual = usual_plates()
states = sorted(usual)
check(len(states) == 12, "all", f"{len(states)} States with plates")
for state in states:
    check_state(state, usual)
print("\n".join(failures[:20]) or f"{count} vehicles of each of {', '.join(states)}")
sys.exit(bool(failures))
