#!/usr/bin/env bash
# dpkt 1.9.8 (Debian 12, python3-dpkt 1.9.8-1); mergecap and capinfos 4.0.17 (wireshark-common, libwiretap13 and
# libwsutil14 4.0.17-0+deb12u3).
#
# A capture in microseconds and one in nanoseconds, put together by mergecap: in a pcapng each interface has the
# resolution of its times (if_tsresol). dpkt's pcapng.Reader takes that of the first interface for all packets: of a
# second after the first packet it makes the year 55840, and when the files are given in the other order, 1970. The
# order of the files decides, nothing is raised, and the packets are right; a file with one interface is read as it is.
# capinfos has both packets within a second.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download python3-dpkt=1.9.8-1 wireshark-common=4.0.17-0+deb12u3 libwiretap13=4.0.17-0+deb12u3 \
  libwsutil14=4.0.17-0+deb12u3 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
! ldd tree/usr/bin/mergecap tree/usr/bin/capinfos | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >make.py <<'END'
import struct
frame = bytes.fromhex("02000000000202000000000108004500002100000000401166c90a0000010a00000203e80009000d0000") + b"hello"
def capture(name, magic, snapshot, second, fraction):
    head = struct.pack("<IHHiIII", magic, 2, 4, 0, 0, snapshot, 1)
    packet = struct.pack("<IIII", second, fraction, len(frame), len(frame)) + frame
    with open(name, "wb") as file:
        file.write(head + packet)
capture("us", 0xA1B2C3D4, 262144, 1700000000, 500000)
capture("ns", 0xA1B23C4D, 262144, 1700000001, 500000000)
END
/usr/bin/python3 -I make.py
cat >read.py <<'END'
import sys
sys.path.insert(0, "tree/usr/lib/python3/dist-packages")
import dpkt
with open(sys.argv[1], "rb") as file:
    print(*(f"{time:.1f}" for time, _ in dpkt.pcapng.Reader(file)))
END
for order in 'us ns' 'ns us' us ns; do
  tree/usr/bin/mergecap -a -w both.pcapng $order
  times=$(tree/usr/bin/capinfos -aeS both.pcapng | sed -n 's/.* packet time: *\([0-9]*\.[0-9]\).*/\1/p')
  echo "$order: first and last by capinfos" $times", by dpkt $(/usr/bin/python3 -I read.py both.pcapng)"
done | tee seen
cat >expected <<'END'
us ns: first and last by capinfos 1700000000.5 1700000001.5, by dpkt 1700000000.5 1700000001500.0
ns us: first and last by capinfos 1700000000.5 1700000001.5, by dpkt 1700000001.5 1700000.0
us: first and last by capinfos 1700000000.5 1700000000.5, by dpkt 1700000000.5
ns: first and last by capinfos 1700000001.5 1700000001.5, by dpkt 1700000001.5
END
diff expected seen
