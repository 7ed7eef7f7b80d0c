#!/usr/bin/env bash
# iproute2 6.1.0 (Debian 12, 6.1.0-3) on Linux 6.18 (seen); see br_handle_frame_finish in net/bridge/br_input.c and
# br_multicast_querier_exists in net/bridge/br_private.h.
#
# A bridge with multicast snooping, no multicast router in the network: an entry by hand, `bridge mdb add dev br0 port
# p2 grp 239.1.1.1 permanent`, is to keep the group on one port. The bridge lists the entry and floods the group to
# every port. Entries, static ones too, count only while a querier is known: another host's queries have been heard, or
# the bridge has been told to ask (`mcast_querier 1`) and its first question has had its 10 seconds. Then the very same
# entry holds. A group that is a MAC address (`grp 01:00:5e:01:01:01`) needs no querier.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download iproute2=6.1.0-3 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x iproute2_*.deb tree

# Ten UDP packets to 239.1.1.1, or ten frames of another protocol to its MAC address, and a broadcast behind them:
# how many of the ten come to the second and third host before it.
cat >send.py <<'END'
import socket, struct, sys
source = bytes.fromhex("020000000001")
udp = struct.pack(">HHHH", 1000, 2000, 8, 0)
head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 4, 17, 0, bytes((10, 0, 0, 1)), bytes((239, 1, 1, 1)))
total = sum(struct.unpack(">10H", head))
check = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
packet = b"\x08\0" + head[:10] + struct.pack(">H", check) + head[12:] + udp
if sys.argv[1] == "frames":
    packet = b"\x88\xb5" + bytes(50)
links = []
for name in ("h1", "h2", "h3"):
    links.append(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))
    links[-1].bind((name, 0))
    links[-1].settimeout(20)
for _ in range(10):
    links[0].send(bytes.fromhex("01005e010101") + source + packet)
links[0].send(b"\xff" * 6 + source + b"\x88\xb5" + bytes(50))
counts = []
for link in links[1:]:
    counts.append(0)
    while True:
        frame = link.recv(2048)
        if frame[6:12] == source:
            if frame[0] == 0xFF:
                break
            counts[-1] += 1
print("%d and %d" % tuple(counts))
END
cat >inside <<'END'
export PATH=$PWD/tree/bin:$PWD/tree/sbin:$PATH
# Nothing but ours is on the links: no IPv6, whose own groups would be counted with it.
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add br0 type bridge mcast_snooping 1 || { echo 'no bridges here' >&2; exit 2; }
for port in 1 2 3; do
  ip link add p$port type veth peer name h$port
  ip link set p$port master br0 up
  ip link set h$port up
done
ip link set br0 up
until [ "$(bridge link | grep -c 'state forwarding')" = 3 ]; do :; done
got() { /usr/bin/python3 -I send.py $1; }
bridge mdb add dev br0 port p2 grp 239.1.1.1 permanent
echo "listed: $(bridge mdb show | sed 's/ *$//')"
echo "without a querier: $(got packets)"
ip link set br0 type bridge mcast_querier 1
echo "just after mcast_querier 1: $(got packets)"
end=$((SECONDS + 30))
until [ "$(got packets)" = '10 and 0' ] || [ $SECONDS -ge $end ]; do :; done
echo "some time after it: $(got packets)"
ip link set br0 type bridge mcast_querier 0
bridge mdb del dev br0 port p2 grp 239.1.1.1
echo "the querier off, no entry, frames to the MAC address: $(got frames)"
bridge mdb add dev br0 port p2 grp 01:00:5e:01:01:01 permanent
echo "an entry of the MAC address: $(got frames)"
END
unshare --net bash -eu inside >seen || { status=$?; cat seen; exit "$status"; }
cat seen
cat >expected <<'END'
listed: dev br0 port p2 grp 239.1.1.1 permanent
without a querier: 10 and 10
just after mcast_querier 1: 10 and 10
some time after it: 10 and 0
the querier off, no entry, frames to the MAC address: 10 and 10
an entry of the MAC address: 10 and 0
END
diff expected seen
