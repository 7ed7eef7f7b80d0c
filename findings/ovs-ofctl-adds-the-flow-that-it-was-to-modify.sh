#!/usr/bin/env bash
# Open vSwitch 3.1.0 (Debian 12, openvswitch-switch and openvswitch-common 3.1.0-2+deb12u1).
#
# `ovs-ofctl mod-flows` changes the actions of flows that are there. Where none is, after a typing error in the match
# or when the flow has timed out, it adds one: exit 0, no word, and beside the flow that was meant there is another
# for a port that nobody has. So it is by default, in OpenFlow 1.0, where a MODIFY that finds nothing acts as an ADD;
# with -O OpenFlow13 the same command changes nothing, with exit 0 too. A script that relies on either has to name the
# version of OpenFlow.
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
for version in default OpenFlow13; do
  control() {
    if [ "$version" = default ]; then ovs-ofctl "$@"; else ovs-ofctl -O "$version" "$@"; fi
  }
  control del-flows "$PWD/br0.mgmt"
  control add-flow "$PWD/br0.mgmt" 'tcp,tp_dst=8080,actions=drop'
  code=0
  control mod-flows "$PWD/br0.mgmt" 'tcp,tp_dst=8008,actions=normal' 2>said || code=$?
  echo "$version: exit $code, $(wc -l <said) lines said"
  control --no-stats dump-flows "$PWD/br0.mgmt" | sed -n 's/^ *\(.*actions=.*\)/\1/p' | sort
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen db.log switch.log >&2; exit "$status"; }
cat seen
cat >expected <<'END'
default: exit 0, 0 lines said
tcp,tp_dst=8008 actions=NORMAL
tcp,tp_dst=8080 actions=drop
OpenFlow13: exit 0, 0 lines said
tcp,tp_dst=8080 actions=drop
END
diff expected seen
