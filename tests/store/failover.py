#!/usr/bin/env python3
"""Writes under load on a PostgreSQL with a synchronous standby, while the line breaks on commits, the
standby is away, and at last the primary is killed and the standby promoted. What the store answered
is held against what is there: nothing acknowledged is lost, nothing is there twice, nothing that was
called not written is there. Arguments: the load program, how often (1)."""
import collections
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

server = str(pathlib.Path(__file__).parents[2] / "tools" / "postgres.sh")
writers = 8


def tool(*words):
    return subprocess.run([server, *words], check=True, capture_output=True, text=True).stdout.strip()


def ask(address, sql):
    done = subprocess.run(["psql", address, "-AtX", "-c", sql], check=True, capture_output=True, text=True)
    return done.stdout.split()


def wait_until(holds, what):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


class Load:
    """The load program and what it said of each number."""

    def __init__(self, program, address):
        self.said = collections.defaultdict(list)
        self.reasons = collections.Counter()
        self.process = subprocess.Popen([program, address, str(writers)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            word, number, *why = line.split(maxsplit=2)
            if why:
                self.reasons[why[0].strip()[:100]] += 1
            self.said[word].append(int(number))

    def more(self, count):
        """Waits until so many more writes were acknowledged."""
        wanted = len(self.said["ok"]) + count
        wait_until(lambda: len(self.said["ok"]) >= wanted, "the load does not go on")

    def end(self):
        self.process.stdin.close()
        self.reader.join()
        assert self.process.wait() == 0


def break_lines(primary, load):
    """Sessions ended under load, by chance also on their commits."""
    for _ in range(20):
        ask(primary, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     "WHERE application_name = 'comity'")
        load.more(20)


def lose_the_standby(folder, primary, load):
    """A commit waits for a standby that is away; its waiting is cancelled, then its session ended: on
    disk here and not there. The store must not answer before the standby has it."""
    tool("stop", str(folder / "b"))
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    wait_until(lambda: ask(primary, waiting), "no commit waits for the standby")
    time.sleep(0.3)  # whatever was on its way is told
    before = {word: len(load.said[word]) for word in ("ok", "no", "unknown")}
    for end in ("pg_cancel_backend", "pg_terminate_backend"):
        ask(primary, f"SELECT {end}(pid) FROM ({waiting}) AS commits")
        time.sleep(0.7)
        assert len(load.said["ok"]) == before["ok"], f"acknowledged without the standby ({end})"
    tool("standby", str(folder / "b"))
    load.more(50)
    assert len(load.said["no"]) == before["no"], "a write that stands was called not written"


def once(program):
    with tempfile.TemporaryDirectory(prefix="comity-fo-", dir="/tmp") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        try:
            return trial(program, folder)
        finally:
            for each in ("a", "b"):
                subprocess.run([server, "kill", str(folder / each)], capture_output=True, check=False)
            time.sleep(0.2)  # their last files


def trial(program, folder):
    primary = tool("start", str(folder / "a"), "-c", "synchronous_standby_names=standby")
    standby = tool("standby", str(folder / "b"), str(folder / "a"))
    both = f"postgresql:///postgres?host={folder}/a,{folder}/b&user=comity"
    wait_until(lambda: ask(primary, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"),
               "no synchronous standby")
    load = Load(program, both)
    try:
        load.more(500)
        break_lines(primary, load)
        lose_the_standby(folder, primary, load)
        load.more(500)
        tool("kill", str(folder / "a"))
        killed = time.monotonic()
        tool("promote", str(folder / "b"))
        load.more(1)
        away = time.monotonic() - killed
        load.more(500)
        load.end()
    except BaseException:
        load.process.kill()
        raise
    rows = collections.Counter(int(n) for n in ask(standby, "SELECT n FROM load_item"))
    lost = [n for n in load.said["ok"] if n not in rows]
    doubled = [n for n, times in rows.items() if times > 1]
    ghosts = [n for n in load.said["no"] if n in rows]
    print(f"acknowledged {len(load.said['ok'])}, lost {len(lost)}, doubled {len(doubled)}; "
          f"called not written {len(load.said['no'])}, of them there {len(ghosts)}; "
          f"not known {len(load.said['unknown'])}; away {away:.1f} s", flush=True)
    assert not lost and not doubled and not ghosts, (lost, doubled, ghosts)
    return load.reasons


def main():
    reasons = collections.Counter()
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        reasons += once(sys.argv[1])
    for reason, times in reasons.most_common(8):
        print(f"  {times} x {reason}")


main()
