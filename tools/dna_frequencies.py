#!/usr/bin/env python3
"""tools/dna_frequencies.py GENOTYPES.csv >data/dna/frequencies.tsv

Counts alleles in the NIST table of 1 036 genotypes (sample, population, two columns a locus)."""
import collections
import csv
import sys

names = {"F13A01": "F13A1", "FESFPS": "FES", "vWA": "VWA"}
words = {"AA": "us-african-american", "Cauc": "us-caucasian", "Hisp": "us-hispanic", "Asian": "us-asian"}
counts = collections.Counter()
with open(sys.argv[1], newline="") as table:
    for row in csv.DictReader(table):
        for column, allele in row.items():
            if column in ("sample", "pop") or not allele:
                continue
            locus = column[:-2].replace("_", " ")
            counts[words[row["pop"]], names.get(locus, locus), float(allele)] += 1
print("# Alleles counted in 1 036 genotypes of four population groups of the USA. Source: NIST, public domain;")
print("# Steffen et al. 2017, doi 10.1016/j.fsigen.2017.08.011. Made by tools/dna_frequencies.py.")
print("population\tlocus\tallele\tcount")
for (population, locus, allele), count in sorted(counts.items()):
    print(f"{population}\t{locus}\t{allele:g}\t{count}")
