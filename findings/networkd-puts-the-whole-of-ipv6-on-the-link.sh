#!/usr/bin/env bash
# systemd 252 (Debian 12, systemd and libsystemd-shared 252.39-1~deb12u2), its systemd-networkd; iproute2 6.1.0
# (6.1.0-3) on Linux 6.18 (seen).
#
# `Address=2001:db8::1` without a length, in a .network file: `ip address add` would make /128 of it. networkd makes
# 2001:db8::1/0: the kernel then has a default route to the interface itself, of metric 256, before the router's of
# 1024, and asks on the link for the MAC address of each host of the Internet: IPv6 is dead. IPv4 gets the
# mask of its class, as before CIDR: 10.0.0.1/8; and `Peer=10.1.0.2` of a host route on a tunnel gets /8 as well. The
# log has a line for each, which says that the "behavior [...] will be changed in the future release", not what it is.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download systemd=252.39-1~deb12u2 libsystemd-shared=252.39-1~deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/lib/*-linux-gnu/systemd):$(echo "$PWD"/tree/usr/lib/*-linux-gnu/systemd)
export LD_LIBRARY_PATH
networkd=$PWD/tree/lib/systemd/systemd-networkd
! ldd "$networkd" | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >inside <<'END'
networkd=$1
# The user that networkd becomes; no udev, as in a container (/sys read-only); files of its own.
printf '%s\n' root:x:0:0::/: systemd-network:x:998:998::/: >passwd
printf '%s\n' root:x:0: systemd-network:x:998: >group
mount --bind passwd /etc/passwd
mount --bind group /etc/group
mount -t sysfs -o ro sysfs /sys
mount -t tmpfs none /run
mkdir -p etc /run/systemd/network /run/systemd/netif
[ ! -d /etc/systemd/network ] || mount --bind etc /etc/systemd/network
chown 998:998 /run/systemd/netif
cat >/run/systemd/network/10.network <<'IN'
[Match]
Name=eth0
[Network]
LinkLocalAddressing=no
IPv6AcceptRA=no
Address=2001:db8::1
Address=10.0.0.1
[Route]
Gateway=fe80::fe
[Address]
Address=10.1.0.1
Peer=10.1.0.2
IN
ip link add eth0 type veth peer name far
ip link set far up
"$networkd" 2>log &
daemon=$!
trap 'kill $daemon; wait $daemon || :' EXIT
end=$((SECONDS + 20))
until ip -6 route | grep -q via && [ "$(ip -br -4 address show dev eth0 | grep -o '/' | wc -l)" = 2 ]; do
  [ "$SECONDS" -lt "$end" ] || { cat log >&2; exit 2; }
done
ip -o address show dev eth0 | awk '{ $1 = $2 = ""; print $3, $4, $5, $6 }' | sed 's/ \(brd\|scope\) .*//' | sort
ip -6 route show default | sed 's/ pref.*//; s/ linkdown//; s/ *$//'
ip -6 route get 2001:4860::1 | sed 's/ from .* dev/ dev/; s/ pref.*//'
grep -o 'behavior of parsing .* in the future release' log | sort -u
END
unshare --net --mount --propagation private bash -eu inside "$networkd" >seen || exit
cat seen
cat >expected <<'END'
inet 10.0.0.1/8
inet 10.1.0.1 peer 10.1.0.2/8
inet6 2001:db8::1/0
default dev eth0 proto kernel metric 256
default via fe80::fe dev eth0 proto static metric 1024
2001:4860::1 dev eth0 proto kernel metric 256
behavior of parsing addresses without prefix length will be changed in the future release
END
diff expected seen
