#!/usr/bin/env bash
# The examples in software that other people wrote: the Rocket.Chat app in the engine of its apps, and
# the Zendesk app in Chromium with Zendesk's SDK, both with a real `replylint serve` behind them; and
# the script for mutt in neomutt. Needs node with npm; zip, neomutt and Chromium are installed when
# they are missing. Request Tracker and Postfix are tried by tests/external.
#
# REPLYLINT names the program to try; without it, it is built. What npm installs goes once into
# target/hooks.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
here=$root/tests/hooks
work=$root/target/hooks
mkdir -p "$work"

for needed in node npm; do
  command -v "$needed" >/dev/null || { echo "tests/hooks/run.sh needs $needed" >&2; exit 1; }
done
missing=()
for needed in zip neomutt chromium; do
  command -v "$needed" >/dev/null || missing+=("$needed")
done
if [ "${#missing[@]}" -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
CHROMIUM=$(command -v chromium)
export CHROMIUM

if [ -z "${REPLYLINT:-}" ]; then
  # The hooks wait for two to five seconds, which a debug build may take on a busy machine.
  cargo build --locked --quiet --release
  REPLYLINT=$root/target/release/replylint
fi
export REPLYLINT

pins=$(cat "$here/package.json" "$here/package-lock.json" | cksum)
if [ "$(cat "$work/pins" 2>/dev/null)" != "$pins" ]; then
  rm -rf "$work/node_modules"
  cp "$here/package.json" "$here/package-lock.json" "$work"
  # A peer of the engine, for the pages of its apps, is in no registry under the name it asks for.
  npm ci --prefix "$work" --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error
  echo "$pins" >"$work/pins"
fi

echo "-- examples/rocket-chat"
rm -rf "$work/rocket-chat"
cp -r examples/rocket-chat "$work/rocket-chat"
# Packed as its page says; what it needs for that is in the folder above.
npm run --silent --prefix "$work/rocket-chat" pack
# The engine looks for its own modules from where it is started.
(cd "$work" && node "$here/rocket-chat.mjs" "$work" "$work/rocket-chat/replylint.zip")

echo "-- examples/zendesk"
node "$here/zendesk.mjs" "$work" "$root/examples/zendesk" "$here/zendesk-host.html" "$work/zendesk.png"

echo "-- examples/mutt"
"$here/mutt.sh"
