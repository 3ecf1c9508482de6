#!/usr/bin/env bash
# The callbacks of examples/request-tracker in Request Tracker 5, as Debian packs it, on SQLite: who
# answers a ticket in a browser, with `replylint serve` behind it. By hand; needs root, curl and a
# few minutes, and installs a Debian of its own under target/external/.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/external/common.sh

root=$work/request-tracker
debian "$root" rt5-db-sqlite rt5-standalone msmtp-mta request-tracker5

children=()
trap 'kill "${children[@]}" 2>/dev/null || true' EXIT

# A database as it was installed, and the example as its page says.
database=$root/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb
[ -e "$database.new" ] || cp "$database" "$database.new"
cp "$database.new" "$database"
rm -rf "$root"/var/cache/request-tracker5/mason_data/* "$root/usr/local/share/request-tracker5/"{lib,html}/*
cp -r examples/request-tracker/{lib,html} "$root/usr/local/share/request-tracker5/"
rt_port=$(free_port)
lint_port=$(free_port)
rt=http://127.0.0.1:$rt_port
cat >"$root/etc/request-tracker5/RT_SiteConfig.d/90-test.pm" <<PERL
Set(\$WebPath, '');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $rt_port);
Set(\$WebBaseURL, '$rt');
Set(\$RestrictReferrer, 0);
Set(\$MailCommand, 'testfile');
Set(\$LogToSTDERR, 'warning');
Set(\$ReplylintURL, 'http://127.0.0.1:$lint_port');
Set(\$ReplylintToken, 'lamp-of-the-harbour');
1;
PERL
# A person who asks, a ticket of hers, and a password for root.
ticket=$(chroot "$root" perl -I/usr/share/request-tracker5/lib -MRT=-init -e '
  my $root = RT::User->new(RT->SystemUser);
  $root->Load("root");
  $root->SetPassword("anchorage");
  my $anna = RT::User->new(RT->SystemUser);
  $anna->Create(Name => "anna", EmailAddress => "anna\@x.example", Privileged => 0);
  my $mail = MIME::Entity->build(From => "anna\@x.example", Subject => "Lamp", Data => ["The lamp came broken, again!\n"]);
  my $ticket = RT::Ticket->new(RT::CurrentUser->new($anna));
  my $queue = RT::Queue->new(RT->SystemUser);
  $queue->Load("General");
  my $everyone = RT::Group->new(RT->SystemUser);
  $everyone->LoadSystemInternalGroup("Everyone");
  $everyone->PrincipalObj->GrantRight(Right => $_, Object => $queue) for qw(CreateTicket SeeQueue ReplyToTicket ShowTicket);
  my ($id, undef, $message) = $ticket->Create(Queue => $queue->id, Requestor => ["anna\@x.example"], Subject => "Lamp", MIMEObj => $mail);
  die $message unless $id;
  print $id;')
chown -R --reference="$root/var/lib/dbconfig-common/sqlite3/request-tracker5" "$database"

serve() {
  REPLYLINT_TOKEN=lamp-of-the-harbour "$REPLYLINT" serve --listen "127.0.0.1:$lint_port" 2>"$work/serve.log" &
  lint=$!
  children+=("$lint")
  # A draft too short to tell its language makes all the lexicons ready, which takes a debug build
  # longer than the callback waits.
  for _ in $(seq 200); do
    curl -sf -o "$work/page.html" -H 'Authorization: Bearer lamp-of-the-harbour' -H 'Content-Type: application/json' \
      --data '{"text": "OK?"}' "http://127.0.0.1:$lint_port/v1/check" && return
    sleep 0.1
  done
  echo "FAILED: the server did not start: $(cat "$work/serve.log")" >&2
  exit 1
}
serve
chroot "$root" /usr/share/request-tracker5/libexec/rt-server --host 127.0.0.1 --port "$rt_port" >"$work/rt.log" 2>&1 &
children+=("$!")
browse() { curl -sS -L --max-time 60 -c "$work/cookies" -b "$work/cookies" "$@"; }
for _ in $(seq 300); do
  curl -s -o "$work/page.html" "$rt" && break
  sleep 0.2
done
browse --data-urlencode user=root --data-urlencode pass=anchorage "$rt/NoAuth/Login.html" >"$work/page.html"
holds "an agent logs in" "$(browse "$rt/Ticket/Display.html?id=$ticket")" "#$ticket: Lamp"

# reply TEXT [TYPE [FORMAT [ANYWAY]]]: presses Update Ticket; the page that comes is $page
reply() {
  page=$(browse --data-urlencode "UpdateContent=$1" --data "id=$ticket" --data Action=Respond --data SubmitTicket=1 \
    --data "UpdateType=${2:-response}" --data-urlencode "UpdateContentType=${3:-text/plain}" --data "ReplylintAnyway=${4:-}" \
    "$rt/Ticket/Update.html")
}
# What became of a page: RT says so in its words.
sent="Correspondence added"
kept="This reply was not sent"
BAD=$'Hello Anna, you must wait.\n\n> You must refund me.'

reply $'Hello Anna, I am sorry that the lamp broke.\n\nKind regards\nIvo'
holds "what the customer wrote counts: a complaint wants a next step" "$page" "$kept" "who does what, and by when"
reply "$BAD"
holds "a reply with a finding is not sent, and the page says why" "$page" "$kept" "“you must wait”" "Say instead:"
holds "the draft is still there, and a way round" "$page" "Hello Anna, you must wait." "Send this reply as it is"
if grep -qF -- "$sent" <<<"$page"; then echo "FAILED: it was sent all the same" >&2; exit 1; fi
history=$(browse "$rt/Ticket/History.html?id=$ticket")
if grep -qF "you must wait" <<<"$history"; then echo "FAILED: the reply is in the history" >&2; exit 1; fi
reply "$BAD" response text/plain 1
holds "with the box ticked it is sent" "$page" "$sent"
reply $'Hello Anna, I am sorry that the lamp broke. A new one is with you on Friday.\n\nKind regards\nIvo\n\n> You must refund me.'
holds "a clean reply is sent, whatever it quotes" "$page" "$sent"
reply "<p>Hello Anna, you <b>must</b>&nbsp;wait.</p>" response text/html
holds "HTML is read as HTML" "$page" "$kept" "“you must wait”"
reply "$BAD" private
holds "a comment is left alone" "$page" "Comments added"
kill "$lint"
wait "$lint" 2>/dev/null || true
reply "$BAD"
holds "without a server the reply is sent, and the agent is told" "$page" "$sent" "sent without having been checked: no answer: "
tools=$(browse "$rt/Admin/Tools/Replylint.html" | tr -d '\n ')
holds "and counted" "$tools" "<th>Fine</th><td>1<" "<th>Heldback</th><td>3<" "<th>Sentastheywere</th><td>1<" "<th>Notchecked</th><td>1<"
holds "and logged" "$(cat "$work/rt.log")" "A reply to ticket $ticket was sent unchecked:"
serve
reply "$BAD"
holds "with the server back, replies are checked" "$page" "$kept"
echo "$passed passed, 0 failed"
