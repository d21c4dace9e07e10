#!/usr/bin/env python3
"""Starts Sofia and Bucharest and lets a real browser play the first exchange on both desks."""
import os
import subprocess
import sys

from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_USER="officer",
                       COMITY_PASSWORD=password)
    done = subprocess.run(["npm", "run", "--silent", "e2e"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
