#!/usr/bin/env python3
"""Three States, each on a host of its own (Linux network namespaces on one bridge): a line that is cut,
one that carries only one way, and, where the kernel can (tc netem), loss and delay. Every request is
answered when the line is back, nothing is lost, nothing is there twice. SKIPPED, and said so, where this
machine lets nobody make namespaces."""
import os
import shutil
import subprocess
import sys

from trial import Trial

states = ("BG", "RO", "RS")
network = "10.211.77"
plates = {"RO": "B 123 ABC", "RS": "BG 123-AB"}


def ip(*words, check=True):
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True).returncode == 0


class Hosts:
    """A namespace for each State, with one end of a cable in it, and a bridge between them."""

    def __init__(self):
        self.tag = f"comity{os.getpid() % 10_000}"
        self.bridge = f"{self.tag}b"[-15:]
        self.addresses = [f"{network}.{place + 1}" for place in range(len(states))]

    def name(self, state):
        return f"{self.tag}-{state.lower()}"

    def cable(self, state):
        return f"{self.tag}{state.lower()}"[-15:]

    def make(self):
        ip("link", "add", self.bridge, "type", "bridge")
        ip("link", "set", self.bridge, "up")
        for state, address in zip(states, self.addresses):
            name, cable = self.name(state), self.cable(state)
            ip("netns", "add", name)
            ip("link", "add", cable, "type", "veth", "peer", "name", "line", "netns", name)
            ip("link", "set", cable, "master", self.bridge, "up")
            ip("-n", name, "addr", "add", f"{address}/24", "dev", "line")
            ip("-n", name, "link", "set", "line", "up")
            ip("-n", name, "link", "set", "lo", "up")

    def remove(self):
        for state in states:
            ip("netns", "del", self.name(state), check=False)
        ip("link", "del", self.bridge, check=False)

    def cut(self, state, on):
        ip("link", "set", self.cable(state), "down" if on else "up")

    def deaf(self, state, towards, on):
        """What `state` sends to `towards` goes nowhere; the other way it still arrives."""
        ip("-n", self.name(state), "route", "add" if on else "del", "blackhole",
           f"{self.addresses[states.index(towards)]}/32")

    def disturb(self, state, how):
        """False where the kernel has no netem."""
        done = subprocess.run(["ip", "netns", "exec", self.name(state), "tc", "qdisc", "replace", "dev",
                               "line", "root", "netem", *how.split()], capture_output=True, check=False)
        return done.returncode == 0


def answered(trial, number):
    return "state answered" in trial.run("case", "show", number, "--node", "bg")


def ask_all(trial, numbers):
    for number, to in numbers:
        trial.send(number, to=to, plate=plates[to])


def scenes(trial, hosts):
    both = lambda tag: [(f"{tag}-{to}", to) for to in ("RO", "RS")]
    ask_all(trial, both("QUIET"))
    trial.wait_until(lambda: all(answered(trial, number) for number, _ in both("QUIET")))
    print("quiet lines: answered", flush=True)

    hosts.cut("RO", True)
    ask_all(trial, both("CUT"))
    trial.wait_until(lambda: answered(trial, "CUT-RS"))
    assert not answered(trial, "CUT-RO")
    hosts.cut("RO", False)
    trial.wait_until(lambda: answered(trial, "CUT-RO"), 90)
    print("Bucharest cut off: Belgrade answered meanwhile, Bucharest when its line was back", flush=True)

    hosts.deaf("RO", "BG", True)
    ask_all(trial, [("DEAF-RO", "RO")])
    ask_all(trial, [("DEAF-RS", "RS")])
    trial.wait_until(lambda: answered(trial, "DEAF-RS"))
    assert not answered(trial, "DEAF-RO")
    hosts.deaf("RO", "BG", False)
    trial.wait_until(lambda: answered(trial, "DEAF-RO"), 90)
    print("a line that carries one way only: answered when both ways were back", flush=True)

    if not all(hosts.disturb(state, "loss 10% delay 40ms 15ms") for state in states):
        print("SKIPPED: loss and delay, for this kernel has no tc netem", flush=True)
        return
    ask_all(trial, both("LOSSY"))
    trial.wait_until(lambda: all(answered(trial, number) for number, _ in both("LOSSY")), 90)
    print("one packet of ten lost, 40 ms of delay: answered", flush=True)


def nothing_twice(trial):
    trial.wait_until(lambda: all("queued" not in trial.run("message", "list", "--node", state)
                                 for state in trial.states))
    for other in ("ro", "rs"):
        print(trial.run("ledger", "audit", "--node", "bg", "--against", other, at="bg"), end="")


def may_make_hosts():
    if not shutil.which("ip") or not ip("netns", "add", "comity-probe", check=False):
        return False
    entered = ip("-n", "comity-probe", "link", "set", "lo", "up", check=False)
    ip("netns", "del", "comity-probe")
    return entered


def main():
    if not may_make_hosts():
        print("SKIPPED: this machine lets nobody make network namespaces and work in them")
        return
    hosts = Hosts()
    trial = Trial(sys.argv[1], states, hosts=hosts.addresses)
    try:
        hosts.make()
        for state in states:
            trial.before[state.lower()] = ["ip", "netns", "exec", hosts.name(state)]
            trial.start(state.lower())
        scenes(trial, hosts)
        nothing_twice(trial)
    finally:
        trial.close()
        hosts.remove()
    print("three hosts: nothing lost, nothing twice")


main()
