#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# A set of networks with `flags interval, timeout` and `auto-merge` has entries for good, and a program adds others for
# a while. Where the new one touches or encloses an old one, nft makes one range of the two, with the timeout of the
# new one: 10.0.0.0/24, written without a timeout, is gone two seconds after 10.0.1.0/24 was added beside it with
# `timeout 2s`. A ban of an hour for a /25 ends as early when its /24 gets two seconds. Exit 0 and no word; the
# comment of the old one is lost too. Without auto-merge, the neighbours keep what they were given.
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
elements() { $nft list set t nets | tr -d '\n\t' | sed -n 's/.*elements = {\(.*\)}}}/\1/p' | sed 's/ expires [0-9a-z]*//g'; }
# beside FLAGS OLD NEW: what is in the set at once, and when everything with two seconds is over
beside() {
  $nft "add table t; add set t nets { type ipv4_addr; flags interval, timeout; $1 }"
  $nft "add element t nets { $2 }"
  $nft "add element t nets { $3 }"
  echo "$1 $2, then $3:" $(elements)
  while elements | grep -q 2s; do sleep 0.2; done
  echo "  later:" $(elements | grep . || echo nothing)
  $nft delete table t
}
$nft add table t 2>/dev/null || { echo 'no nftables in this kernel' >&2; exit 2; }
beside 'auto-merge;' '10.0.0.0/24 comment "office"' '10.0.1.0/24 timeout 2s'
beside 'auto-merge;' '10.0.0.0/25 timeout 1h' '10.0.0.0/24 timeout 2s'
beside '' '10.0.0.0/24 comment "office"' '10.0.1.0/24 timeout 2s'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
auto-merge; 10.0.0.0/24 comment "office", then 10.0.1.0/24 timeout 2s: 10.0.0.0/23 timeout 2s
  later: nothing
auto-merge; 10.0.0.0/25 timeout 1h, then 10.0.0.0/24 timeout 2s: 10.0.0.0/24 timeout 2s
  later: nothing
 10.0.0.0/24 comment "office", then 10.0.1.0/24 timeout 2s: 10.0.0.0/24 comment "office", 10.0.1.0/24 timeout 2s
  later: 10.0.0.0/24 comment "office"
END
diff expected seen
