#!/usr/bin/env bash
# The script of examples/mutt, in neomutt. The line without the script is tried in tests/clients.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/hooks/mutt
rm -rf "$work"
mkdir -p "$work/bin"
cp examples/mutt/replylint-send "$work/bin"
cp "$REPLYLINT" "$work/bin/replylint"
printf '#!/bin/sh\necho "$@" >"%s/given"\ncat >"%s/sent"\n' "$work" "$work" >"$work/deliver"
chmod +x "$work/deliver"
grep '^set sendmail' examples/mutt/README.md >"$work/muttrc"
printf 'set from = "ivo@x.example"\nset use_from = yes\nset copy = no\n' >>"$work/muttrc"
unchecked=$work/.local/state/replylint/unchecked
passed=0

# send BODY [OPTION…]: $sent says whether the mail was sent, as neomutt knows, $output what it showed
send() {
  local body=$1 status=0
  shift
  rm -f "$work/sent"
  output=$(env -u XDG_STATE_HOME -u REPLYLINT_LEXICON HOME="$work" TERM=dumb SENDMAIL="$work/deliver" PATH="$work/bin:/usr/bin:/bin" \
    neomutt -n -F "$work/muttrc" -s "Your order" "$@" -- anna@x.example <<<"$body" 2>&1) || status=$?
  sent=$([ -e "$work/sent" ] && echo yes || echo no)
  if [ "$([ "$status" -eq 0 ] && echo yes || echo no)" != "$sent" ]; then
    echo "FAILED: the mail was sent: $sent, and neomutt ended with $status: $output" >&2
    exit 1
  fi
}
# check WHAT SENT TEXT PART: whether the mail was sent, and what must be in a text
check() {
  if [ "$sent" != "$2" ] || ! grep -qF -- "$4" <<<"$3"; then
    printf '%s\n' "FAILED: $1: sent: $sent, expected $2, and \"$4\" in:" "$3" "neomutt said:" "$output" >&2
    exit 1
  fi
  passed=$((passed + 1))
  echo "ok: $1"
}

BAD="Hello Anna, you must wait."
send "$BAD"
check "a mail with a finding is not sent, and neomutt shows why" no "$output" "hold.you-will-have-to-wait"
send "Hello Anna, the money is on its way."
check "a clean one is sent as neomutt gives it" yes "$(cat "$work/sent" "$work/given")" "-oem -oi -- anna@x.example"
send "$BAD" -e "setenv REPLYLINT_SEND_ANYWAY 1"
check "with the variable set in neomutt it is sent" yes "$(cat "$work/sent")" "you must wait"
[ ! -e "$unchecked" ] || { echo "FAILED: something was counted: $(cat "$unchecked")" >&2; exit 1; }
send "$BAD" -e "setenv REPLYLINT_LEXICON $work/none.toml"
check "with a lexicon that cannot be read it is sent, and counted" yes "$(cat "$unchecked")" "error: cannot read $work/none.toml"
rm "$work/bin/replylint"
send "$BAD"
check "without replylint it is sent, and counted" yes "$(cat "$unchecked")" "replylint is not installed"
echo "$passed passed, 0 failed"
