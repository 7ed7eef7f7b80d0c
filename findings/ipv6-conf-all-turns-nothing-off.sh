#!/usr/bin/env bash
# Linux 6.18 (seen), with iproute2 6.1.0 (Debian 12, 6.1.0-3); read: ipv6_accept_ra in include/net/ipv6.h, which asks the
# interface's own setting alone.
#
# Many of net.ipv4.conf.all.* count for every interface together with its own setting. Of net.ipv6.conf.all.* a few do
# so or are handed on (forwarding, disable_ipv6 and some more); accept_ra and autoconf of `all` are numbers that nothing
# reads. With net.ipv6.conf.all.accept_ra=0, as many lists for hardening have it, an interface that is there still takes
# its address and its default route from a router's advertisement. `default` counts for interfaces made later; one that
# is there needs its own name.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >advertise <<'END'
import socket, struct, sys
# A router's advertisement (RFC 4861): lifetime 1800 s and the prefix 2001:db8:1::/64 for addresses made by oneself.
prefix = struct.pack("!BBBBIII16s", 3, 4, 64, 0xC0, 3600, 1800, 0, socket.inet_pton(socket.AF_INET6, "2001:db8:1::"))
advertisement = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0) + prefix
wire = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
wire.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
wire.sendto(advertisement, ("ff02::1", 0, 0, socket.if_nametoindex("router0")))
END
cat >inside <<'END'
ip=tree/bin/ip conf=/proc/sys/net/ipv6/conf
[ -d $conf ] || { echo 'no IPv6 here' >&2; exit 2; }
$ip link add name host0 type veth peer name router0
for name in host0 router0; do echo 0 >$conf/$name/accept_dad; done
[ -z "$1" ] || echo 0 >$conf/$1
$ip link set dev router0 up
$ip link set dev host0 up
python3 advertise
heard() { grep -q '^Icmp6InRouterAdvertisements[[:space:]]*1$' /proc/net/dev_snmp6/host0; }
for _ in $(seq 50); do heard && break; sleep 0.1; done
heard || { echo 'the advertisement did not arrive' >&2; exit 2; }
echo "${1:+0 in }${1:-as the kernel has it}: $($ip -6 addr show dev host0 | grep -c 2001:db8:1:) address, \
$($ip -6 route show default dev host0 | grep -c default) default route"
END
for name in '' all/accept_ra host0/accept_ra all/autoconf host0/autoconf; do
  unshare --net bash -u inside "$name" || exit $?
done >seen
cat seen
cat >expected <<'END'
as the kernel has it: 1 address, 1 default route
0 in all/accept_ra: 1 address, 1 default route
0 in host0/accept_ra: 0 address, 0 default route
0 in all/autoconf: 1 address, 1 default route
0 in host0/autoconf: 0 address, 1 default route
END
diff expected seen
