#!/usr/bin/env bash
# ipset 7.17 (Debian 12, 7.17-1), iprange 1.0.4 (1.0.4+ds-2), netmask 2.4.4 (2.4.4-3); iproute2 6.1.0 (6.1.0-3) and
# iptables 1.8.9 (1.8.9-2) beside them, on Linux 6.18 (seen).
#
# 10/8, 172.16/12 and 192.168/16 are how RFC 1918, section 3, names the private networks. `ip route add` and `iptables
# -s` fill up zeros behind the numbers. `ipset add` gives the text before the slash to the resolver, which has the last
# number of a short address at its end (172.0.0.16), as ping does, and cuts the bits behind the prefix off: the set has
# 172.0.0.0/12, exit 0, no private address is in it, and a million of the Internet's are. iprange and netmask, which
# make the lists for ipset, do the same. A route and a set for one network, from one variable of one script, differ.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ipset=7.17-1 libipset13=7.17-1 iprange=1.0.4+ds-2 netmask=2.4.4-3 iproute2=6.1.0-3 \
  iptables=1.8.9-2 libxtables12=1.8.9-2 libip4tc2=1.8.9-2 libip6tc2=1.8.9-2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
ip=tree/bin/ip ipset=tree/usr/sbin/ipset
$ip link set lo up
$ipset create private hash:net 2>/dev/null || { echo 'no ipset in this kernel' >&2; exit 2; }
for network in 10/8 172.16/12 192.168/16; do
  $ip route add $network dev lo
  tree/usr/sbin/xtables-nft-multi iptables -A INPUT -s $network
  $ipset add private $network
  echo "$network: ip route $($ip -o route | cut -d' ' -f1), iptables $(tree/usr/sbin/xtables-nft-multi iptables -S |
    sed -n 's/^-A INPUT -s //p')"
  echo "  ipset $($ipset save private | sed -n 's/^add private //p')," \
    "iprange $(tree/usr/bin/iprange - <<<"$network"), netmask $(tree/usr/bin/netmask $network | tr -d ' ')"
  $ip route del $network dev lo
  tree/usr/sbin/xtables-nft-multi iptables -F INPUT
  for address in 10.1.2.3 172.16.0.1 192.168.0.1 172.2.0.1; do
    ! $ipset -q test private $address || echo "  $address is in the set"
  done
  $ipset flush private
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
10/8: ip route 10.0.0.0/8, iptables 10.0.0.0/8
  ipset 0.0.0.0/8, iprange 0.0.0.0/8, netmask 0.0.0.0/8
172.16/12: ip route 172.16.0.0/12, iptables 172.16.0.0/12
  ipset 172.0.0.0/12, iprange 172.0.0.0/12, netmask 172.0.0.0/12
  172.2.0.1 is in the set
192.168/16: ip route 192.168.0.0/16, iptables 192.168.0.0/16
  ipset 192.0.0.0/16, iprange 192.0.0.0/16, netmask 192.0.0.0/16
END
diff expected seen
