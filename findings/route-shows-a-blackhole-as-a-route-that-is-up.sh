#!/usr/bin/env bash
# net-tools 2.10 (Debian 12, 2.10-0.1+deb12u2) and iproute2 6.1.0 (6.1.0-3) on Linux 6.18 (seen); read: fib_flag_trans
# in net/ipv4/fib_trie.c.
#
# /proc/net/route, which `route -n` and `netstat -rn` print, marks a route of type unreachable or prohibit as one that
# refuses (RTF_REJECT, `!`). A blackhole, which refuses as well, has the mark of an ordinary route (`U`), gateway
# 0.0.0.0 and interface `*`: it reads as a destination at hand. Of IPv6 (/proc/net/ipv6_route) all three are marked. Of a
# route of several gateways the file has the first alone, without a sign that there are others.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download net-tools=2.10-0.1+deb12u2 iproute2=6.1.0-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
ip=tree/bin/ip
$ip link add name eth0 type veth peer name eth1
$ip link set dev eth1 up
$ip address add 192.0.2.1/24 dev eth0
$ip link set dev eth0 up
number=0
for type in unreachable prohibit blackhole; do
  $ip route add $type 198.51.100.$number/32
  $ip -6 route add $type 2001:db8::$number/128
  number=$((number + 1))
done
$ip route add 203.0.113.0/24 nexthop via 192.0.2.2 nexthop via 192.0.2.3 || { echo 'no such routes here' >&2; exit 2; }
tree/sbin/route -n | awk '/^(198|203)/ { print $1, $2, $4, $NF }'
tree/sbin/route -6 -n | awk '/^2001/ { print $1, substr($3, 1, 1), $NF }'
for last in 0 1 2; do
  echo "198.51.100.$last: $($ip route get 198.51.100.$last 2>&1 | sed 's/.*answers: //')"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
198.51.100.0 - !H -
198.51.100.1 - !H -
198.51.100.2 0.0.0.0 UH *
203.0.113.0 192.0.2.2 UG eth0
2001:db8::/128 ! lo
2001:db8::1/128 ! lo
2001:db8::2/128 ! lo
198.51.100.0: No route to host
198.51.100.1: Permission denied
198.51.100.2: Invalid argument
END
diff expected seen
