#!/usr/bin/env bash
# The server with clients that other people wrote, under load, among rough clients, and what it logged of all that.
# Needs Python 3.11 or later, Rust and Linux; the clients are installed once into target/server/tools.
#
# REPLYLINT names the program to try; without it, it is built. Arguments name the tests to run, all when there are none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/server/tools
ltrs=3.0.1

for needed in cargo python3; do
  command -v "$needed" >/dev/null || { echo "tests/server/run.sh needs $needed" >&2; exit 1; }
done

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

if [ -z "${REPLYLINT:-}" ]; then
  cargo build --locked --quiet --manifest-path "$root/Cargo.toml"
  REPLYLINT=$root/target/debug/replylint
fi
REPLYLINT=$(realpath "$REPLYLINT")
WORK=$root/target/server/work
LTRS=$tools/bin/ltrs
BIN=$tools/python/bin
export REPLYLINT WORK LTRS BIN
rm -rf "$WORK"
mkdir -p "$WORK"

tests=("$@")
[ $# -gt 0 ] || tests=(clients described load rough)
for test in "${tests[@]}"; do
  printf -- '-- %s\n' "$test"
  "$BIN/python" -B "$here/$test.py"
done
printf -- '-- silence\n'
"$BIN/python" -B "$here/silence.py" "${tests[@]}"
