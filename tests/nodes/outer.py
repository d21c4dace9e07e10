#!/usr/bin/env python3
"""The outer layer between two nodes: messages flow under a pair's key; a node that has lost the
setting gets nothing and gives nothing in clear; the key is replaced while messages flow."""
import secrets
import sys

from trial import Trial


def set_keys(trial, state, peer, names):
    file = trial.folder / state / "node.toml"
    text = file.read_text().split("\n[outer]")[0]
    if names:
        files = ", ".join(f'"keys/{name}"' for name in names)
        text += f"\n[outer]\n{peer} = [{files}]\n"
    file.write_text(text)


def make_key(trial, name):
    key = secrets.token_hex(32)
    for state in trial.states:
        (trial.folder / state / "keys" / name).write_text(key + "\n")


def answered(trial, number):
    trial.send(number)
    trial.wait_until(
        lambda: "state answered" in trial.run("case", "show", number, "--node", "bg"), 60)


def main():
    trial = Trial(sys.argv[1])
    try:
        run(trial)
    finally:
        trial.close()
    print("the key was replaced while messages flowed")


def run(trial):
    make_key(trial, "one.key")
    make_key(trial, "two.key")
    for state, peer in (("bg", "RO"), ("ro", "BG")):
        set_keys(trial, state, peer, ["one.key"])
        trial.start(state)
    answered(trial, "OUTER-1")
    print("messages flow under the pair's key", flush=True)

    set_keys(trial, "ro", "BG", [])
    trial.run("keys", "renew", "--node", "ro")
    trial.send("OUTER-2")
    trial.wait_until(lambda: "no outer layer is agreed on with BG" in (trial.folder / "bg.log").read_text())
    assert "OUTER-2" not in trial.run("case", "list", "--node", "ro")
    trial.kill("ro")  # at no moment do both have the key, or neither
    set_keys(trial, "ro", "BG", ["one.key"])
    set_keys(trial, "bg", "RO", [])
    trial.run("keys", "renew", "--node", "bg")
    trial.start("ro")
    trial.wait_until(lambda: "no body comes without it" in (trial.folder / "bg.log").read_text())
    assert "OUTER-2" not in trial.run("case", "list", "--node", "ro")
    set_keys(trial, "bg", "RO", ["one.key"])
    trial.run("keys", "renew", "--node", "bg")
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "OUTER-2", "--node", "bg"), 60)
    print("without the key on both sides nothing passes; with it what waited does", flush=True)

    steps = [("ro", "BG", ["one.key", "two.key"]), ("bg", "RO", ["two.key", "one.key"]),
             ("ro", "BG", ["two.key", "one.key"]), ("bg", "RO", ["two.key"]), ("ro", "BG", ["two.key"])]
    for number, (state, peer, names) in enumerate(steps, 3):
        set_keys(trial, state, peer, names)
        trial.run("keys", "renew", "--node", state)
        answered(trial, f"OUTER-{number}")


main()
