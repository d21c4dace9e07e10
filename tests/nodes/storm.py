#!/usr/bin/env python3
"""kill -9 of one node after the other at random moments while both States send as fast as they may.
At the end every request that was acknowledged is there once at the other end and answered once; the
registers of both hold and agree. Arguments: the program, how many kills (20), a seed."""
import collections
import http.client
import json
import random
import socket
import sqlite3
import sys
import threading
import time

from trial import Trial


class Line(http.client.HTTPConnection):
    """The control socket of a node."""

    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Sender(threading.Thread):
    """Asks through one node again and again; knows which requests were acknowledged."""

    def __init__(self, trial, state, to, plate):
        super().__init__()
        self.path = trial.folder / state / "node.sock"
        self.state, self.to, self.plate = state, to, plate
        self.acknowledged, self.tried, self.on = [], 0, True
        self.start()

    def ask(self, number):
        line = Line(self.path)
        body = {"to": self.to, "kind": "vehicle-owner", "plate": self.plate, "purpose": "investigation",
                "offence": "vehicle theft", "needGround": "identify-owner", "caseNumber": number,
                "eraseBy": "2035-01-01"}
        line.request("POST", "/v1/requests", json.dumps(body), {"Content-Type": "application/json"})
        answer = line.getresponse()
        said = answer.read()
        line.close()
        assert answer.status in (201, 503), f"{answer.status}: {said}"
        return answer.status == 201

    def run(self):
        while self.on:
            number = f"{self.state.upper()}-{self.tried}"
            self.tried += 1
            try:
                if self.ask(number):
                    self.acknowledged.append(number)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # it was killed: nobody knows whether it was kept, so it does not count


def rows(trial, state, sql):
    with sqlite3.connect(f"file:{trial.folder / state / 'node.db'}?mode=ro", uri=True) as database:
        return database.execute(sql).fetchall()


def waits(trial, state):
    return rows(trial, state, "SELECT 1 FROM exchange_message WHERE state IN ('queued', 'sent') LIMIT 1") \
        or rows(trial, state, "SELECT 1 FROM casework_task LIMIT 1")


def arrived(trial, state):
    """How often each case number of another State came in a request, and how often in an answer."""
    requests, answers = collections.Counter(), collections.Counter()
    for (bytes_,) in rows(trial, state, "SELECT manifest FROM exchange_message WHERE direction = 'in'"):
        manifest = json.loads(bytes_)
        reference = manifest["caseReference"]
        if manifest["type"] == "request":
            requests[reference["ours"]] += 1
        elif "yours" in reference:
            answers[reference["yours"]] += 1
    return requests, answers


def count(trial, senders):
    """Of what was acknowledged: not there or not answered; there or answered more than once."""
    lost = doubled = 0
    seen = {state: arrived(trial, state) for state in trial.states}
    for sender in senders:
        requests, answers = seen[sender.to.lower()][0], seen[sender.state][1]
        for number in sender.acknowledged:
            lost += requests[number] == 0 or answers[number] == 0
            doubled += requests[number] > 1 or answers[number] > 1
    return lost, doubled


def main():
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    chance = random.Random(seed)
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.start(state)
    senders = [Sender(trial, "bg", "RO", "B 123 ABC"), Sender(trial, "ro", "BG", "СВ 1234 АВ")]
    try:
        for done in range(1, kills + 1):
            time.sleep(chance.uniform(0, 0.4))
            victim = chance.choice(trial.states)
            trial.kill(victim)
            trial.start(victim)
            if done % 100 == 0 or done == kills:
                print(f"  {done} kills, {sum(len(each.acknowledged) for each in senders)} acknowledged", flush=True)
    finally:
        for sender in senders:
            sender.on = False
        for sender in senders:
            sender.join()
    trial.wait_until(lambda: not any(waits(trial, state) for state in trial.states), 600)
    lost, doubled = count(trial, senders)
    acknowledged = sum(len(each.acknowledged) for each in senders)
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")
    print(f"{kills} kills (seed {seed}): {sum(each.tried for each in senders)} requests, "
          f"{acknowledged} acknowledged, {lost} lost, {doubled} twice")
    assert acknowledged > 0 and lost == 0 and doubled == 0
    trial.close()


main()
