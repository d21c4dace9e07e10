#!/usr/bin/env python3
"""Two processes of one State on one PostgreSQL (COMITY_TEST_DATABASE), each with its own folder and
ports: both send, both answer, one is killed while they do. Every request is answered once, and the
registers of both States hold and agree."""
import re
import shutil
import subprocess
import sys

from trial import Trial, free_port_range

rounds = 12


def second_process(trial, state):
    """A copy of the State's folder that listens elsewhere; the database is the same."""
    shutil.copytree(trial.folder / state, trial.folder / f"{state}-2",
                    ignore=shutil.ignore_patterns("node.sock"))
    file = trial.folder / f"{state}-2" / "node.toml"
    ports = iter(range(first := free_port_range(3), first + 3))
    file.write_text(re.sub(r"^port = \d+", lambda _: f"port = {next(ports)}", file.read_text(), flags=re.M))
    # One key file for all processes of a State: the vault is theirs together.
    (trial.folder / f"{state}-2" / "keys" / "vault.key").unlink()
    with file.open("a") as settings:
        settings.write(f'\n[vault]\nkeys = "../{state}/keys/vault.key"\n')


def answered(trial, node, number):
    return "state answered" in trial.run("case", "show", number, "--node", node)


def main():
    trial = Trial(sys.argv[1])
    assert "postgresql://" in (trial.folder / "ro" / "node.toml").read_text(), "name a database"
    second_process(trial, "ro")
    for node in ("bg", "ro", "ro-2"):
        trial.start(node)
    again = subprocess.run([trial.program, "node", "run", "--node", "ro"], env=trial.environment,
                           capture_output=True, text=True, timeout=60, check=False)
    assert "is in use by another process" in again.stderr, again.stderr
    for count in range(rounds):
        trial.send(f"IN-{count}")
        trial.send(f"OUT-{count}", sender=("ro", "ro-2")[count % 2], to="BG", plate="СВ 1234 АВ")
        if count == rounds // 2:
            trial.kill("ro-2")
            trial.start("ro-2")
    for count in range(rounds):
        trial.wait_until(lambda: answered(trial, "bg", f"IN-{count}"), seconds=150)
        trial.wait_until(lambda: answered(trial, "ro-2", f"OUT-{count}"), seconds=150)
    for state in trial.states:
        trial.wait_until(lambda: "queued" not in trial.run("message", "list", "--node", state))
        lines = trial.run("message", "list", "--node", state).splitlines()
        assert len(lines) == 4 * rounds, f"{state}: {len(lines)} messages"
    for node in ("bg", "ro", "ro-2"):
        entries = int(trial.run("ledger", "verify", "--node", node).split(": ")[1].split()[0])
        assert entries == 4 * rounds, f"{node}: {entries} entries"
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()
    print(f"two processes of one State, one killed: {2 * rounds} requests, each answered once")


main()
