#!/usr/bin/env bash
# Kea 2.2.0 (Debian 12, kea-dhcp4-server and kea-common 2.2.0-6, liblog4cplus-2.0.5 2.0.8-1).
#
# A class of clients (phones) and the subnet they are in both say the domain (option 15), the lease's time, the next
# server and the boot file. Whoever knows ISC's dhcpd expects that the class counts, as the narrower one, or else the
# subnet, each time. In Kea one answer is mixed of both: in options the subnet wins over the class, in the lease's time
# and in the fields of the header, next-server and boot-file-name, the class wins over the subnet. So a phone gets the
# class's boot file and not its options, and there is no word about it. What the subnet leaves unsaid is the class's.
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
# DHCPDISCOVER of the vendor class "phone"; asks for the domain and the boot file's options.
discover = head + client + bytes.fromhex("63825363 350101 3c05") + b"phone" + bytes.fromhex("37010f ff")
for _ in range(60):  # Until the server listens.
    relay.sendto(discover, ("192.0.2.1", 67))
    try:
        answer = relay.recv(2000)
    except TimeoutError:
        continue
    options, at = {}, 240
    while answer[at] != 255:
        options[answer[at]] = answer[at + 2:at + 2 + answer[at + 1]]
        at += 2 + answer[at + 1]
    print("domain", options[15].decode(), "lease", int.from_bytes(options[51], "big"), "next", answer[23],
          "file", answer[108:236].split(b"\0")[0].decode())
    break
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
offered() { # WORDS SUBNET'S: what a phone is offered
  cat >kea.json <<CONFIGURATION
{"Dhcp4": {"interfaces-config": {"interfaces": ["v0"], "dhcp-socket-type": "udp"},
 "lease-database": {"type": "memfile", "persist": false},
 "client-classes": [{"name": "phones", "test": "option[60].text == 'phone'", "valid-lifetime": 111,
  "next-server": "10.0.0.111", "boot-file-name": "class", "option-data": [{"name": "domain-name", "data": "class"}]}],
 "subnet4": [{"id": 1, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.100-10.1.0.110"}], $2}],
 "loggers": [{"name": "kea-dhcp4", "severity": "WARN", "output_options": [{"output": "log"}]}]}}
CONFIGURATION
  tree/usr/sbin/kea-dhcp4 -c kea.json >started 2>&1 &
  server=$!
  echo "$1: $(there /usr/bin/python3 -I relay.py)"
  kill $server
  wait $server || :
}
offered 'both say all' '"valid-lifetime": 222, "next-server": "10.0.0.222", "boot-file-name": "subnet",
  "option-data": [{"name": "domain-name", "data": "subnet"}]'
offered 'the class alone' '"option-data": []'
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
both say all: domain subnet lease 111 next 111 file class
the class alone: domain class lease 111 next 111 file class
END
diff expected seen
