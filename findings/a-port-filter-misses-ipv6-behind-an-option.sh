#!/usr/bin/env bash
# tcpdump 4.99.3 with libpcap 1.10.3 (Debian 12, 4.99.3-1 and 1.10.3-1).
#
# `udp port 53` looks for UDP only where the IPv6 header names it as the next header. A query behind an extension
# header (here Destination Options with padding, as tunnels and tests send them) is DNS to everybody, tcpdump itself
# prints it as such, and the filter leaves it out; so does `ip6 proto 17`, and in a capture that filters there is
# nothing to see. `ip6 protochain 17` follows the headers and finds both. The same query in IPv4 with an option in its
# header is found by the plain filter: there the length of the header is counted.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in ./*.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
tcpdump=$(find tree -name tcpdump -type f -perm -u+x | head -n 1)

python3 -I - <<'END'
import socket, struct
query = bytes.fromhex('000101000001000000000000') + b'\x03www\x07example\x00' + bytes.fromhex('00010001')
udp = struct.pack('!HHHH', 40000, 53, 8 + len(query), 0) + query
ends = socket.inet_pton(10, '2001:db8::1') + socket.inet_pton(10, '2001:db8::2')
def six(following, rest):
    return struct.pack('!IHBB', 6 << 28, len(rest), following, 64) + ends + rest
options = bytes([17, 0, 1, 4, 0, 0, 0, 0])
addresses = socket.inet_aton('10.0.0.1') + socket.inet_aton('10.0.0.2')
four = struct.pack('!BBHHHBBH', 0x46, 0, 24 + len(udp), 0, 0, 64, 17, 0) + addresses + b'\x01\x01\x01\x00' + udp
# LINKTYPE_RAW
for name, packets in {'six': [six(17, udp), six(60, options + udp)], 'four': [four]}.items():
    with open(name, 'wb') as file:
        file.write(struct.pack('=IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        for packet in packets:
            file.write(struct.pack('=IIII', 0, 0, len(packet), len(packet)) + packet)
END
found() { echo "$1, $2: $("$tcpdump" -nr "$1" "$2" 2>/dev/null | wc -l) of $("$tcpdump" -nr "$1" 2>/dev/null | grep -c 'A? www')"; }
{
  for filter in 'udp port 53' 'ip6 proto 17' 'ip6 protochain 17'; do found six "$filter"; done
  found four 'udp port 53'
} | tee seen
cat >expected <<'END'
six, udp port 53: 1 of 2
six, ip6 proto 17: 1 of 2
six, ip6 protochain 17: 2 of 2
four, udp port 53: 1 of 1
END
diff expected seen
