#!/usr/bin/env bash
# Installs the clients that run.sh tries, once, into target/server/tools. By itself, so that it can be done while
# something else is built.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/target/server/tools
ltrs=3.0.1

pins=$(cksum <"$here/requirements.txt")\ $ltrs
if [ "$(cat "$tools/pins" 2>/dev/null)" != "$pins" ]; then
  rm -rf "$tools"
  mkdir -p "$tools"
  python3 -m venv "$tools/python"
  "$tools/python/bin/pip" --quiet --disable-pip-version-check install --no-deps --requirement "$here/requirements.txt"
  # Without what only other servers need: TLS. Its unstable parts want more keys of an answer than the rest.
  CARGO_TARGET_DIR=$tools/build cargo install --quiet --locked --debug --root "$tools" --no-default-features \
    --features cli,unstable languagetool-rust --version "$ltrs"
  rm -rf "$tools/build"
  echo "$pins" >"$tools/pins"
fi
