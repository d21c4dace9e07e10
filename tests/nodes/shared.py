#!/usr/bin/env python3
"""Two processes of one State on one PostgreSQL (COMITY_TEST_DATABASE), each with its own folder and
ports: both send, both answer, one is killed while they do. Every request is answered once, and the
registers of both States hold and agree."""
import json
import re
import shutil
import subprocess
import sys
import urllib.request

from sampling import loci
from trial import Trial, free_port_range, password

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


def files_at(desk):
    """How many profiles a process of the State says that it searches: our own, and kept for others."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    told = json.dumps({"name": "officer", "password": password}).encode()
    browser.open(urllib.request.Request(desk + "/v1/session", told, {"content-type": "application/json"}), timeout=30)
    facts = json.load(browser.open(desk + "/v1/dna", timeout=30))
    return facts["nationalProfiles"], facts["keptProfiles"]


def ask_dna(trial, number, d3):
    """Sofia asks, to be kept where nothing is found; the answer's word."""
    sheet = trial.folder / f"{number}.txt"
    sheet.write_text("\n".join(f"{locus} {one} {other}" for locus, (one, other) in {**loci, "D3S1358": d3}.items()))
    trial.run("dna", "ask", sheet, "--node", "bg", "--to", "RO", "--erase-by", "2035-01-01", "--lawful", "--keep",
              "--purpose", "investigation", "--offence", "burglary", "--ground", "investigation-or-proceedings",
              "--case", number, "--reference", f"BG-S-{number}", "--of", "stain", "--laboratory", "Laboratory BG TEST")
    trial.wait_until(lambda: answered(trial, "bg", number), seconds=150)
    return trial.run("case", "show", number, "--node", "bg")


def search_one_file(trial):
    """Each process searches what another of its State has put in since it started (decision 054)."""
    settings = [(trial.folder / node / "node.toml").read_text() for node in ("ro", "ro-2")]
    desks = ["http://127.0.0.1:" + re.search(r"\[desk\][^\[]*^port = (\d+)", each, re.M)[1] for each in settings]
    assert [files_at(desk) for desk in desks] == [(0, 0), (0, 0)]
    table = trial.folder / "person.csv"
    heading = ",".join(f"{locus}_1,{locus}_2" for locus in loci)
    alleles = ",".join(f"{one},{other}" for one, other in loci.values())
    table.write_text(f"reference,category,kit,laboratory,iso17025,{heading}\n"
                     f"RO-P-1,known-person,,Laboratory RO TEST,yes,{alleles}\n")
    trial.run("dna", "register", table, "--erase-by", "2035-01-01", "--node", "ro")  # a third process
    assert [files_at(desk) for desk in desks] == [(1, 0), (1, 0)]
    assert "RO-P-1" in ask_dna(trial, "DNA-1", loci["D3S1358"])
    assert "RO-P-1" not in ask_dna(trial, "DNA-2", (12, 13))
    assert [files_at(desk) for desk in desks] == [(1, 1), (1, 1)]


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
    search_one_file(trial)
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
        assert len(lines) == 4 * rounds + 4, f"{state}: {len(lines)} messages"
    for node in ("bg", "ro", "ro-2"):
        entries = int(trial.run("ledger", "verify", "--node", node).split(": ")[1].split()[0])
        assert entries == 4 * rounds + 4, f"{node}: {entries} entries"
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()
    print(f"two processes of one State, one killed: {2 * rounds} requests, each answered once")


main()
