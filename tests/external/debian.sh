# For the scripts beside this one: a Debian of its own under target/external/, so that what they
# install touches nothing else on this machine. To be sourced; needs root, and installs debootstrap.

# debian ROOT PACKAGE… makes the root once, and puts the packages into it. It is of this machine's
# own release where that is Debian, so that a program built here runs in it.
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
