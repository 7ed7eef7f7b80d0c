#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see fib_nl_newrule in net/core/fib_rules.c.
#
# `ip rule add fwmark 0 lookup 100` is to take the packets that nothing has marked. It takes all of them, the marked
# too: without a mask the kernel uses all bits only for a mark that is not 0, so 0 is compared under the mask 0. Since
# the rule is then no other than one without a mark, `ip rule` lists it as `from all lookup 100`. The rule that means
# it needs its mask, `fwmark 0/0xffffffff`, and is listed with it.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >inside <<'END'
ip=tree/bin/ip
$ip link set lo up
$ip route add 192.0.2.0/24 dev lo table 100
$ip route add unreachable 192.0.2.0/24
for mark in 0 0/0xffffffff; do
  $ip rule add preference 1000 fwmark $mark lookup 100 || { echo 'no rules here' >&2; exit 2; }
  echo "fwmark $mark is listed as:$($ip rule show preference 1000 | tr '\t' ' ' | sed 's/ *$//; s/^[^:]*://')"
  for packet in 0 5; do
    route=$($ip route get 192.0.2.1 mark $packet 2>&1 | grep -o 'table 100' || echo 'not table 100')
    echo "  a packet with mark $packet: $route"
  done
  $ip rule del preference 1000
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
fwmark 0 is listed as: from all lookup 100
  a packet with mark 0: table 100
  a packet with mark 5: table 100
fwmark 0/0xffffffff is listed as: from all fwmark 0 lookup 100
  a packet with mark 0: table 100
  a packet with mark 5: not table 100
END
diff expected seen
