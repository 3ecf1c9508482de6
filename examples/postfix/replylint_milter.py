#!/usr/bin/env python3
"""Stands between an agent's mail program and Postfix: a mail with findings is refused while it is
being sent, so that the mail program shows why and keeps the mail.

A mail that cannot be checked is sent: a linter that is broken must keep nobody from answering. It is
counted and logged. Should this program itself be down, Postfix sends the mail and logs that
(`milter_default_action = accept`).

Speaks version 6 of the milter protocol; needs Python 3.10 and nothing else.
"""

import argparse
import json
import os
import socketserver
import struct
import subprocess
import sys
import threading
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header

LEVELS = ("advice", "warning", "error")

# Postfix waits for us, and a person for Postfix.
SECONDS = 5

# What Postfix may leave out, for we look only at recipients, headers and the body; the last one says
# that a header comes with the space behind its colon.
NO_CONNECT, NO_HELO, NO_END_OF_HEADERS, NO_UNKNOWN, NO_DATA, LEADING_SPACE = (
    0x1, 0x2, 0x40, 0x100, 0x200, 0x100000)
UNNEEDED = NO_CONNECT | NO_HELO | NO_END_OF_HEADERS | NO_UNKNOWN | NO_DATA | LEADING_SPACE
MAY_CHANGE_HEADERS = 0x10

# An answer to SMTP is ASCII.
PLAIN = str.maketrans({"…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


class Unchecked(Exception):
    """Nobody looked at the mail, and why."""


class Mail:
    def __init__(self):
        self.recipients = []
        self.headers = []
        self.body = bytearray()

    def __bytes__(self):
        return b"".join(name + b":" + value + b"\r\n" for name, value in self.headers) + b"\r\n" + self.body

    def subject(self):
        for name, value in self.headers:
            if name.lower() == b"subject":
                text = value.decode("utf-8", "replace").strip()
                try:
                    return str(make_header(decode_header(text)))
                except (HeaderParseError, LookupError, ValueError):
                    return text  # Encoded in a way that nobody reads.
        return ""

    def stays_inside(self, domains):
        return bool(domains) and all(to.rpartition("@")[2].lower() in domains for to in self.recipients)


class Conversation(socketserver.StreamRequestHandler):
    """One connection of Postfix, over which several mails may come."""

    def handle(self):
        mail = Mail()
        while packet := self.read():
            command, data = packet[:1], packet[1:]
            if command == b"O":
                self.negotiate(data)
            elif command in b"DAK":  # Macros, a mail given up, another client: no answer is due.
                mail = mail if command == b"D" else Mail()
            elif command == b"Q":
                return
            elif command == b"E":
                mail.body += data
                self.answer(mail)
                mail = Mail()
            else:
                if command == b"M":
                    mail = Mail()
                elif command == b"R":
                    mail.recipients.append(data.split(b"\0")[0].decode("utf-8", "replace").strip("<>"))
                elif command == b"L":
                    mail.headers.append(tuple(data.split(b"\0")[:2]))
                elif command == b"B":
                    mail.body += data
                self.write(b"c")

    def read(self):
        size = self.rfile.read(4)
        return self.rfile.read(struct.unpack("!I", size)[0]) if len(size) == 4 else b""

    def write(self, packet):
        self.wfile.write(struct.pack("!I", len(packet)) + packet)

    def negotiate(self, offer):
        version, actions, steps = struct.unpack("!III", offer[:12])
        self.write(b"O" + struct.pack("!III", min(version, 6), actions & MAY_CHANGE_HEADERS, steps & UNNEEDED))

    def answer(self, mail):
        options, counts = self.server.options, self.server.counts
        subject = mail.subject()
        if mail.stays_inside(options.internal):
            self.write(b"c")
        elif options.word and options.word in subject:
            counts.add("sent_anyway")
            # The word was meant for us, and not for the customer.
            rest = Header(subject.replace(options.word, "").strip()).encode(linesep="\n")
            self.write(b"m" + struct.pack("!I", 1) + b"Subject\0 " + rest.encode() + b"\0")
            self.write(b"c")
        else:
            try:
                findings = held_back_by(mail, options)
            except Unchecked as reason:
                counts.add("unchecked", f"a mail was sent unchecked: {reason}")
                findings = []
            else:
                counts.add("held_back" if findings else "fine")
            self.write(b"y" + refusal(findings, options.word) + b"\0" if findings else b"c")


def held_back_by(mail, options):
    """The findings that reach the level; raises Unchecked."""
    command = [options.replylint, "--as", "mime", "--channel", "email", "--format", "json", "--fail-on", "never"]
    try:
        done = subprocess.run(command, input=bytes(mail), capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unchecked(error) from error
    if done.returncode != 0:
        raise Unchecked(f"replylint ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()}")
    report = json.loads(done.stdout)
    if report["errors"]:
        raise Unchecked(report["errors"][0]["message"])
    held = LEVELS[LEVELS.index(options.level):]
    return [finding for reply in report["replies"] for finding in reply["findings"] if finding["level"] in held]


def refusal(findings, word):
    """An answer to SMTP of several lines."""
    lines = ["Not sent. Please change this mail:"]
    for finding in findings:
        found = f'"{finding["matched"]}": ' if finding["matched"] else ""
        lines.append(f"{found}{finding['why']}")
        lines += [f"  say instead: {wording}" for wording in finding["prefer"]]
    if word:
        lines.append(f'To send it as it is, write "{word}" into the subject.')
    text = [line.translate(PLAIN).encode("ascii", "replace").replace(b"%", b"%%") for line in lines]
    last = len(text) - 1
    return b"\r\n".join(b"550%s5.7.1 %s" % (b" " if at == last else b"-", line) for at, line in enumerate(text))


class Counts:
    """What became of all mails, in the log and in a file that a monitor may read."""

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.numbers = dict.fromkeys(("fine", "held_back", "sent_anyway", "unchecked"), 0)
        try:
            with open(path, encoding="utf-8") as kept:
                self.numbers |= json.load(kept)
        except (OSError, ValueError):
            pass  # The first start.

    def add(self, outcome, log=None):
        with self.lock:
            self.numbers[outcome] += 1
            if log:
                print(f"{log} ({self.numbers[outcome]} so far)", file=sys.stderr, flush=True)
            try:
                with open(f"{self.path}.new", "w", encoding="utf-8") as new:
                    json.dump(self.numbers, new)
                os.replace(f"{self.path}.new", self.path)
            except OSError as error:
                print(f"the counts were not written: {error}", file=sys.stderr, flush=True)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--listen", default="127.0.0.1:8892", metavar="ADDRESS", help="where Postfix finds this")
    parser.add_argument("--replylint", default="replylint", metavar="PATH", help="the program that checks")
    parser.add_argument("--level", default="warning", choices=LEVELS, help="refuse mails with findings from here on")
    parser.add_argument("--word", default="[send anyway]",
                        help="in a subject it sends the mail as it is, and is taken out; empty: nothing does")
    parser.add_argument("--internal", action="append", default=[], metavar="DOMAIN",
                        help="a domain of ours: mails to such domains only are left alone (repeatable)")
    parser.add_argument("--counts", default="/var/lib/replylint-milter/counts.json", metavar="FILE",
                        help="where the counts go")
    options = parser.parse_args()
    options.internal = {domain.lower() for domain in options.internal}
    host, _, port = options.listen.rpartition(":")
    with Server((host, int(port)), Conversation) as server:
        server.options, server.counts = options, Counts(options.counts)
        print(f"listening on {host}:{server.server_address[1]}", file=sys.stderr, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
