#!/usr/bin/env python3
"""What the servers of this run logged, at their most talkative, and what their metrics say: not a word of a draft, of
a customer or the name of an agent, however it might be written."""

import base64
import json
import re
import sys
import urllib.parse

from server import SECRETS, WORK, check, fail


def ways(secret):
    """A word as logs write it: as it is, escaped in an address or in JSON, as bytes, in base 64."""
    data = secret.encode()
    yield secret
    yield urllib.parse.quote(secret)
    yield json.dumps(secret)[1:-1]
    yield repr(data)[2:-1]
    yield ", ".join(str(byte) for byte in data)
    yield data.hex()
    yield "".join(f"\\u{{{ord(character):x}}}" for character in secret)
    # In base 64 a word looks in three ways, after what stands before it; the ends mix with the neighbours.
    for before in range(3):
        yield base64.b64encode(b" " * before + data + b" " * (-(before + len(data)) % 3)).decode()[4:-4]


def found(text):
    """The secrets that a text betrays."""
    text = text.lower()
    return {way for secret in SECRETS for way in ways(secret) if way.lower() in text}


def main():
    files = sorted([*WORK.glob("*.log"), *WORK.glob("*.metrics")])
    for secret in SECRETS:
        for way in ways(secret):
            planted = f'2026-11-27T12:00:00Z DEBUG request{{id=1}}: "a {way} b"'
            if way not in found(planted):
                fail(f"{way} would not be found")
    check("every way to betray a word would be found", True)
    for path in files:
        text = path.read_text(errors="replace")
        betrayed = found(text)
        if betrayed:
            lines = [line for line in text.splitlines() if found(line)]
            fail(f"{path.name} betrays {sorted(betrayed)} in {len(lines)} lines, the first: {lines[0][:600]}")
    missing = set(sys.argv[1:]) - {path.stem for path in files}
    check("all servers of this run were heard", not missing, missing)
    size = 0
    for path in [path.with_suffix(".metrics") for path in files if path.suffix == ".log"]:
        log = path.with_suffix(".log").read_text(errors="replace")
        asked = sum(float(count) for count in re.findall(r"^replylint_requests_total\{.*\} (\S+)$", path.read_text(), re.MULTILINE))
        # The answer with the metrics is not counted in it.
        check(f"{path.stem} told of each request", log.count("answered") == asked + 1 > 1, (log.count("answered"), asked))
        size += len(log)
    print(f"ok: {len(files)} files, {size >> 10} KB of log, and none of {len(SECRETS)} words")


if __name__ == "__main__":
    main()
