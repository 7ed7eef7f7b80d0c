#!/usr/bin/env bash
# keepalived 2.2.7 (Debian 12, 1:2.2.7-1+b2, with libnl-3-200 and libnl-genl-3-200 3.7.0-0.2+b1, libsnmp40
# 5.9.3+dfsg-2+deb12u1) on Linux 6.18 (seen), VRRP version 2, which is its default.
#
# Two routers share 192.0.2.100. A second address is added on the master first and keepalived told to read its file
# again, the backup is to follow: a careful change, in which the master goes on as master. The backup drops each
# advertisement whose number of addresses is not its own ("received an unexpected ip number count 2, expected 1"), so
# it hears no master, and takes the old address as well: both have it, until the second file is changed too. The same
# if the backup is changed first. The order of the addresses is free: with the same two in another order it steps back.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download keepalived=1:2.2.7-1+b2 libnl-3-200=3.7.0-0.2+b1 libnl-genl-3-200=3.7.0-0.2+b1 \
  libsnmp40=5.9.3+dfsg-2+deb12u1 libpci3=1:3.9.0-4 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/lib/*-linux-gnu):$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
! ldd tree/usr/sbin/keepalived | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >inside <<'END'
ip link set lo up
unshare --net sleep infinity &
other=$!
one= two=
trap 'kill $other $one $two; wait $other $one $two || :' EXIT
end=$((SECONDS + 90))
await() { until "$@"; do [ "$SECONDS" -lt "$end" ] || { cat ./*.log >&2; exit 2; }; done; }
apart() { [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
await apart
on_other() { nsenter --target $other --net "$@"; }
ip link add eth0 type veth peer name eth0 netns $other
ip address add 192.0.2.1/24 dev eth0
on_other ip address add 192.0.2.2/24 dev eth0
ip link set eth0 up
on_other ip link set eth0 up
on_other ip link set lo up
# file NAME PRIORITY ADDRESS...
file() {
  printf '%s\n' "vrrp_instance V { state BACKUP" "interface eth0" "virtual_router_id 5" "priority $2" "advert_int 1" \
    'virtual_ipaddress {' "${@:3}" '}' '}' >"$1.conf"
}
starts() {
  # -P: VRRP alone
  exec "$PWD/tree/usr/sbin/keepalived" -n -l -D -P -f "$PWD/$1.conf" -p "$PWD/$1.pid" -r "$PWD/$1.vrrp" >"$1.log" 2>&1
}
has() { ip -o -4 address show dev eth0 | grep -q "$1/"; }
other_has() { on_other ip -o -4 address show dev eth0 | grep -q "$1/"; }
holders() {
  echo "$1: 192.0.2.100 is on the$(has 192.0.2.100 && echo ' master')$(other_has 192.0.2.100 && echo ' backup')"
}
file master 150 192.0.2.100
file backup 100 192.0.2.100
starts master &
one=$!
await has 192.0.2.100
nsenter --target $other --net bash -c "$(declare -f starts); starts backup" &
two=$!
heard() { grep -qs 'Entering BACKUP STATE' backup.log; }
await heard
holders 'one address each'
file master 150 192.0.2.100 192.0.2.101
kill -HUP $one
await has 192.0.2.101
await other_has 192.0.2.100
holders 'two on the master'
grep -o 'received an unexpected.*' backup.log | sort -u
file backup 100 192.0.2.101 192.0.2.100
kill -HUP $two
steps_back() { ! other_has 192.0.2.100; }
await steps_back
holders 'the same two on the backup'
file backup 100 192.0.2.101 192.0.2.100 192.0.2.102
kill -HUP $two
await other_has 192.0.2.102
holders 'three on the backup'
END
unshare --net --pid --fork --mount-proc bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
one address each: 192.0.2.100 is on the master
two on the master: 192.0.2.100 is on the master backup
received an unexpected ip number count 2, expected 1!
the same two on the backup: 192.0.2.100 is on the master
three on the backup: 192.0.2.100 is on the master backup
END
diff expected seen
