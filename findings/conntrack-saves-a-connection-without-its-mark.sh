#!/usr/bin/env bash
# conntrack-tools 1.4.7 (Debian 12, conntrack 1:1.4.7-1+b2) on Linux 6.18 (seen).
#
# `conntrack -L -o save` writes the table as commands, which `conntrack -R` loads, on this router or on the one that
# takes over: addresses, ports, translation, state, status, zone and time left. Not the mark: each line is without -m,
# though -I and -A know it, and what is loaded has mark 0. Where a connection's mark chooses the uplink or the class
# (`CONNMARK --restore-mark`), open connections change it with the move. `-o extended` and `-o xml` have the mark.
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
entry='-p tcp -s 192.0.2.1 -d 192.0.2.2 --sport 1000 --dport 80 --dst-nat 192.0.2.9:8080 --state ESTABLISHED'
$conntrack -I $entry -t 600 -u SEEN_REPLY,ASSURED -m 7 -w 5 >/dev/null 2>&1 || { echo 'no conntrack here' >&2; exit 2; }
listed() { echo $($conntrack -L 2>/dev/null | grep -o 'ESTABLISHED\|src=192.0.2.9\|mark=.\|zone=.'); }
echo "before: $(listed)"
$conntrack -L -o save 2>/dev/null >saved
$conntrack -L -o xml 2>/dev/null | grep -o '<mark>.*</mark>'
echo "saved with a mark: $(grep -c -e '-m\|--mark' saved)"
$conntrack -F 2>/dev/null
$conntrack -R saved >/dev/null 2>&1
echo "after: $(listed)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
before: ESTABLISHED src=192.0.2.9 mark=7 zone=5
<mark>7</mark>
saved with a mark: 0
after: ESTABLISHED src=192.0.2.9 mark=0 zone=5
END
diff expected seen
