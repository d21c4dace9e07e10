#!/usr/bin/env python3
"""The duty desk of a running node that has many cases: how long its pages take at ten thousand, a hundred thousand and a
million of them, how much memory the node holds, and 200 officers at work at once with live updates. One node a size,
all of them running and asked in turns, so that what the machine does beside falls on each alike; and the inbox while
a night's work of destruction is done. On SQLite, and on the PostgreSQL of COMITY_TEST_DATABASE where there is one,
filled with copies of the same. Everything is synthetic and marked TEST.
desk.py PROGRAM FILLER [CASES...]"""
import contextlib
import datetime
import gc
import http.client
import json
import os
import pathlib
import random
import re
import resource
import selectors
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "nodes"))
from desk_copy import ask, copy_node, database_of  # noqa: E402
from trial import Trial, password  # noqa: E402

turns = 4000  # forty of them are beyond the p99: with ten, two runs of one desk differed by half
turns_before = 20  # each node has answered a little before it is timed
officers = 200
names = ["officer", *(f"officer-{number:02}" for number in range(1, 20))]  # each has the cases of its place, modulo
work_seconds = 30
quiet_sectors = 2048  # a second: a MiB, counted twice where a disk has partitions
think_seconds = 5  # on the average, between two acts of one officer
peers = ["RO", "RS", "MK", "HU", "AT", "MD"]
limits_ms = {"inbox": 50, "one line of it": 50, "case": 50, "look-up": 50, "name looked up": 50, "statistics": 50}
families = ["Petrov", "Ivanova", "Dimitrov", "Georgieva", "Nikolov", "Stoyanova", "Todorov", "Markova"]
frequent_each = 64  # a case of so many is about one name that many bear
night_cases = 50_000  # of two items each, all due on one day
west, east = "Pacific/Pago_Pago", "Pacific/Kiritimati"  # a day and an hour apart: it is always later in the east


class Desk:
    """A signed-in officer."""

    def __init__(self, url, account, cookie=None):
        self.account = account
        self.host = re.sub("^http://", "", url)
        self.line = http.client.HTTPConnection(self.host, timeout=60)
        self.headers = {"Content-Type": "application/json", "Host": self.host, "Accept-Encoding": "gzip"}
        self.line.connect()
        self.line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if cookie:
            self.headers.update(cookie)
            return
        answer, said = self.call("POST", "/v1/session", {"name": names[account], "password": password})
        self.headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]
        self.headers["X-CSRF-Token"] = json.loads(said)["csrfToken"]

    def call(self, method, path, body=None):
        self.line.request(method, path, json.dumps(body) if body is not None else None, self.headers)
        answer = self.line.getresponse()
        said = answer.read()
        assert answer.status < 300, f"{method} {path}: {answer.status} {said[:300]}"
        return answer, said

    def timed(self, method, path, body=None):
        begun = time.perf_counter()
        said = self.call(method, path, body)[1]
        return (time.perf_counter() - begun) * 1000, len(said)


def number_of(place):
    """As tests/bench/desk_fill.cpp names its cases; as it stands in an address."""
    own = f"F-{place:08}"
    return own if place % 2 == 0 else f"{peers[place // 2 % len(peers)]}%2F{own}"


def plate_of(place):
    return f"TE {place // 7919 % 10_000:04} {place % 10_000:04}"


def name_of(place):
    number, syllables = place % 50_021, ""
    for _ in range(3):
        number, consonant = divmod(number, 12)
        number, vowel = divmod(number, 4)
        syllables += "bdfgklmnprtv"[consonant] + "aeio"[vowel]
    frequent = place // len(names) % frequent_each == 0
    return f"Testivan {families[0]}" if frequent else f"Test{syllables} {families[place // 3 % len(families)]}"


def place_of(desk, cases):
    """Of a case that this officer has."""
    return random.randrange(1, cases // len(names)) * len(names) + desk.account


def page(desk, what, cases):
    place = place_of(desk, cases)
    if what == "inbox":
        return desk.timed("GET", "/v1/inbox?limit=200")
    if what == "one line of it":
        return desk.timed("GET", f"/v1/inbox/{number_of(place)}")
    if what == "case":
        return desk.timed("GET", "/v1/cases/" + number_of(place))
    if what == "look-up":
        return desk.timed("POST", "/v1/look-ups", {"sought": plate_of(place)})
    if what == "name looked up":
        return desk.timed("POST", "/v1/look-ups", {"sought": name_of(place)})
    return desk.timed("GET", "/v1/statistics")


def hundredth(values, hundredths):
    return sorted(values)[max(0, (len(values) * hundredths + 99) // 100 - 1)]


def memory_mib(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def pages_in_turns(sites):
    """What each page took on each site, and how long it was."""
    found = {(what, cases): [] for what in limits_ms for cases in sites}
    desks = {cases: Desk(trial.desk("bg"), 0) for cases, trial in sites.items()}
    gc.disable()  # a pause of ours is not the desk's
    for turn in range(turns_before + turns):
        for what in limits_ms:
            for cases in random.sample(list(sites), len(sites)):
                one = page(desks[cases], what, cases)
                if turn >= turns_before:
                    found[what, cases].append(one)
    gc.enable()
    return found


def tell_pages(store, cases, found, smallest):
    for what, limit in limits_ms.items():
        times, lengths = zip(*found[what, cases])
        p50, p99 = (hundredth(times, share) for share in (50, 99))
        before = hundredth([time for time, _ in found[what, smallest]], 99)
        print(f"| {what}, {store} | {cases} | {p50:.1f} | {p99:.1f} | {limit} | {p99 / before:.2f} | "
              f"{max(lengths) / 1024:.1f} |", flush=True)


class Streams:
    """The live updates of every officer, as they come in."""

    def __init__(self, url, cookies):
        self.selector = selectors.DefaultSelector()
        self.ids = [[] for _ in cookies]
        self.rest = [b"" for _ in cookies]
        host, port = re.sub("^http://", "", url).split(":")
        for place, cookie in enumerate(cookies):
            line = socket.create_connection((host, int(port)))
            line.sendall(f"GET /v1/events HTTP/1.1\r\nHost: {host}:{port}\r\n"
                         f"Cookie: {cookie['Cookie']}\r\n\r\n".encode())
            self.selector.register(line, selectors.EVENT_READ, place)
        self.open = True
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        while self.open:
            for key, _ in self.selector.select(0.2):
                got = key.fileobj.recv(65536)
                assert got, "the node ended a stream"
                text = self.rest[key.data] + got
                lines = text.split(b"\n")
                self.rest[key.data] = lines.pop()
                self.ids[key.data] += [int(each[4:]) for each in lines if each.startswith(b"id: ")]

    def close(self):
        self.open = False
        self.thread.join()


def work(desk, cases, until, times, acts, failures):
    draw = random.Random()
    try:
        while time.monotonic() < until:
            time.sleep(draw.uniform(0, 2 * think_seconds))
            what = draw.choice(["inbox", "one line of it", "case", "case", "case", "look-up", "statistics", "errand"])
            if what == "errand":
                path = f"/v1/cases/{number_of(place_of(desk, cases))}/errands"
                times.append(desk.timed("POST", path, {"text": "Call back TEST"})[0])
                acts.append(path)
            else:
                times.append(page(desk, what, cases)[0])
    except (AssertionError, OSError) as failure:
        failures.append(failure)


def tell_officers(trial, store, cases):
    url = trial.desk("bg")
    desks = [Desk(url, place % len(names)) for place in range(officers)]
    streams = Streams(url, [each.headers for each in desks])
    times, acts, failures = [], [], []
    until = time.monotonic() + work_seconds
    at_work = [threading.Thread(target=work, args=(desk, cases, until, times, acts, failures)) for desk in desks]
    for each in at_work:
        each.start()
    for each in at_work:
        each.join()
    time.sleep(2)
    streams.close()
    assert not failures, f"{len(failures)} officers were stopped, one by: {failures[0]}"
    lost = 0
    last = max(ids[-1] for ids in streams.ids)
    for ids in streams.ids:
        lost += last - ids[0] + 1 - len(ids)
    assert acts and min(len(ids) for ids in streams.ids) >= len(acts), "too few events"
    print(f"| {officers} officers, {len(times) / work_seconds:.0f} acts a second, {store} | {cases} | "
          f"{hundredth(times, 50):.1f} | {hundredth(times, 99):.1f} | 150 | | events {len(streams.ids[0])} each, "
          f"{lost} lost |", flush=True)


def stop(trial):
    node = trial.nodes.pop("bg")
    node.terminate()
    node.wait(timeout=60)


def sectors_written():
    return sum(int(line.split()[9]) for line in pathlib.Path("/proc/diskstats").read_text().splitlines())


def settle(server):
    """What the filling left for later: pages not written yet, the server's log; then the disk has nothing to do."""
    if server:
        ask(server, "CHECKPOINT")
    os.sync()
    for _ in range(60):
        before = sectors_written()
        time.sleep(1)
        if sectors_written() - before < quiet_sectors:
            return


def measure(store, sites, server=None):
    settle(server)
    for trial in sites.values():
        trial.start("bg")
    found = pages_in_turns(sites)
    for cases, trial in sites.items():
        tell_pages(store, cases, found, min(sites))
        if cases == max(sites):
            tell_officers(trial, store, cases)
        print(f"| memory of the node, most, {store} | {cases} | {memory_mib(trial.nodes['bg']):.0f} MiB | | 500 | | |",
              flush=True)
    for trial in sites.values():
        stop(trial)


def register_size(trial):
    of = trial.folder / "bg"
    text = "SELECT max(size) FROM ledger_head"
    if server := database_of(of):
        return int(ask(server, text))
    with contextlib.closing(sqlite3.connect(f"file:{of / 'node.db'}?mode=ro", uri=True, timeout=30)) as line:
        return line.execute(text).fetchone()[0]


def set_zone(trial, zone):
    file = trial.folder / "bg" / "node.toml"
    file.write_text(re.sub('^zone = ".*"$', f'zone = "{zone}"', file.read_text(), flags=re.MULTILINE))


def inbox_until(desk, is_over):
    times = []
    while len(times) < turns_before + turns or not is_over():
        times.append(desk.timed("GET", "/v1/inbox?limit=200")[0])
    return times[turns_before:]


def tell_night(store, trial, cases):
    """What is due is destroyed while an officer opens his inbox; the day comes by a move to the east."""
    set_zone(trial, west)
    settle(database_of(trial.folder / "bg"))
    trial.start("bg")
    before = inbox_until(Desk(trial.desk("bg"), 0), lambda: True)
    stop(trial)
    set_zone(trial, east)
    size = register_size(trial)
    trial.start("bg")
    trial.wait_until(lambda: register_size(trial) > size + 100, 120)
    size, begun = register_size(trial), time.monotonic()
    meanwhile = inbox_until(Desk(trial.desk("bg"), 0), lambda: time.monotonic() > begun + work_seconds)
    rate = (register_size(trial) - size) / (time.monotonic() - begun)
    assert register_size(trial) - size < 1.9 * night_cases, "it was over before it was looked at"
    p99 = hundredth(before, 99)
    print(f"| inbox, nothing due, {store} | {cases} | {hundredth(before, 50):.1f} | {p99:.1f} | 50 | 1.00 | |\n"
          f"| inbox, {rate:.0f} of {2 * night_cases} items due destroyed a second, {store} | {cases} | "
          f"{hundredth(meanwhile, 50):.1f} | {hundredth(meanwhile, 99):.1f} | 50 | {hundredth(meanwhile, 99) / p99:.2f} | |",
          flush=True)
    stop(trial)


def report(what, begun):
    print(f"{what} after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def fill(program, filler, cases, due=0):
    begun = time.monotonic()
    trial = Trial(program, vehicles=10)
    for name in names[1:]:
        trial.run("account", "add", "--node", "bg", "--name", name, "--display-name", "Duty officer TEST", "--role",
                  "duty-officer", "--role", "case-officer", typed=password)
    if due:
        set_zone(trial, west)
        there = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=11)
        tomorrow = there.date() + datetime.timedelta(days=1)
        subprocess.run([filler, trial.folder / "bg", "1", str(due), tomorrow.isoformat()], check=True)
    subprocess.run([filler, trial.folder / "bg", str(due + 1), str(cases)], check=True)
    report(f"SQLite: {cases} cases", begun)
    return trial


def on_server(program, server, like, cases):
    begun = time.monotonic()
    os.environ["COMITY_TEST_DATABASE"] = server
    trial = Trial(program, vehicles=10)
    del os.environ["COMITY_TEST_DATABASE"]  # the next one is on SQLite again
    copy_node(like.folder / "bg", trial.folder / "bg")
    report(f"PostgreSQL: {cases} cases copied", begun)
    return trial


def main():
    program, filler, *sizes = sys.argv[1:]
    sizes = [int(each) for each in sizes] or [10_000, 100_000, 1_000_000]
    server = os.environ.pop("COMITY_TEST_DATABASE", None)  # SQLite comes first
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    print("| what | cases | p50 ms | p99 ms | limit ms | p99 to smallest | most KiB |\n"
          "|---|---:|---:|---:|---:|---:|---:|")
    with contextlib.ExitStack() as made:
        night = fill(program, filler, 2 * night_cases, night_cases)
        made.callback(night.close)
        copied_night = on_server(program, server, night, 2 * night_cases) if server else None
        tell_night("SQLite", night, 2 * night_cases)
        if copied_night:
            made.callback(copied_night.close)
            tell_night("PostgreSQL", copied_night, 2 * night_cases)
        filled = {}
        for cases in sizes:
            filled[cases] = fill(program, filler, cases)
            made.callback(filled[cases].close)
        measure("SQLite", filled)
        if not server:
            return
        copied = {}
        for cases in sizes:
            copied[cases] = on_server(program, server, filled[cases], cases)
            made.callback(copied[cases].close)
            shutil.rmtree(filled[cases].folder / "bg")  # what of it is in memory makes room for the server's
        measure("PostgreSQL", copied, server)


if __name__ == "__main__":
    main()
