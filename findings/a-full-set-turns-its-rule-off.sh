#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# `icmp type echo-request add @seen { ip saddr } accept` notes who comes and lets them in. When @seen has as many
# elements as its size, the statement that cannot add ends the rule: `accept`, a counter behind it and everything else
# in the rule are not reached for a new address, though none of it depends on the set. Hosts that are in the set go on
# as before, so a table of visitors of 65535 (the size that nft gives a dynamic set without one) works for months and
# then shuts out only the new ones, by the policy of the chain. No message, no counter. The note in a rule of its own,
# without a verdict, costs nobody the way in.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
ip link set lo up
# hosts TITLE: which of four are let in, the second once more at the end, by the rules on standard input
hosts() {
  $nft -f - <<RULES
table ip t
delete table ip t
table ip t {
  set seen { type ipv4_addr; size 2; flags dynamic; }
  chain in {
    type filter hook input priority 0; policy drop;
    icmp type echo-reply accept
$(cat)
  }
}
RULES
  let_in=
  for host in 1 2 3 4 2; do
    ! ping -n -q -c 1 -W 0.5 -I 127.0.0.$host 127.0.0.1 >/dev/null || let_in+=" $host"
  done
  echo "$1:$let_in of 1 2 3 4 2, in the set: $($nft list set ip t seen | grep -o '127[0-9.]*' | wc -l)"
}
hosts 'one rule' <<RULES
    icmp type echo-request add @seen { ip saddr } accept
RULES
hosts 'two rules' <<RULES
    icmp type echo-request add @seen { ip saddr }
    icmp type echo-request accept
RULES
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
one rule: 1 2 2 of 1 2 3 4 2, in the set: 2
two rules: 1 2 3 4 2 of 1 2 3 4 2, in the set: 2
END
diff expected seen
