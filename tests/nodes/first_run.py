#!/usr/bin/env python3
"""The first connection of two States: every open stain of Sofia meets the whole file of Bucharest. It is agreed by
both, stopped and let go on; both nodes are killed while it runs; no portion is sent twice and no planted hit is lost.
Then two officers do it once more at their desks, in a real browser.
first_run.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import re
import subprocess
import sys
import time

from trial import Trial, password, root

stains = 4000
a_portion = 400
every = 10  # so many stains are one person of Bucharest
loci = ["D3S1358", "vWA", "D8S1179", "D21S11", "D18S51", "TH01", "FGA", "D1S1656", "D2S441", "D10S1248", "D12S391",
        "D22S1045"]


def profile(number):
    """The number is written in the alleles: no two agree, and none differs in one allele only."""
    alleles = []
    for _ in loci:
        alleles += [str(10 + number % 4), str(16 + number % 4)]
        number //= 4
    return ",".join(alleles)


def write_file(trial, name, rows, category):
    heading = ",".join(f"{locus}_1,{locus}_2" for locus in loci)
    lines = [f"reference,category,kit,laboratory,iso17025,{heading}"]
    lines += [f"{reference},{category},,Laboratory TEST,yes,{profile(number)}" for reference, number in rows]
    file = trial.folder / name
    file.write_text("\n".join(lines) + "\n")
    return file


def state_of(trial, node):
    """(state, portions done, of, profiles, of, hits), and the whole text."""
    text = trial.run("dna", "first-run", "list", "--node", node)
    found = re.search(r"RUN-1 with .*?: (\w+).*?; (\d+) of (\d+) portions, (\d+) of (\d+) profiles, (\d+) hits", text)
    return (found[1], *map(int, found.groups()[1:])), text


def at_the_desks(trial):
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    subprocess.run(["node", "--test", "../tests/e2e/first_run.e2e.mjs"], cwd=root / "web", env=environment, check=True)


def main():
    trial = Trial(sys.argv[1])
    open_stains = write_file(trial, "stains.csv", [(f"BG-S-{i:06}", i) for i in range(stains)], "unknown-stain")
    persons = write_file(trial, "persons.csv", [(f"RO-P-{i:06}", i) for i in range(0, stains, every)], "known-person")
    trial.run("dna", "register", open_stains, "--erase-by", "2035-01-01", "--node", "bg")
    trial.run("dna", "register", persons, "--erase-by", "2035-01-01", "--node", "ro")
    for state in trial.states:
        trial.start(state)
    ask = ["dna", "first-run"]
    print(trial.run(*ask, "propose", "--node", "bg", "--to", "RO", "--purpose", "investigation", "--offence",
                    "open stains TEST", "--ground", "investigation-or-proceedings", "--case", "RUN-1",
                    "--erase-by", "2035-01-01", "--lawful"), end="")
    trial.wait_until(lambda: "BG/RUN-1" in trial.run(*ask, "list", "--node", "ro"))
    trial.run(*ask, "begin", "RUN-1", "--node", "bg", expected=64)  # nobody agreed yet
    print(trial.run(*ask, "agree", "BG/RUN-1", "--node", "ro"), end="")
    trial.wait_until(lambda: state_of(trial, "bg")[0][0] == "agreed")
    text = state_of(trial, "bg")[1]
    assert "by chance alone in the whole run" in text, text
    begun = time.monotonic()
    trial.run(*ask, "begin", "RUN-1", "--node", "bg")
    trial.wait_until(lambda: state_of(trial, "bg")[0][1] >= 1)
    trial.kill("ro")
    trial.start("ro")
    trial.wait_until(lambda: state_of(trial, "bg")[0][1] >= 2)
    trial.kill("bg")
    trial.start("bg")
    if state_of(trial, "bg")[0][0] == "running":
        trial.run(*ask, "stop", "RUN-1", "--reason", "the laboratory asks TEST", "--node", "bg")
        trial.wait_until(lambda: "stopped there" in trial.run(*ask, "list", "--node", "ro"))
        trial.run(*ask, "resume", "RUN-1", "--node", "bg")
    trial.wait_until(lambda: all(state_of(trial, each)[0][0] == "complete" for each in trial.states), seconds=300)
    print(f"complete {time.monotonic() - begun:.1f} s after it began, two kills and a stop in between")
    portions = -(-stains // a_portion)
    for state in trial.states:
        assert state_of(trial, state)[0] == ("complete", portions, portions, stains, stains, -(-stains // every)), \
            state_of(trial, state)
    trial.wait_until(lambda: all("queued" not in trial.run("message", "list", "--node", state)
                                 for state in trial.states))
    for state in trial.states:
        messages = trial.run("message", "list", "--node", state)
        for kind in ("dna-run-portion", "dna-run-result"):
            count = sum(kind in line for line in messages.splitlines())
            assert count == portions, f"{state}: {count} of {kind}, {portions} portions"
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    at_the_desks(trial)
    trial.close()
    print(f"{stains} stains in {portions} portions: every planted hit came back, no portion went twice")


main()
