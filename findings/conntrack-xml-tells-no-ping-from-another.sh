#!/usr/bin/env bash
# conntrack-tools 1.4.7 (Debian 12, conntrack 1:1.4.7-1+b2) with libnetfilter_conntrack 1.0.9 (1.0.9-3) on Linux 6.18
# (seen).
#
# For programs `conntrack -L` has `-o xml`. An entry of ICMP is known by its addresses, type, code and id, and the XML
# has the addresses alone: its <layer4> is empty. Two programs that ping the same host have entries that nothing but the
# kernel's number of the entry tells apart, and a question for a time stamp looks like a ping. The text has
# `type=8 code=0 id=77`; of UDP both forms have the ports.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download conntrack=1:1.4.7-1+b2 libnetfilter-conntrack3=1.0.9-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
cat >inside <<'END'
export LD_LIBRARY_PATH=$(dirname tree/usr/lib/*/libnetfilter_conntrack.so.3)
conntrack=tree/usr/sbin/conntrack
insert() { $conntrack -I -s 192.0.2.1 -d 192.0.2.2 -t 600 "$@" >/dev/null 2>&1; }
insert -p icmp --icmp-type 8 --icmp-code 0 --icmp-id 77 || { echo 'no conntrack here' >&2; exit 2; }
insert -p icmp --icmp-type 8 --icmp-code 0 --icmp-id 78
insert -p icmp --icmp-type 13 --icmp-code 0 --icmp-id 79
insert -p udp --sport 1000 --dport 53
echo 'the text:'
$conntrack -L -p icmp 2>/dev/null | grep -o 'type=[0-9]* code=0 id=7[0-9] [^ ]*' | sed 's/ [^ ]*$//' | sort
echo 'the XML, without the number of the entry:'
for protocol in icmp udp; do
  $conntrack -L -p $protocol -o xml 2>/dev/null | grep '<flow>' | sed 's/.*"original">//; s/<.meta>.*//' | sort | uniq -c
done
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
the text:
type=0 code=0 id=77
type=0 code=0 id=78
type=13 code=0 id=79
type=14 code=0 id=79
type=8 code=0 id=77
type=8 code=0 id=78
the XML, without the number of the entry:
      3 <layer3 protonum="2" protoname="ipv4"><src>192.0.2.1</src><dst>192.0.2.2</dst></layer3><layer4 protonum="1" protoname="icmp"></layer4>
      1 <layer3 protonum="2" protoname="ipv4"><src>192.0.2.1</src><dst>192.0.2.2</dst></layer3><layer4 protonum="17" protoname="udp"><sport>1000</sport><dport>53</dport></layer4>
END
diff expected seen
