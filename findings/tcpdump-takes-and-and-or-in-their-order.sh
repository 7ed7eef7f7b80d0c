#!/usr/bin/env bash
# tcpdump 4.99.3 with libpcap 1.10.3 (Debian 12, 4.99.3-1 and libpcap0.8 1.10.3-1); nfdump 1.7.1 (1.7.1-2+deb12u1).
#
# Whose NTP, and the DNS of one host: `port 123 or port 53 and src host 10.0.0.1`. In C, Python, SQL and nft `and` binds
# closer than `or`; in a capture filter both are equal and taken from the left, so this is `(port 123 or port 53) and
# src host 10.0.0.1`, and NTP of others is missing, without a word. The other order of the same words, `port 53 and src
# host 10.0.0.1 or port 123`, has it. nfdump, whose filters look the same (its manual says: like tcpdump's), binds `and`
# closer: of the same flows it lists them all, in both orders. Parentheses are what means one thing in both.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 nfdump=1.7.1-2+deb12u1 librrd8=1.7.2-4+b8 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
tcpdump=tree/usr/bin/tcpdump nfpcapd=tree/usr/bin/nfpcapd nfdump=tree/usr/bin/nfdump
! ldd "$tcpdump" "$nfpcapd" "$nfdump" | grep -q 'not found' || { echo 'libraries are lacking' >&2; exit 2; }

cat >make.py <<'END'
import struct
def question(source, port):
    udp = struct.pack(">HHHH", 1000, port, 8, 0)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 28, 1, 0, 64, 17, 0) + bytes([10, 0, 0, source, 10, 0, 0, 9])
    return bytes.fromhex("0200000000020200000000010800") + ip + udp
with open("capture", "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for second, frame in enumerate([question(1, 53), question(2, 53), question(2, 123)]):
        file.write(struct.pack("<IIII", 1700000000 + second, 0, len(frame), len(frame)) + frame)
END
/usr/bin/python3 -I make.py
mkdir flows
"$nfpcapd" -r capture -l flows >/dev/null 2>&1
found() { # FILTER: what each of the two lists, as host:port
  echo "$1: tcpdump" \
    $("$tcpdump" -nn -r capture "$(echo "$1" | sed 's/ 10/ host 10/')" 2>/dev/null |
      sed -E 's/.* IP 10\.0\.0\.(.)\.1000 > 10\.0\.0\.9\.([0-9]+).*/.\1:\2/' | sort) "| nfdump" \
    $("$nfdump" -q -r flows/nfcapd.* -o 'fmt:%sa:%dp' "$(echo "$1" | sed 's/ 10/ ip 10/')" |
      sed -E 's/.*10\.0\.0\.(.): *([0-9]+).*/.\1:\2/' | sort)
}
{
  found 'port 123 or port 53 and src 10.0.0.1'
  found 'port 53 and src 10.0.0.1 or port 123'
  found 'port 123 or (port 53 and src 10.0.0.1)'
} | tee seen
cat >expected <<'END'
port 123 or port 53 and src 10.0.0.1: tcpdump .1:53 | nfdump .1:53 .2:123
port 53 and src 10.0.0.1 or port 123: tcpdump .1:53 .2:123 | nfdump .1:53 .2:123
port 123 or (port 53 and src 10.0.0.1): tcpdump .1:53 .2:123 | nfdump .1:53 .2:123
END
diff expected seen
