#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see inet6_addr_modify in net/ipv6/addrconf.c.
#
# `ip address replace 2001:db8::1/48 dev eth0` over 2001:db8::1/64, a prefix length that was wrong: exit 0, and the
# address stays /64 with the route to the /64. An IPv6 address is known by its 128 bits; what replace changes are its
# lifetimes, flags and metric, and the length that came with it is dropped in silence. `change` does the same. In IPv4
# the length is a part of the key, so the same command gives the interface a second address beside the first. In
# neither family does it replace: the address must be deleted first.
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
$ip link set eth0 up
# replaced FIRST SECOND: the addresses after it
replaced() {
  $ip address add $1 dev eth0
  code=0
  $ip address replace $2 dev eth0 || code=$?
  echo "replace $2 over $1: exit $code," $($ip -o address show dev eth0 scope global | grep -o 'inet6* [^ ]*')
  $ip address flush dev eth0 scope global
}
replaced 2001:db8::1/64 2001:db8::1/48
replaced 192.0.2.1/24 192.0.2.1/16
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
replace 2001:db8::1/48 over 2001:db8::1/64: exit 0, inet6 2001:db8::1/64
replace 192.0.2.1/16 over 192.0.2.1/24: exit 0, inet 192.0.2.1/24 inet 192.0.2.1/16
END
diff expected seen
