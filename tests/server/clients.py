#!/usr/bin/env python3
"""Clients of LanguageTool that other people wrote find "You must" where it stands, behind an emoji."""

import json
import logging
import os
import re
import socket
import subprocess
import urllib.parse

import language_tool_python
import pylanguagetool
import requests
from pylanguagetool import api

from server import CYRILLIC, IN_DRAFT, Server, check, fail

TEXT = f"Hi 😀😀 Anna. You must pay the {IN_DRAFT}. Bye."
UNITS, CHARACTERS = 14, 12  # where "You must" begins: an emoji is two units of UTF-16
LTRS = os.environ["LTRS"]


def four_digits():
    """A free port that `ltrs` takes."""
    for port in range(8100, 9999):
        with socket.socket() as candidate:
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    fail("no port of four digits is free")


def in_python(server):
    """language_tool_python converts offsets into characters by itself."""
    with language_tool_python.LanguageTool("en-US", remote_server=server.url) as tool:
        found = tool.check(TEXT)
        check("language_tool_python finds it", [match.rule_id for match in found] == ["command.you-must"], found)
        match = found[0]
        check("where it is", (match.offset, match.error_length) == (CHARACTERS, 8), (match.offset, match.error_length))
        check("and what surrounds it", match.sentence == f"You must pay the {IN_DRAFT}.", match.sentence)
        check("and what to say instead", match.replacements and tool.correct(TEXT).startswith(f"Hi 😀😀 Anna. {match.replacements[0]} pay"),
              tool.correct(TEXT))
        tool.disabled_rules = {"command.you-must"}
        check("and not what is disabled", tool.check(TEXT) == [], tool.check(TEXT))
    try:
        language_tool_python.LanguageTool("fr", remote_server=server.url)
    except ValueError as error:
        check("and sees in the list that nobody serves French", "unsupported language" in str(error), error)
    else:
        fail("language_tool_python was told that French is served")


def other_python(server):
    answer = api.check(TEXT, f"{server.url}/v2/", "en-US", disabled_rules="WHITESPACE_RULE")
    found = [(match["rule"]["id"], match["offset"], match["length"]) for match in answer["matches"]]
    check("pylanguagetool finds it where it is", found == [("command.you-must", UNITS, 8)], found)
    codes = [language["longCode"] for language in api.get_languages(f"{server.url}/v2/")]
    check("and the languages", {"en", "en-US", "en-GB"} <= set(codes), codes)
    try:
        api.check("Bonjour", f"{server.url}/v2/", "fr")
    except ValueError as error:
        check("and is told that nobody serves French", str(error).startswith("Error: 'fr' is not"), error)
    else:
        fail("pylanguagetool was told nothing of French")
    run = [os.path.join(os.environ["BIN"], "pylanguagetool"), "--api-url", f"{server.url}/v2/", "--lang", "en-US", "--no-color"]
    run = subprocess.run(run, input=TEXT, capture_output=True, text=True, check=False)
    check("its command does, too", "command.you-must" in run.stdout or "Avoid" in run.stdout or "You must" in run.stdout, run)


def in_rust(server):
    """`ltrs` reads every key that it knows of into a type, and stops at the first that is missing."""
    def ltrs(*arguments, text=""):
        run = [LTRS, "--hostname", "http://127.0.0.1", "--port", str(server.port), *arguments]
        return subprocess.run(run, input=text, capture_output=True, text=True, check=False)

    ping = ltrs("ping")
    check("ltrs reaches the server", ping.returncode == 0, ping)
    languages = json.loads(ltrs("languages").stdout)
    check("and reads the languages", "en-US" in [language["longCode"] for language in languages], languages)
    run = ltrs("check", "--raw", "--language", "en-US", "--text", TEXT)
    check("and the answer", run.returncode == 0, run)
    answer = json.loads(run.stdout)
    found = [(match["rule"]["id"], match["offset"], match["length"]) for match in answer["matches"]]
    check("and finds it where it is", found == [("command.you-must", UNITS, 8)], found)
    whole = [match["sentence"] for match in answer["matches"]]
    check("in its sentence", whole == [f"You must pay the {IN_DRAFT}."], whole)
    units = TEXT.encode("utf-16-le")
    ranges = [units[2 * start:2 * end].decode("utf-16-le") for start, end in answer["sentenceRanges"]]
    check("among the sentences", ranges == ["Hi 😀😀 Anna.", f"You must pay the {IN_DRAFT}.", "Bye."], ranges)
    data = {"annotation": [
        {"markup": "<p>", "interpretAs": "\n\n"}, {"text": "Hi 😀 "}, {"markup": "<b>"}, {"text": "You"},
        {"markup": "</b>"}, {"text": " must pay"}, {"markup": "</p>"},
    ]}
    run = ltrs("check", "--raw", "--language", "auto", "--data", json.dumps(data))
    found = [(match["offset"], match["length"]) for match in json.loads(run.stdout)["matches"]]
    check("and counts markup", found == [(12, 12)], run)
    words = ltrs("words", "--username", "x", "--api-key", "y")
    check("and has no words of its own", json.loads(words.stdout or "[]") in ([], {"words": []}), words)


def by_hand(server):
    """What no client of these does, and others do."""
    form = urllib.parse.urlencode({"text": f"You must pay. {CYRILLIC}", "language": "en"})
    for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-8"]:
        answer = requests.post(f"{server.url}/v2/check", form, headers={"Content-Type": kind}, timeout=9)
        check(f"a form called {kind} is a form", answer.status_code == 200 and len(answer.json()["matches"]) == 1, answer.text)
    answer = requests.get(f"{server.url}/v2/check?{form}", timeout=9)
    check("a query is a form", answer.status_code == 200 and len(answer.json()["matches"]) == 1, answer.text)
    check("any page may ask", answer.headers["Access-Control-Allow-Origin"] == "*", answer.headers)
    ask = {"Origin": "http://x.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = requests.options(f"{server.url}/v2/check", headers=ask, timeout=9)
    allowed = {name: answer.headers.get(f"Access-Control-Allow-{name}", "") for name in ["Origin", "Methods", "Headers"]}
    check("and asks first whether it may", answer.ok and allowed["Origin"] == "*" and "POST" in allowed["Methods"]
          and re.search(r"\*|content-type", allowed["Headers"], re.IGNORECASE), allowed)
    for path, said in [("healthcheck", "OK"), ("info", '"name":"LanguageTool"'), ("", "replylint"), ("words", '{"words":[]}'),
                       ("maxtextlength", "0")]:
        answer = requests.get(f"{server.url}/v2/{path}".rstrip("/"), timeout=9)
        check(f"/v2/{path} answers", answer.status_code == 200 and said in answer.text, answer.text)
    for method, path, body, status in [
        ("POST", "check", "text=100%&language=en", 400), ("POST", "check", "text=a", 400), ("POST", "check", "", 400),
        ("POST", "check", b"text=\xff&language=en", 400), ("GET", "nothing", None, 404), ("DELETE", "check", None, 405),
        ("POST", "check", "text=a&language=tlh", 400),
    ]:
        answer = requests.request(method, f"{server.url}/v2/{path}", data=body, timeout=9)
        check(f"{method} /v2/{path} {body} is an error that clients know", (answer.status_code, answer.text[:7]) == (status, "Error: ")
              and answer.headers["Content-Type"].startswith("text/plain") and answer.headers["Access-Control-Allow-Origin"] == "*",
              (answer.status_code, answer.text, answer.headers))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    with Server("clients", port=four_digits()) as server:
        for client in [in_python, other_python, in_rust, by_hand]:
            client(server)
