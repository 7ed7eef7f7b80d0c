#!/usr/bin/env bash
# Open vSwitch 3.1.0 (Debian 12, openvswitch-switch and openvswitch-common 3.1.0-2+deb12u1).
#
# `ovs-vsctl --may-exist add-port br0 p1 tag=20` is how scripts run twice: a port in VLAN 20, whether it is there or
# not. Of a port that is there the settings behind its name are passed over: it stays in VLAN 10, or in none, as it
# was, exit 0 and no word. ovs-vsctl(8) says that the command "does nothing" then. The first run
# made the port as written, so the script works until the number in it changes. `-- set port p1 tag=20` in the same
# command sets it in both cases.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download openvswitch-switch=3.1.0-2+deb12u1 openvswitch-common=3.1.0-2+deb12u1 libxdp1=1.3.1-1 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH PATH=$PATH:$PWD/tree/usr/bin:$PWD/tree/usr/sbin:$PWD/tree/usr/lib/openvswitch-switch
export OVS_RUNDIR=$PWD OVS_LOGDIR=$PWD OVS_DBDIR=$PWD OVS_SYSCONFDIR=$PWD
! ldd tree/usr/sbin/ovsdb-server tree/usr/lib/openvswitch-switch/ovs-vswitchd | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

cat >inside <<'END'
ovsdb-tool create conf.db tree/usr/share/openvswitch/vswitch.ovsschema
ovsdb-server conf.db --remote="punix:$PWD/db.sock" --unixctl="$PWD/db.ctl" --pidfile >db.log 2>&1 &
database=$!
switch=
trap 'kill $switch $database; wait $switch $database || :' EXIT
end=$((SECONDS + 20))
until [ -S db.sock ]; do [ "$SECONDS" -lt "$end" ] || { echo 'no ovsdb-server' >&2; exit 2; }; done
change() { ovs-vsctl --timeout=20 --db="unix:$PWD/db.sock" "$@" 2>/dev/null; }
change --no-wait init
# Ports without a link: what is asked is the switch's own decision.
ovs-vswitchd "unix:$PWD/db.sock" --unixctl="$PWD/switch.ctl" --pidfile --enable-dummy=override >switch.log 2>&1 &
switch=$!
change add-br br0 -- set bridge br0 datapath_type=dummy
add() {
  code=0
  ovs-vsctl --timeout=20 --db="unix:$PWD/db.sock" "$@" 2>said || code=$?
  echo "$*: exit $code, $(grep -vc 'default log directory' said) lines said, tag $(change get port p1 tag)"
}
add --may-exist add-port br0 p1 tag=10
add --may-exist add-port br0 p1 tag=20
change clear port p1 tag
add --may-exist add-port br0 p1 tag=20
add --may-exist add-port br0 p1 -- set port p1 tag=20
END
unshare --net bash -eu inside >seen || { status=$?; cat seen db.log switch.log >&2; exit "$status"; }
cat seen
cat >expected <<'END'
--may-exist add-port br0 p1 tag=10: exit 0, 0 lines said, tag 10
--may-exist add-port br0 p1 tag=20: exit 0, 0 lines said, tag 10
--may-exist add-port br0 p1 tag=20: exit 0, 0 lines said, tag []
--may-exist add-port br0 p1 -- set port p1 tag=20: exit 0, 0 lines said, tag 20
END
diff expected seen
