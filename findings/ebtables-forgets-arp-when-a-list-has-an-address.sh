#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), its ebtables, which is Debian's own; iputils 20221126 (3:20221126-1+deb12u1) on
# Linux 6.18 (seen).
#
# A bridge lets the frames of known hosts pass, `--among-src MAC,MAC -j ACCEPT` before a policy DROP. One of the hosts
# gets its IP address into the list, `MAC=IP,MAC`: from then on the list lets through IPv4 alone. ebtables-nft(8) has
# the pair compared "if the Ethernet frame has type IPv4 or ARP", and an entry without an address match by its MAC;
# what is loaded is one set of MAC and IPv4 address behind `meta protocol ip`, the other entries with 0.0.0.0/0 in it.
# ARP is dropped, that of the pair and of all others, so that IPv4 ends with the neighbours' entries, minutes later;
# IPv6 ends at once. Exit 0, and the list is shown as it was given.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 libxtables12=1.8.9-2 iputils-ping=3:20221126-1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export XTABLES_LIBDIR=$(echo "$PWD"/tree/usr/lib/*-linux-gnu/xtables)
mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns && mount -t tmpfs none /run/netns; }
ip link add name br0 type bridge
ip link set dev br0 up
for host in 1 2; do
  ip netns add host$host
  ip link add name port$host type veth peer name eth0 netns host$host
  ip link set dev port$host master br0 up
  ip -n host$host link set dev eth0 address 02:00:00:00:00:0$host up
  ip -n host$host address add 10.0.0.$host/24 dev eth0
  ip -n host$host address add 2001:db8::$host/64 dev eth0 nodad
done
reached() { ip netns exec host1 tree/bin/ping -q -c 1 -W 1 "$1" >/dev/null 2>&1 && echo yes || echo no; }
forget() { for host in 1 2; do ip -n host$host neigh flush dev eth0 nud all; done; }
end=$((SECONDS + 20))
until [ "$(reached 10.0.0.2)$(reached 2001:db8::2)" = yesyes ]; do [ "$SECONDS" -lt "$end" ]; done
ebtables() { tree/usr/sbin/xtables-nft-multi ebtables "$@"; }
ebtables -P FORWARD DROP
for list in 02:00:00:00:00:01,02:00:00:00:00:02 02:00:00:00:00:01=10.0.0.1,02:00:00:00:00:02; do
  forget
  [ "$(reached 10.0.0.2)" = no ]
  ebtables -A FORWARD --among-src "$list" -j ACCEPT
  echo "$list: listed as $(ebtables -L FORWARD | sed -n 's/^--among-src \([^ ]*\) .*/\1/p')"
  echo "  IPv4: $(reached 10.0.0.2), IPv6: $(reached 2001:db8::2)"
  ip -n host1 neigh replace 10.0.0.2 lladdr 02:00:00:00:00:02 dev eth0
  ip -n host2 neigh replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev eth0
  echo "  IPv4, the neighbours known: $(reached 10.0.0.2)"
  ebtables -F FORWARD
done
END
unshare --net --mount bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
02:00:00:00:00:01,02:00:00:00:00:02: listed as 2:0:0:0:0:1,2:0:0:0:0:2
  IPv4: yes, IPv6: yes
  IPv4, the neighbours known: yes
02:00:00:00:00:01=10.0.0.1,02:00:00:00:00:02: listed as 2:0:0:0:0:1=10.0.0.1,2:0:0:0:0:2
  IPv4: no, IPv6: no
  IPv4, the neighbours known: yes
END
diff expected seen
