#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), iputils 20221126 (3:20221126-1+deb12u1) on Linux 6.18 (seen); see
# icmpv6_error in net/netfilter/nf_conntrack_proto_icmpv6.c.
#
# A host takes in whatever conntrack knows, by `-m conntrack --ctstate NEW,ESTABLISHED,RELATED -j ACCEPT` before a
# policy DROP, which leaves out only INVALID. In IPv4 it is reached. The same rule in ip6tables cuts it off: the
# questions and answers of neighbour discovery are ICMPv6, so the chain sees them (it never sees ARP), and conntrack
# leaves them UNTRACKED, a state that is none of the three, nor INVALID. With UNTRACKED in the list the host is reached.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 libxtables12=1.8.9-2 iputils-ping=3:20221126-1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
export LD_LIBRARY_PATH XTABLES_LIBDIR
# The host under test is another network namespace, held by a process that waits.
unshare --net sleep 60 &
host=$!
trap 'kill $host' EXIT
until [ "$(readlink /proc/$host/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
there() { nsenter --net=/proc/$host/ns/net "$@"; }
ip link add eth0 type veth peer name eth0 netns $host || { echo 'no veth here' >&2; exit 2; }
ip address add 10.0.0.1/24 dev eth0
ip address add 2001:db8::1/64 dev eth0 nodad
there ip address add 10.0.0.2/24 dev eth0
there ip address add 2001:db8::2/64 dev eth0 nodad
ip link set eth0 up
there ip link set eth0 up
reached() { tree/bin/ping -c 1 -W 2 -q $1 >/dev/null 2>&1 && echo reached || echo 'cut off'; }
until [ "$(reached 10.0.0.2) $(reached 2001:db8::2)" = 'reached reached' ]; do :; done
# only STATES: what it is with these alone taken in, and nobody knows a neighbour any more
only() {
  for tool in iptables ip6tables; do
    there tree/usr/sbin/xtables-nft-multi $tool -F INPUT
    there tree/usr/sbin/xtables-nft-multi $tool -P INPUT DROP
    there tree/usr/sbin/xtables-nft-multi $tool -A INPUT -m conntrack --ctstate $1 -j ACCEPT
  done
  ip neigh flush all
  there ip neigh flush all
  echo "$1: IPv4 $(reached 10.0.0.2), IPv6 $(reached 2001:db8::2)"
}
only NEW,ESTABLISHED,RELATED
only NEW,ESTABLISHED,RELATED,UNTRACKED
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
NEW,ESTABLISHED,RELATED: IPv4 reached, IPv6 cut off
NEW,ESTABLISHED,RELATED,UNTRACKED: IPv4 reached, IPv6 reached
END
diff expected seen
