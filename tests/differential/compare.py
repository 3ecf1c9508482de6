"""Compares replylint with reply splitters; see run.sh.

compare.py REPLYLINT SPLIT.mjs [--show]    --show prints both sides of every difference
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

from mailparser_reply import EmailReplyParser

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
FOLDERS = {"text": "txt", "html": "html"}
LANGUAGES = ["en", "cs", "da", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]

# What is not the reply to each of them; planer leaves signatures in.
LEFT_OUT = {
    "mail-parser-reply": {"quote", "signature"},
    "email-reply-parser": {"quote", "signature"},
    "planer": {"quote"},
}


def main():
    replylint, split, show = sys.argv[1], sys.argv[2], "--show" in sys.argv
    drafts = read(replylint)
    differs = {}
    for splitter, left_out in LEFT_OUT.items():
        for name, ours, theirs in compare(splitter, left_out, drafts, split):
            if ours != theirs:
                differs[splitter, name] = (ours, theirs)
    explained = explanations({draft["name"] for draft in drafts})
    wrong = []
    for key in sorted(differs.keys() - explained.keys()):
        ours, theirs = differs[key]
        wrong.append(f"{key[0]} differs on {key[1]}\n  ours:   {ours}\n  theirs: {theirs}")
    for splitter, name in sorted(explained.keys() - differs.keys()):
        wrong.append(f"{splitter} agrees on {name}, and differences.toml says it does not")
    if show:
        for (splitter, name), (ours, theirs) in sorted(differs.items()):
            print(f"{splitter} {name}\n  ours:   {ours}\n  theirs: {theirs}")
    for line in wrong:
        print(line)
    agreed = sum(2 * (draft["format"] == "text") + 1 for draft in drafts) - len(differs)
    print(f"{len(drafts)} fixtures: {agreed} times agreed, {len(differs)} differences, {len(wrong)} unexplained or gone")
    if len(drafts) < 100:
        sys.exit("that are too few fixtures")
    sys.exit(1 if wrong else 0)


def read(replylint):
    """The fixtures, with what replylint skips in each."""
    drafts = []
    for folder, extension in FOLDERS.items():
        files = sorted((FIXTURES / folder).glob(f"*.{extension}"))
        command = [replylint, "--quiet", "--format", "json", "--lexicon", "builtin:en", *map(str, files)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"replylint failed: {done.stderr.decode()}")
        replies = json.loads(done.stdout)["replies"]
        if len(replies) != len(files):
            sys.exit(f"{len(files)} files, and {len(replies)} replies")
        for file, reply in zip(files, replies):
            text = file.read_bytes()
            name = f"{folder}/{file.stem}"
            drafts.append({"name": name, "format": folder, "bytes": text, "skipped": reply["skipped"]})
    return drafts


def compare(splitter, left_out, drafts, split):
    """Name, our words and theirs, for each fixture that the splitter can read."""
    inputs = []
    for draft in drafts:
        if draft["format"] == "text" or splitter == "planer":
            text = draft["bytes"].decode()
            ours = without(draft, left_out)
            inputs.append({"name": draft["name"], "format": draft["format"], "text": text, "ours": ours})
    if splitter == "mail-parser-reply":
        for draft in inputs:
            replies = EmailReplyParser(languages=LANGUAGES).read(draft["text"]).replies
            theirs = replies[0].body if replies else ""
            yield draft["name"], even(draft["ours"]), even(theirs)
        return
    done = subprocess.run(["node", split], input=json.dumps(inputs).encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{split} failed: {done.stderr.decode()}")
    for row in json.loads(done.stdout):
        yield row["name"], even(row["ours"]), even(row[splitter])


def without(draft, kinds):
    """The draft but for what is skipped as one of the kinds; in HTML also what is not shown."""
    kept, at = b"", 0
    kinds = kinds | ({"markup"} if draft["format"] == "html" else set())
    for skipped in draft["skipped"]:
        start, end = skipped["span"]["bytes"]
        if skipped["kind"] in kinds:
            kept += draft["bytes"][at:start]
            at = end
    return (kept + draft["bytes"][at:]).decode()


def even(text):
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").split())


def explanations(names):
    """Every listed difference, as splitter and fixture."""
    listed = {}
    for row in tomllib.loads((HERE / "differences.toml").read_text())["difference"]:
        if not row["why"].strip():
            sys.exit("a difference is listed without a reason")
        for name in row["fixtures"]:
            key = (row["splitter"], name)
            if key in listed:
                sys.exit(f"{key} is listed twice")
            if name not in names or row["splitter"] not in LEFT_OUT:
                sys.exit(f"{key} names no fixture or no splitter")
            listed[key] = row["why"]
    return listed


main()
