# Debian packages. Sourced by eng/setup.

# The packages of ours that bring services: tests start private servers, so nothing may start by itself.
services='rabbitmq-server epmd prometheus'
policy=/usr/sbin/policy-rc.d
policy_mark='# Written by eng/setup for the time of an installation.'

debian_has() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# debian_may_install PACKAGE...: ends the script where it cannot go on.
debian_may_install() {
  command -v apt-get >/dev/null ||
    fail "missing: $* (Debian's names). This machine has no apt-get: install their equivalents, then set PTUNE_SKIP_SETUP=1"
  ((EUID == 0)) && return
  debian_say_commands "$*"
  exit 2
}

# debian_install LOG PACKAGE...
debian_install() {
  local log=$1 packages="${*:2}"
  export DEBIAN_FRONTEND=noninteractive
  debian_progress=$(mktemp)
  debian_deny_services
  # The lists may be missing (a fresh container) or too old to name a file that still exists.
  if ! apt-cache show --no-all-versions ${packages} >/dev/null 2>&1; then debian_update "$log"; fi
  if ! step "installing $packages" "$log" debian_measure debian_apt $packages; then
    debian_update "$log"
    step "installing $packages" "$log" debian_measure debian_apt $packages ||
      fail "$(debian_reason "$log" "could not install $packages from Debian")"
  fi
  rm -f "$debian_progress"
  [[ " $packages " != *' rabbitmq-server '* && " $packages " != *' prometheus '* ]] || debian_disable_services >>"$log" 2>&1
  debian_allow_services
}

debian_update() {
  step "reading Debian's package lists" "$1" : apt-get -q update -o APT::Update::Error-Mode=any ||
    say "Debian's package lists could not all be read; trying with what is there"
}

debian_measure() { tail -n 1 "$debian_progress"; }

# apt reports dlstatus (fetching) and pmstatus (unpacking, configuring) with a percentage each: half the bar for each.
debian_apt() {
  apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o APT::Status-Fd=3 install "$@" \
    3> >(awk -F: '$1 == "dlstatus" { print int($3 / 2) } $1 == "pmstatus" { print 50 + int($3 / 2) } { fflush() }' >"$debian_progress")
}

debian_reason() {
  local log=$1 what=$2
  if grep -qE 'Temporary failure resolving|Could not resolve|Could not connect|Connection (timed out|refused)|Network is unreachable' "$log"; then
    what="$what: the package server could not be reached"
  elif grep -q 'Unable to locate package\|has no installation candidate' "$log"; then
    what="$what: $(grep -m 1 -o 'Unable to locate package.*\|Package .* has no installation candidate' "$log")"
  elif grep -q 'No space left on device' "$log"; then
    what="$what: the disk is full"
  fi
  printf '%s\n' "$what" "$(grep -E '^(E|Err):?' "$log" | tail -n 5 | sed 's/^/  /')" "  log: $log"
}

debian_say_commands() {
  say "missing: $1. Run as root:"
  say "  apt-get update"
  say "  apt-get install --no-install-recommends $1"
  if [[ " $1 " == *' rabbitmq-server '* ]]; then
    say "  systemctl disable --now rabbitmq-server epmd.service epmd.socket   # the tests start private servers"
  fi
  if [[ " $1 " == *' prometheus '* ]]; then
    say "  systemctl disable --now prometheus   # the tests only use its promtool"
  fi
}

# invoke-rc.d asks this program before it starts anything: 101 means "may not".
debian_deny_services() {
  debian_allow_services
  if [[ -x $policy ]]; then
    local answer=0
    "$policy" rabbitmq-server start >/dev/null 2>&1 || answer=$?
    ((answer == 101)) && return
    mv "$policy" "$policy.before-ptune"
  fi
  printf '%s\n' '#!/bin/sh' "$policy_mark" 'exit 101' >"$policy"
  chmod 755 "$policy"
}

# Undoes debian_deny_services, also one that a killed set-up left behind.
debian_allow_services() {
  grep -qsF "$policy_mark" "$policy" || return 0
  rm -f "$policy"
  [[ ! -e $policy.before-ptune ]] || mv "$policy.before-ptune" "$policy"
}

# A denied start still leaves the service enabled for the next boot, where the broker would listen on every interface.
debian_disable_services() {
  local name unit
  for name in $services; do
    for unit in "$name.service" "$name.socket"; do
      [[ -e /lib/systemd/system/$unit ]] || continue
      # The helper insists on being called for a package; it works where systemd does not run, and upgrades respect it.
      DPKG_MAINTSCRIPT_PACKAGE=$name deb-systemd-helper disable "$unit" || true
    done
    [[ ! -e /etc/init.d/$name ]] || update-rc.d "$name" disable || true
  done
}
