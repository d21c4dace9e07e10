#!/usr/bin/env python3
"""Every key of a node is replaced while messages flow: seal, sealing, transport and register, through
two trust lists that two of three States sign. Nothing is lost, nothing rejected, nothing stands still;
what was signed before still verifies. Then a transport certificate is revoked: its node is shut out
until it has another, and nothing is lost by that either."""
import re
import subprocess
import sys
import threading

from trial import Trial

kinds = ["seal", "sealing", "transport"]


class Flow:
    """Requests from Sofia to Bucharest, each after the answer to the one before, until it is stopped."""

    def __init__(self, trial):
        self.trial = trial
        self.sent = []
        self.stopped = threading.Event()
        self.failure = None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            while not self.stopped.is_set():
                number = f"ROT-{len(self.sent) + 1}"
                self.trial.send(number)
                self.trial.wait_until(lambda: self.is_answered(number), 60)
                self.sent.append(number)
        except AssertionError as failure:
            self.failure = failure

    def is_answered(self, number):
        return "state answered" in self.trial.run("case", "show", number, "--node", "bg")

    def reach(self, count):
        self.trial.wait_until(lambda: self.failure or len(self.sent) >= count, 60)
        if self.failure:
            raise self.failure

    def further(self, count=3):
        """So many more were answered: nothing stands still."""
        self.reach(len(self.sent) + count)

    def stop(self):
        self.stopped.set()
        self.thread.join()
        if self.failure:
            raise self.failure
        return len(self.sent)


def sign_and_install(trial, file, signers, order, between=lambda: None):
    for state in signers:
        trial.run("trust", "sign", file, "--node", state)
    for state in order:
        assert "works with it now" in trial.run("trust", "install", file, "--node", state), state
        between()


def fingerprint(trial, state, what, place=0):
    shown = trial.run("trust", "show", "--node", "bg")
    block = shown.split(f"\n{state}  ")[1]
    return [line.split()[1] for line in block.splitlines()[1:] if line.split()[0] == what][place]


def make_keys(trial, state, which):
    folder = trial.folder / state / "keys"
    for kind in which:
        trial.run("keys", "rotate", kind, "--node", state)
        if kind != "register":
            trial.run("keys", "certify", folder / f"{kind}-2.csr", "--as", kind, "--root", folder / "root")


def settled(trial, states):
    return all(word not in trial.run("message", "list", "--node", state)
               for state in states for word in (" queued", " sent"))


def rotate_everything(trial, flow):
    flow.reach(3)
    make_keys(trial, "bg", [*kinds, "register"])
    both = trial.folder / "both.json"
    trial.run("trust", "propose", both, "--node", "bg")
    # Bucharest first: for a while the two work under different lists, either way round.
    sign_and_install(trial, both, ["bg", "rs"], ["ro", "bg", "rs"], flow.further)
    alone = trial.folder / "alone.json"
    trial.run("trust", "propose", alone, "--finish", "--node", "bg")
    sign_and_install(trial, alone, ["bg", "ro"], ["bg", "rs", "ro"], flow.further)
    shown = trial.run("keys", "show", "--node", "bg")
    for kind in [*kinds, "register"]:
        assert re.search(rf"^{kind}-2 .*in use", shown, re.M), shown
        assert re.search(rf"^{kind} .*not in the list", shown, re.M), shown
    for kind in ["seal", "transport", "register"]:
        trial.run("keys", "destroy", kind, "--node", "bg")
    trial.run("keys", "destroy", "sealing", "--node", "bg", expected=70)
    trial.run("keys", "destroy", "seal-2", "--node", "bg", expected=70)
    flow.further()


def check_evidence(trial, first):
    ids = [line.split()[0] for line in trial.run("message", "list", "--node", "bg").splitlines()]
    for name, chosen in (("last", ids[0]), ("first", ids[-1])):
        folder = trial.folder / f"evidence-{name}"
        trial.run("message", "export", chosen, folder, "--node", "bg")
        trial.run("message", "verify", folder)
        subprocess.run(["sh", folder / "verify.sh"], check=True, capture_output=True)


def revoke_transport(trial):
    file = trial.folder / "revoked.json"
    trial.run("trust", "propose", file, "--node", "bg", "--revoke",
              fingerprint(trial, "RO", "transport"), "--reason", "the key was copied TEST")
    sign_and_install(trial, file, ["bg", "rs"], ["bg", "rs", "ro"])
    for number in range(3):
        trial.send(f"REV-{number}")
    trial.wait_until(lambda: '"peer away","peer":"RO"' in (trial.folder / "bg.log").read_text())
    messages = trial.run("message", "list", "--node", "bg")
    assert messages.count(" queued") + messages.count(" sent") == 3, messages
    make_keys(trial, "ro", ["transport"])
    again = trial.folder / "again.json"
    trial.run("trust", "propose", again, "--finish", "--node", "ro")
    sign_and_install(trial, again, ["ro", "bg"], ["bg", "ro", "rs"])
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "REV-2", "--node", "bg"), 60)
    print("a revoked transport certificate opens no pipe; what waited went by the next one", flush=True)


def refuse_old(trial):
    for version, said in (("1", "is older than"), ("4", "is older than")):
        file = trial.folder / "bg" / "trust" / f"{version}.json"
        done = subprocess.run([trial.program, "trust", "install", file, "--node", "bg"],
                              env=trial.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 70 and said in done.stderr, done.stderr
    in_force = trial.folder / "bg" / "trust" / "5.json"
    assert "in force already" in trial.run("trust", "install", in_force, "--node", "bg")


def main():
    trial = Trial(sys.argv[1], states=("BG", "RO", "RS"))
    try:
        run(trial)
    except BaseException:
        for state, node in trial.nodes.items():
            print(state, "runs" if node.poll() is None else f"ended with {node.poll()}",
                  (trial.folder / f"{state}.log").read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        trial.close()
    print("every key was replaced while messages flowed")


def run(trial):
    for state in trial.states:
        trial.start(state)
    flow = Flow(trial)
    try:
        rotate_everything(trial, flow)
    finally:
        flow.stopped.set()
    sent = flow.stop()
    trial.wait_until(lambda: settled(trial, ["bg", "ro"]), 60)
    for state in ("bg", "ro"):
        messages = trial.run("message", "list", "--node", state).splitlines()
        assert len(messages) == min(2 * sent, 200), f"{state}: {len(messages)} messages of {sent}"
        assert not any(" rejected" in line or " expired" in line for line in messages), messages
    print(f"{sent} requests under four changing keys: all answered, none rejected", flush=True)
    check_evidence(trial, flow.sent[0])
    revoke_transport(trial)
    refuse_old(trial)
    for state in ("bg", "ro"):  # as it lies on disk, so it starts
        trial.kill(state)
        trial.start(state)
        trial.run("ledger", "verify", "--node", state)
    trial.send("LAST")
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "LAST", "--node", "bg"), 60)
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")


main()
