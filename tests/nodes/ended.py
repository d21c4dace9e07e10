#!/usr/bin/env python3
"""A Party that has left the Convention (Art. 31(4)(b), 42(2)): on its last day the running node of Sofia destroys all
that came from Bucharest, and certifies it. The withdrawal is a row in a copy of the table of Parties."""
import json
import re
import shutil
import sys

from trial import Trial, root


def with_withdrawal(trial):
    """The law of Sofia from now on: the depositary was told on the first day of 2025."""
    law = trial.folder / "data" / "treaty"
    for folder in ("treaty", "dna"):
        shutil.copytree(root / "data" / folder, trial.folder / "data" / folder)
    table = law / "parties.tsv"
    lines = table.read_text().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith("RO\t"))
    heading = next(line for line in lines if line.startswith("party\t")).rstrip("\n").split("\t")
    cells = lines[at].split("\t")
    cells[heading.index("withdrawal-received")] = "2025-01-01"
    lines[at] = "\t".join(cells)
    table.write_text("".join(lines))
    file = trial.folder / "bg" / "node.toml"
    file.write_text(re.sub(r'^law = ".*"', f'law = "{law}"', file.read_text(), flags=re.M))


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.start(state)
    trial.send("ENDED-1", sender="ro", to="BG", plate="СВ 1234 АВ")
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "ENDED-1", "--node", "ro"))
    assert "СВ 1234 АВ" in trial.run("case", "show", "RO/ENDED-1", "--node", "bg")
    trial.kill("bg")
    with_withdrawal(trial)
    trial.start("bg")
    certificates = trial.folder / "bg" / "certificates"
    trial.wait_until(lambda: list(certificates.glob("RO-*.json")))
    paper = json.loads(next(certificates.glob("RO-*.json")).read_text())
    assert paper["owner"] == "RO" and paper["items"] >= 1 and "firstEntry" in paper, paper
    assert "СВ 1234 АВ" not in trial.run("case", "show", "RO/ENDED-1", "--node", "bg")
    trial.run("ledger", "verify", "--node", "bg")
    trial.close()
    print(f"a Party that left: {paper['items']} items destroyed, certified")


main()
