# shellcheck shell=bash
# Installing nginx, unbound or bind9 normally starts them, now and at every boot. hoplab wants only
# their programs, to run inside lab machines: the host's services must stay as they were. Sourced.

policy=/usr/sbin/policy-rc.d # asked by every package before it starts a service
policy_kept=$policy.before-hoplab
policy_mark='hoplab: no service starts while its packages are being installed'
enabled_before=/var/lib/hoplab/enabled-before-install # exists only while an installation runs

forbid_services() {
  mkdir -p "$(dirname "$enabled_before")"
  enabled_services >"$enabled_before"
  if [ -e "$policy" ] || [ -L "$policy" ]; then mv "$policy" "$policy_kept"; fi
  printf '#!/bin/sh\n# %s\nexit 101\n' "$policy_mark" >"$policy"
  chmod 755 "$policy"
}

# was_interrupted: an earlier run was killed before it could restore_services
was_interrupted() { [ -e "$enabled_before" ]; }

# restore_services: what the installation enabled for the next boot is disabled again, and the
# policy that was there before comes back. Harmless when there is nothing to restore.
restore_services() {
  local link
  was_interrupted || return 0
  comm -13 "$enabled_before" <(enabled_services) | while read -r link; do
    case $link in
      /etc/rc*) update-rc.d "$(basename "$link" | sed 's/^S[0-9]*//')" disable >/dev/null 2>&1 || true ;;
      *) rm -f "$link" ;; # all that `systemctl disable` does, and it works where systemd is absent
    esac
  done
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
  if grep -qsF "$policy_mark" "$policy"; then rm -f "$policy"; fi
  if [ -e "$policy_kept" ] || [ -L "$policy_kept" ]; then mv "$policy_kept" "$policy"; fi
  rm -f "$enabled_before"
}

enabled_services() {
  {
    find /etc/systemd/system -type l ! -lname /dev/null
    find /etc/rc[2345S].d -name 'S*'
  } 2>/dev/null | LC_ALL=C sort
}
