#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see filter_nlmsg in ip/iproute.c.
#
# Which routes use an interface that is to go away? `ip route show dev eth0` does not list a route by two gateways of
# which one is on eth0, `ip route show via GATEWAY` does not either, of IPv4 or of IPv6. The words are compared with a
# route's own interface and gateway, and such a route has none: it has a list. So `ip route flush dev eth0` leaves it
# too, exit 0, and half of its packets go on by eth0.
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
for host in 0 1; do
  $ip link add eth$host type bridge || { echo 'no bridges here' >&2; exit 2; }
  $ip address add 10.0.$host.1/24 dev eth$host
  $ip address add 2001:db8:$host::1/64 dev eth$host nodad
  $ip link set eth$host up
done
$ip route add 10.8.0.0/16 via 10.0.0.2
$ip route add 10.9.0.0/16 nexthop via 10.0.0.2 dev eth0 nexthop via 10.0.1.2 dev eth1
$ip route add 2001:db8:8::/48 via 2001:db8::2
$ip route add 2001:db8:9::/48 nexthop via 2001:db8::2 dev eth0 nexthop via 2001:db8:1::2 dev eth1
ours() { echo $(grep -o '^10\.[89]\.[^ ]*\|^2001:db8:[89]:[^ ]*') ; }
for family in 4 6; do
  [ $family = 4 ] && gateway=10.0.0.2 || gateway=2001:db8::2
  echo "IPv$family, by eth0: $($ip -$family route show dev eth0 | ours)"
  echo "IPv$family, via $gateway: $($ip -$family route show via $gateway | ours)"
  code=0
  $ip -$family route flush dev eth0 || code=$?
  echo "IPv$family, flushed with exit $code, left: $($ip -$family route show | ours)"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
IPv4, by eth0: 10.8.0.0/16
IPv4, via 10.0.0.2: 10.8.0.0/16
IPv4, flushed with exit 0, left: 10.9.0.0/16
IPv6, by eth0: 2001:db8:8::/48
IPv6, via 2001:db8::2: 2001:db8:8::/48
IPv6, flushed with exit 0, left: 2001:db8:9::/48
END
diff expected seen
