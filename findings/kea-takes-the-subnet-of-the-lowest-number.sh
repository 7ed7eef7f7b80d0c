#!/usr/bin/env bash
# Kea 2.2.0 (Debian 12, kea-dhcp4-server and kea-common 2.2.0-6, liblog4cplus-2.0.5 2.0.8-1).
#
# A DHCP server has 10.0.0.0/8 for all sites and 10.1.0.0/16 for one, and a relay of that site asks (giaddr 10.1.0.1).
# In a table of routes, in an access list by length, in a zone of DNS the narrower one counts; in a list that is read
# from its beginning, the first. Here it is neither: of the subnets that have the relay's address Kea takes the one with
# the lowest "id", wherever it stands in the file, so that 10.1.0.0/16 with a higher id never gives an address. Nothing
# warns of subnets that overlap, `-t` neither. Other numbers, and nothing else, turn it round. (Without ids they are
# numbered as they stand in the file, which looks like "the first".)
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes network namespaces' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download kea-dhcp4-server=2.2.0-6 kea-common=2.2.0-6 liblog4cplus-2.0.5=2.0.8-1 \
  libpq5=15.20-0+deb12u1 libmariadb3=1:10.11.19-0+deb12u1 libldap-2.5-0=2.5.13+dfsg-5 libsasl2-2=2.1.28+dfsg-10 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH KEA_PIDFILE_DIR=$work KEA_LOCKFILE_DIR=$work
! ldd tree/usr/sbin/kea-dhcp4 | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >relay.py <<'END'
import socket, struct
relay = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
relay.bind(("10.1.0.1", 67))
relay.settimeout(0.3)
head = struct.pack(">BBBBIHH", 1, 1, 6, 1, 77, 0, 0) + bytes(12) + bytes([10, 1, 0, 1])
client = bytes.fromhex("020000000005") + bytes(10 + 64 + 128)
discover = head + client + bytes.fromhex("63825363350101ff")
for _ in range(60):  # Until the server listens.
    relay.sendto(discover, ("192.0.2.1", 67))
    try:
        print(socket.inet_ntoa(relay.recv(2000)[16:20]))
        break
    except TimeoutError:
        pass
END
cat >inside <<'END'
# The relay is in another network namespace, held by a process that waits.
unshare --net sleep 120 &
site=$!
trap 'kill $site' EXIT
until [ "$(readlink /proc/$site/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
there() { nsenter --net=/proc/$site/ns/net "$@"; }
ip link add v0 type veth peer name v1 netns $site || { echo 'no veth here' >&2; exit 2; }
ip address add 192.0.2.1/24 dev v0
ip link set v0 up
there ip address add 192.0.2.2/24 dev v1
there ip address add 10.1.0.1/32 dev v1
there ip link set v1 up
ip route add 10.1.0.1 via 192.0.2.2
offered() { # WORDS SUBNET SUBNET: what a client of the site is offered
  cat >kea.json <<CONFIGURATION
{"Dhcp4": {"interfaces-config": {"interfaces": ["v0"], "dhcp-socket-type": "udp"}, "valid-lifetime": 600,
 "lease-database": {"type": "memfile", "persist": false}, "subnet4": [$2, $3],
 "loggers": [{"name": "kea-dhcp4", "severity": "WARN", "output_options": [{"output": "log"}]}]}}
CONFIGURATION
  tree/usr/sbin/kea-dhcp4 -t kea.json >tested 2>&1 || { cat tested; exit 1; }
  tree/usr/sbin/kea-dhcp4 -c kea.json >started 2>&1 &
  server=$!
  echo "$1: $(there /usr/bin/python3 -I relay.py), words on overlap: $(cat tested started log | grep -ci overlap || :)"
  kill $server
  wait $server || :
}
subnet() { echo "{\"id\": $1, \"subnet\": \"$2\", \"pools\": [{\"pool\": \"${2%0/*}100-${2%0/*}110\"}]}"; }
offered '/8 is 1, /16 is 2' "$(subnet 1 10.0.0.0/8)" "$(subnet 2 10.1.0.0/16)"
offered 'the same, /16 first in the file' "$(subnet 2 10.1.0.0/16)" "$(subnet 1 10.0.0.0/8)"
offered '/8 is 9, /16 is 2' "$(subnet 9 10.0.0.0/8)" "$(subnet 2 10.1.0.0/16)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
/8 is 1, /16 is 2: 10.0.0.100, words on overlap: 0
the same, /16 first in the file: 10.0.0.100, words on overlap: 0
/8 is 9, /16 is 2: 10.1.0.100, words on overlap: 0
END
diff expected seen
