#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3), iputils 20221126 (3:20221126-1+deb12u1) on Linux 6.18 (seen); see tbf_enqueue in
# net/sched/sch_tbf.c.
#
# An interface is limited to 100 Mbit/s, `tc qdisc add dev eth0 root tbf rate 100mbit burst 1000 latency 50ms`: exit 0,
# no warning. The burst is taken for a matter of smoothness, and at an idle interface there is nothing to limit. But a
# packet longer than the bucket never finds tokens enough: pings of 900 bytes pass, of those of 1000 bytes none does,
# at any rate, and nothing is in the queue. It looks like an MTU that is too small on the path, without the error.
# `tc -s` counts them as dropped, with `overlimits 0`.
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
tc=tree/sbin/tc
# The far side is another network namespace, held by a process that waits.
unshare --net sleep 60 &
far=$!
trap 'kill $far' EXIT
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
there() { nsenter --net=/proc/$far/ns/net "$@"; }
$ip link add eth0 type veth peer name eth0 netns $far || { echo 'no veth here' >&2; exit 2; }
$ip address add 10.0.0.1/24 dev eth0
there $ip address add 10.0.0.2/24 dev eth0
$ip link set eth0 up
there $ip link set eth0 up
replies() { tree/bin/ping -c 5 -i 0.2 -W 1 -q -s $1 10.0.0.2 | grep -o '[0-9]* received' || true; }
until [ "$(replies 900)" = '5 received' ]; do :; done
said=$($tc qdisc add dev eth0 root tbf rate 100mbit burst 1000 latency 50ms 2>&1) ||
  { echo "no tbf here: $said" >&2; exit 2; }
echo "tc says: ${said:-nothing}"
for size in 900 1000; do echo "pings of $size bytes: $(replies $size)"; done
$tc -s qdisc show dev eth0 | grep -o 'overlimits [0-9]*'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
tc says: nothing
pings of 900 bytes: 5 received
pings of 1000 bytes: 0 received
overlimits 0
END
diff expected seen
