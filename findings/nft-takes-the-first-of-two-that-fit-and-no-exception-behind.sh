#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen); see pipapo_get and nft_pipapo_insert in
# net/netfilter/nft_set_pipapo.c.
#
# A map of networks with ports to verdicts: 10.0.0.0/8 with 0-1023 to one, 10.1.0.0/16 with 80 to the other. In a map
# of networks alone, overlapping entries are refused. Of two keys, it depends on the order: the narrow entry behind the
# wide one is refused (File exists), before it both are taken, and entries that cross (/8 with one port, /16 with many)
# are taken in any order. The packet that fits both gets the entry that was added first, not the narrower one. And an
# exception that was deleted cannot be put back, as the wide entry is there now: the same two lines, another outcome.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
ip link set lo up
ip address add 10.1.2.3/32 dev lo
add() {
  if $nft "add element t m { $1 }" 2>said; then echo taken; else grep -q 'File exists\|overlap' said && echo refused; fi
}
# put TYPE FIRST SECOND: whether both are taken, and which of them a packet to 10.1.2.3 port 80 gets
put() {
  $nft "add table t; add map t m { type $1 : verdict; flags interval; }" || { echo 'no nftables here' >&2; exit 2; }
  $nft 'add chain t first; add chain t second; add rule t first counter; add rule t second counter'
  $nft 'add chain t input { type filter hook input priority 0; }'
  [ "$1" = ipv4_addr ] && key='ip daddr' || key='ip daddr . udp dport'
  $nft "add rule t input udp dport 80 $key vmap @m"
  for chain in first second; do echo "$2 -> $chain: $(add "$2 : jump $chain")"; shift; done
  echo -n packet >/dev/udp/10.1.2.3/80
  for chain in first second; do ! $nft list chain t $chain | grep -q 'packets 1 ' || echo "  the packet: $chain"; done
}
end() { $nft delete table t; }
put ipv4_addr 10.1.0.0/16 10.0.0.0/8; end
put 'ipv4_addr . inet_service' '10.0.0.0/8 . 0-1023' '10.1.0.0/16 . 80'; end
put 'ipv4_addr . inet_service' '10.0.0.0/8 . 80' '10.1.0.0/16 . 0-1023'; end
put 'ipv4_addr . inet_service' '10.1.0.0/16 . 80' '10.0.0.0/8 . 0-1023'
$nft 'delete element t m { 10.1.0.0/16 . 80 : jump first }'
echo "deleted, 10.1.0.0/16 . 80 -> first again: $(add '10.1.0.0/16 . 80 : jump first')"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
10.1.0.0/16 -> first: taken
10.0.0.0/8 -> second: refused
  the packet: first
10.0.0.0/8 . 0-1023 -> first: taken
10.1.0.0/16 . 80 -> second: refused
  the packet: first
10.0.0.0/8 . 80 -> first: taken
10.1.0.0/16 . 0-1023 -> second: taken
  the packet: first
10.1.0.0/16 . 80 -> first: taken
10.0.0.0/8 . 0-1023 -> second: taken
  the packet: first
deleted, 10.1.0.0/16 . 80 -> first again: refused
END
diff expected seen
