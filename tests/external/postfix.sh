#!/usr/bin/env bash
# The milter of examples/postfix behind the Postfix of Debian, with swaks as the mail program. By hand;
# needs root and Python 3.10, and installs a Debian of its own under target/external/.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/external/common.sh

root=$work/postfix
debian "$root" postfix swaks

# check WHAT FOUND EXPECTED
check() {
  if [ "$2" != "$3" ]; then
    printf '%s\n' "FAILED: $1: expected \"$3\", found \"$2\" with:" "$talk" >&2
    exit 1
  fi
  passed=$((passed + 1))
  echo "ok: $1"
}

milter=
stop() {
  [ -z "$milter" ] || kill "$milter" 2>/dev/null || true
  chroot "$root" postfix stop >/dev/null 2>&1 || true
}
trap stop EXIT

smtp_port=$(free_port)
filter_port=$(free_port)
milter_port=$(free_port)
mails=$root/var/spool/mails
rm -rf "$mails" "$root/var/log/postfix.log" "$root"/var/spool/postfix/{incoming,active,deferred}/*
mkdir -p "$mails"
chmod 777 "$mails"
# Every mail that is accepted goes into one file.
cat >"$root/etc/postfix/main.cf" <<CF
compatibility_level = 3.6
maillog_file = /var/log/postfix.log
myhostname = mail.x.example
inet_interfaces = loopback-only
inet_protocols = ipv4
mydestination =
virtual_mailbox_domains = x.example, y.example
virtual_mailbox_base = /var/spool/mails
virtual_mailbox_maps = static:all
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 100
CF
# block NUMBER PORT: one of the two services of the example's page, on a port of its own.
block() {
  awk -v number="$1" '/```/ { shown = 0 } /^ *submission inet/ { shown = ++seen == number } shown' examples/postfix/README.md |
    sed "s/^   //; s/^submission /127.0.0.1:$2 /; s/8892/$milter_port/"
}
sed -E '/^(smtp|submission) +inet/d' "$root/usr/share/postfix/master.cf.dist" >"$root/etc/postfix/master.cf"
{ block 1 "$smtp_port"; block 2 "$filter_port"; } >>"$root/etc/postfix/master.cf"
cp "$REPLYLINT" "$root/usr/local/bin/replylint"

start_milter() {
  rm -f "$work/milter.log"
  python3 examples/postfix/replylint_milter.py --listen "127.0.0.1:$milter_port" --replylint "$1" \
    --internal y.example --counts "$work/counts.json" 2>"$work/milter.log" &
  milter=$!
  for _ in $(seq 100); do grep -qs listening "$work/milter.log" && return; sleep 0.1; done
  echo "FAILED: the milter did not start: $(cat "$work/milter.log")" >&2
  exit 1
}
stop_milter() {
  kill "$milter"
  wait "$milter" 2>/dev/null || true
  milter=
}
rm -f "$work/counts.json"
start_milter "$REPLYLINT"
chroot "$root" postfix start >/dev/null 2>&1

# send SUBJECT BODY [TO [PORT [ENCODING]]]: whether the mail was $accepted, and what the two said, $talk
send() {
  local status=0
  rm -f "$mails/all"
  talk=$(chroot "$root" swaks --server 127.0.0.1 --port "${4:-$smtp_port}" --from ivo@x.example --to "${3:-anna@x.example}" \
    --header "Subject: $1" --add-header "Content-Type: text/plain; charset=utf-8" \
    --add-header "Content-Transfer-Encoding: ${5:-8bit}" --body "$2" 2>&1) || status=$?
  accepted=$([ "$status" -eq 0 ] && echo yes || echo no)
}
# The mail that came out at the other end.
delivered() {
  for _ in $(seq 100); do [ -s "$mails/all" ] && break; sleep 0.1; done
  cat "$mails/all"
}

BAD=$'Hello Anna, you must wait.\n\n> You must refund me.'
send "Lamp" "$BAD"
check "a mail with a finding is refused" "$accepted" no
holds "and told why, what instead and how to send it anyway" "$talk" '550-5.7.1 "you must wait": A wait' \
  '550-5.7.1   say instead: it will be ready on ...' '550 5.7.1 To send it as it is, write "[send anyway]" into the subject.'
send "Lamp" "Hello Anna, you=20m=75st wait." anna@x.example "$smtp_port" quoted-printable
check "a mail is read as a mail program shows it" "$accepted" no
send "Lamp" $'Hello Anna, the lamp is on its way.\n\n> You must refund me.\n\n-- \nYou Must Inc.'
check "a clean one is sent, whatever it quotes" "$accepted" yes
holds "and comes as it was" "$(delivered)" "Subject: Lamp" "the lamp is on its way" "> You must refund me."
send "Lamp [send anyway]" "$BAD"
check "with the words in the subject it is sent" "$accepted" yes
holds "without them" "$(delivered)" "you must wait" $'Subject: Lamp\n'
if grep -qF "send anyway" "$mails/all"; then echo "FAILED: the customer reads the words" >&2; exit 1; fi
send "=?utf-8?q?L=C3=A1mpara_=5Bsend_anyway=5D?=" "$BAD"
check "in an encoded subject as well" "$accepted" yes
holds "and its other letters stay" "$(delivered)" "Subject: =?utf-8?" "you must wait"
send "Lamp" "$BAD" leo@y.example
check "a mail that stays in the house is left alone" "$accepted" yes
send "Lamp" "$BAD" leo@y.example,anna@x.example
check "one that goes out as well is not" "$accepted" no
holds "the counts" "$(cat "$work/counts.json")" '{"fine": 1, "held_back": 3, "sent_anyway": 2, "unchecked": 0}'

stop_milter
start_milter "$work/no-such-replylint"
send "Lamp" "$BAD"
check "without replylint the mail is sent" "$accepted" yes
holds "and counted" "$(cat "$work/counts.json")" '"unchecked": 1}'
holds "and logged" "$(cat "$work/milter.log")" "a mail was sent unchecked: " "No such file or directory" "(1 so far)"
stop_milter
REPLYLINT_LEXICON=$work/none.toml start_milter "$REPLYLINT"
send "Lamp" "$BAD"
check "with a lexicon that cannot be read the mail is sent" "$accepted" yes
holds "and logged with the reason" "$(cat "$work/milter.log")" "replylint ended with 2: " "none.toml" "(2 so far)"
stop_milter
send "Lamp" "$BAD"
check "without the milter the mail is sent" "$accepted" yes
holds "and Postfix logs that" "$(cat "$root/var/log/postfix.log")" "warning: connect to Milter service inet:127.0.0.1:$milter_port: Connection refused"
start_milter "$REPLYLINT"
send "Lamp" "$BAD"
check "with all back, mails are checked" "$accepted" no

send "Lamp" "$BAD" anna@x.example "$filter_port"
check "the content filter takes any mail" "$accepted" yes
holds "and one with a finding comes back with it" "$(delivered)" "Undelivered Mail Returned to Sender" "<anna@x.example>: data format error." \
  '"you must wait"'
send "Lamp" "Hello Anna, the lamp is on its way." anna@x.example "$filter_port"
holds "a clean one is sent" "$(delivered)" "Subject: Lamp" "the lamp is on its way"
rm "$root/usr/local/bin/replylint"
send "Lamp" "Hello Anna, the lamp is on its way." anna@x.example "$filter_port"
for _ in $(seq 50); do chroot "$root" postqueue -p | grep -q temporary && break; sleep 0.1; done
holds "without replylint it waits" "$(chroot "$root" postqueue -p | tr -s '\n ' ' ')" "(temporary failure. Command output:" "anna@x.example"
echo "$passed passed, 0 failed"
