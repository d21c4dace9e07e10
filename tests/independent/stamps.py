#!/usr/bin/env python3
"""A node under a time-stamp authority made of `openssl ts -reply`: its heads are stamped, work goes
on while the authority is away, what waited is marked late, and `openssl ts -verify` holds for all."""
import http.server
import pathlib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "nodes"))
from trial import Trial  # noqa: E402

settings = """
[new_oids]
[tsa]
default_tsa = here
[here]
serial = {0}/serial
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority(http.server.BaseHTTPRequestHandler):
    folder = None

    def do_POST(self):
        query = self.folder / "query.tsq"
        query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        reply = subprocess.run(["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf",
                                "-queryfile", query], capture_output=True, check=True).stdout
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *words):
        pass


def found_authority(folder):
    folder.mkdir()
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(settings.format(folder))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder / "tsa.key", "-out",
                    folder / "tsa.pem", "-days", "2", "-subj", "/CN=Time-stamps TEST", "-addext",
                    "extendedKeyUsage=critical,timeStamping", "-addext",
                    "basicConstraints=critical,CA:FALSE"], check=True, capture_output=True)
    Authority.folder = folder


def open_authority(port):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Authority)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    trial = Trial(sys.argv[1])
    found_authority(trial.folder / "tsa")
    server = open_authority(0)
    port = server.server_address[1]
    with open(trial.folder / "bg/node.toml", "a") as file:
        file.write(f'\n[stamps]\nurl = "http://127.0.0.1:{port}/"\nauthorities = "../tsa/tsa.pem"\n'
                   "every_seconds = 1\nlate_after_seconds = 2\n")
    trial.start("bg")
    trial.start("ro")  # nothing is numbered, and no head made, before somebody is there
    count = 0

    def stamps(word):
        nonlocal count
        count += 1
        folder = trial.folder / f"export-{count}"
        trial.run("ledger", "export", folder, "--node", "bg")
        return [each for each in folder.glob("stamps/*.tsr") if word in each.name]

    trial.send("TEST-1")
    trial.wait_until(lambda: stamps(""))
    server.shutdown()
    server.server_close()
    for number in (2, 3):  # heads queue a second apart; they are late after two
        trial.send(f"TEST-{number}")
        time.sleep(2)
    server = open_authority(port)
    trial.wait_until(lambda: stamps("-late"))
    found = stamps("")
    for each in found:
        subprocess.run(["openssl", "ts", "-verify", "-data", each.with_suffix(".notes"), "-in", each,
                        "-CAfile", trial.folder / "tsa/tsa.pem", "-partial_chain"],
                       check=True, capture_output=True)
        each.with_suffix(".notes").write_bytes(b"other")
        assert subprocess.run(["openssl", "ts", "-verify", "-data", each.with_suffix(".notes"), "-in",
                               each, "-CAfile", trial.folder / "tsa/tsa.pem", "-partial_chain"],
                              capture_output=True).returncode != 0
    trial.run("ledger", "verify", "--node", "bg")
    server.shutdown()
    trial.close()
    print(f"{len(found)} time-stamps hold for openssl; what waited for the authority says so")


main()
