#!/usr/bin/env python3
"""What a sample cost between Sofia and Bucharest, in real browsers: a claim, paid in part, disputed, settled; both
ledgers net to zero, on the desks and on the command line, and every step is in both registers. Then Sofia wants two
officers for what it sends: a claim waits for the second one.
claims.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from sampling import loci
from trial import Trial, password, root


def play(trial, story):
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password,
                       COMITY_SHEET="\n".join(f"{locus} {one} {other}" for locus, (one, other) in loci.items()))
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    subprocess.run(["node", "--test", f"../tests/e2e/{story}.e2e.mjs"], cwd=root / "web", env=environment, check=True)


def want_two_officers(trial):
    settings = trial.folder / "bg" / "node.toml"
    text = settings.read_text()
    assert "send = false" in text
    trial.kill("bg")
    settings.write_text(text.replace("send = false", "send = true"))
    trial.start("bg")


def main():
    trial = Trial(sys.argv[1])
    trial.run("account", "add", "--node", "bg", "--name", "colleague", "--display-name", "Next officer TEST",
              "--role", "duty-officer", typed=password)
    for state in trial.states:
        trial.start(state)
    play(trial, "claims")
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
    want_two_officers(trial)
    play(trial, "claims_second")
    trial.wait_until(lambda: "open" in trial.run("claim", "show", "BG-CL-1", "--node", "ro"))
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()


main()
