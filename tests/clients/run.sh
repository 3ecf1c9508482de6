#!/usr/bin/env bash
# replylint beside two programs that other people wrote: neomutt sends mail through
# `replylint sendmail`, and pre-commit installs the hooks of this repository and runs them. Needs
# neomutt, Python and git; what Python needs is put under target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$root/target/clients
rm -rf "$work"
mkdir -p "$work"
passed=0

# check WHAT STATUS EXPECTED_STATUS OUTPUT EXPECTED_TEXT
check() {
  if [ "$2" -ne "$3" ] || ! grep -qF -- "$5" <<<"$4"; then
    printf '%s\n' "FAILED: $1: exit status $2, expected $3, and \"$5\" in:" "$4" >&2
    exit 1
  fi
  passed=$((passed + 1))
  echo "ok: $1"
}

cargo build --locked --quiet --release
export PATH="$root/target/release:$PATH"

command -v neomutt >/dev/null || { echo "neomutt is not installed" >&2; exit 1; }
printf '#!/bin/sh\ncat > "%s/sent"\n' "$work" >"$work/deliver"
chmod +x "$work/deliver"
cat >"$work/muttrc" <<EOF
set sendmail = "replylint sendmail -- $work/deliver -oem -oi"
set from = "ivo@x.example"
set use_from = yes
set copy = no
EOF
# send BODY [VARIABLE=VALUE]
send() {
  rm -f "$work/sent"
  status=0
  output=$(env HOME="$work" TERM=dumb "${2:-UNUSED=}" \
    neomutt -n -F "$work/muttrc" -s "Your order" -- anna@x.example <<<"$1" 2>&1) || status=$?
}
send "Hello Anna, you must wait."
check "neomutt does not send a mail with a finding" "$status" 1 "$output" "hold.you-will-have-to-wait"
[ ! -e "$work/sent" ] || { echo "FAILED: the mail was sent all the same" >&2; exit 1; }
send "Hello Anna, you must wait." REPLYLINT_SEND_ANYWAY=1
check "neomutt sends it when it is told to" "$status" 0 "$(cat "$work/sent")" "you must wait"
send $'Hello Anna, the money is on its way.\n\n> You must pay me back.\n\n-- \nIvo, You Must Inc.'
check "neomutt sends a mail without findings of its own" "$status" 0 "$(cat "$work/sent")" "the money is on its way"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r tests/clients/requirements.txt
export PRE_COMMIT_HOME=$work/pre-commit
# The hooks are built from a commit, with all dependencies. Whether they work is asked, not how fast, so that nothing is
# optimized, which would take three times as long.
export CARGO_TARGET_DIR=$root/target/hooks-of-commits CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=false \
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256
repo=$work/macros
mkdir -p "$repo/lexicon"
cd "$repo"
git init --quiet .
git config user.email ivo@x.example
git config user.name Ivo
cat >.pre-commit-config.yaml <<EOF
repos:
  - repo: $root
    rev: $(git -C "$root" rev-parse HEAD)
    hooks:
      - id: replylint
      - id: replylint-lexicon
      - id: replylint-lexicon-test
EOF
printf '[lexicon]\nname = "Harbour"\nlanguage = "en"\nextends = ["builtin:en"]\n' >lexicon/lexicon.toml
jargon() { printf '[avoid.jargon.kyc]\n%s = ["KYC"]\nflags = ["Your %s is done."]\npasses = ["Your papers are in order."]\n' "$1" "$2" >lexicon/jargon.toml; }
commit() {
  git add -A
  status=0
  output=$(git commit --message "$1" 2>&1) || status=$?
}
"$work/venv/bin/pre-commit" install >/dev/null
printf 'You must pay.\n' >late.md
jargon phrases KYC
commit "A macro that orders people about"
check "pre-commit holds a macro back" "$status" 1 "$output" 'late.md:1:1: warning: "You must"'
printf 'Please pay.\n' >late.md
jargon phrase KYC
commit "A lexicon with a mistake"
# shellcheck disable=SC2016
check "pre-commit holds a lexicon with a mistake back" "$status" 1 "$output" 'did you mean `phrases`?'
jargon phrases check
commit "A lexicon whose example is wrong"
check "pre-commit holds a failing example back" "$status" 1 "$output" "should flag this text, and does not"
jargon phrases KYC
commit "All is well"
check "pre-commit lets a good commit through" "$status" 0 "$output" "All is well"
echo "$passed passed, 0 failed"
