"""Real nodes as processes, for tests that need more than one: founded in a folder of their own, on
free ports, with small synthetic registers. Used by the crash test and the browser test."""
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parents[2]
password = "sofia-bucharest-belgrade"


def free_port_range(count):
    for _ in range(200):
        first = random.randrange(20_000, 55_000)
        held = []
        try:
            for port in range(first, first + count):
                held.append(socket.socket())
                held[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for each in held:
                each.close()
    sys.exit("no free ports")


class Trial:
    def __init__(self, program, states=("BG", "RO"), vehicles=200, hosts=()):
        self.program = str(program)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="comity-trial-"))
        self.environment = dict(os.environ, COMITY_HOME=str(self.folder))
        self.states = [state.lower() for state in states]
        self.first_port = free_port_range(3 * len(states))
        self.nodes = {}
        self.before = {}  # what stands before the program when a node is started
        self.run("found", self.folder, "--states", ",".join(states), "--first-port", self.first_port,
                 "--law", root / "data/treaty", "--cases", root / "tests/cases/treaty", "--web", root / "build/web",
                 *(["--hosts", ",".join(hosts)] if hosts else []))
        for state in self.states:
            self.use_server(state)
            self.fill(state, vehicles)

    def use_server(self, state):
        """On the PostgreSQL of COMITY_TEST_DATABASE, where there is one, in a schema of its own."""
        server = os.environ.get("COMITY_TEST_DATABASE")
        if not server:
            return
        schema = f"{self.folder.name.replace('-', '_')}_{state}".lower()
        subprocess.run(["psql", server, "-qX", "-c", f"CREATE SCHEMA {schema}"], check=True)
        file = self.folder / state / "node.toml"
        file.write_text(f'database = "{server}&options=-csearch_path%3D{schema}"\n' + file.read_text())

    def fill(self, state, vehicles):
        file = self.folder / "vehicles.jsonl"
        with open(file, "wb") as out:
            subprocess.run([sys.executable, root / "tools/synthetic_vehicles.py", "--state",
                            state.upper(), "--count", str(vehicles), "--seed", "1"],
                           stdout=out, check=True)
        self.run("vehicles", "load", file, "--node", state)
        self.run("account", "add", "--node", state, "--name", "officer", "--display-name",
                 "Duty officer TEST", "--role", "duty-officer", "--role", "case-officer",
                 typed=password)

    def run(self, *words, typed=None, expected=0, at=None):
        """`at`: the State on whose host it runs, where hosts differ."""
        done = subprocess.run([*self.before.get(at, []), self.program, *map(str, words)], env=self.environment,
                              input=typed, capture_output=True, text=True, timeout=120)
        if done.returncode != expected:
            raise AssertionError(f"comity {' '.join(map(str, words))}: exit {done.returncode}, "
                                 f"expected {expected}\n{done.stdout}{done.stderr}")
        return done.stdout

    def desk(self, state):
        return f"http://127.0.0.1:{self.first_port + 2 * self.states.index(state)}"

    def start(self, state):
        log = open(self.folder / f"{state}.log", "ab")
        node = subprocess.Popen([*self.before.get(state, []), self.program, "node", "run", "--node", state],
                                env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True)
        line = node.stdout.readline()
        if not line.startswith("READY"):
            raise AssertionError(f"{state} did not start: {line}"
                                 + (self.folder / f"{state}.log").read_text())
        self.nodes[state] = node

    def kill(self, state):
        node = self.nodes.pop(state)
        node.send_signal(signal.SIGKILL)
        node.wait()

    def send(self, number, sender="bg", to="RO", plate="B 123 ABC"):
        return self.run("request", "send", "--node", sender, "--to", to, "--kind", "vehicle-owner",
                        "--plate", plate, "--purpose", "investigation", "--offence",
                        "vehicle theft", "--ground", "identify-owner", "--case", number,
                        "--erase-by", "2035-01-01")

    def wait_until(self, condition, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.02)
        raise AssertionError("waited too long; " + "".join(
            (self.folder / f"{state}.log").read_text()[-2000:] for state in self.states))

    def close(self):
        for node in self.nodes.values():
            node.terminate()
        codes = [node.wait(timeout=30) for node in self.nodes.values()]
        shutil.rmtree(self.folder)
        if any(codes):
            raise AssertionError(f"a node ended with {codes}")
