"""A server to try, and what all tests of it share: where it stands, what it said, and words that are in every
draft and may be in nothing that it says to anybody else."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.parse

REPLYLINT = os.environ["REPLYLINT"]
WORK = pathlib.Path(os.environ["WORK"])

# Nobody else says these. They stand in drafts, in what customers wrote, in names of agents and in everything else
# that a client sends; tests/server/silence.py looks for them in what the server logged.
SECRETS = ["quillomene", "Brastavik", "Жабокрюк", "Vrublevska", "ostrobimba", "zerulion"]
IN_DRAFT, CUSTOMER, CYRILLIC, AGENT, ELSEWHERE, IN_QUERY = SECRETS


def fail(what):
    sys.exit(f"FAILED: {what}")


def check(what, is_so, seen=""):
    if not is_so:
        fail(f"{what}{': ' if seen != '' else ''}{seen}")
    print(f"ok: {what}", flush=True)


class Server:
    """`replylint serve` on a free loopback port. What it logs stays in WORK for later."""

    def __init__(self, name, *arguments, port=0, lexicon="builtin:en"):
        self.name = name
        self.log = WORK / f"{name}.log"
        run = [REPLYLINT, "serve", "--listen", f"127.0.0.1:{port}", "--lexicon", str(lexicon), *arguments]
        with open(self.log, "wb") as log:
            # The log has one level; should that change, this is the most talkative that there is.
            self.process = subprocess.Popen(run, stdout=log, stderr=log, env={**os.environ, "RUST_LOG": "trace"})
        deadline = time.monotonic() + 20
        while not (found := re.search(r"listening on http://127\.0\.0\.1:(\d+)", self.said())):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                fail(f"the server for {name} did not start:\n{self.said()}")
            time.sleep(0.02)
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.stop()
        finally:
            self.process.kill()
            self.process.wait()

    def said(self):
        return self.log.read_text(errors="replace")

    def request(self, method, path, body=None, headers=(), timeout=20):
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def form(self, path="/v2/check", **pairs):
        status, _, text = self.request("POST", path, urllib.parse.urlencode(pairs))
        return status, text

    def record(self, **record):
        status, _, text = self.request("POST", "/v1/check", json.dumps(record), {"Content-Type": "application/json"})
        return status, text

    def memory(self):
        """Resident memory in KB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def metrics(self):
        status, _, text = self.request("GET", "/metrics")
        if status != 200:
            fail(f"/metrics answers {status}")
        return text

    def counted(self, metric):
        """The sum of all values of a metric, whatever their labels."""
        values = re.findall(rf"^{metric}(?:\{{[^}}]*\}})? (\S+)$", self.metrics(), re.MULTILINE)
        return sum(float(value) for value in values)

    def stop(self):
        """Ends it as a service manager does, and sees that it ends well."""
        if self.process.poll() is not None:
            fail(f"the server for {self.name} ended by itself with {self.process.returncode}:\n{self.said()[-2000:]}")
        (WORK / f"{self.name}.metrics").write_text(self.metrics())
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(15)
        except subprocess.TimeoutExpired:
            fail(f"the server for {self.name} was told to end and did not")
        if status != 0:
            fail(f"the server for {self.name} ended with exit status {status}:\n{self.said()[-2000:]}")


def draft(number, length=1000):
    """A draft of about so many bytes, with a finding after an emoji."""
    text = f"Hi 😀 You must pay the {IN_DRAFT} of order {number}. "
    rest = f"Your {CYRILLIC} left the depot on Tuesday, and the driver has it. "
    while len(text.encode()) + len(rest.encode()) < length:
        text += rest
    return text
