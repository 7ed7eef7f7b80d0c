#!/usr/bin/env bash
# nftables 1.0.6 (Debian 12, 1.0.6-2+deb12u2), iptables 1.8.9 (1.8.9-2) on Linux 6.18 (seen); read:
# nft_meta_weekday and nft_meta_hour in net/netfilter/nft_meta.c.
#
# `meta hour "08:00"-"18:00"` is in the time zone of whoever runs nft: it is sent to the kernel in UTC. `meta day`
# in the same rule is sent as written, and the kernel finds the day in UTC. Seen, in a zone 12 hours away: `meta day`
# with the local day never matches, with UTC's it does; `meta day "Monday" meta hour "00:00"-"08:00"` in Seoul is a
# rule for Tuesday. `nft list` gives both back as they were written, for it turns only the hour round again.
# iptables -m time is in UTC throughout (unless --kerneltz), so iptables-translate moves the hours of every rule by
# the zone: its `meta hour` has the same digits.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here (the kernel's own zone is not UTC).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download nftables=1.0.6-2+deb12u2 libnftables1=1.0.6-2+deb12u2 iptables=1.8.9-2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
nft=tree/usr/sbin/nft
ip link set lo up
# A zone in which it is another day than in UTC.
hour=$((10#$(date -u +%H)))
if [ "$hour" -ge 12 ]; then export TZ=Far-12; else export TZ=Far+12; fi
day=$(date +%A) utc_day=$(date -u +%A)
hours=$(date -d '-2 min' +%H:%M)-$(date -d '+2 min' +%H:%M)
[[ $(date +%H:%M) > 00:02 && $(date +%H:%M) < 23:58 && $(date -u +%H:%M) > 00:02 && $(date -u +%H:%M) < 23:58 ]] ||
  { echo 'too near to midnight' >&2; exit 2; }
quoted=\"${hours%-*}\"-\"${hours#*-}\"
$nft -f - <<RULES
table ip t {
  chain in {
    type filter hook input priority 0
    icmp type echo-request meta hour $quoted counter comment "hour"
    icmp type echo-request meta day "$day" counter comment "day"
    icmp type echo-request meta day "$utc_day" counter comment "utc-day"
    icmp type echo-request meta day "$day" meta hour $quoted counter comment "both"
  }
  chain FORWARD {
  }
  chain INPUT {
    type filter hook input priority 1
  }
}
RULES
# The same hours in UTC, as iptables wants them; its translation is loaded as it is.
from=$(date -u -d '-2 min' +%H:%M) to=$(date -u -d '+2 min' +%H:%M)
iptables=tree/usr/sbin/xtables-nft-multi
rule="INPUT -p icmp --icmp-type echo-request -m time --timestart $from --timestop $to -m comment --comment old"
export XTABLES_LIBDIR=$(echo "$PWD"/tree/usr/lib/*-linux-gnu/xtables)
$iptables iptables -A $rule
translation=$($iptables iptables-translate -A $rule | sed "s/^nft '//; s/'$//; s/ip filter/ip t/; s/\"old\"/\"new\"/")
$nft "$translation"
ping -n -q -c 1 -W 1 127.0.0.1 >/dev/null
count() { $nft list table ip t | sed -n "s/.*counter packets \([0-9]*\) .*comment \"$1\"/\1/p"; }
[ "$(count utc-day)" = 1 ] || { echo "the kernel's zone is not UTC" >&2; exit 2; }
old=$($iptables iptables -L INPUT -v -n -x | awk '/old/ { print $1 }')
echo "hour: $(count hour), day: $(count day), day of UTC: $(count utc-day), both: $(count both)"
echo "iptables -m time: $old, its translation: $(count new)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' 'hour: 1, day: 0, day of UTC: 1, both: 0' 'iptables -m time: 1, its translation: 0' | diff - seen
