#!/usr/bin/env python3
"""The server is as its OpenAPI description says: schemathesis asks for all that is described, rightly and wrongly."""

import json
import os
import pathlib
import subprocess

from server import IN_DRAFT, WORK, Server, check, fail

EXAMPLES = os.environ.get("EXAMPLES", "60")
HERE = pathlib.Path(__file__).parent


def run(description, server, *more):
    command = [os.path.join(os.environ["BIN"], "schemathesis"), "--no-color", "--config-file", str(HERE / "schemathesis.toml"),
               "run", str(description), "--url", server.url, "--max-examples", EXAMPLES, "--seed", "1",
               "--request-timeout", "10", "--workers", "2", "--continue-on-failure", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=WORK,
                          env={**os.environ, "PYTHONPATH": str(HERE)})


def main():
    # For all languages, since a description cannot say which there are.
    lexicon = WORK / "any.toml"
    lexicon.write_text('[lexicon]\nname = "Any"\nlanguage = "und"\n[avoid.command.you-must]\nphrases = ["you must"]\n')
    with Server("described", lexicon=lexicon) as server:
        status, _, text = server.request("GET", "/openapi.json")
        check("the description is there", status == 200, status)
        description = json.loads(text)
        check("it names the routes", {"/v1/check", "/v1/check:batch", "/v2/check", "/healthz"} <= set(description["paths"]),
              sorted(description["paths"]))
        path = WORK / "openapi.json"
        path.write_text(text)
        asked = run(path, server)
        print(*asked.stdout.splitlines()[-25:], sep="\n")
        if asked.returncode != 0:
            fail(f"the server is not as it is described:\n{asked.stdout}{asked.stderr}")
        # A description of another server must be noticed.
        wrong = json.loads(text)
        wrong["paths"]["/healthz"]["get"]["responses"] = {"204": {"description": "never"}}
        path.write_text(json.dumps(wrong))
        check("a description of another server is noticed", run(path, server, "--include-path", "/healthz").returncode != 0)
        status, text = server.record(text=f"You must pay the {IN_DRAFT}.")
        check("it serves on", status == 200 and "command.you-must" in text, text)


if __name__ == "__main__":
    main()
