#!/usr/bin/env bash
# `replylint lsp` with two clients that other people wrote: Neovim, set up as the README says, and pytest-lsp, which is
# built on pygls and counts in UTF-8. Needs Neovim and Python; what Python needs is put under target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$root/target/editors
rm -rf "$work"
mkdir -p "$work"

replylint=${REPLYLINT:-$root/target/release/replylint}
[ -x "$replylint" ] || { echo "there is no $replylint; build it, or name it with REPLYLINT" >&2; exit 1; }
PATH=$(dirname "$replylint"):$PATH
export PATH
command -v nvim >/dev/null || { echo "nvim is not installed" >&2; exit 1; }

# The configuration is the one that people read.
sed -n '/^```lua/,/^```/p' README.md | sed '/^```/d' >"$work/init.lua"
[ -s "$work/init.lua" ] || { echo "FAILED: the README has no configuration of Neovim" >&2; exit 1; }
mkdir -p "$work/macros" "$work/home"
cp tests/editors/replylint.toml "$work/macros/"
printf '😀 You must pay today.\n' >"$work/macros/late.md"
export HOME=$work/home XDG_CACHE_HOME=$work/home/.cache XDG_CONFIG_HOME=$work/home/.config
export XDG_DATA_HOME=$work/home/.local/share XDG_STATE_HOME=$work/home/.local/state
unset REPLYLINT_LEXICON
(cd "$work/macros" && timeout 300 nvim --headless --clean -u "$work/init.lua" -c "luafile $root/tests/editors/neovim.lua" 2>&1)
echo

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r tests/editors/requirements.txt
timeout 300 "$work/venv/bin/python" -m pytest --quiet -p no:cacheprovider -o asyncio_default_fixture_loop_scope=function tests/editors/test_clients.py
