#!/usr/bin/env bash
# LibreOffice, without a window, checks grammar at `replylint serve` as if it were LanguageTool. By hand, since
# LibreOffice is large: it needs the Debian packages libreoffice-writer-nogui and python3-uno, of 7.4 or later.
#
# REPLYLINT names the program to try; without it, it is built.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for needed in soffice /usr/bin/python3; do
  command -v "$needed" >/dev/null || { echo "tests/external/libreoffice.sh needs $needed: apt-get install libreoffice-writer-nogui python3-uno" >&2; exit 1; }
done
if [ -z "${REPLYLINT:-}" ]; then
  cargo build --locked --quiet --manifest-path "$root/Cargo.toml"
  REPLYLINT=$root/target/debug/replylint
fi
REPLYLINT=$(realpath "$REPLYLINT")
WORK=$root/target/external/libreoffice
export REPLYLINT WORK PYTHONPATH=$root/tests/server
rm -rf "$WORK"
mkdir -p "$WORK"
exec /usr/bin/python3 -B "$here/libreoffice.py"
