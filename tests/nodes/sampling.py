#!/usr/bin/env python3
"""A sample under Article 20(3) between Sofia and Bucharest, in real browsers: asked for, permitted, taken; its profile
and its costs stand on both desks, and the profile meets Sofia's own file. A second one is refused.
sampling.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from trial import Trial, password, root

loci = {"D3S1358": (15, 18), "vWA": (17, 18), "D8S1179": (12, 13), "D21S11": (29, 31.2), "D18S51": (14, 17),
        "TH01": (6, 9.3), "FGA": (21, 24), "D1S1656": (12, 16), "D2S441": (11, 14), "D10S1248": (13, 15)}


def at_the_command_line(trial):
    """Without the document of its order a request does not leave, A20(3)(b)."""
    order = trial.folder / "order TEST.pdf"
    order.write_bytes(b"%PDF-1.7 Order 17/2026 TEST")
    ask = ["dna", "sample", "ask", "--node", "bg", "--to", "RO", "--case", "SAMPLE-3", "--purpose", "investigation",
           "--for", "to compare with a stain TEST", "--order", "Order 17/2026 of the court TEST",
           "--statement", "The same order would be given if the person were here TEST.", "--erase-by", "2035-01-01",
           "--family-name", "Ivanova TEST", "--nationality", "BG", "--at", "Bucuresti TEST", "--none"]
    told = trial.run(*ask, expected=1)
    assert "A20(3)(b)" in told and "missing: files" in told, told
    assert "It may leave" in trial.run(*ask, "--document", order, "--try")
    assert "SAMPLE-3" not in trial.run("dna", "sample", "list", "--node", "bg")
    assert "On its way" in trial.run(*ask, "--document", order)
    trial.wait_until(lambda: "BG/SAMPLE-3" in trial.run("dna", "sample", "list", "--node", "ro"))
    shown = trial.run("dna", "sample", "show", "BG/SAMPLE-3", "--node", "ro")
    assert "not-permitted" in shown and "document: order TEST.pdf" in shown, shown


def main():
    trial = Trial(sys.argv[1])
    heading = ",".join(f"{locus}_1,{locus}_2" for locus in loci)
    alleles = ",".join(f"{one},{other}" for one, other in loci.values())
    stain = trial.folder / "stain.csv"
    stain.write_text(f"reference,category,kit,laboratory,iso17025,{heading}\n"
                     f"BG-S-950,unknown-stain,,Laboratory TEST,yes,{alleles}\n")
    trial.run("dna", "register", stain, "--erase-by", "2035-01-01", "--node", "bg")
    for state in trial.states:
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password,
                       COMITY_SHEET="\n".join(f"{locus} {one} {other}" for locus, (one, other) in loci.items()))
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    subprocess.run(["node", "--test", "../tests/e2e/sampling.e2e.mjs"], cwd=root / "web", env=environment, check=True)
    at_the_command_line(trial)
    trial.wait_until(lambda: all("queued" not in trial.run("message", "list", "--node", state)
                                 for state in trial.states))
    for state in trial.states:
        messages = trial.run("message", "list", "--node", state)
        for kind, count in (("dna-sampling-request", 3), ("dna-sampling-answer", 3)):
            found = sum(kind in line for line in messages.splitlines())
            assert found == count, f"{state}: {found} of {kind}, not {count}\n{messages}"
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()


if __name__ == "__main__":
    main()
