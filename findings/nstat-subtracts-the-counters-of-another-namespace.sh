#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); read: main in misc/nstat.c.
#
# nstat prints what the counters of /proc/net/snmp and netstat have grown by since its last run, which it keeps in a
# file for each user (/tmp/.nstat.u0), not for each network namespace. Its next run in another namespace subtracts the
# counters of the first one from those of the second: of 50 echo requests it shows 30. Where the second's are the lower
# ones it shows nothing of them, and says nothing. `nstat -as` shows the counters themselves and keeps nothing;
# NSTAT_HISTORY names a file of one's own.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 iputils-ping=3:20221126-1+deb12u1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
tree/bin/ip link set dev lo up
tree/bin/ping -q -c "$1" -i 0.01 127.0.0.1 >answers
grew=$(tree/usr/bin/nstat $2 | awk '$1 == "IcmpInEchos" { print $2 }')
echo "$1 requests${2:+, $2}: ${grew:-nothing}"
END
in_another() { unshare --net bash -eu inside "$@"; }
export NSTAT_HISTORY=$work/history
{
  in_another 20 ''
  in_another 50 ''
  in_another 10 ''
  in_another 50 -as
} >seen
cat seen
cat >expected <<'END'
20 requests: 20
50 requests: 30
10 requests: nothing
50 requests, -as: 50
END
diff expected seen
