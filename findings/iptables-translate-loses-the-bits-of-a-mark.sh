#!/usr/bin/env bash
# iptables 1.8.9 (Debian 12, 1.8.9-2), nftables 1.0.6 (1.0.6-2+deb12u2) on Linux 6.18 (seen).
#
# Marks under masks, which are how two programs share one mark: iptables-translate takes MARK right, and CONNMARK
# wrong without a remark. `CONNMARK --set-mark 0x1/0xf` becomes `ct mark xor 0x1 and 0xfffffff0`, in the wrong order:
# the mask clears what was just set, and the connection keeps no mark at all. `--restore-mark --mask 0xf` becomes
# `meta mark set ct mark and 0xf`: right in the masked bits, and the bits of the packet's mark outside of the mask,
# which iptables leaves alone, are lost. A policy route by such a mark is no longer taken.
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
# rules BY: the same three in a table of iptables, or of nft as they are translated
rules() {
  $nft flush ruleset
  [ "$1" = iptables ] || $nft -f - <<RULES
table ip mangle {
  chain OUTPUT {
    type route hook output priority mangle
  }
}
RULES
  while read -r rule; do
    if [ "$1" = iptables ]; then $tables iptables -t mangle $rule 2>/dev/null || return 1
    else $nft "$($tables iptables-translate -t mangle $rule | sed "s/^nft '//; s/'$//")"; fi
  done
}
# packet: its mark (behind the rules) and its connection's
packet() {
  $nft -f - <<RULES
table ip see {
  set marks { type mark . mark; flags dynamic; size 9; }
  chain out {
    type filter hook output priority 300
    icmp type echo-request add @marks { meta mark . ct mark }
  }
}
RULES
  ping -n -q -c 1 127.0.0.1 >/dev/null
  $nft list set ip see marks | sed -n 's/.*elements = { \(.*\) }/\1/p'
}
for by in iptables translated; do
  rules $by <<RULES || { echo 'no MARK or CONNMARK here' >&2; exit 2; }
-A OUTPUT -j MARK --set-mark 0x50/0xf0
-A OUTPUT -j CONNMARK --set-mark 0x1/0xf
RULES
  echo "$by, set: packet . connection = $(packet)"
  rules $by <<RULES
-A OUTPUT -j MARK --set-mark 0x50/0xf0
-A OUTPUT -j CONNMARK --set-mark 0x3
-A OUTPUT -j CONNMARK --restore-mark --mask 0xf
RULES
  echo "$by, restore: packet . connection = $(packet)"
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
iptables, set: packet . connection = 0x00000050 . 0x00000001
iptables, restore: packet . connection = 0x00000053 . 0x00000003
translated, set: packet . connection = 0x00000050 . 0x00000000
translated, restore: packet . connection = 0x00000003 . 0x00000003
END
diff expected seen
