#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), its nft and its legacy form, on Linux 6.18 (seen).
#
# A rule accepts 200 bytes (`-m quota --quota 200`) and the next drops the rest; the quota is used up. Any other rule
# is added to the table, in another chain, of another host. With iptables-nft that changes nothing. With
# iptables-legacy the quota is full again: each command replaces the whole table, and each rule's match is made anew
# from the number it was written with. A quota on a host whose rules are touched often (a ban now and then) never ends.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iptables_*.deb tree

cat >inside <<'END'
export XTABLES_LIBDIR=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)/xtables
ip link set lo up
replies() { ping -n -q -c 4 -i 0.2 -W 1 127.0.0.1 | sed -n 's/.*transmitted, \([0-9]*\) received.*/\1/p'; }
for form in nft legacy; do
  tables="tree/usr/sbin/xtables-$form-multi iptables"
  echo-request() { $tables -A OUTPUT -p icmp --icmp-type echo-request $*; }
  echo-request -m quota --quota 200 -j ACCEPT 2>/dev/null || { echo "no quota in this kernel ($form)" >&2; exit 2; }
  echo-request -j DROP
  first=$(replies) used=$(replies)
  $tables -A INPUT -s 192.0.2.1 -j DROP
  echo "$form: replies $first, then $used, with a rule added elsewhere $(replies)"
  $tables -F
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
nft: replies 2, then 0, with a rule added elsewhere 0
legacy: replies 2, then 0, with a rule added elsewhere 2
END
diff expected seen
