#!/usr/bin/env bash
# tcpdump 4.99.3 with libpcap 1.10.3 (Debian 12, 4.99.3-1 and libpcap0.8 1.10.3-1); mergecap 4.0.17 (wireshark-common,
# libwiretap13 and libwsutil14 4.0.17-0+deb12u3).
#
# Two machines captured, one with `tcpdump -s 96`, the other with the default, and mergecap puts the files together: a
# pcapng, its usual form, in which each interface has the snapshot length of its file. Wireshark and capinfos read it.
# tcpdump ends before the first packet: "an interface has a snapshot length 96 different from the snapshot length of
# the first interface", status 1; it is the reader of libpcap that refuses. The packets are all there, and none
# is longer than either length. `mergecap -F pcap` writes one length for all, which tcpdump reads. Interfaces that
# differ in their time's resolution are no obstacle.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 wireshark-common=4.0.17-0+deb12u3 \
  libwiretap13=4.0.17-0+deb12u3 libwsutil14=4.0.17-0+deb12u3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
mergecap=tree/usr/bin/mergecap capinfos=tree/usr/bin/capinfos tcpdump=tree/usr/bin/tcpdump
! ldd "$mergecap" "$capinfos" "$tcpdump" | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >make.py <<'END'
import struct
frame = bytes.fromhex("02000000000202000000000108004500002100000000401166c90a0000010a00000203e80009000d0000") + b"hello"
def capture(name, magic, snapshot, second, fraction):
    head = struct.pack("<IHHiIII", magic, 2, 4, 0, 0, snapshot, 1)
    packet = struct.pack("<IIII", second, fraction, len(frame), len(frame)) + frame
    with open(name, "wb") as file:
        file.write(head + packet)
capture("default", 0xA1B2C3D4, 262144, 1700000000, 500000)
capture("s96", 0xA1B2C3D4, 96, 1700000001, 500000)
capture("nanoseconds", 0xA1B23C4D, 262144, 1700000002, 500000000)
END
/usr/bin/python3 -I make.py
read_by_both() {
  code=0
  "$tcpdump" -tt -n -r "$2" >packets 2>said || code=$?
  echo "$1: capinfos has $("$capinfos" -Mc "$2" 2>/dev/null | sed -n 's/^Number of packets: *//p') packets," \
    "tcpdump $(wc -l <packets), status $code $(sed -n 's/^tcpdump: pcap_loop: //p' said)"
}
{
  "$mergecap" -w both default s96
  read_by_both 'default and -s 96' both
  "$mergecap" -F pcap -w both default s96
  read_by_both 'the same, -F pcap' both
  "$mergecap" -w both default nanoseconds
  read_by_both 'microseconds and nanoseconds' both
} | sed 's/ $//' | tee seen
cat >expected <<'END'
default and -s 96: capinfos has 2 packets, tcpdump 0, status 1 an interface has a snapshot length 96 different from the snapshot length of the first interface
the same, -F pcap: capinfos has 2 packets, tcpdump 2, status 0
microseconds and nanoseconds: capinfos has 2 packets, tcpdump 2, status 0
END
diff expected seen
