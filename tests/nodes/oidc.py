#!/usr/bin/env python3
"""A node and a provider that is not ours (oidc-provider): an officer signs in through it with RS256 and with ES256;
somebody without an account does not, nor does a browser that did not leave for it or comes back twice."""
import http.cookiejar
import json
import pathlib
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from trial import Trial, free_port_range

folder = pathlib.Path(__file__).resolve().parent / "oidc"


class Browser:
    """Cookies by host and port, redirections step by step."""

    def __init__(self):
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, url, form=None):
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            answer = self.opener.open(urllib.request.Request(url, body), timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        text = answer.read().decode()
        location = answer.headers.get("location")
        return answer.status, urllib.parse.urljoin(url, location) if location else None, text


def through_provider(browser, desk, subject):
    """To the provider, through its two pages, to the address that leads back to the desk."""
    status, place, _ = browser.open(desk + "/v1/session/openid")
    assert status == 302, status
    for _ in range(12):
        if place.startswith(desk):
            return place
        status, following, text = browser.open(place)
        if following is None:
            action = urllib.parse.urljoin(place, re.search(r'action="([^"]+)"', text)[1])
            prompt = re.search(r'name="prompt" value="(\w+)"', text)[1]
            form = {"prompt": prompt, "login": subject, "password": "x"}
            status, following, text = browser.open(action, form)
        assert following, text[:500]
        place = following
    raise AssertionError("the provider does not come back")


def who(browser, desk):
    status, _, text = browser.open(desk + "/v1/session")
    return json.loads(text)["account"]["name"] if status == 200 else None


def set_up(trial, port):
    trial.run("access", "change", "officer", "--node", "bg", "--subject", "officer-7")
    file = trial.folder / "bg/node.toml"
    (trial.folder / "bg/provider.secret").write_text("TEST-secret\n")
    file.write_text(file.read_text() + f"""
[openid]
issuer = "http://127.0.0.1:{port}"
client_id = "desk-bg"
secret_file = "provider.secret"
return_address = "{trial.desk('bg')}/v1/session/openid/return"
""")


def check(program, algorithm):
    trial = Trial(program, states=("BG", "RO"), vehicles=1)
    port = free_port_range(1)
    set_up(trial, port)
    desk = trial.desk("bg")
    provider = subprocess.Popen(["node", folder / "provider.mjs", str(port), desk + "/v1/session/openid/return",
                                 algorithm], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert provider.stdout.readline().strip() == "READY"
        trial.start("bg")
        officer = Browser()
        back = through_provider(officer, desk, "officer-7")
        status, place, _ = officer.open(back)
        assert (status, place) == (302, desk + "/"), (status, place)
        assert who(officer, desk) == "officer"
        ways = [each.value for each in officer.jar if each.name == "comity-bg"]
        assert len(ways) == 1
        status, place, _ = officer.open(back)
        assert place.endswith("#/sign-in-refused"), place

        stranger = Browser()
        _, place, _ = stranger.open(through_provider(stranger, desk, "somebody"))
        assert place.endswith("#/sign-in-refused") and who(stranger, desk) is None

        overheard, thief = Browser(), Browser()
        stolen = through_provider(overheard, desk, "officer-7")
        _, place, _ = thief.open(stolen)
        assert place.endswith("#/sign-in-refused") and who(thief, desk) is None
        print(f"oidc-provider with {algorithm}: in, out, twice, stranger, thief")
    finally:
        provider.terminate()
        provider.wait()
        trial.close()


def main():
    if not (folder / "node_modules").exists():
        sys.exit("first: npm ci in tests/nodes/oidc")
    for algorithm in ("RS256", "ES256"):
        check(sys.argv[1], algorithm)


main()
