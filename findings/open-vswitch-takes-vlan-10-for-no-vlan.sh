#!/usr/bin/env bash
# Open vSwitch 3.1.0 (Debian 12, openvswitch-switch and openvswitch-common 3.1.0-2+deb12u1).
#
# A flow for VLAN 10 is written `vlan_vid=10,actions=output:2`, after the field's name in OpenFlow. Exit 0, no warning.
# It takes the packets that have no tag at all, and none of VLAN 10: the field has 13 bits, of which the highest says
# that there is a tag, and without it no tag is what is asked for, whatever the other bits are. `dump-flows` shows it
# as `vlan_tci=0x0000`. So a port's VLAN is shut out, and what has no tag is let through to it. `vlan_vid=0x100a` and
# the older name, `dl_vlan=10`, mean VLAN 10. With -O OpenFlow13 the same flow takes no packet at all.
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
change add-br br0 -- set bridge br0 datapath_type=dummy fail_mode=secure protocols=OpenFlow10,OpenFlow13
change add-port br0 p1 -- set interface p1 ofport_request=1 -- add-port br0 p2 -- set interface p2 ofport_request=2
# decides PACKET: the ports that the switch sends it to
decides() {
  ovs-appctl -t "$PWD/switch.ctl" ofproto/trace br0 \
    "in_port=1,dl_src=02:00:00:00:00:01,dl_dst=02:00:00:00:00:02,$1" | sed -n 's/^Datapath actions: //p'
}
# flow VERSION MATCH
flow() {
  ovs-ofctl -O "$1" del-flows "$PWD/br0.mgmt"
  ovs-ofctl -O "$1" add-flow "$PWD/br0.mgmt" "$2,actions=output:2"
  shown=$(ovs-ofctl -O "$1" --no-stats dump-flows "$PWD/br0.mgmt" | sed -n 's/^ *\(.*\) actions=.*/\1/p')
  echo "$1 $2: shown as $shown; no tag: $(decides dl_type=0x800); VLAN 10: $(decides dl_vlan=10,dl_type=0x800)"
}
for version in OpenFlow10 OpenFlow13; do
  flow $version vlan_vid=10
  flow $version vlan_vid=0x100a
  flow $version dl_vlan=10
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen db.log switch.log >&2; exit "$status"; }
cat seen
cat >expected <<'END'
OpenFlow10 vlan_vid=10: shown as vlan_tci=0x0000; no tag: 2; VLAN 10: drop
OpenFlow10 vlan_vid=0x100a: shown as dl_vlan=10; no tag: drop; VLAN 10: 2
OpenFlow10 dl_vlan=10: shown as dl_vlan=10; no tag: drop; VLAN 10: 2
OpenFlow13 vlan_vid=10: shown as vlan_tci=0x000a/0x1fff; no tag: drop; VLAN 10: drop
OpenFlow13 vlan_vid=0x100a: shown as dl_vlan=10; no tag: drop; VLAN 10: 2
OpenFlow13 dl_vlan=10: shown as dl_vlan=10; no tag: drop; VLAN 10: 2
END
diff expected seen
