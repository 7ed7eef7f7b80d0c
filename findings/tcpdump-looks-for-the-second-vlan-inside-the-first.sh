#!/usr/bin/env bash
# tcpdump 4.99.3 (Debian 12, 4.99.3-1), libpcap 1.10.3 (libpcap0.8 1.10.3-1); Linux 6.18 for the capture on a link.
#
# `tcpdump 'vlan 10 or vlan 20'` on a trunk shows VLAN 10 and never VLAN 20. Each `vlan` moves everything behind it in
# the expression four bytes on, also where it stands on the other side of an `or`: the second one looks for VLAN 20
# inside of a first tag. pcap-filter(7) says that for `vlan 100 && vlan 200`, a tag in a tag; nothing in the
# expression tells that `or` means the same. So the order counts: `port 80 or (vlan and port 80)` finds tagged and
# untagged, `(vlan and port 80) or port 80` only tagged, `not vlan and port 80` nothing at all. What means either VLAN:
# `vlan and (ether[14:2] & 0xfff = 10 or ether[14:2] & 0xfff = 20)` in a file.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
tcpdump=$(echo tree/usr/*bin/tcpdump)

# One UDP packet to port 80 without a tag, one in VLAN 10, one in VLAN 20; its second says which it is.
/usr/bin/python3 -I - <<'END'
import struct
with open("trunk.pcap", "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for vlan in (0, 10, 20):
        tag = struct.pack(">HH", 0x8100, vlan) if vlan else b""
        udp = struct.pack(">HHHH", 1000, 80, 8, 0)
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 64, 17, 0, bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2)))
        frame = (bytes(5) + b"\2" + bytes(5) + b"\1" + tag + b"\x08\0" + ip + udp).ljust(60, b"\0")
        file.write(struct.pack("<IIII", vlan, 0, len(frame), len(frame)) + frame)
END
found() {
  seconds=$("$tcpdump" -n -tt -r trunk.pcap "$1" 2>/dev/null | sed 's/\..*//' | paste -sd' ')
  echo "$1: ${seconds:-nothing}" | sed 's/ 0\b/ untagged/'
}
{
  found 'vlan 10 or vlan 20'
  found 'vlan 20 or vlan 10'
  found 'port 80 or (vlan and port 80)'
  found '(vlan and port 80) or port 80'
  found 'not vlan and port 80'
  found 'vlan and (ether[14:2] & 0xfff = 10 or ether[14:2] & 0xfff = 20)'
} | tee seen
cat >expected <<'END'
vlan 10 or vlan 20: 10
vlan 20 or vlan 10: 20
port 80 or (vlan and port 80): untagged 10 20
(vlan and port 80) or port 80: 10 20
not vlan and port 80: nothing
vlan and (ether[14:2] & 0xfff = 10 or ether[14:2] & 0xfff = 20): 10 20
END
diff expected seen
