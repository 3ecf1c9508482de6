#!/usr/bin/env bash
# The server with clients that other people wrote, under load, among rough clients, and what it logged of all that.
# Needs Python 3.11 or later, Rust and Linux; the clients are installed once into target/server/tools.
#
# REPLYLINT names the program to try; without it, it is built. Arguments name the tests to run, all when there are none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/server/tools

for needed in cargo python3; do
  command -v "$needed" >/dev/null || { echo "tests/server/run.sh needs $needed" >&2; exit 1; }
done

"$here/install.sh"

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
