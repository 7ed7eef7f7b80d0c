#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see addrconf_notify and addrconf_ifdown in
# net/ipv6/addrconf.c.
#
# `ip link set eth0 mtu 1279`, a test of what a path does to small packets, and back to 1500. That IPv6 rests meanwhile
# is known: it needs 1280. What is back with 1500 is the link-local address alone. The other addresses and the routes are
# gone, also with keep_addr_on_down, which keeps them over `down` and `up`; and so is everything that was set for the
# interface: the kernel has removed its directory in /proc/sys/net/ipv6/conf and makes a new one from `default`. So
# accept_ra is 1 again where it was 0, and forwarding and disable_ipv6 are whatever `default` has: an interface on which
# IPv6 was switched off has it again. sysctl.d is not read again for it. IPv4 keeps its addresses and settings.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
[ -d /proc/sys/net/ipv6 ] || { echo 'no IPv6 here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >inside <<'END'
ip=tree/bin/ip
for link in eth0 off0; do
  $ip link add $link type veth peer name to-$link || { echo 'no links here' >&2; exit 2; }
  $ip link set to-$link up
  $ip link set $link up
done
conf() { echo /proc/sys/net/$1/conf/$2; }
echo 0 >$(conf ipv6 eth0)/accept_ra
echo 1 >$(conf ipv6 eth0)/keep_addr_on_down
echo 1 >$(conf ipv6 off0)/disable_ipv6
echo 1 >$(conf ipv4 eth0)/proxy_arp
$ip address add 10.0.0.1/24 dev eth0
$ip address add 2001:db8::1/64 dev eth0 nodad
# has WHEN: what there is, once the link-local address is
has() {
  until $ip -6 address show dev eth0 | grep -q fe80; do :; done
  echo "$1: 2001:db8::1 $($ip -6 address show dev eth0 | grep -c 2001:db8::1 || :)," \
    "accept_ra $(cat $(conf ipv6 eth0)/accept_ra), disable_ipv6 of off0 $(cat $(conf ipv6 off0)/disable_ipv6);" \
    "10.0.0.1 $($ip -4 address show dev eth0 | grep -c 10.0.0.1 || :), proxy_arp $(cat $(conf ipv4 eth0)/proxy_arp)"
}
has 'before'
for link in eth0 off0; do $ip link set $link down; $ip link set $link up; done
has 'down and up'
for link in eth0 off0; do $ip link set $link mtu 1279; done
[ -d $(conf ipv6 eth0) ] && echo 'the directory is there' || echo 'at 1279 the directory is gone'
for link in eth0 off0; do $ip link set $link mtu 1500; done
has 'back at 1500'
END
timeout 60 unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
before: 2001:db8::1 1, accept_ra 0, disable_ipv6 of off0 1; 10.0.0.1 1, proxy_arp 1
down and up: 2001:db8::1 1, accept_ra 0, disable_ipv6 of off0 1; 10.0.0.1 1, proxy_arp 1
at 1279 the directory is gone
back at 1500: 2001:db8::1 0, accept_ra 1, disable_ipv6 of off0 0; 10.0.0.1 1, proxy_arp 1
END
diff expected seen
