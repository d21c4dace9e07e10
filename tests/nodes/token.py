#!/usr/bin/env python3
"""A node whose seal, sealing, transport and register keys are in PKCS#11 tokens (SoftHSM in a folder
of its own): messages are signed, opened, carried and registered with keys that never leave it."""
import pathlib
import shutil
import subprocess
import sys

from trial import Trial

module = pathlib.Path("/usr/lib/softhsm/libsofthsm2.so")
kinds = ["seal", "sealing", "transport"]


def make_token(trial):
    tokens = trial.folder / "tokens"
    tokens.mkdir()
    settings = trial.folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    trial.environment["SOFTHSM2_CONF"] = str(settings)
    # OpenSSL's engine keeps its tables of methods until the process ends.
    trial.environment["ASAN_OPTIONS"] = "detect_leaks=0"
    run = lambda *words: subprocess.run(words, env=trial.environment, check=True, capture_output=True)
    run("softhsm2-util", "--init-token", "--free", "--label", "bg", "--pin", "1234", "--so-pin", "5678")
    for place, kind in enumerate(kinds, 1):
        run("pkcs11-tool", "--module", str(module), "--token-label", "bg", "--login", "--pin", "1234",
            "--keypairgen", "--key-type", "EC:prime256v1", "--usage-sign", "--usage-derive",
            "--label", f"{kind}-2", "--id", f"0{place}")
    run("softhsm2-util", "--init-token", "--free", "--label", "bg-register", "--pin", "1234", "--so-pin", "5678")
    run("pkcs11-tool", "--module", str(module), "--token-label", "bg-register", "--login", "--pin", "1234",
        "--keypairgen", "--key-type", "EC:edwards25519", "--label", "register-2", "--id", "04")
    (trial.folder / "bg" / "pin").write_text("1234\n")
    names = "".join(f'{kind}-2 = "pkcs11:token=bg;object={kind}-2;type=private"\n' for kind in kinds)
    names += 'register-2 = "pkcs11:token=bg-register;object=register-2;type=private"\n'
    file = trial.folder / "bg" / "node.toml"
    file.write_text(file.read_text() + f'\n[token]\nmodule = "{module}"\npin_file = "pin"\n\n[keys]\n{names}')


def answered(trial, number, sender, to):
    plate = "B 123 ABC" if to == "RO" else "CB 1234 AB"
    trial.send(number, sender, to, plate)
    trial.wait_until(lambda: "answered" in trial.run("case", "show", number, "--node", sender).split("\n")[0], 60)


def main():
    lacking = [name for name in ("softhsm2-util", "pkcs11-tool") if not shutil.which(name)]
    if lacking or not module.exists():
        print(f"SKIPPED: no SoftHSM with its tools on this machine ({', '.join(lacking) or module})")
        return
    trial = Trial(sys.argv[1])
    try:
        run(trial)
    finally:
        trial.close()
    print("seal, sealing, transport and register keys in tokens: 21 requests asked and answered")


def run(trial):
    make_token(trial)
    keys = trial.folder / "bg" / "keys"
    for kind in kinds:
        assert "in the token" in trial.run("keys", "rotate", kind, "--node", "bg")
        trial.run("keys", "certify", keys / f"{kind}-2.csr", "--as", kind, "--root", keys / "root")
        assert not (keys / f"{kind}-2.key").exists()
    assert "in the token" in trial.run("keys", "rotate", "register", "--node", "bg")
    assert not (keys / "register-2.key").exists()
    trial.start("bg")
    trial.start("ro")
    for name, more in (("both", []), ("alone", ["--finish"])):
        file = trial.folder / f"{name}.json"
        trial.run("trust", "propose", file, *more, "--node", "bg")
        for state in trial.states:
            trial.run("trust", "sign", file, "--node", state)
        for state in trial.states:
            trial.run("trust", "install", file, "--node", state)
    for kind in [*kinds, "register"]:
        trial.run("keys", "destroy", kind, "--node", "bg", expected=70 if kind == "sealing" else 0)
    answered(trial, "TOKEN-1", "bg", "RO")
    trial.kill("bg")
    settings = trial.folder / "bg" / "node.toml"
    settings.write_text(settings.read_text().replace('pin_file = "pin"\n', ""))
    trial.run("keys", "show", "--node", "bg", expected=64)  # no PIN: neither file nor environment
    trial.environment["COMITY_TOKEN_PIN"] = "9999"
    trial.run("keys", "show", "--node", "bg", expected=64)  # a wrong one
    trial.environment["COMITY_TOKEN_PIN"] = "1234"
    trial.start("bg")
    for number in range(2, 22):
        trial.send(f"TOKEN-{number}")
    trial.wait_until(lambda: "state answered" in trial.run("case", "show", "TOKEN-21", "--node", "bg"), 60)
    trial.run("keys", "destroy", "seal-2", "--node", "bg", expected=70)
    print(trial.run("ledger", "audit", "--node", "bg", "--against", "ro"), end="")


main()
