#!/usr/bin/env python3
"""Starts Sofia and Bucharest, where a refusal needs two officers, with three officers at Bucharest's desk, and lets
real browsers play who needs to know a case, the second officer and the shift.
need.py PROGRAM [FOLDER]: with a folder, pictures of every screen go there."""
import os
import subprocess
import sys

from trial import Trial, password, root


def main():
    trial = Trial(sys.argv[1])
    for name, shown, role in (("colleague", "Case officer TEST", "case-officer"),
                              ("next", "Next officer TEST", "duty-officer")):
        trial.run("account", "add", "--node", "ro", "--name", name, "--display-name", shown, "--role", role,
                  typed=password)
    settings = trial.folder / "ro" / "node.toml"
    text = settings.read_text()
    assert "refuse = false" in text
    settings.write_text(text.replace("refuse = false", "refuse = true"))
    for state in trial.states:
        trial.start(state)
    environment = dict(os.environ, COMITY_E2E="required", COMITY_BG_URL=trial.desk("bg"),
                       COMITY_RO_URL=trial.desk("ro"), COMITY_PASSWORD=password)
    if len(sys.argv) > 2:
        environment["COMITY_SHOTS"] = sys.argv[2]
    done = subprocess.run(["node", "--test", "../tests/e2e/need.e2e.mjs"], cwd=root / "web", env=environment)
    trial.close()
    sys.exit(done.returncode)


main()
