#!/usr/bin/env python3
"""What a sample cost between Sofia and Bucharest, in real browsers: a claim, paid in part, disputed, settled; both
ledgers net to zero, on the desks and on the command line, and every step is in both registers.
claims.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from sampling import loci
from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password,
                       COMITY_SHEET="\n".join(f"{locus} {one} {other}" for locus, (one, other) in loci.items()))
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    subprocess.run(["node", "--test", "../tests/e2e/claims.e2e.mjs"], cwd=root / "web", env=environment, check=True)
    trial.wait_until(lambda: all("queued" not in trial.run("message", "list", "--node", state)
                                 for state in trial.states))
    for state in trial.states:
        messages = trial.run("message", "list", "--node", state)
        for kind, count in (("reimbursement-request", 1), ("settlement", 7)):
            found = sum(kind in line for line in messages.splitlines())
            assert found == count, f"{state}: {found} of {kind}, not {count}\n{messages}"
        assert "net 0.00 EUR" in trial.run("claim", "balance", "--node", state)
        assert "RO-CL-1" in trial.run("claim", "list", "--node", state)
        shown = trial.run("claim", "show", "RO-CL-1", "--node", state)
        assert "settled" in shown and shown.count("paid") == 2, shown
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()


main()
