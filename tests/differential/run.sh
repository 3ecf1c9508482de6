#!/usr/bin/env bash
# Compares what replylint calls the agent's words with what three reply splitters call the reply,
# over the fixtures. Needs Python 3.11, Node 20 and the registries PyPI and npm.
#
# REPLYLINT names the binary; without it one is built. Every difference must be explained in
# differences.toml, and every explanation must still explain one.
set -euo pipefail
cd "$(dirname "$0")/../.."

home=$PWD/target/differential
mkdir -p "$home"
if [ -z "${REPLYLINT:-}" ]; then
  cargo build --locked --quiet
  REPLYLINT=$PWD/target/debug/replylint
fi
[ -x "$home/venv/bin/python" ] || python3 -m venv "$home/venv"
"$home/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r tests/differential/requirements.txt
cp tests/differential/package.json tests/differential/split.mjs "$home/"
# Optional packages and install scripts would compile or fetch what no splitter needs.
(cd "$home" && npm install --silent --no-audit --no-fund --omit=optional --ignore-scripts)
"$home/venv/bin/python" tests/differential/compare.py "$REPLYLINT" "$home/split.mjs" "$@"
