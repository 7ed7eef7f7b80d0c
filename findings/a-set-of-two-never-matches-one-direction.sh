#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), ipset 7.17 (7.17-1) on Linux 6.18 (seen); read: ip_set_test in
# net/netfilter/ipset/ip_set_core.c.
#
# A set of hash:ip,port has an address and a port in each entry. iptables takes `--match-set NAME src` for it as well
# as `src,dst`: exit 0, and the rule stands there. It never matches: the kernel answers "not in the set" to whoever
# gives fewer directions than the set has dimensions, it does not look at the address alone. With `!` the rule matches
# every packet, those of the set too. So a list of allowed clients that becomes hash:ip,port later, with the rules left
# as they were, shuts everyone out, with the right entries in the set and the right rule in iptables -S.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iptables=1.8.9-2 ipset=7.17-1 libipset13=7.17-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export XTABLES_LIBDIR=$LD_LIBRARY_PATH/xtables
ipset=tree/usr/sbin/ipset tables=tree/usr/sbin/xtables-nft-multi
ip link set lo up
$ipset create clients hash:ip,port 2>/dev/null || { echo 'no ipset in this kernel' >&2; exit 2; }
$ipset add clients 127.0.0.1,icmp:echo-request
for match in '--match-set clients src,dst' '--match-set clients src' '! --match-set clients src'; do
  code=0
  $tables iptables -A INPUT -p icmp --icmp-type echo-request -m set $match 2>/dev/null || code=$?
  $tables iptables -Z
  ping -n -q -c 3 -i 0.2 127.0.0.1 >/dev/null
  echo "$match: exit $code, matches $($tables iptables -L INPUT -v -n -x | awk 'END { print $1 }') of 3"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
--match-set clients src,dst: exit 0, matches 3 of 3
--match-set clients src: exit 0, matches 0 of 3
! --match-set clients src: exit 0, matches 3 of 3
END
diff expected seen
