#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen).
#
# u32 filters are told apart by their handle alone, the conditions in a command name nothing. `tc filter replace`
# with the very conditions of a filter and another class adds a second filter behind it, exit 0: the old one is asked
# first, so the traffic stays in the old class, and each run of a script leaves one more. `tc filter del` with the
# conditions of one filter does not look at them: every filter of that preference is gone, exit 0. With the handle
# that `tc filter show` prints (`handle 800::800 u32`) both mean the one.
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
tc=tree/sbin/tc
ip link set lo up
$tc qdisc add dev lo root handle 1: htb 2>/dev/null || { echo 'no htb here' >&2; exit 2; }
for class in 1:10 1:20; do $tc class add dev lo parent 1: classid $class htb rate 1gbit quantum 60000; done
sent() { $tc -s class show dev lo | grep -A 1 "htb $1" | sed -n 's/.* \([0-9]*\) pkt.*/\1/p'; }
at='dev lo parent 1: protocol ip prio 1'
ping='match ip protocol 1 0xff' udp='match ip protocol 17 0xff'
# after WORD...: what the command leaves, and where the packets of a ping go
after() {
  code=0
  $tc filter "$1" $at ${@:2} || code=$?
  old=$(sent 1:10) new=$(sent 1:20)
  ping -n -q -c 1 127.0.0.1 >/dev/null
  echo "$*: exit $code, filters to:" $($tc filter show dev lo parent 1: | sed -n 's/.*flowid \([0-9:]*\).*/\1/p') \
    "- $(($(sent 1:10) - old)) in 1:10, $(($(sent 1:20) - new)) in 1:20"
}
$tc filter add $at u32 $ping flowid 1:10
after replace u32 $ping flowid 1:20
$tc filter del dev lo parent 1:
$tc filter add $at u32 $ping flowid 1:10
after replace handle 800::800 u32 $ping flowid 1:20
$tc filter add $at u32 $udp flowid 1:10
after del u32 $udp flowid 1:10
$tc filter add $at u32 $ping flowid 1:20
$tc filter add $at u32 $udp flowid 1:10
after del handle 800::801 u32
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
replace u32 match ip protocol 1 0xff flowid 1:20: exit 0, filters to: 1:10 1:20 - 2 in 1:10, 0 in 1:20
replace handle 800::800 u32 match ip protocol 1 0xff flowid 1:20: exit 0, filters to: 1:20 - 0 in 1:10, 2 in 1:20
del u32 match ip protocol 17 0xff flowid 1:10: exit 0, filters to: - 0 in 1:10, 0 in 1:20
del handle 800::801 u32: exit 0, filters to: 1:20 - 0 in 1:10, 2 in 1:20
END
diff expected seen
