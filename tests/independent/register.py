#!/usr/bin/env python3
"""A register that our nodes wrote, in the eyes of others: two States exchange, each witnesses the
other, Sofia's register is exported and checked by Go's sumdb packages, and by `comity ledger audit`
with public keys alone; a byte that is changed is found by both."""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "nodes"))
from trial import Trial  # noqa: E402

go_environment = dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOFLAGS="",
                      GOCACHE=os.environ.get("GOCACHE", str(pathlib.Path.home() / ".cache/go-build")))


def witness_key(log_key):
    """The same key with type 04; the id in its middle is over the type too."""
    name, _, key = log_key.split("+", 2)
    raw = base64.b64decode(key)[1:]
    coded = b"\x04" + raw
    key_id = hashlib.sha256(name.encode() + b"\n" + coded).hexdigest()[:8]
    return f"{name}+{key_id}+{base64.b64encode(coded).decode()}"


def curl(trial, as_state, to_state, path, *words, typed=None):
    keys = trial.folder / as_state / "keys"
    port = trial.first_port + 2 * trial.states.index(to_state) + 1
    done = subprocess.run(["curl", "-sSk", "--tlsv1.3", "--cert", keys / "transport.crt", "--key",
                           keys / "transport.key", f"https://127.0.0.1:{port}{path}", *words],
                          input=typed, capture_output=True, timeout=60, check=True)
    return done.stdout


def verify(program, export, keys):
    return subprocess.run([program, export, *keys], capture_output=True, text=True).returncode


def change_one_byte(file, at):
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def consistency(old, leaves, whole=True):
    """RFC 6962, 2.1.2"""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return consistency(old, leaves[:half], whole) + [root(leaves[half:])]
    return consistency(old - half, leaves[half:], False) + [root(leaves[:half])]


def leaves_of(export, size):
    tiles = [export / "tile/0/000", export / f"tile/0/001.p/{size % 256}"]
    hashes = b"".join(each.read_bytes() for each in tiles)
    assert len(hashes) == 32 * size, (len(hashes), size)
    return [hashes[at:at + 32] for at in range(0, len(hashes), 32)]


def cosign(trial, export, body):
    """Bucharest's line for Sofia's head; its courier may have asked Sofia for a head before."""
    leaves = leaves_of(export, int(body.split(b"\n")[1]))
    old = 0
    for _ in range(3):
        path = consistency(old, leaves) if old else []
        proof = b"".join(base64.b64encode(each) + b"\n" for each in path)
        line = curl(trial, "bg", "ro", "/register/witness/add-checkpoint", "-H",
                    "content-type: text/plain", "--data-binary", "@-",
                    typed=b"old %d\n" % old + proof + b"\n" + body)
        if not line.strip().isdigit():
            return line
        old = int(line)
    raise AssertionError(f"Bucharest names another size each time: {line}")


def main():
    trial = Trial(sys.argv[1])
    for state in trial.states:
        trial.start(state)
    for number in range(130):
        trial.send(f"TEST-{number}")
    trial.wait_until(lambda: trial.run("message", "list", "--node", "bg").count("queued") == 0)
    head = lambda: curl(trial, "ro", "bg", "/register/checkpoint")
    trial.wait_until(lambda: int(head().split(b"\n")[1]) >= 260)
    note = head()
    body = note[:note.index(b"\n\n") + 2] + b"".join(
        line + b"\n" for line in note.split(b"\n") if line.startswith("— register".encode()))
    export = trial.folder / "export"
    trial.run("ledger", "export", export, "--node", "bg")
    assert (export / "checkpoint").read_bytes().startswith(body[:body.index(b"\n\n")]), "it grew"
    line = cosign(trial, export, body)
    assert line.startswith("— ".encode()), line

    (export / "checkpoint").write_bytes(body + line)
    trust = trial.folder / "bg/trust.json"
    states = {each["state"]: each for each in json.loads(trust.read_text())["states"]}
    keys = [states["BG"]["registerKey"], witness_key(states["RO"]["registerKey"])]
    (trial.folder / "keys.txt").write_text("\n".join(keys) + "\n")

    said = trial.run("ledger", "audit", export, "--keys", trial.folder / "keys.txt", "--witnesses", 1)
    assert "cosigned by" in said, said
    trial.run("ledger", "export", trial.folder / "ro-export", "--node", "ro")
    both = trial.run("ledger", "audit", export, trial.folder / "ro-export", "--keys", trust)
    assert "Every sending has its receipt" in both, both
    live = f"https://127.0.0.1:{trial.first_port + 3}"
    identity = trial.folder / "identity.pem"
    identity.write_text("".join((trial.folder / "bg/keys" / name).read_text()
                                for name in ("transport.crt", "transport.key")))
    trial.run("ledger", "audit", live, "--keys", trust, "--identity", identity)

    go = shutil.which("go")
    if go:
        program = trial.folder / "register"
        subprocess.run([go, "build", "-o", program, "."], cwd=here / "register", check=True,
                       env=go_environment)
        assert verify(program, export, keys) == 0
    files = sorted(each for each in export.rglob("*") if each.is_file())
    for file in files:
        before = file.read_bytes()
        change_one_byte(file, len(before) // 2)
        trial.run("ledger", "audit", export, "--keys", trial.folder / "keys.txt", "--witnesses", 1,
                  expected=1)
        if go:
            assert verify(program, export, keys) != 0, file
        file.write_bytes(before)
    trial.close()
    eyes = "Go's sumdb and" if go else "(Go is missing: SKIPPED its half)"
    print(f"{len(files)} files of a register hold for {eyes} the auditor; each changed one is found")


main()
