#!/usr/bin/env python3
"""What two nodes tell those who keep them running: the figures of a line grow with what is
exchanged, every line of the logs is JSON, one message is followed through both nodes under one
trace, and no plate, offence or name stands anywhere in it."""
import json
import re
import sys
import urllib.request

from trial import Trial

forbidden = ["B 123 ABC", "B123ABC", "vehicle theft", "officer", "TEST-HEALTH"]


def lines_of(trial, state):
    text = (trial.folder / f"{state}.log").read_text()
    for each in forbidden:
        assert each not in text, (state, each)
    return [json.loads(line) for line in text.splitlines()]


def status(trial, state, page):
    port = trial.first_port + 2 * len(trial.states) + trial.states.index(state)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as answer:
        return answer.read().decode()


def figure(page, name, **labels):
    wanted = ",".join(f'{key}="{value}"' for key, value in labels.items())
    found = [line for line in page.splitlines() if line.startswith(f"{name}{{{wanted}")]
    assert found, (name, labels, page)
    return float(found[0].rsplit(" ", 1)[1])


def run(trial):
    for state in trial.states:
        trial.start(state)
    count = 5
    for number in range(count):
        trial.send(f"TEST-HEALTH-{number}")
    answered = lambda number: "state answered" in trial.run(
        "case", "show", f"TEST-HEALTH-{number}", "--node", "bg")
    trial.wait_until(lambda: all(map(answered, range(count))), 60)

    logs = {state: lines_of(trial, state) for state in trial.states}
    said = lambda state, event: [line for line in logs[state] if line["event"] == event]
    sent = said("bg", "message numbered")
    assert len(sent) == count and {line["type"] for line in sent} == {"request"}, sent
    for line in sent:
        assert re.fullmatch("[0-9a-f]{32}", line["trace"]), line
        same = lambda event: [each for each in said("ro", event) if each["trace"] == line["trace"]]
        assert [each["kind"] for each in same("message taken")] == ["durable"], line
        done = [each for each in said("bg", "message receipted") if each["trace"] == line["trace"]]
        assert len(done) == 1 and done[0]["kind"] == "durable" and done[0]["milliseconds"] > 0, done
    assert len(said("ro", "message receipted")) == count, "each answer is receipted too"

    page = status(trial, "bg", "/metrics")
    assert figure(page, "comity_delivery_seconds_count", peer="RO") == count, page
    assert 0 < figure(page, "comity_delivery_seconds_sum", peer="RO") < 60, page
    assert abs(figure(page, "comity_clock_difference_seconds", peer="RO")) < 5, page


def main():
    trial = Trial(sys.argv[1])
    try:
        run(trial)
    finally:
        trial.close()
    print("both logs are clean, and one trace leads through both nodes")


main()
