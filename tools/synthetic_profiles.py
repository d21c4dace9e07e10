#!/usr/bin/env python3
"""A synthetic national file of DNA profiles: a table with commas, as `comity dna register` takes it.

    tools/synthetic_profiles.py --state RO --count 500 --seed 1 > FILE

The same State, count and seed give the same bytes for ever. Nobody in it exists: alleles are drawn
one by one from the frequencies of data/dna, every laboratory ends in TEST. The first person of each
State is one and the same, and is the one whom --stain leaves behind: the demo finds him. Every tenth
profile is a body that nobody knows; the first of them, number 10, is the missing child of the family
whose mother and sister --relatives prints, with their consents, as `comity dna relatives` takes them.
"""
import argparse
import collections
import json
import pathlib
import random
import sys

data = pathlib.Path(__file__).resolve().parent.parent / "data" / "dna"
count_max = 100_000
population = "us-caucasian"
kit = "NGM SElect"
wanted_seed = "the person of the demo TEST"
family_seed = "the family of the demo TEST"
body_number = 10


def kits():
    for line in (data / "kits.tsv").read_text().splitlines():
        if line and not line.startswith(("#", "kit\t")):
            name, _, loci = line.split("\t")
            yield name, loci.split(",")


def counted():
    out = collections.defaultdict(list)
    for line in (data / "frequencies.tsv").read_text().splitlines():
        cells = line.split("\t")
        if cells[0] == population:
            out[cells[1]].append((cells[2], int(cells[3])))
    return out


def draw(source, loci, frequencies):
    """Two alleles a locus, as Hardy and Weinberg have it."""
    out = []
    for locus in loci:
        alleles, counts = zip(*frequencies[locus])
        pair = source.choices(alleles, counts, k=2)
        out += sorted(pair, key=float)
    return out


def child(source, one, other):
    """An allele of each parent, locus by locus."""
    out = []
    for at in range(0, len(one), 2):
        out += sorted((one[at + source.randrange(2)], other[at + source.randrange(2)]), key=float)
    return out


def family(loci, frequencies):
    source = random.Random(family_seed)
    father, mother = draw(source, loci, frequencies), draw(source, loci, frequencies)
    return mother, child(source, father, mother), child(source, father, mother)


def print_relatives(state, until, loci, mother, sister):
    for number, (relative, alleles) in enumerate((("mother", mother), ("sister", sister)), 1):
        profile = {
            "profileNumber": f"{state}-R-{number}", "kind": "relative", "kit": kit,
            "laboratory": f"Laboratory {state} TEST", "iso17025": True,
            "loci": [{"name": locus, "allele1": alleles[2 * at], "allele2": alleles[2 * at + 1]} for at, locus in enumerate(loci)],
        }
        consent = {
            "number": f"{state}-C-{number}", "givenBy": f"RELATIVE-{number} TEST ({relative})", "takenBy": "officer TEST",
            "givenOn": "2026-01-02", "missingPerson": f"{state}-MISSING-1 TEST", "validUntil": until,
        }
        print(json.dumps({"profile": profile, "consent": consent}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", required=True, help="two capital letters")
    parser.add_argument("--count", type=int, default=500, help=f"1 to {count_max}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stain", action="store_true", help="the stain of the demo, one locus a line")
    parser.add_argument("--relatives", metavar="UNTIL", help="the relatives of the demo, whose consent ends on that day")
    arguments = parser.parse_args()
    if not 1 <= arguments.count <= count_max:
        sys.exit(f"--count is 1 to {count_max}")
    frequencies = counted()
    loci = [locus for locus in dict(kits())[kit] if locus in frequencies]
    wanted = draw(random.Random(wanted_seed), loci, frequencies)
    if arguments.stain:
        for at, locus in enumerate(loci):
            print(locus, wanted[2 * at], wanted[2 * at + 1])
        return
    mother, missing, sister = family(loci, frequencies)
    if arguments.relatives:
        print_relatives(arguments.state, arguments.relatives, loci, mother, sister)
        return
    print("reference,category,kit,laboratory,iso17025," + ",".join(f"{locus}_1,{locus}_2" for locus in loci))
    source = random.Random(f"{arguments.state} {arguments.seed}")
    for number in range(1, arguments.count + 1):
        body = number % body_number == 0
        category = "unidentified-body" if body else "known-person" if number % 3 else "unknown-stain"
        alleles = wanted if number == 1 else missing if number == body_number else draw(source, loci, frequencies)
        reference = f"{arguments.state}-TEST-{number:06d}"
        print(f"{reference},{category},{kit},Laboratory {arguments.state} TEST,yes," + ",".join(alleles))


main()
