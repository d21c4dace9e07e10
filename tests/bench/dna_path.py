#!/usr/bin/env python3
"""The whole path of a comparison through two running nodes: from the officer's click (the request reaches the desk of
Sofia) to the signed hit on that desk, against a file of Bucharest of the size given; and how long a node with that
file takes to start. Profiles are made up and marked TEST.
dna_path.py PROGRAM [PROFILES [QUESTIONS]]"""
import http.client
import json
import os
import pathlib
import random
import re
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "nodes"))
from trial import Trial, password  # noqa: E402

profiles = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
questions = int(sys.argv[3]) if len(sys.argv) > 3 else 30
loci = ["D3S1358", "vWA", "D8S1179", "D21S11", "D18S51", "TH01", "FGA", "D1S1656", "D2S441", "D10S1248", "D12S391",
        "D22S1045"]
a_file = 50_000  # rows of one file that is registered


def typed(number):
    """Twelve loci drawn for this number; common alleles, so that the search has its usual work."""
    draw = random.Random(number)
    return [sorted((draw.randrange(10, 20), draw.randrange(10, 20))) for _ in loci]


def fill(trial, state):
    heading = ",".join(f"{locus}_1,{locus}_2" for locus in loci)
    begun = time.monotonic()
    for first in range(0, profiles, a_file):
        file = trial.folder / "persons.csv"
        with open(file, "w", encoding="utf-8") as out:
            out.write(f"reference,category,kit,laboratory,iso17025,{heading}\n")
            for number in range(first, min(first + a_file, profiles)):
                alleles = ",".join(f"{low},{high}" for low, high in typed(number))
                out.write(f"RO-P-{number:07},known-person,,Laboratory TEST,yes,{alleles}\n")
        trial.run("dna", "register", file, "--erase-by", "2035-01-01", "--node", state)
    return time.monotonic() - begun


class Desk:
    """A signed-in officer."""

    def __init__(self, url):
        host = re.sub("^http://", "", url)
        self.line = http.client.HTTPConnection(host, timeout=60)
        self.headers = {"Content-Type": "application/json", "Host": host}
        answer, said = self.call("POST", "/v1/session", {"name": "officer", "password": password})
        self.headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]
        self.headers["X-CSRF-Token"] = said["csrfToken"]

    def call(self, method, path, body=None):
        self.line.request(method, path, json.dumps(body) if body is not None else None, self.headers)
        answer = self.line.getresponse()
        said = json.loads(answer.read() or b"{}")
        assert answer.status < 300, f"{method} {path}: {answer.status} {said}"
        return answer, said


def ask(desk, turn):
    person = typed(turn * max(1, profiles // questions) % profiles)
    number = f"PATH-{turn}"
    draft = {"to": "RO", "caseNumber": number, "purpose": "investigation", "offence": "burglary TEST",
             "ground": "investigation-or-proceedings", "eraseBy": "2035-01-01",
             "facts": {"comparison-lawful": True}, "profiles": [{
                 "profileNumber": f"BG-S-{turn:04}", "kind": "stain", "laboratory": "Laboratory TEST", "iso17025": True,
                 "loci": [{"name": name, "allele1": str(low), "allele2": str(high)}
                          for name, (low, high) in zip(loci, person)]}]}
    begun = time.perf_counter()
    desk.call("POST", "/v1/dna/requests", draft)
    sent = time.perf_counter()
    while True:
        results = desk.call("GET", f"/v1/dna/cases/{number}")[1]["results"]
        if results:
            break
        assert time.perf_counter() - begun < 60, f"{number} has no answer"
        time.sleep(0.001)
    assert results[0]["result"]["result"] == "hit", results
    return (time.perf_counter() - begun) * 1000, (sent - begun) * 1000


def main():
    trial = Trial(sys.argv[1])
    filled = fill(trial, "ro")
    print(f"{profiles} profiles registered in {filled:.1f} s ({profiles / filled:.0f} a second)", flush=True)
    begun = time.monotonic()
    trial.start("ro")
    print(f"start of the node that has them: {time.monotonic() - begun:.2f} s", flush=True)
    trial.start("bg")
    desk = Desk(trial.desk("bg"))
    ask(desk, 0)  # the line is opened
    measured = [ask(desk, turn) for turn in range(1, questions + 1)]
    whole = sorted(each for each, _ in measured)
    print(f"from the click to the signed hit on the desk, {questions} questions: median {statistics.median(whole):.1f} "
          f"ms, worst {whole[-1]:.1f} ms; of that until it is on its way "
          f"{statistics.median(each for _, each in measured):.1f} ms; load {os.getloadavg()[0]:.1f}")
    trial.close()


main()
