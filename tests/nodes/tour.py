#!/usr/bin/env python3
"""Starts Sofia, Bucharest and Belgrade with files of DNA profiles as the demo has them, lets Sofia ask three things, and
lets a real browser look at every page that no other story opens; Belgrade's desk stays empty.
tour.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import datetime
import os
import subprocess
import sys

from trial import Trial, password, root

erase_by = str(datetime.date.today() + datetime.timedelta(days=700))
profiles = 300


def write(trial, name, *words):
    """What the maker of synthetic profiles prints, as a file."""
    file = trial.folder / name
    with open(file, "wb") as out:
        subprocess.run([sys.executable, root / "tools/synthetic_profiles.py", *words], stdout=out, check=True)
    return file


def fill(trial):
    for state in ("bg", "ro"):
        file = write(trial, f"{state}.csv", "--state", state.upper(), "--count", str(profiles), "--seed", "1")
        trial.run("dna", "register", file, "--node", state, "--erase-by", erase_by)
    trial.run("dna", "relatives", write(trial, "relatives.jsonl", "--state", "BG", "--relatives", erase_by), "--node", "bg")
    for name, role in (("protection", "data-protection-officer"), ("administrator", "administrator"),
                       ("security", "security-officer"), ("colleague", "case-officer")):
        trial.run("account", "add", "--node", "bg", "--name", name, "--display-name",
                  f"{name.capitalize()} TEST", "--role", role, typed=password)


def ask(trial):
    trial.send("TOUR-1")
    common = ["--node", "bg", "--to", "RO", "--erase-by", erase_by, "--lawful"]
    stain = write(trial, "stain.txt", "--state", "BG", "--stain")
    trial.run("dna", "ask", stain, *common, "--purpose", "investigation", "--offence", "burglary", "--ground",
              "investigation-or-proceedings", "--case", "TOUR-2", "--reference", "BG-S-2026", "--of", "stain",
              "--laboratory", "Laboratory BG TEST")
    trial.run("dna", "family", *common, "--relative", "mother=BG-R-1", "--relative", "full-sibling=BG-R-2", "--purpose",
              "threat-to-public-security", "--ground", "missing-person", "--case", "TOUR-3")
    for number in ("TOUR-1", "TOUR-2", "TOUR-3"):
        trial.wait_until(lambda: "state answered" in trial.run("case", "show", number, "--node", "bg"))


def main():
    trial = Trial(sys.argv[1], states=("BG", "RO", "RS"))
    fill(trial)
    for state in trial.states:
        trial.start(state)
    try:
        ask(trial)
    except BaseException:
        trial.close()
        raise
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"), COMITY_RS_URL=trial.desk("rs"),
                       COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/tour.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
