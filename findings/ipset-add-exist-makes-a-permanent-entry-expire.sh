#!/usr/bin/env bash
# ipset 7.17 (Debian 12, 7.17-1) on Linux 6.18 (seen); see mtype_add in net/netfilter/ipset/ip_set_hash_gen.h.
#
# `ipset add -exist`, says ipset(8), is to ignore the error when an entry is added that is there already: scripts that
# run again use it as "be there". The kernel takes it as "write anew". In a set with a default timeout an entry that
# stays for good (`timeout 0`) gets the default and goes; its comment and its mark are removed, its counters are kept.
# In a set of networks an exception (`nomatch`) becomes a member. Exit 0 and no word, whatever was there.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ipset=7.17-1 libipset13=7.17-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
ipset=tree/usr/sbin/ipset
$ipset create hosts hash:ip timeout 2 comment counters skbinfo 2>/dev/null || { echo 'no ipset here' >&2; exit 2; }
entry() { $ipset save hosts | sed -n 's/^add hosts //p' | sed 's/timeout [12]/timeout of the set/'; }
$ipset add hosts 192.0.2.1 timeout 0 packets 5 bytes 500 comment office skbmark 0x5
echo "before: $(entry)"
code=0
said=$($ipset add -exist hosts 192.0.2.1 2>&1) || code=$?
echo "added again: exit $code${said:+, $said}"
echo "after: $(entry)"
end=$((SECONDS + 10))
while $ipset -q test hosts 192.0.2.1 && [ "$SECONDS" -lt "$end" ]; do :; done
echo "later: $($ipset -q test hosts 192.0.2.1 && echo there || echo gone)"

$ipset create networks hash:net
$ipset add networks 10.0.0.0/8
$ipset add networks 10.1.0.0/16 nomatch
member() { $ipset -q test networks 10.1.0.1 && echo yes || echo no; }
echo "10.1.0.1 a member: $(member)"
code=0
said=$($ipset add -exist networks 10.1.0.0/16 2>&1) || code=$?
echo "10.1.0.0/16 added again: exit $code${said:+, $said}; 10.1.0.1 a member: $(member)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
before: 192.0.2.1 timeout 0 packets 5 bytes 500 comment "office" skbmark 0x5
added again: exit 0
after: 192.0.2.1 timeout of the set packets 5 bytes 500
later: gone
10.1.0.1 a member: no
10.1.0.0/16 added again: exit 0; 10.1.0.1 a member: yes
END
diff expected seen
