#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# `ct state established,related accept` takes a packet in either state, so `ct state != established,related drop` is
# read as its opposite. It is not: with `!=` the list is one number with both bits, a packet has one of them, and
# every packet differs: the established ones are dropped too. `nft list` writes `established | related`, nothing else
# tells. The opposite is `ct state ! established,related`, without the equals sign, or the list in braces.
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
$nft 'add table t; add chain t in { type filter hook input priority 0; }' 2>/dev/null ||
  { echo 'no nftables in this kernel' >&2; exit 2; }
# The reply of each ping is established when it comes in.
for state in 'established,related' '!= established,related' '! established,related' '!= { established, related }'; do
  $nft "flush chain t in; add rule t in icmp type echo-reply ct state $state counter"
  ping -n -q -c 1 127.0.0.1 >/dev/null
  echo "ct state $state: $($nft list chain t in | sed -n 's/.*packets \([0-9]*\) .*/\1/p') of 1"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
ct state established,related: 1 of 1
ct state != established,related: 1 of 1
ct state ! established,related: 0 of 1
ct state != { established, related }: 0 of 1
END
diff expected seen
