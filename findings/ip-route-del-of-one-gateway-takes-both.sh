#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see fib_nh_match in net/ipv4/fib_semantics.c.
#
# A route with two gateways is to lose one of them: `ip route del 10.5.0.0/16 via 10.0.0.2`. In IPv6 that takes the
# named gateway out and leaves the other. In IPv4 the words are compared with the first gateway only: named so, it
# takes the whole route, exit 0, and the network is cut off though the other gateway is well; the second one, named
# the same way, is No such process.
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
# without PREFIX HOST GATEWAY FAMILY: what is left of a route by two gateways when one is deleted
without() {
  $ip route add $1 nexthop via ${2}2 dev eth0 nexthop via ${2}3 dev eth0
  code=0
  $ip route del $1 via $3 2>/dev/null || code=$?
  echo "del $1 via $3: exit $code, left:" $($ip $4 route show $1 | grep -o 'via [^ ]*' || echo none)
  while $ip route del $1 2>/dev/null; do :; done
}
without 10.5.0.0/16 10.0.0. 10.0.0.2 -4
without 10.5.0.0/16 10.0.0. 10.0.0.3 -4
without 2001:db8:5::/48 2001:db8:: 2001:db8::2 -6
without 2001:db8:5::/48 2001:db8:: 2001:db8::3 -6
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
del 10.5.0.0/16 via 10.0.0.2: exit 0, left: none
del 10.5.0.0/16 via 10.0.0.3: exit 2, left: via 10.0.0.2 via 10.0.0.3
del 2001:db8:5::/48 via 2001:db8::2: exit 0, left: via 2001:db8::3
del 2001:db8:5::/48 via 2001:db8::3: exit 0, left: via 2001:db8::2
END
diff expected seen
