#!/usr/bin/env python3
"""What a node and its command line say to bad circumstances: a clear error, an exit code, nothing
half done."""
import sqlite3
import subprocess
import sys

from trial import Trial


def refused(trial, expected, words, said):
    done = subprocess.run([trial.program, *map(str, words)], env=trial.environment,
                          capture_output=True, text=True, timeout=60)
    shown = done.stdout + done.stderr
    assert done.returncode == expected, f"{words}: exit {done.returncode}, not {expected}: {shown}"
    assert said in shown, f"{words}: '{said}' is missing in: {shown}"
    print(f"  {' '.join(map(str, words))[:60]}: {shown.strip().splitlines()[-1][:110]}", flush=True)


def ask(*more):
    return ["request", "send", "--node", "bg", "--kind", "vehicle-owner", "--plate", "B 123 ABC",
            "--offence", "vehicle theft", "--case", "R-1", *more]


def main():
    trial = Trial(sys.argv[1])
    good = ["--to", "RO", "--purpose", "investigation", "--ground", "identify-owner"]
    refused(trial, 70, ask(*good), "no node runs in")
    trial.start("bg")
    refused(trial, 70, ["node", "run", "--node", "bg"], "is in use by another process")
    refused(trial, 64, ["node", "run", "--node", "xx"], "there is no node at")
    refused(trial, 64, ask("--to", "TR", *good[2:]), "not among the Parties")
    refused(trial, 64, ask("--to", "RO", "--purpose", "tax-audit"), "none of: threat-to-public-security")
    refused(trial, 1, ask(*good, "--authority", "RO-FINANCE"), "A4(2)-1")
    refused(trial, 1, ask(*good[:4], "--ground", "none"), "A4(5)(a)-1")
    refused(trial, 2, ask(*good[:4]), "Not known: need-ground")
    refused(trial, 64, ["case", "show", "R-1", "--node", "bg"], "there is no case 'R-1'")
    refused(trial, 64, ["ledger", "prove", "0", "--node", "bg"], "no entry 0")
    refused(trial, 64, ["message", "export", "none", trial.folder / "x", "--node", "bg"],
            "there is no message none")
    assert not (trial.folder / "x").exists()
    refused(trial, 70, ["found", trial.folder], "exists already")

    config = trial.folder / "ro" / "node.toml"
    config.write_text(config.read_text().replace(f"port = {trial.first_port + 2}",
                                                 f"port = {trial.first_port}"))
    refused(trial, 70, ["node", "run", "--node", "ro"], f"127.0.0.1 port {trial.first_port} is in use")
    with sqlite3.connect(trial.folder / "ro" / "node.db") as database:
        database.execute("UPDATE schema_room SET version = 99 WHERE room = 'ledger'")
    database.close()
    refused(trial, 70, ["node", "run", "--node", "ro"], "the database is newer than this program")
    trial.close()
    print("every refusal was clear")


main()
