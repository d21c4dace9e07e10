#!/usr/bin/env python3
"""Starts Sofia and Bucharest and lets real browsers play Article 32 at the desks of their security officers: a classified
request, a marking mapped, a level lowered and confirmed, a breach reported; and the yearly report of data protection.
security.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        for name, role in (("security", "security-officer"), ("protection", "data-protection-officer")):
            trial.run("account", "add", "--node", state, "--name", name, "--display-name", f"{role} TEST",
                      "--role", role, typed=password)
        for name in ("officer", "security"):  # nobody sends, or reads, above his own clearance (A32(5))
            trial.run("access", "clear", name, "--level", "2", "--node", state)
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/security.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
