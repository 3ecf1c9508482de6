# For the scripts beside this one, to be sourced in the root of the repository. REPLYLINT names the
# program to try; without it, it is built.
work=$PWD/target/external
mkdir -p "$work"
if [ -z "${REPLYLINT:-}" ]; then
  # The hooks wait for two to five seconds, which a debug build may take on a busy machine.
  cargo build --locked --quiet --release
  REPLYLINT=$PWD/target/release/replylint
fi

passed=0

# holds WHAT TEXT PART…: every part is in the text. What is not, is kept whole in a file.
holds() {
  local what=$1 text=$2 part
  shift 2
  for part in "$@"; do
    if ! grep -qF -- "$part" <<<"$text"; then
      printf '%s\n' "$text" >"$work/failed.txt"
      echo "FAILED: $what: \"$part\" is not in $work/failed.txt" >&2
      exit 1
    fi
  done
  passed=$((passed + 1))
  echo "ok: $what"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# debian ROOT PACKAGE…: makes a Debian of its own once, so that what is installed touches nothing else on
# this machine, and puts the packages into it. It is of this machine's own release where that is Debian,
# so that a program built here runs in it. Installs debootstrap.
debian() {
  local root=$1 release
  shift
  [ "$(id -u)" -eq 0 ] || { echo "this script makes a Debian of its own, and needs root for that" >&2; exit 1; }
  if [ ! -e "$root/complete" ]; then
    rm -rf "$root"
    mkdir -p "$root"
    if ! command -v debootstrap >/dev/null; then
      apt-get update -qq
      DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends debootstrap >/dev/null
    fi
    release=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME" || echo bookworm)
    debootstrap --variant=minbase "$release" "$root" http://deb.debian.org/debian >"$root.log" 2>&1 ||
      { tail -5 "$root.log" >&2; exit 1; }
    # Nothing that is installed may start a service by itself.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    chroot "$root" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq --no-install-recommends "$@" >>"$root.log" 2>&1 || { tail -5 "$root.log" >&2; exit 1; }
    touch "$root/complete"
  fi
}
