#!/usr/bin/env python3
"""A packet between two real nodes whose line is down: packed, opened, receipted; then the answer
goes over the wire. What must not be taken is refused."""
import re
import subprocess
import sys

from trial import Trial


def fails(trial, words, said):
    done = subprocess.run([trial.program, *map(str, words)], env=trial.environment,
                          capture_output=True, text=True, timeout=60)
    assert done.returncode not in (0, 70), f"{words}: exit {done.returncode}"
    assert said in done.stderr, f"{words}: '{said}' is missing in: {done.stderr}"
    print(f"  {done.stderr.strip()[:110]}", flush=True)


def main():
    trial = Trial(sys.argv[1], states=("BG", "RO", "RS"))
    packet = trial.folder / "packet.tar"
    trial.start("bg")
    message = re.search(r"message (\S+)\.", trial.send("C-1"))[1]
    print(trial.run("courier", "pack", message, packet, "--node", "bg"), end="", flush=True)
    listed = subprocess.run(["tar", "tf", packet], capture_output=True, text=True, check=True).stdout
    assert listed.split()[0] == "packet.json" and "parts/1.p7m" in listed, listed
    fails(trial, ["courier", "pack", message, packet, "--node", "bg"], "exists already")

    trial.start("rs")
    fails(trial, ["courier", "open", packet, "--node", "rs"], "the packet is for RO")
    trial.start("ro")
    bytes_of = bytearray(packet.read_bytes())
    bytes_of[len(bytes_of) // 2] ^= 1
    spoiled = trial.folder / "spoiled.tar"
    spoiled.write_bytes(bytes_of)
    fails(trial, ["courier", "open", spoiled, "--node", "ro"], "error: ")
    print(trial.run("courier", "open", packet, "--node", "ro"), end="", flush=True)
    receipt = trial.folder / "packet.tar.receipt.p7m"
    first = receipt.read_bytes()
    trial.run("courier", "open", packet, "--node", "ro")
    assert receipt.read_bytes() == first, "another receipt for the same packet"
    print(trial.run("courier", "receipt", receipt, "--node", "bg"), end="", flush=True)
    trial.wait_until(lambda: "answered" in trial.run("case", "show", "C-1", "--node", "bg"))
    evidence = trial.folder / "evidence"
    trial.run("message", "export", message, evidence, "--node", "bg")
    assert "Everything holds" in trial.run("message", "verify", evidence)
    assert "C-1" in trial.run("case", "list", "--node", "ro")
    trial.close()
    print("a packet went there, its receipt came back, the answer came over the wire")


main()
