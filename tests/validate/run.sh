#!/usr/bin/env bash
# Validates what replylint writes for other programs with validators of other makers, and checks
# that those notice when it is wrong. Needs node with npm, and Python 3.11 or later.
#
# REPLYLINT names the program to try; without it, it is built. The validators are installed once
# into target/validate/tools.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$root/target/validate/tools

for needed in node npm python3; do
  command -v "$needed" >/dev/null || { echo "tests/validate/run.sh needs $needed" >&2; exit 1; }
done

pins=$(cat "$here/package-lock.json" "$here/requirements.txt" | cksum)
if [ "$(cat "$tools/pins" 2>/dev/null)" != "$pins" ]; then
  rm -rf "$tools"
  mkdir -p "$tools"
  cp "$here/package.json" "$here/package-lock.json" "$tools"
  npm ci --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel=error
  # All that its script would have done.
  chmod u+x "$tools"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool
  python3 -m venv "$tools/python"
  "$tools/python/bin/pip" --quiet --disable-pip-version-check install --no-deps --only-binary :all: --requirement "$here/requirements.txt"
  echo "$pins" >"$tools/pins"
fi

if [ -z "${REPLYLINT:-}" ]; then
  cargo build --locked --quiet --manifest-path "$root/Cargo.toml"
  REPLYLINT=$root/target/debug/replylint
fi
exec "$tools/python/bin/python" -B "$here/check.py" "$REPLYLINT" "$tools" "$root/target/validate/work"
