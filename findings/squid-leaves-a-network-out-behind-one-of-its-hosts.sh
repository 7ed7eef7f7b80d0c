#!/usr/bin/env bash
# squid 5.7 (Debian 12, 5.7-2+deb12u6), curl to ask.
#
# An acl of addresses may have several values, and one that matches is enough: so it is with networks side by side.
# What becomes of two that have something in common squid.conf.documented does not say. Squid keeps the first one and
# leaves the other one out, also where the other one is the wider: with 10.0.0.110 above 10.0.0.0/24 the acl is that
# one host; turned round, it is the network. Of 10.0.0.0-10.0.0.120 and 10.0.0.100-10.0.0.200 the second one is left
# out, and 10.0.0.150 with it. Squid starts all the same, and `-k parse` ends with 0. It does warn, but in the same
# words where no harm is done and where it is: the one "is a subnetwork" of the other (of the two ranges too), and
# should be removed. Which one is "ignored" stands in the line between. (Squid's pull request 1632 is about it.)
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
command -v curl >/dev/null || { echo 'no curl here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # squid reads it as nobody.
cd "$work"
apt-get -q download squid=5.7-2+deb12u6 squid-common=5.7-2+deb12u6 libecap3=1.0.1-3.4 libltdl7=2.4.7-7~deb12u1 \
  libnetfilter-conntrack3=1.0.9-3 libnfnetlink0=1.0.2-2 libmnl0=1.0.4-3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
! LD_LIBRARY_PATH=$LD_LIBRARY_PATH ldd tree/usr/sbin/squid | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

mkdir none
cat >conf <<END
http_port 127.0.0.1:3128
visible_hostname proxy.example
cache_effective_user nobody
pid_filename none
coredump_dir none
pinger_enable off
netdb_filename none
unlinkd_program /bin/true
dns_nameservers 127.0.0.1
shutdown_lifetime 0 seconds
cache_mem 8 MB
cache_log /dev/null
access_log none
mime_table $work/tree/usr/share/squid/mime.conf
icon_directory $work/tree/usr/share/squid/icons
error_directory $work/none
acl network-host src 10.0.0.0/24
acl network-host src 10.0.0.110
acl host-network src 10.0.0.110
acl host-network src 10.0.0.0/24
acl low-high src 10.0.0.0-10.0.0.120
acl low-high src 10.0.0.100-10.0.0.200
acl high-low src 10.0.0.100-10.0.0.200
acl high-low src 10.0.0.0-10.0.0.120
http_access deny all
reply_header_add Seen network-host network-host
reply_header_add Seen host-network host-network
reply_header_add Seen low-high low-high
reply_header_add Seen high-low high-low
END
cat >inside <<'END'
ip link set lo up
for host in 50 110 150; do ip address add 10.0.0.$host/32 dev lo; done
LD_LIBRARY_PATH=$1 timeout 60 tree/usr/sbin/squid -k parse -f conf >parsed 2>&1
echo "parse: $?"
LD_LIBRARY_PATH=$1 timeout 60 tree/usr/sbin/squid -N -d 1 -f conf >log 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
until ss -Hltn sport = :3128 | grep -q 3128; do kill -0 $server; sleep 0.1; done
for host in 50 110 150; do
  echo "10.0.0.$host is in: $(curl -s -D - -o answer --interface 10.0.0.$host -x 127.0.0.1:3128 http://127.0.0.1/ |
    tr -d '\r' | sed -n 's/^Seen: //p' | sort | xargs)"
done
END
unshare --net bash -eu inside "$LD_LIBRARY_PATH" >seen || { cat seen log; exit 1; }
sed -n 's/.*because of this \(.*\) to keep.*/\1/p; s/.*You should probably/you should probably/p' log >>seen
cat seen
cat >expected <<'END'
parse: 0
10.0.0.50 is in: low-high network-host
10.0.0.110 is in: high-low host-network low-high network-host
10.0.0.150 is in: high-low network-host
'10.0.0.110' is ignored
you should probably remove '10.0.0.110' from the ACL named 'network-host'
'10.0.0.0/24' is ignored
you should probably remove '10.0.0.110' from the ACL named 'host-network'
'10.0.0.100-10.0.0.200' is ignored
you should probably remove '10.0.0.100-10.0.0.200' from the ACL named 'low-high'
'10.0.0.0-10.0.0.120' is ignored
you should probably remove '10.0.0.100-10.0.0.200' from the ACL named 'high-low'
END
diff expected seen
