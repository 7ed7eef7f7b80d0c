#!/usr/bin/env bash
# Open vSwitch 3.1.0 (Debian 12, openvswitch-switch and openvswitch-common 3.1.0-2+deb12u1).
#
# A flow that drops telnet, `ovs-ofctl add-flow br0 "tp_dst=23,actions=drop"`, drops every packet of the switch, ARP
# too. A port is a field of TCP or UDP, an address (`nw_dst=10.0.0.9`) one of IP, and where the match does not say
# which (`tcp,tp_dst=23`, `ip,nw_dst=10.0.0.9`), the field is taken out of it and the rest is loaded: here nothing,
# which is every packet. Exit 0; stderr has a line of level INFO, "normalization changed ofp_match". In the same way
# `del-flows br0 "ip,tp_dst=23"` deletes all flows of IP, those for ping and for SSH with them.
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
change add-br br0 -- set bridge br0 datapath_type=dummy fail_mode=secure
loaded() { ovs-ofctl --no-stats dump-flows "$PWD/br0.mgmt" | sed -n 's/^ *\(.*[^ ]\) actions=.*/\1/p'; }
flow() {
  ovs-ofctl del-flows "$PWD/br0.mgmt"
  code=0
  ovs-ofctl add-flow "$PWD/br0.mgmt" "priority=9,$1,actions=drop" 2>said || code=$?
  echo "$1: exit $code, $(grep -c 'INFO|normalization changed' said || :) INFO, loaded: $(loaded)"
}
flow tp_dst=23
flow nw_dst=10.0.0.9
flow ip,tp_dst=23
flow tcp,tp_dst=23
flow ip,nw_dst=10.0.0.9
ovs-ofctl del-flows "$PWD/br0.mgmt"
for match in icmp tcp,tp_dst=22 tcp,tp_dst=23 arp; do
  ovs-ofctl add-flow "$PWD/br0.mgmt" "$match,actions=normal"
done
ovs-ofctl del-flows "$PWD/br0.mgmt" ip,tp_dst=23 2>/dev/null
echo "of four flows behind del-flows ip,tp_dst=23: $(loaded)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen db.log switch.log >&2; exit "$status"; }
cat seen
cat >expected <<'END'
tp_dst=23: exit 0, 1 INFO, loaded: priority=9
nw_dst=10.0.0.9: exit 0, 1 INFO, loaded: priority=9
ip,tp_dst=23: exit 0, 1 INFO, loaded: priority=9,ip
tcp,tp_dst=23: exit 0, 0 INFO, loaded: priority=9,tcp,tp_dst=23
ip,nw_dst=10.0.0.9: exit 0, 0 INFO, loaded: priority=9,ip,nw_dst=10.0.0.9
of four flows behind del-flows ip,tp_dst=23: arp
END
diff expected seen
