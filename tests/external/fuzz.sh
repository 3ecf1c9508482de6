#!/usr/bin/env bash
# Throws bytes at what reads drafts, mails, talks and lexicons, for long. By hand: what it finds belongs into
# tests/fuzz/seeds, which every run of the tests holds against what must be true of any bytes.
#
#   tests/external/fuzz.sh [SECONDS] [TARGET…]     ten minutes each for all targets, when nothing is said
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

seconds=${1:-600}
shift || true
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(cd targets && ls | sed 's/\.rs$//')

if ! command -v cargo-fuzz >/dev/null; then
  cargo install --quiet --locked cargo-fuzz
fi
# Coverage is asked of the compiler with flags that only its nightly releases take by themselves.
export RUSTC_BOOTSTRAP=1

for target in "${targets[@]}"; do
  [ -f "targets/$target.rs" ] || { echo "there is no target $target; see tests/fuzz/targets" >&2; exit 2; }
  printf '\n== %s, %s seconds\n' "$target" "$seconds"
  mkdir -p "corpus/$target"
  cargo fuzz run --fuzz-dir . --sanitizer none "$target" "corpus/$target" "seeds/$target" -- \
    -max_total_time="$seconds" -timeout=20 -max_len=16384 -print_final_stats=1
done
