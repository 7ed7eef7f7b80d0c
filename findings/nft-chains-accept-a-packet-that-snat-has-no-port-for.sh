#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen); read: nf_nat_core.c (get_unique_tuple),
# nf_conntrack_core.c (__nf_conntrack_confirm), the same since 5.x.
#
# A source NAT rule whose only port is taken by another connection to the same server does not refuse the packet.
# The rule says accept, counts it, and so does every chain behind it, however late its priority; a trace of the rules
# (nft monitor trace) ends in accept. The packet is dropped after the last chain, where conntrack is to keep the
# connection and finds its reply tuple taken: nothing is logged, the sender gets no error. Seen, of two connections
# from one client through a router with `snat to 10.0.2.1:40000`: the nat rule and a chain at priority 400 count two
# SYNs, the server gets one.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
if [ "${1:-}" != inside ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  chmod 755 "$work"
  cd "$work"
  apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
    { echo 'the packages are not to be had' >&2; exit 2; }
  for package in *.deb; do dpkg -x "$package" tree; done
  status=0
  unshare --mount --net "$(readlink -f "$OLDPWD/$0" 2>/dev/null || readlink -f "$0")" inside "$work/tree" || status=$?
  exit "$status"
fi

export LD_LIBRARY_PATH=$2/usr/lib/$(uname -m)-linux-gnu
nft=$2/usr/sbin/nft
mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns && mount -t tmpfs none /run/netns; }
for node in c r s; do ip netns add "$node"; ip -n "$node" link set dev lo up; done
ip link add name rc netns r type veth peer name cr netns c
ip link add name rs netns r type veth peer name sr netns s
for end in c:cr r:rc r:rs s:sr; do ip -n "${end%:*}" link set dev "${end#*:}" up; done
ip -n r addr add 10.0.1.1/24 dev rc
ip -n c addr add 10.0.1.2/24 dev cr
ip -n r addr add 10.0.2.1/24 dev rs
ip -n s addr add 10.0.2.2/24 dev sr
ip -n c route add default via 10.0.1.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec r "$nft" -f - <<'RULES'
table ip t {
  chain nat {
    type nat hook postrouting priority srcnat;
    oifname rs tcp dport 80 counter snat to 10.0.2.1:40000
  }
  chain late {
    type filter hook postrouting priority 400;
    oifname rs tcp flags & (syn | ack) == syn counter accept
  }
}
RULES
ip netns exec s "$nft" -f - <<'RULES'
table ip t {
  chain in {
    type filter hook input priority 0;
    tcp flags & (syn | ack) == syn counter accept
  }
}
RULES
ip netns exec s python3 -I -c '
import socket
made = socket.create_server(("10.0.2.2", 80))
kept = [made.accept(), made.accept()]' &
server=$!
trap 'kill "$server"' EXIT
until ip netns exec s ss -Hltn sport = :80 | grep -q :80; do :; done
second=$(ip netns exec c python3 -I -c '
import socket
first = socket.create_connection(("10.0.2.2", 80), 5)
other = socket.socket()
# Shorter than the first SYN sent again.
other.settimeout(0.8)
try:
    other.connect(("10.0.2.2", 80))
    print("connected")
except TimeoutError:
    print("silence")')
count() { ip netns exec "$1" "$nft" list chain ip t "$2" | grep -o 'packets [0-9]*' | cut -d' ' -f2; }
echo "the second connection: $second"
echo "SYNs counted by the nat rule: $(count r nat), by a chain behind it: $(count r late), at the server: $(count s in)"
[ "$second" = silence ] && [ "$(count r nat)" = 2 ] && [ "$(count r late)" = 2 ] && [ "$(count s in)" = 1 ]
