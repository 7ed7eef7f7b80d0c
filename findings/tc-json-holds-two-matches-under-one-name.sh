#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18, read with Python 3's json (seen).
#
# A u32 filter for TCP port 80 of one network has three matches. `tc filter show` prints them in three lines;
# `tc -j filter show` prints an object in which the name "match" stands three times. The text is JSON, no reader
# complains, and each takes the last of the three: of the whole condition the port is left, so the filter seems to take
# that port of every network and of every protocol. Whoever needs all of them reads the pairs.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

cat >reader.py <<'END'
import json, sys
text = sys.stdin.read()
names = []
def pairs(found):
    names.extend(name for name, _ in found)
    return dict(found)
json.loads(text, object_pairs_hook=pairs)
read = [each['options'] for each in json.loads(text) if 'match' in each.get('options', {})]
print(f'"match" {names.count("match")} times, read:', json.dumps([options['match'] for options in read]))
END

cat >inside <<'END'
tc=tree/sbin/tc
ip link set lo up
$tc qdisc add dev lo root handle 1: htb 2>/dev/null || { echo 'no htb here' >&2; exit 2; }
$tc class add dev lo parent 1: classid 1:20 htb rate 1gbit quantum 60000
$tc filter add dev lo parent 1: protocol ip prio 1 u32 \
  match ip dst 10.5.0.0/16 match ip protocol 6 0xff match ip dport 80 0xffff flowid 1:20
echo "as text: $($tc filter show dev lo parent 1: | grep -c '^  match') matches"
echo "as JSON: $($tc -j filter show dev lo parent 1: | python3 reader.py)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
printf '%s\n' 'as text: 3 matches' \
  'as JSON: "match" 3 times, read: [{"value": "50", "mask": "ffff", "offmask": "", "off": 20}]' | diff - seen
