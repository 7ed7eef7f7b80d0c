#!/usr/bin/env bash
# ipset 7.17 (Debian 12, ipset and libipset13 7.17-1) on Linux 6.18, read with Python 3's xml.etree (seen).
#
# Entries of a set may have a comment. `ipset list -o xml` writes it into <comment> as it is: with "web & mail" for one
# entry no reader of XML takes any of the list, the other entries and sets included. `ipset save`, which puts it into
# quotes, can be read back. (iptables-xml writes the same comment of a rule with &amp;.)
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ipset=7.17-1 libipset13=7.17-1 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
cat >inside <<'END'
export LD_LIBRARY_PATH=$(dirname tree/usr/lib/*/libipset.so.13)
ipset=tree/sbin/ipset
[ -x $ipset ] || ipset=tree/usr/sbin/ipset
read_it() {
  python3 -c 'import sys, xml.etree.ElementTree as tree
try: print(len(tree.fromstring(sys.stdin.read()).findall(".//member")), "entries")
except tree.ParseError as error: print(error)'
}
$ipset create quiet hash:ip comment || { echo 'no ipset here' >&2; exit 2; }
$ipset add quiet 192.0.2.1 comment 'web and mail'
echo "with \"and\": $($ipset list -o xml | read_it)"
$ipset create noted hash:ip comment
$ipset add noted 192.0.2.2 comment 'web & mail'
echo "with \"&\": $($ipset list -o xml | read_it | cut -d: -f1)"
$ipset save noted >saved
$ipset destroy noted
$ipset restore <saved
$ipset list noted | grep '^192'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
with "and": 1 entries
with "&": not well-formed (invalid token)
192.0.2.2 comment "web & mail"
END
diff expected seen
