#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see neigh_flush_dev and pneigh_ifdown_and_unlock in
# net/core/neighbour.c.
#
# `ip neigh replace 10.0.0.9 lladdr MAC dev eth0 nud permanent`: ip-neighbour(8) has such an entry "valid forever", to
# be removed by the administrator alone. `ip link set eth0 down` and `up` remove it, in IPv4 and IPv6, and the proxy
# entries (`ip neigh add proxy`) too, while the IPv4 address and the routes by two gateways are back. A host that
# answers no ARP is then not reached, and no command was about neighbours. Pulling the cable (carrier) leaves all.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

zcat tree/usr/share/man/man8/ip-neighbour.8.gz | tr '\n' ' ' |
  grep -o 'entry is valid forever and can be only be removed' >seen
cat >inside <<'END'
ip=tree/bin/ip
$ip link add eth0 type veth peer name cable || { echo 'no links here' >&2; exit 2; }
$ip link set eth0 up
$ip link set cable up
$ip address add 10.0.0.1/24 dev eth0
for host in 10.0.0.9 2001:db8::9; do $ip neigh replace $host lladdr 02:00:00:00:00:09 dev eth0 nud permanent; done
for host in 10.0.0.8 2001:db8::8; do $ip neigh add proxy $host dev eth0; done
# has WHEN: what there is
has() {
  echo "$1: $($ip neigh show dev eth0 nud permanent | grep -c 02:00:00:00:00:09 || :) permanent," \
    "$({ $ip -4 neigh show proxy; $ip -6 neigh show proxy; } | wc -l) proxy," \
    "$($ip -4 address show dev eth0 | grep -c inet) address"
}
state() { until $ip link show eth0 | grep -q "$1"; do :; done; }
has 'before'
$ip link set cable down
state 'NO-CARRIER'
$ip link set cable up
state 'LOWER_UP'
has 'the cable pulled and put in'
$ip link set eth0 down
$ip link set eth0 up
has 'down and up'
END
timeout 60 unshare --net bash -eu inside >>seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
entry is valid forever and can be only be removed
before: 2 permanent, 2 proxy, 1 address
the cable pulled and put in: 2 permanent, 2 proxy, 1 address
down and up: 0 permanent, 0 proxy, 1 address
END
diff expected seen
