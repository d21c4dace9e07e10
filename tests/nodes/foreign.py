#!/usr/bin/env python3
"""A State that has only docs/PROTOCOL.md, curl and openssl asks Bucharest; its message is taken,
receipted, judged and answered like any other."""
import subprocess
import sys

from trial import Trial, root


def main():
    trial = Trial(sys.argv[1])
    trial.start("ro")
    peers = f"127.0.0.1:{trial.first_port + 2 * trial.states.index('ro') + 1}"
    subprocess.run(["sh", root / "tests/protocol/foreign_node.sh", trial.folder, "BG", "RO", peers],
                   check=True, env=dict(trial.environment, CASE="FOREIGN-1"))
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "BG/FOREIGN-1",
                                                           "--node", "ro"))
    trial.close()
    print("a foreign node was heard and answered")


main()
