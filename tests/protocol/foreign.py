#!/usr/bin/env python3
"""A State that has none of our code: Bucharest runs, Belgrade is played by foreign_node.sh with curl
and openssl. Its request is taken, receipted and answered, and its receipt for the answer is taken."""
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "nodes"))
from trial import Trial  # noqa: E402


def main():
    trial = Trial(sys.argv[1], states=("RO", "RS"))
    trial.start("ro")
    subprocess.run(["sh", here / "foreign_node.sh", trial.folder, "rs", "ro"], check=True,
                   env=dict(os.environ, ANSWER="1"), timeout=120)
    trial.wait_until(lambda: "queued" not in trial.run("message", "list", "--node", "ro"))
    lines = trial.run("message", "list", "--node", "ro").splitlines()
    assert [line.split()[1] for line in lines] == ["answer", "request"], lines
    assert "delivered" in lines[0] and "received" in lines[1], lines
    trial.run("ledger", "verify", "--node", "ro")
    trial.close()
    print("a foreign State asked, was answered, and every proof held on both sides")


main()
