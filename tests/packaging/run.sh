#!/usr/bin/env bash
# What surrounds the program is read by those who will read it: the manual pages by groff, the completions by the
# shells, the unit by systemd, the Dockerfile by hadolint. REPLYLINT names the binary.
set -euo pipefail
cd "$(dirname "$0")/../.."

replylint=$(realpath "${REPLYLINT:-target/release/replylint}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "error: $*" >&2
  exit 1
}

missing=()
for tool in groff:groff man:man-db zsh:zsh fish:fish systemd-analyze:systemd; do
  command -v "${tool%%:*}" >/dev/null || missing+=("${tool#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

mkdir -p "$work/man/man1"
"$replylint" man --output "$work/man/man1" >"$work/pages"
pages=$(wc -l <"$work/pages")
[ "$pages" -gt 15 ] || fail "there are only $pages manual pages"
while read -r page; do
  complaints=$(preconv "$page" | groff -man -ww -z -Tutf8 2>&1)
  [ -z "$complaints" ] || fail "groff, of $page: $complaints"
done <"$work/pages"
MANPATH=$work/man MANWIDTH=80 man replylint-lexicon-check | grep -q "replylint lexicon check" || fail "man does not show a page"
echo "manual pages: $pages read by groff, and one shown by man"

for shell in bash zsh fish; do
  "$replylint" completions "$shell" >"$work/complete.$shell"
  "$shell" -n "$work/complete.$shell" || fail "$shell does not read its completions"
done
offered=$(fish -c "source $work/complete.fish; complete -C 'replylint lexicon ex'" | cut -f1)
[ "$offered" = explain ] || fail "fish completes \`lexicon ex\` to \`$offered\`"
echo "completions: read by bash, zsh and fish"

sed "s|/usr/local/bin/replylint|$replylint|" examples/server/replylint.service >"$work/replylint.service"
complaints=$(MANPATH=$work/man systemd-analyze verify "$work/replylint.service" 2>&1) || fail "systemd: $complaints"
[ -z "$complaints" ] || fail "systemd: $complaints"
systemd-analyze security --offline=true --threshold=20 "$work/replylint.service" >/dev/null || fail "the unit is exposed"
options=$(sed -n 's/^ExecStart=[^ ]* //p' examples/server/replylint.service | grep -o -- '--[a-z-]*')
options+=" $(grep -E '^(ENTRYPOINT|CMD)' examples/server/Dockerfile | grep -o -- '--[a-z-]*')"
help=$("$replylint" serve --help)
for option in $options; do
  grep -q -- "$option" <<<"$help" || fail "there is no option $option, which the unit or the Dockerfile gives"
done
echo "unit: verified by systemd, options known"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/packaging/requirements.txt
"$work/venv/bin/hadolint" examples/server/Dockerfile || fail "hadolint finds something in the Dockerfile"
echo "Dockerfile: read by hadolint"
