#!/usr/bin/env python3
"""Starts Sofia and Bucharest and lets real browsers play a person's request from his letter to the reply.
person.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.run("account", "add", "--node", state, "--name", "protection", "--display-name",
                  "Data protection officer TEST", "--role", "data-protection-officer", typed=password)
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/person.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
