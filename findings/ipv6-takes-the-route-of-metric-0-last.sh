#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see inet6_rtm_newroute and ip6_route_info_create in
# net/ipv6/route.c.
#
# `metric 0` beside `metric 100`: the lowest wins, so in IPv4 the packets go by the first. In IPv6 0 stands for "none
# was given", which is 1024: the route is listed with `metric 1024` and the packets go by the other. The best metric
# that can be given to a route of IPv6 is 1. A configuration that writes the same metrics for both families sends IPv6
# by the spare gateway.
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
# best FAMILY PREFIX HOST ADDRESS METRIC: by which of two gateways the packets go
best() {
  $ip $1 route add $2 via ${3}2 metric $5
  $ip $1 route add $2 via ${3}3 metric 100
  echo "metric $5 via ${3}2, metric 100 via ${3}3: $($ip $1 route get $4 | grep -o 'via [^ ]*')"
  while $ip $1 route del $2 2>/dev/null; do :; done
}
best -4 10.7.0.0/16 10.0.0. 10.7.0.1 0
best -6 2001:db8:7::/48 2001:db8:: 2001:db8:7::1 0
best -6 2001:db8:7::/48 2001:db8:: 2001:db8:7::1 1
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
metric 0 via 10.0.0.2, metric 100 via 10.0.0.3: via 10.0.0.2
metric 0 via 2001:db8::2, metric 100 via 2001:db8::3: via 2001:db8::3
metric 1 via 2001:db8::2, metric 100 via 2001:db8::3: via 2001:db8::2
END
diff expected seen
