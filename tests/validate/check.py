"""Runs replylint on many inputs and gives what it writes to the validators.

Usage: check.py REPLYLINT TOOLS WORK. Then it breaks some outputs on purpose, and fails unless each
is refused: a validator that accepts everything proves nothing.
"""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema

import agree
import lexicons

FILES = {
    "emoji.txt": "Hi 😀 you  must pay «prior to» Friday.\r\n> you must\r\nYou MUST reply, {{name}}. Please you\r\nmust go.\r\n",
    "mark.txt": "\ufeffPrior to this, you must go.\rYou must not. Basically, wait.\n",
    "a b/c:d,e%2C#é.txt": "Basically, Anna, you must wait. 'Prior to' it.\n",
    "page.html": "<p>Hi 😀 <b>You</b> must pay prior to Friday</p>\n",
    "macro.md": "# Hallo\n\nPrior&nbsp;to that, *you* must.\n",
    "clean.txt": "Thank you for waiting. Your refund is on its way.\n",
    "german.txt": "Vielen Dank für Ihre Nachricht, wir haben Ihre Bestellung geprüft und sie ist nun unterwegs.\n",
    "mail.eml": "Subject: Prior to this\nContent-Type: text/plain; charset=utf-8\n\nYou must pay prior to Friday.\n",
    "idle.toml": '[lexicon]\nlanguage = "en" # é😀\n[group]\nberths = ["berth"]\n[avoid.a.b]\nphrases = ["quay"]\n',
    "broken.toml": "[lexicon]\nlanguage = 7\n",
}
EMOJI = FILES["emoji.txt"].encode()
# What is wrong with lexicons: file, exit status, what is wrong.
LEXICONS = [
    ("broken.toml", 1, ["wrong-type"]),
    ("idle.toml", 1, ["unused-group", "missing-examples"]),
    ("nowhere.toml", 2, []),
]
FORMATS = ["json", "sarif", "github", "rdjson", "rdjsonl"]
SEVERAL = ["emoji.txt", "mark.txt", "./a b/c:d,e%2C#é.txt", "page.html", "macro.md"]


def cases(work):
    """Name, arguments, exit status."""
    return [
        ("found", SEVERAL, 1),
        ("clean", ["clean.txt", "german.txt"], 0),
        ("missing", ["missing.txt", "emoji.txt", "latin.txt"], 2),
        ("failed", ["missing.txt"], 2),
        ("lexicon", ["--lexicon", "broken.toml", "emoji.txt"], 2),
        ("mail", ["mail.eml", "emoji.txt"], 1),
        ("stdin", [], 1),
        ("absolute", [f"{work}/emoji.txt", "mark.txt"], 1),
    ]


def main(replylint, tools, work):
    shutil.rmtree(work, ignore_errors=True)
    for name, text in FILES.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_bytes(text.encode())
    (work / "latin.txt").write_bytes(b"Dear \xff")

    def run(arguments, status, standard_input=EMOJI):
        done = subprocess.run(
            [replylint, *arguments], cwd=work, input=standard_input, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == status, (arguments, done.returncode, done.stderr.decode())
        return done.stdout

    outputs = {}
    for name, arguments, status in cases(work):
        outputs[name] = {
            form: run(["check", "--format", form, *arguments], status).decode() for form in FORMATS
        }
        # The path of the command line is the place that is written, without a leading dot.
        outputs[name]["json"] = outputs[name]["json"].replace('"source":"./', '"source":"')
    texts = {name: (work / name).read_bytes() for name in ("emoji.txt", "mark.txt")}
    repaired = {name: run(["fix"], 1, text) for name, text in texts.items()}

    validators = Validators(tools, work / "out", outputs)
    validators.accept(repaired)
    validators.refuse()
    lexicons.check(json.loads(run(["lexicon", "schema"], 0)))
    validators.accept_lexicons(
        {
            name: (run(["lexicon", "check", name, "--format", "sarif"], status).decode(), codes)
            for name, status, codes in LEXICONS
        }
    )


class Validators:
    def __init__(self, tools, out, outputs):
        self.tools, self.out, self.outputs = tools, out, outputs
        schema = next(tools.glob("node_modules/@microsoft/sarif-multitool-*/sarif-2.1.0.json"))
        self.schema = jsonschema.Draft202012Validator(
            json.loads(schema.read_text("utf-8-sig")), format_checker=jsonschema.FormatChecker(["uri-reference", "uri"])
        )
        out.mkdir()

    def accept(self, repaired):
        for name, outputs in self.outputs.items():
            fixed = repaired if name == "found" else {}
            found, fixes, failed = agree.compare(outputs, self.out.parent, EMOJI, fixed)
            print(f"{name}: {found} findings, {fixes} fixes, {failed} failures, the same in every format")
            (self.out / f"{name}.sarif").write_text(outputs["sarif"], "utf-8")
            self.schema.validate(json.loads(outputs["sarif"]))
        print("SARIF: the schema accepts all")
        complaints = self.multitool([f"{name}.sarif" for name in self.outputs])
        # Without results, code scanning refuses a log, as it should when nothing was linted; and a
        # decoded part of a mail has no region.
        refused = {("failed.sarif", "GH1014"), ("lexicon.sarif", "GH1014")}
        assert complaints == refused | {("mail.sarif", "SARIF2017")}, complaints
        for name in self.outputs:
            if (f"{name}.sarif", "GH1014") not in refused:
                self.sarif_tools(name)
        print("SARIF: sarif-multitool complains of nothing else, and sarif-tools reads every finding")
        for name, outputs in self.outputs.items():
            documents = [outputs["rdjson"], *outputs["rdjsonl"].splitlines()]
            assert self.rdformat(documents), (name, documents)
        print("rdjson, rdjsonl: rdformat-validator accepts all")

    def accept_lexicons(self, logs):
        for name, (log, codes) in logs.items():
            (self.out / f"{name}.sarif").write_text(log, "utf-8")
            self.schema.validate(json.loads(log))
            results = json.loads(log)["runs"][0].get("results", [])
            assert [result["ruleId"] for result in results] == codes, (name, results)
        complaints = self.multitool([f"{name}.sarif" for name in logs])
        assert complaints == {("nowhere.toml.sarif", "GH1014")}, complaints
        print("SARIF of lexicons: the schema and sarif-multitool accept all, but for one without results")

    def refuse(self):
        """Breaks outputs, and wants every one to be noticed."""
        good = self.outputs["found"]
        log, document = json.loads(good["sarif"]), json.loads(good["rdjson"])

        def broken(value, path, new):
            value = copy.deepcopy(value)
            *folders, last = path
            place = value
            for key in folders:
                place = place[key]
            place[last] = new
            return value

        result = ["runs", 0, "results", 0]
        region = [*result, "locations", 0, "physicalLocation", "region"]
        location = [*result, "locations", 0, "physicalLocation", "artifactLocation", "uri"]
        for path, new in [([*result, "level"], "fatal"), ([*region, "startLine"], 0), (location, "a b.txt")]:
            assert not self.schema.is_valid(broken(log, path, new)), f"the schema accepts {new!r} at {path}"
        logs = {
            "index.sarif": broken(log, [*result, "ruleIndex"], 99),
            "end.sarif": broken(log, [*region, "endColumn"], 1),
            "message.sarif": broken(log, [*result, "message"], {}),
        }
        for name, value in logs.items():
            (self.out / name).write_text(json.dumps(value), "utf-8")
        assert {name for name, _ in self.multitool(list(logs))} == set(logs), "sarif-multitool accepts a broken log"
        first = ["diagnostics", 0]
        for path, new in [([*first, "severity"], "SEVERE"), ([*first, "location"], {}), ([*first, "column"], 1)]:
            assert not self.rdformat([json.dumps(broken(document, path, new))]), f"rdformat accepts {new!r} at {path}"
        shifts = {
            "sarif": json.dumps(broken(log, [*region, "charOffset"], 6)),
            "rdjson": json.dumps(broken(document, [*first, "location", "range", "start", "column"], 6)),
            "rdjsonl": good["rdjsonl"].split("\n", 1)[1],
            "github": good["github"].replace("%25", "%", 1),
        }
        for name, output in shifts.items():
            assert output != good[name]
            try:
                agree.compare(good | {name: output}, self.out.parent, EMOJI, {})
            except (AssertionError, ValueError):
                continue
            raise AssertionError(f"a broken {name} is taken for a good one")
        print("13 outputs that were broken on purpose: all refused")

    def multitool(self, names):
        """Which log breaks which rule, of SARIF itself or of code scanning."""
        report = self.out / "report.json"
        report.unlink(missing_ok=True)
        command = [self.tools / "node_modules/.bin/sarif-multitool", "validate", *names, "--output", report.name]
        command += ["--rule-kind", "'Sarif;Ghas'", "--level", "'Error;Warning'", "--log", "ForceOverwrite"]
        # It brings its own runtime, which would want a library for languages otherwise.
        environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run(
            command, cwd=self.out, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        said = done.stdout + done.stderr
        assert report.exists() and f"Done. {len(names)} files scanned." in said, said
        (run,) = json.loads(report.read_text("utf-8-sig"))["runs"]
        complaints = set()
        for result in run["results"]:
            place = result["locations"][0]["physicalLocation"]["artifactLocation"]
            uri = place.get("uri") or run["artifacts"][place["index"]]["location"]["uri"]
            complaints.add((Path(uri).name, result["ruleId"]))
        # replylint has no page on the web to name yet.
        return {(name, rule) for name, rule in complaints if rule != "SARIF2005"}

    def sarif_tools(self, name):
        table = self.out / f"{name}.csv"
        command = [self.tools / "python/bin/sarif", "csv", self.out / f"{name}.sarif", "--output", table]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        with table.open(encoding="utf-8", newline="") as rows:
            read = [(row["Severity"], row["Code"], int(row["Line"])) for row in csv.DictReader(rows)]
        levels = {"advice": "note"}
        expected = [
            # What has no line is shown at the first.
            (levels.get(finding["level"], finding["level"]), finding["rule"], 1 if reply["part"] else finding["start"]["line"])
            for reply in json.loads(self.outputs[name]["json"])["replies"]
            for finding in reply["findings"]
        ]
        assert sorted(read) == sorted(expected), (name, read, expected)

    def rdformat(self, documents):
        """Whether each is one diagnostic, or a document of them."""
        folder = self.out / "rdformat"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        files = [folder / f"{number}.json" for number, _ in enumerate(documents)]
        for file, document in zip(files, documents):
            file.write_text(document, "utf-8")
        command = [self.tools / "node_modules/.bin/rdformat-validator", "--strict", "--no-extra-fields", *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert f"Files processed: {len(files)}" in done.stdout, done.stdout + done.stderr
        return done.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
