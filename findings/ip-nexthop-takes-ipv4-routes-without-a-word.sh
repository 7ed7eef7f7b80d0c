#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see __remove_nexthop_fib in net/ipv4/nexthop.c.
#
# `ip nexthop del id 1` of a nexthop that routes use is not refused: exit 0, and each of the routes is gone. In IPv6
# RTM_DELROUTE is sent for them. In IPv4 nothing is sent but the end of the nexthop: a program that follows routes by
# rtnetlink (`ip monitor route` here) keeps a route that is not there until its next dump. `ip route del` of the same
# route is reported.
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
$ip link add eth0 type bridge || { echo 'no bridges here' >&2; exit 2; }
$ip address add 10.0.0.1/24 dev eth0
$ip address add 2001:db8::1/64 dev eth0 nodad
$ip link set eth0 up
$ip monitor route >heard &
monitor=$!
trap 'kill $monitor' EXIT
mark() { $ip route add 198.51.100.$1 dev eth0; }
last=1
mark 1
until grep -q 198.51.100 heard; do $ip route del 198.51.100.$last; mark $((last += 1)); done # the monitor listens
# of FAMILY PREFIX GATEWAY: what is heard of the end of a route, by its nexthop and by itself
of() {
  for end in "nexthop del id 7" "route del $2"; do
    $ip nexthop add id 7 via $3 dev eth0 || { echo 'no nexthops here' >&2; exit 2; }
    $ip $1 route add $2 nhid 7
    code=0 before=$(grep -c "^Deleted $2" heard || :)
    $ip $1 $end || code=$?
    mark $((last += 1))
    until grep -q "^198.51.100.$last " heard; do :; done
    echo "$end: exit $code, routes left: $($ip $1 route show $2 | wc -l), heard: $(($(grep -c "^Deleted $2" heard || :) - before))"
    $ip nexthop flush >/dev/null 2>&1
  done
}
of -4 10.6.0.0/16 10.0.0.2
of -6 2001:db8:6::/48 2001:db8::2
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
nexthop del id 7: exit 0, routes left: 0, heard: 0
route del 10.6.0.0/16: exit 0, routes left: 0, heard: 1
nexthop del id 7: exit 0, routes left: 0, heard: 1
route del 2001:db8:6::/48: exit 0, routes left: 0, heard: 1
END
diff expected seen
