#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), nftables 1.0.6 (1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# Rules that iptables-translate puts into nft without a remark and with another meaning, so that a host moved to nft
# loses its traffic. Each is loaded as iptables has it and as it is translated, and counts the four packets of two
# pings on the loopback (the first request is new, the rest established):
#   ! --ctstate DNAT (refuse what was not forwarded to here)  `ct status dnat`: the `!` is gone, the opposite
#   --ctstate ESTABLISHED,DNAT (accept either)                `ct status dnat`: ESTABLISHED is gone
#   -p udp --dport 0:65535 (all of UDP)                       no condition: with REJECT it refuses TCP and ICMP too
#   -I INPUT 2 (behind the first rule)                        `insert rule`: in front of all
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
nft=tree/usr/sbin/nft tables=tree/usr/sbin/xtables-nft-multi
ip link set lo up
# counts RULE...: how many packets match, in either
counts() {
  $nft flush ruleset
  $tables iptables -A INPUT "$@" 2>/dev/null || { echo 'no such match here' >&2; exit 2; }
  $nft -f - <<RULES
table ip t {
  chain INPUT {
    type filter hook input priority 1
  }
}
RULES
  translated=$($tables iptables-translate -A INPUT "$@" | sed "s/^nft '//; s/'$//; s/ip filter/ip t/")
  $nft "$translated"
  ping -n -q -c 2 -i 0.2 127.0.0.1 >/dev/null
  before=$($tables iptables -L INPUT -v -n -x | awk 'NR == 3 { print $1 }')
  after=$($nft list table ip t | sed -n 's/.*counter packets \([0-9]*\).*/\1/p')
  echo "$*: iptables $before, nft $after (${translated#*INPUT })"
}
counts -m conntrack ! --ctstate DNAT
counts -m conntrack --ctstate ESTABLISHED,DNAT
counts -p udp --dport 0:65535
$nft flush ruleset
$nft add table ip t
$nft add chain ip t INPUT
$nft add rule ip t INPUT counter comment '"first"'
$nft "$($tables iptables-translate -I INPUT 2 -j DROP | sed "s/^nft '//; s/'$//; s/ip filter/ip t/")"
echo "-I INPUT 2 -j DROP: in front of $($nft list chain ip t INPUT | sed -n '/drop/,$s/.*comment //p')"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
-m conntrack ! --ctstate DNAT: iptables 4, nft 0 (ct status dnat counter)
-m conntrack --ctstate ESTABLISHED,DNAT: iptables 3, nft 0 (ct status dnat counter)
-p udp --dport 0:65535: iptables 0, nft 4 (counter)
-I INPUT 2 -j DROP: in front of "first"
END
diff expected seen
