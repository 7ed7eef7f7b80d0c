#!/usr/bin/env bash
# iputils 20221126 (Debian 12, 3:20221126-1+deb12u1), iproute2 6.1.0 (6.1.0-3) on Linux 6.18 (seen); see
# ip_route_output_key_hash_rcu in net/ipv4/route.c.
#
# A host without a default route pings an address far from its own network: Network is unreachable. With `ping -I eth0`
# it is reachable, without any route: where a socket is bound to an interface and no route is found, the kernel of IPv4
# takes the destination for a neighbour there and asks for its MAC address. A test "by this uplink" so passes over an
# uplink that has no route, wherever the far side answers ARP for the address (its own, or by proxy); the programs
# that bind to no interface go on failing. `ip route get` with oif says the same, without a gateway. In IPv6 the
# interface stands for nothing: unreachable in both cases.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 iputils-ping=3:20221126-1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
ip=tree/bin/ip
ping=tree/bin/ping
# The far side is another network namespace, held by a process that waits.
unshare --net sleep 60 &
far=$!
trap 'kill $far' EXIT
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
$ip link add eth0 type veth peer name eth0 netns $far || { echo 'no veth here' >&2; exit 2; }
there() { nsenter --net=/proc/$far/ns/net "$@"; }
$ip address add 10.0.0.1/24 dev eth0
$ip address add 2001:db8::1/64 dev eth0 nodad
there $ip address add 10.0.0.2/24 dev eth0
there $ip address add 2001:db8::2/64 dev eth0 nodad
there $ip address add 203.0.113.9/32 dev eth0
there $ip address add 2001:db8:f::9/128 dev eth0 nodad
$ip link set eth0 up
there $ip link set eth0 up
until $ping -c 1 -W 1 -q 10.0.0.2 >/dev/null && $ping -c 1 -W 1 -q 2001:db8::2 >/dev/null; do :; done
end() { $ping -c 1 -W 2 "$@" 2>&1 | grep -oiE '(Network is )?unreachable|1 received|0 received' | head -n 1; }
for to in 203.0.113.9 2001:db8:f::9; do
  echo "$to: $(end $to), -I eth0: $(end -I eth0 $to)"
done
echo "route get oif eth0: $($ip route get 203.0.113.9 oif eth0 | head -n 1 | cut -d' ' -f1-3)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
203.0.113.9: Network is unreachable, -I eth0: 1 received
2001:db8:f::9: Network is unreachable, -I eth0: Network is unreachable
route get oif eth0: 203.0.113.9 dev eth0
END
diff expected seen
