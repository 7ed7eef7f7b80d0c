#!/usr/bin/env bash
# snmpd 5.9.3 (Debian 12, 5.9.3+dfsg-2+deb12u1), snmpwalk of the same source to ask; Linux 6.
#
# The tables of routes that management stations read have a type for each route: reject for one that drops with an
# ICMP error, local for a network at an interface of its own, remote for one behind a gateway (ipCidrRouteType of
# RFC 2096), and RFC 4292 added blackhole for one that drops without a word (inetCidrRouteType). snmpd knows two of
# them in IPv4: with a gateway a route is remote, without one local. So routes of the types blackhole, unreachable
# and prohibit are local, active ones, at the interface number 0, which is none; /proc/net/route, where it reads
# them, marks unreachable and prohibit (flag 0x200), and leaves the three without an interface. In IPv6, where the
# kernel puts such routes on lo, the table has none of them: 2001:db8:1::/48 is not there at all.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download snmpd=5.9.3+dfsg-2+deb12u1 snmp=5.9.3+dfsg-2+deb12u1 libsnmp40=5.9.3+dfsg-2+deb12u1 \
  libsensors5=1:3.6.0-7.1 libpci3=1:3.9.0-4 libwrap0=7.6.q-32 libnl-3-200=3.7.0-0.2+b1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu):$(echo "$PWD"/tree/lib/*-linux-gnu)
for program in tree/usr/sbin/snmpd tree/usr/bin/snmpwalk; do
  ! LD_LIBRARY_PATH=$LD_LIBRARY_PATH ldd "$program" | grep -q 'not found' ||
    { echo 'libraries are lacking' >&2; exit 2; }
done

cat >conf <<'END'
agentaddress udp:127.0.0.1:1161
rocommunity public 127.0.0.1
END
mkdir kept
cat >inside <<'END'
ip link set lo up
ip link add wire type veth peer name far
ip link set wire up
ip link set far up
ip address add 10.0.0.1/24 dev wire
ip address add 2001:db8::1/64 dev wire nodad
ip route add 10.71.0.0/16 via 10.0.0.254
ip route add blackhole 10.72.0.0/16
ip route add unreachable 10.73.0.0/16
ip route add prohibit 10.74.0.0/16
ip -6 route add 2001:db8:7::/48 via 2001:db8::2
ip -6 route add blackhole 2001:db8:1::/48
ip -6 route add unreachable 2001:db8:2::/48
awk 'NR > 1 && $2 != "0000000A" { print "kernel, IPv4: to " $2 ", at " $1 ", flags " $4 }' /proc/net/route | sort
awk '$1 ~ /^20010db8000[127]/ { print "kernel, IPv6: to " $1 ", at " $NF }' /proc/net/ipv6_route | sort
export LD_LIBRARY_PATH=$1 SNMP_PERSISTENT_DIR=$PWD/kept MIBS=
tree/usr/sbin/snmpd -f -C -c conf -Lf log -I -smux &
server=$!
trap 'kill $server; wait $server || :' EXIT
walk() { tree/usr/bin/snmpwalk -Oqn -v2c -c public -t 2 -r 0 udp:127.0.0.1:1161 ".1.3.6.1.2.1.4.24.$1"; }
tries=0
until walk 3 >first 2>&1; do kill -0 $server; [ $((tries += 1)) -lt 30 ]; sleep 0.2; done
column() { walk "$1" | sed -nE "s/^\.1\.3\.6\.1\.2\.1\.4\.24\.$1\.$2/\1/p" | sed "s/^/$3: /"; }
column 4.1.6 '(10\.7[1-4])\.\S+' 'ipCidrRouteType'
column 7.1.8 '1\.4\.(10\.7[1-4])\.\S+' 'inetCidrRouteType'
column 7.1.17 '1\.4\.(10\.7[1-4])\.\S+' 'inetCidrRouteStatus'
column 7.1.7 '1\.4\.(10\.7[2-4])\.\S+' 'inetCidrRouteIfIndex'
column 7.1.8 '2\.16\.(32\.1\.13\.184\.0\.[127])\.\S+' 'inetCidrRouteType'
END
unshare --net timeout 60 bash -eu inside "$LD_LIBRARY_PATH" >seen || { cat seen log; exit 1; }
cat seen
echo 'types: 2 reject, 3 local, 4 remote, 5 blackhole; status: 1 active'
cat >expected <<'END'
kernel, IPv4: to 0000470A, at wire, flags 0003
kernel, IPv4: to 0000480A, at *, flags 0001
kernel, IPv4: to 0000490A, at *, flags 0201
kernel, IPv4: to 00004A0A, at *, flags 0201
kernel, IPv6: to 20010db8000100000000000000000000, at lo
kernel, IPv6: to 20010db8000200000000000000000000, at lo
kernel, IPv6: to 20010db8000700000000000000000000, at wire
ipCidrRouteType: 10.71 4
ipCidrRouteType: 10.72 3
ipCidrRouteType: 10.73 3
ipCidrRouteType: 10.74 3
inetCidrRouteType: 10.71 4
inetCidrRouteType: 10.72 3
inetCidrRouteType: 10.73 3
inetCidrRouteType: 10.74 3
inetCidrRouteStatus: 10.71 1
inetCidrRouteStatus: 10.72 1
inetCidrRouteStatus: 10.73 1
inetCidrRouteStatus: 10.74 1
inetCidrRouteIfIndex: 10.72 0
inetCidrRouteIfIndex: 10.73 0
inetCidrRouteIfIndex: 10.74 0
inetCidrRouteType: 32.1.13.184.0.7 4
END
diff expected seen
