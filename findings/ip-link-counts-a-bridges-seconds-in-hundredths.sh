#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); bridge-utils 1.7.1 (1.7.1-1) beside it.
#
# ip-link(8): ageing_time is "the number of seconds a MAC address will be kept", forward_delay is "in seconds", between
# 2 and 30. Both go to the kernel as they are, in hundredths of a second. `ip link set br0 type bridge ageing_time 300`,
# the five minutes of the standard, keeps a MAC address for three seconds, and the bridge floods what it has learned
# for. `brctl setageing br0 300` takes seconds. forward_delay 15, the standard's, is refused with STP on, and without
# STP it is taken as 0.15 s.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 bridge-utils=1.7.1-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

zcat tree/usr/share/man/man8/ip-link.8.gz | tr '\n' ' ' |
  grep -o 'number of seconds a MAC address\|forwarding delay in seconds' >seen
cat >frame.py <<'END'
import socket
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
    link.bind(("host", 0))
    link.send(b"\xff" * 6 + bytes.fromhex("020000000001") + b"\x88\xb5" + bytes(50))
END
cat >inside <<'END'
export PATH=$PWD/tree/bin:$PWD/tree/sbin:$PATH
mount -t sysfs sysfs /sys
ip link add br0 type bridge || { echo 'no bridges here' >&2; exit 2; }
ip link add port type veth peer name host
ip link set port master br0 up
ip link set host up
ip link set br0 up
# kept: how long the bridge keeps the address of a frame, in whole seconds up to 8
kept() {
  /usr/bin/python3 -I frame.py
  begin=$EPOCHREALTIME
  passed() { echo $(((${EPOCHREALTIME/./} - ${begin/./}) / 1000000)); }
  while bridge fdb show br br0 | grep -q '^02:00:00:00:00:01 ' && [ "$(passed)" -lt 8 ]; do :; done
  [ "$(passed)" -lt 8 ] && echo 'for less than 8 s' || echo 'for 8 s and more'
}
ip link set br0 type bridge ageing_time 300
echo "ip, ageing_time 300: brctl says $(brctl showstp br0 | awk '/ageing time/ { print $3 }') s, kept $(kept)"
brctl setageing br0 300
echo "brctl, setageing 300: ip says $(ip -d link show br0 | sed -n 's/.* ageing_time \([0-9]*\).*/\1/p'), kept $(kept)"
for stp in 0 1; do
  ip link set br0 type bridge stp_state $stp
  code=0
  ip link set br0 type bridge forward_delay 15 2>/dev/null || code=$?
  echo "ip, forward_delay 15, STP $stp: exit $code"
done
END
unshare --net --mount --propagation private bash -eu inside >>seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
number of seconds a MAC address
forwarding delay in seconds
ip, ageing_time 300: brctl says 3.00 s, kept for less than 8 s
brctl, setageing 300: ip says 30000, kept for 8 s and more
ip, forward_delay 15, STP 0: exit 0
ip, forward_delay 15, STP 1: exit 2
END
diff expected seen
