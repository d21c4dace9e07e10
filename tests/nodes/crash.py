#!/usr/bin/env python3
"""A node that is down gets its messages when it is back; and kill -9 of either node at ten different
points of an exchange: each time the node comes back and the exchange completes, nothing lost, nothing
twice, both registers verify and agree."""
import sys
import time

from trial import Trial

# (who dies, what has to be seen before it dies, how long after that in seconds)
points = [
    ("bg", "sent", 0.0), ("ro", "sent", 0.0), ("ro", "sent", 0.005), ("bg", "sent", 0.010),
    ("ro", "received", 0.0), ("bg", "received", 0.0), ("ro", "received", 0.010),
    ("ro", "replied", 0.0), ("bg", "replied", 0.0), ("bg", "replied", 0.010),
]


def seen(trial, what, number):
    if what == "sent":
        return True
    messages = trial.run("case", "list", "--node", "ro")
    if what == "received":
        return f"BG/{number}" in messages
    return any(f"BG/{number} " in line and "answered" in line for line in messages.splitlines())


def entries(trial, state):
    return int(trial.run("ledger", "verify", "--node", state).split(": ")[1].split()[0])


def main():
    trial = Trial(sys.argv[1])
    trial.start("bg")
    trial.send("DOWN-1")
    trial.wait_until(lambda: '"peer away","peer":"RO"' in (trial.folder / "bg.log").read_text())
    trial.start("ro")
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "DOWN-1", "--node", "bg"))
    print("Bucharest was down when Sofia asked: answered when it was back", flush=True)
    for count, (victim, what, delay) in enumerate(points, 1):
        number = f"CRASH-{count}"
        trial.send(number)
        trial.wait_until(lambda: seen(trial, what, number))
        time.sleep(delay)
        trial.kill(victim)
        trial.start(victim)
        trial.wait_until(lambda: "state answered" in trial.run("case", "show", number, "--node", "bg"))
        print(f"killed {victim} after '{what}' + {delay * 1000:.0f} ms: answered", flush=True)
    trial.wait_until(lambda: all("queued" not in trial.run("message", "list", "--node", state)
                                 for state in trial.states))
    exchanges = 1 + len(points)
    for state in trial.states:
        lines = trial.run("message", "list", "--node", state).splitlines()
        assert len(lines) == 2 * exchanges, f"{state}: {len(lines)} messages"
        assert entries(trial, state) == 2 * exchanges, state
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    trial.close()
    print(f"{len(points)} kills: nothing lost, nothing twice")


main()
