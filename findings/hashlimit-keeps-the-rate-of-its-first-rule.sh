#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2) on Linux 6.18 (seen); see hashlimit_mt_check_common in
# net/netfilter/xt_hashlimit.c.
#
# A rule drops pings above 1 an hour from an address, by `-m hashlimit --hashlimit-name icmp`. `iptables -R` gives the
# rule 1000 a second: exit 0, and `iptables -S` lists the new rate. The pings above 1 an hour are still dropped. The
# numbers belong to the table of that name, the new rule finds the name in use (the old rule ends only after it) and
# takes the table as it is. Under another name the rate is as written.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iptables_*.deb tree

cat >inside <<'END'
export XTABLES_LIBDIR=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)/xtables
tables="tree/usr/sbin/xtables-nft-multi iptables"
ip link set lo up
rule() { echo "-p icmp --icmp-type echo-request -m hashlimit --hashlimit-name $1 --hashlimit-above $2 --hashlimit-mode srcip"; }
replies() {
  echo "$1, listed: $($tables -S INPUT | grep -o 'above [^ ]*'), replies to 4: $(ping -n -q -c 4 -i 0.2 -W 1 127.0.0.1 |
    sed -n 's/.*transmitted, \([0-9]*\) received.*/\1/p')"
}
$tables -A INPUT $(rule icmp '1/hour --hashlimit-burst 1') -j DROP 2>/dev/null ||
  { echo 'no hashlimit in this kernel' >&2; exit 2; }
replies 'first'
$tables -R INPUT 1 $(rule icmp '1000/sec --hashlimit-burst 1000') -j DROP
replies 'replaced'
$tables -R INPUT 1 $(rule other '1000/sec --hashlimit-burst 1000') -j DROP
replies 'replaced by another name'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
first, listed: above 1/hour, replies to 4: 1
replaced, listed: above 1000/sec, replies to 4: 0
replaced by another name, listed: above 1000/sec, replies to 4: 4
END
diff expected seen
