#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: tcf_auto_prio in net/sched/cls_api.c.
#
# `tc filter add` without `prio`: one filter for ping, then one for the rest, each into a class of its own, as rules
# of a firewall would be written. All goes to the class of the rest. The kernel gives the first filter preference
# 49152 and each further one the least in use less one, and asks the lowest first: the last filter added is the first
# asked. `tc filter show` prints them in the order in which they are asked, with `pref`. With `prio 1` and `prio 2`, or
# with both filters under one `prio` (u32 keeps their order), ping is in its class.
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
# filters FIRST SECOND: the words before `u32`; how many packets of three pings are in either class
filters() {
  $tc filter add dev lo parent 1: protocol ip $1 u32 match ip protocol 1 0xff flowid 1:10
  $tc filter add dev lo parent 1: protocol ip $2 u32 match u32 0 0 flowid 1:20
  ping=$(sent 1:10) rest=$(sent 1:20)
  ping -n -q -c 3 -i 0.2 127.0.0.1 >/dev/null
  preferences=$($tc filter show dev lo parent 1: | sed -n 's/.*pref \([0-9]*\) .*flowid \([0-9:]*\).*/\1 to \2/p' |
    paste -sd, | sed 's/,/, /')
  echo "'$1' and '$2': $(($(sent 1:10) - ping)) as ping, $(($(sent 1:20) - rest)) as the rest (pref $preferences)"
  $tc filter del dev lo parent 1:
}
filters '' ''
filters 'prio 1' 'prio 2'
filters 'prio 5' 'prio 5'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' "'' and '': 0 as ping, 6 as the rest (pref 49151 to 1:20, 49152 to 1:10)" \
  "'prio 1' and 'prio 2': 6 as ping, 0 as the rest (pref 1 to 1:10, 2 to 1:20)" \
  "'prio 5' and 'prio 5': 6 as ping, 0 as the rest (pref 5 to 1:10, 5 to 1:20)" | diff - seen
