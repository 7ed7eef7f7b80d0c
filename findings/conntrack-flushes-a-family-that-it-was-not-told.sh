#!/usr/bin/env bash
# conntrack-tools 1.4.7 (Debian 12, conntrack 1:1.4.7-1+b2) on Linux 6.18 (seen).
#
# `conntrack -L -f ipv6` lists and `conntrack -D -f ipv6` deletes entries of IPv6. `conntrack -F -f ipv6` takes the same
# words without a complaint, says that the table has been emptied, and empties that of IPv4 as well: the flush does not
# look at the family. On a router the table of IPv4 is its NAT: connections that were translated go on without, and
# break. conntrack(8) has it the other way round too: a list without a family shows both, not IPv4 only.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download conntrack=1:1.4.7-1+b2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x conntrack_*.deb tree
cat >inside <<'END'
conntrack=tree/usr/sbin/conntrack
# left COMMAND...: the entries after it, of one connection in each family
left() {
  for pair in '192.0.2.1 192.0.2.2' '2001:db8::1 2001:db8::2'; do
    $conntrack -I -p udp -s ${pair% *} -d ${pair#* } --sport 1000 --dport 53 -t 600 >/dev/null 2>&1 ||
      { echo 'no conntrack here' >&2; exit 2; }
  done
  shown=$($conntrack "$@" 2>/dev/null | wc -l)
  entries=$(for family in ipv4 ipv6; do echo "$($conntrack -L -f $family 2>/dev/null | wc -l) of $family"; done)
  echo "conntrack $*: $shown shown; left: ${entries/$'\n'/, }"
  $conntrack -F >/dev/null 2>&1
}
left -L
left -L -f ipv6
left -D -f ipv6
left -F -f ipv6
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
conntrack -L: 2 shown; left: 1 of ipv4, 1 of ipv6
conntrack -L -f ipv6: 1 shown; left: 1 of ipv4, 1 of ipv6
conntrack -D -f ipv6: 1 shown; left: 1 of ipv4, 0 of ipv6
conntrack -F -f ipv6: 0 shown; left: 0 of ipv4, 0 of ipv6
END
diff expected seen
