#!/usr/bin/env python3
"""Starts Sofia, Bucharest and Belgrade and lets real browsers play an officer's day: related cases and the look-up,
the common directory, direct contact with its copies, a case on paper, the figures.
day.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1], states=("BG", "RO", "RS"))
    trial.run("account", "add", "--node", "bg", "--name", "colleague", "--display-name", "Case officer TEST", "--role",
              "case-officer", typed=password)
    for state in trial.states:
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"), COMITY_RO_URL=trial.desk("ro"),
                       COMITY_RS_URL=trial.desk("rs"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/day.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
