#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see fib_table_insert in net/ipv4/fib_trie.c and
# fib6_add_rt2node in net/ipv6/ip6_fib.c.
#
# `ip route add PREFIX via A` and `ip route append PREFIX via B`, the same metric: a second gateway for the prefix. In
# IPv6 that is a route with two next hops, and destinations are shared between them. In IPv4 it is a second route that
# is listed beside the first and carries nothing: the first found wins, and no destination goes by B. The same two
# commands give the two families different networks, and `ip route` of IPv4 looks like the load were shared.
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
# shared FAMILY PREFIX HOST DESTINATION: by which gateways packets to 64 addresses go
shared() {
  $ip $1 route add $2 via ${3}2
  $ip $1 route append $2 via ${3}3
  echo "listed: $($ip $1 route show $2 | grep -c 'via ') gateways in $($ip $1 route show $2 | grep -c "^$2") route(s)"
  for n in $(seq 64); do $ip $1 route get $4$n | grep -o 'via [^ ]*'; done | sort -u | tr '\n' ' '
  echo
}
shared -4 10.9.0.0/16 10.0.0. 10.9.0.
shared -6 2001:db8:9::/48 2001:db8:: 2001:db8:9::
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
listed: 2 gateways in 2 route(s)
via 10.0.0.2 
listed: 2 gateways in 1 route(s)
via 2001:db8::2 via 2001:db8::3 
END
diff expected seen
