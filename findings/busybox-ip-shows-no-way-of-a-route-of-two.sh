#!/usr/bin/env bash
# busybox 1.35.0 (Debian 12, 1:1.35.0-4+deb12u1+b1) and iproute2 6.1.0 (6.1.0-3) on Linux 6.18 (seen).
#
# busybox's ip, which is all that many containers have, prints nothing of the gateways of a route that shares its load
# (RTA_MULTIPATH): `default ` and the end of the line, where iproute2 lists both. It reads as a default route that leads
# nowhere, while packets leave by it; `ip route get` of the same busybox names one of the gateways.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download busybox=1:1.35.0-4+deb12u1+b1 iproute2=6.1.0-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
ip=tree/bin/ip busybox=tree/bin/busybox
$ip link add name eth0 type veth peer name eth1
$ip link set dev eth1 up
$ip address add 192.0.2.1/24 dev eth0
$ip link set dev eth0 up
$ip route add default nexthop via 192.0.2.2 nexthop via 192.0.2.3 || { echo 'no such routes here' >&2; exit 2; }
show() { sed 's/^[[:space:]]*/  /; s/[[:space:]]*$/|/'; }
echo 'iproute2:'; $ip route show default | show
echo 'busybox:'; $busybox ip route | grep default | show
echo "busybox, asked for the way: $($busybox ip route get 203.0.113.1 | grep -c 'via 192.0.2.[23] dev eth0')"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
iproute2:
  default|
  nexthop via 192.0.2.2 dev eth0 weight 1|
  nexthop via 192.0.2.3 dev eth0 weight 1|
busybox:
  default|
busybox, asked for the way: 1
END
diff expected seen
