#!/usr/bin/env python3
"""Two officers for what Article 20 sends, in real browsers: at Sofia for a request for a sample, with its order; at
Bucharest for the hit of a comparison. dna_officers.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from sampling import loci
from trial import Trial, password, root


def set_four_eyes(trial, state, act):
    settings = trial.folder / state / "node.toml"
    text = settings.read_text()
    assert f"{act} = false" in text
    settings.write_text(text.replace(f"{act} = false", f"{act} = true"))


def ask_comparison(trial):
    sheet = trial.folder / "stain.txt"
    sheet.write_text("\n".join(f"{locus} {one} {other}" for locus, (one, other) in loci.items()))
    trial.run("dna", "ask", sheet, "--node", "bg", "--to", "RO", "--erase-by", "2035-01-01", "--lawful", "--purpose",
              "investigation", "--offence", "burglary", "--ground", "investigation-or-proceedings", "--case", "TWO-2",
              "--reference", "BG-S-2", "--of", "stain", "--laboratory", "Laboratory BG TEST")


def main():
    trial = Trial(sys.argv[1])
    known = dict(list(loci.items())[:6])  # the legal minimum: a weak hit
    heading = ",".join(f"{locus}_1,{locus}_2" for locus in known)
    alleles = ",".join(f"{one},{other}" for one, other in known.values())
    table = trial.folder / "person.csv"
    table.write_text(f"reference,category,kit,laboratory,iso17025,{heading}\n"
                     f"RO-P-2,known-person,,Laboratory TEST,yes,{alleles}\n")
    trial.run("dna", "register", table, "--erase-by", "2035-01-01", "--node", "ro")
    set_four_eyes(trial, "bg", "send")
    set_four_eyes(trial, "ro", "release_hit")
    for state in trial.states:
        trial.run("account", "add", "--node", state, "--name", "colleague", "--display-name", "Case officer TEST",
                  "--role", "case-officer", typed=password)
        trial.start(state)
    ask_comparison(trial)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/dna_officers.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
