#!/usr/bin/env python3
"""Writes the section "Exchange" of docs/BENCHMARKS.md out of what the programs printed."""
import collections
import datetime
import pathlib
import platform
import re
import statistics
import subprocess
import sys

page, results, load, seconds, rounds, senders = sys.argv[1:]
ours = "Comity, full evidence"
rows, facts, skipped = collections.defaultdict(list), collections.defaultdict(list), {}
for line in pathlib.Path(results).read_text().splitlines():
    kind, name, *rest = line.split("\t")
    if kind == "row":
        rows[name].append([float(each) for each in rest])
    elif kind == "fact":
        facts[name].append(float(rest[0]))
    elif kind == "skipped":
        skipped[name] = rest[0]


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]
    except (OSError, IndexError):
        return "unknown"


def plain(value):
    return f"{value:,.0f}".replace(",", " ") if value >= 100 else f"{value:.3g}"


def figure(value, spread):
    return plain(value) if len(spread) < 2 else f"{plain(value)} ({plain(min(spread))} to {plain(max(spread))})"


cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
cores = len(re.findall(r"^processor", pathlib.Path("/proc/cpuinfo").read_text(), re.M))
out = f"""## Exchange

Written by `make bench-exchange`; not edited by hand. Two nodes, or two servers of a peer with a relay between them, on
one machine: a message of 4 096 random bytes is durable at the source, goes through mutual TLS 1.3, is durable at the
destination, is acknowledged there, and the acknowledgement is durable at the source. "Full evidence" seals, signs,
verifies, opens, registers and receipts each message; "bare pipe" is the same program linked without signatures and
seals, which is what the peers do. {senders} senders; each figure is the median of {rounds} runs of {seconds} s in
turns, least and most beside it; latencies at half of the rate of the run before, sent at a steady pace, from the
planned instant to the acknowledgement. "Others" is the share of the machine that other programs used meanwhile: where
it is not near 0 the figures are lower than they could be, and only what stands in one table may be compared.

{datetime.date.today()}, commit {first_line("git", "describe", "--always", "--dirty")}, {cpu[1] if cpu else "unknown"},
{cores} cores, load {load} before, Linux {platform.release()}, {first_line("redis-server", "--version")[:30]},
{first_line("psql", "--version")}, {first_line("openssl", "version")[:14]}.

| Way | Messages a second | Through Comity's | CPU ms a message | kB written a message | p50 ms | p99 ms | p99.9 ms | Others |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""
medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in rows.items()}
for name, each in medians.items():
    spread = list(zip(*rows[name]))
    ratio = each[0] / medians[ours][0] if ours in medians else float("nan")
    cells = [figure(each[0], spread[0]), f"{ratio:.2f}", figure(each[1], spread[1]), f"{each[2]:.0f}",
             f"{each[3]:.1f}", figure(each[4], spread[4]), f"{each[5]:.1f}", f"{each[6]:.0f} %"]
    out += f"| {name} | " + " | ".join(cells) + " |\n"
for name, why in skipped.items():
    if name not in rows:
        out += f"| {name} | skipped: {why} |||||||||\n".replace("|||||||||", " |" * 8)
out += "\n| Fact | Figure |\n|---|---:|\n"
for name, values in facts.items():
    out += f"| {name} | {figure(statistics.median(values), values)} |\n"

text = pathlib.Path(page).read_text()
kept = text.split("\n## Exchange\n")[0].rstrip("\n")
pathlib.Path(page).write_text(kept + "\n\n" + out)
