"""What each format says of a run, brought back to bytes of the files, so that it can be compared.

Every format counts in its own way; each is read here as its own definition says, without a look
at how replylint counts.
"""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

BOM = "\ufeff"

# A decoded part of a mail has no place in the file.
NOWHERE = (-1, -1)


def native(output, _):
    """The findings, fixes and failures of JSON version 1, which the others are compared with."""
    document = json.loads(output)
    found, fixes = [], []
    for reply in document["replies"]:
        for finding in reply["findings"]:
            place = NOWHERE if reply["part"] else finding["span"]["bytes"]
            found.append((reply["source"], finding["rule"], finding["level"], *place))
            for edit in [] if reply["part"] else (finding["fix"] or {"edits": []})["edits"]:
                fixes.append((reply["source"], *edit["span"]["bytes"], edit["text"]))
    failed = [(error["source"], error["code"]) for error in document["errors"]]
    return sorted(found), sorted(fixes), sorted(failed)


def sarif(output, files):
    """SARIF 2.1.0, section 3.30: three ways to say where, and they must agree."""
    (run,) = json.loads(output)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    breaks = re.compile("|".join(map(re.escape, run["newlineSequences"])))

    def place(location, region):
        source = source_of(location["uri"])
        raw = files(source)
        text = raw.decode().removeprefix(BOM)
        starts = [0, *(found.end() for found in breaks.finditer(text))]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"]), region
        first, last = region["byteOffset"], region["byteOffset"] + region["byteLength"]
        assert raw[first:last].decode() == text[start:end] == region["snippet"]["text"], region
        return source, first, last

    found, fixes = [], []
    rules = run["tool"]["driver"]["rules"]
    for result in run.get("results", []):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        source, first, last = source_of(physical["artifactLocation"]["uri"]), *NOWHERE
        if "region" in physical:
            source, first, last = place(physical["artifactLocation"], physical["region"])
        level = {"note": "advice"}.get(result["level"], result["level"])
        found.append((source, result["ruleId"], level, first, last))
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                for replacement in change["replacements"]:
                    where = place(change["artifactLocation"], replacement["deletedRegion"])
                    fixes.append((*where, replacement["insertedContent"]["text"]))
    (invocation,) = run["invocations"]
    notifications = [note for note in invocation["toolExecutionNotifications"] if note["level"] == "error"]
    failed = []
    for note in notifications:
        (location,) = note["locations"]
        failed.append((source_of(location["physicalLocation"]["artifactLocation"]["uri"]), note["descriptor"]["id"]))
    assert invocation["executionSuccessful"] == (not failed)
    return sorted(found), sorted(fixes), sorted(failed)


def source_of(uri):
    assert uri.isascii() and " " not in uri, uri
    parts = urlsplit(uri)
    if parts.scheme == "stdin":
        return "stdin"
    assert parts.scheme in ("", "file") and not parts.query and not parts.fragment, uri
    return unquote(parts.path)


def rdjson(output, files):
    return diagnostics(json.loads(output)["diagnostics"], files)


def rdjsonl(output, files):
    return diagnostics([json.loads(line) for line in output.split("\n") if line], files)


def diagnostics(said, files):
    """reviewdog.proto: columns count bytes of UTF-8 from 1, and ends are exclusive."""
    found, fixes, failed = [], [], []

    def place(source, span):
        raw = files(source)
        starts = [0, *(found.end() for found in re.finditer(rb"\r\n|\n|\r", raw))]
        offset = lambda position: starts[position["line"] - 1] + position["column"] - 1
        return source, offset(span["start"]), offset(span["end"])

    levels = {"ERROR": "error", "WARNING": "warning", "INFO": "advice"}
    for diagnostic in said:
        source, code = diagnostic["location"]["path"], diagnostic["code"]["value"]
        if "." not in code:
            assert diagnostic["severity"] == "ERROR"
            failed.append((source, code))
            continue
        first, last = NOWHERE
        if "range" in diagnostic["location"]:
            _, first, last = place(source, diagnostic["location"]["range"])
        found.append((source, code, levels[diagnostic["severity"]], first, last))
        for suggestion in diagnostic.get("suggestions", []):
            fixes.append((*place(source, suggestion["range"]), suggestion["text"]))
    return sorted(found), sorted(fixes), sorted(failed)


def github(output, files):
    """The rules of the runner: it splits at commas, and refuses columns for several lines."""
    found, failed = [], []
    levels = {"error": "error", "warning": "warning", "notice": "advice"}
    for line in output.removesuffix("\n").split("\n") if output else []:
        command, message = re.fullmatch(r"::(\w+ .*?)::(.+)", line).groups()
        command, _, pairs = command.partition(" ")
        said = {key: decoded(value, ":,") for key, value in (pair.split("=", 1) for pair in pairs.split(","))}
        assert not re.search("%(?!25|0A|0D)", message), message
        source, rule = said.pop("file"), said.pop("title")
        if "." not in rule:
            assert command == "error" and not found, "failures come first, as errors"
            failed.append((source, rule))
            continue
        place = {key: int(value) for key, value in said.items()}
        several = place.get("line") != place.get("endLine")
        assert set(place) in (set(), {"line", "endLine"} | (set() if several else {"col", "endColumn"})), line
        found.append((source, rule, levels[command], place))
    return found, sorted(failed)


def decoded(value, more):
    for character in "\r\n" + more + "%":
        value = value.replace(f"%{ord(character):02X}", character)
    return value


def github_expects(output):
    """What JSON version 1 says, in the terms of the runner."""
    expected = []
    for reply in json.loads(output)["replies"]:
        for finding in reply["findings"]:
            start, end = finding["start"], finding["end"]
            place = {"line": start["line"], "endLine": end["line"]}
            if start["line"] == end["line"]:
                place |= {"col": start["column"], "endColumn": end["column"]}
            expected.append((reply["source"], finding["rule"], finding["level"], {} if reply["part"] else place))
    return expected


def fixed(raw, source, fixes):
    """A file with its fixes applied."""
    for _, first, last, text in sorted((fix for fix in fixes if fix[0] == source), reverse=True):
        raw = raw[:first] + text.encode() + raw[last:]
    return raw


def compare(outputs, folder, standard_input, fixed_files):
    """Fails when two formats say different things of one run."""

    def files(source):
        return standard_input if source == "stdin" else (Path(folder) / source).read_bytes()

    expected = native(outputs["json"], files)
    for name, read in (("sarif", sarif), ("rdjson", rdjson), ("rdjsonl", rdjsonl)):
        assert read(outputs[name], files) == expected, f"{name} does not say what json says"
    assert github(outputs["github"], files) == (github_expects(outputs["json"]), expected[2]), "github"
    silent = "results" not in json.loads(outputs["sarif"])["runs"][0]
    assert silent == (not json.loads(outputs["json"])["replies"]), "results that nobody looked for"
    for source, after in fixed_files.items():
        assert fixed(files(source), source, expected[1]) == after, f"{source} is fixed otherwise"
    return len(expected[0]), len(expected[1]), len(expected[2])
