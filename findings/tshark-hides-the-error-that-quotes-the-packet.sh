#!/usr/bin/env bash
# tshark 4.0.17 (Debian 12, 4.0.17-0+deb12u3); tcpdump 4.99.3 with libpcap 1.10.3 (4.99.3-1, 1.10.3-1).
#
# A host asks another for a name, and a router answers that it may not (ICMP 3/13), with the beginning of the question in
# it, as it must. `not udp.port == 53` is to hide the DNS and leave what else there is: it hides the router's word too,
# and nothing is left that says why. A field of a display filter is found wherever a packet has it, also in what an
# ICMP error quotes. So `ip.src == 10.0.0.1` counts a packet that 10.0.0.1 never sent, `-T fields -e ip.src` prints two
# senders for one packet, and `ip.src != 10.0.0.1` (since 4.0: none of them) misses the router's packet. The same words
# as a capture filter, `not port 53` and `src host`, are about the outermost header alone. The layer of a field says
# which one is meant: `ip.src#1` is of the outer header; `udp.port#1` is still the quoted one, the first of its kind.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download tshark=4.0.17-0+deb12u3 libwireshark16=4.0.17-0+deb12u3 libwiretap13=4.0.17-0+deb12u3 \
  libwsutil14=4.0.17-0+deb12u3 wireshark-common=4.0.17-0+deb12u3 libwireshark-data=4.0.17-0+deb12u3 \
  libbcg729-0=1.1.1-2 liblua5.2-0=5.2.4-3 libsbc1=2.0-1 libsmi2ldbl=0.4.8+dfsg2-16 libsnappy1v5=1.1.9-3 \
  libspandsp2=0.0.6+dfsg-2+b1 libc-ares2=1.18.1-3 libtiff6=4.5.0-6+deb12u4 libglib2.0-0=2.74.6-2+deb12u9 \
  tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH HOME=$work
tshark=tree/usr/bin/tshark tcpdump=tree/usr/bin/tcpdump
! ldd "$tshark" "$tcpdump" tree/usr/lib/*-linux-gnu/libwireshark.so.16 | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

cat >make.py <<'END'
import struct
def ip(source, destination, protocol, data):
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(data), 1, 0, 64, protocol, 0)
    return head + bytes([10, 0, 0, source, 10, 0, 0, destination]) + data
question = ip(1, 9, 17, struct.pack(">HHHH", 1000, 53, 8, 0))
refusal = ip(254, 1, 1, struct.pack(">BBHI", 3, 13, 0, 0) + question)
ntp = ip(2, 9, 17, struct.pack(">HHHH", 1000, 123, 8, 0))
with open("capture", "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for second, packet in enumerate([question, refusal, ntp]):
        frame = bytes.fromhex("0200000000020200000000010800") + packet
        file.write(struct.pack("<IIII", 1700000000 + second, 0, len(frame), len(frame)) + frame)
END
/usr/bin/python3 -I make.py
named() { sed 's/^1$/question/; s/^2$/refusal/; s/^3$/ntp/' | tr '\n' ' ' | sed 's/ $//'; }
displayed() { echo "tshark -Y '$1': $("$tshark" -n -r capture -Y "$1" -T fields -e frame.number 2>/dev/null | named)"; }
captured() {
  echo "tcpdump '$1': $("$tcpdump" -nn -tt -r capture "$1" 2>/dev/null | sed -E 's/^170000000(.).*/\1/' |
    while read -r second; do echo $((second + 1)); done | named)"
}
{
  displayed 'not udp.port == 53'
  captured 'not port 53'
  displayed 'ip.src == 10.0.0.1'
  captured 'src host 10.0.0.1'
  displayed 'ip.src != 10.0.0.1'
  displayed 'ip.src#1 == 10.0.0.1'
  displayed 'not udp.port#1 == 53'
  echo "senders of the refusal: $("$tshark" -n -r capture -Y icmp -T fields -e ip.src 2>/dev/null)"
} | tee seen
cat >expected <<'END'
tshark -Y 'not udp.port == 53': ntp
tcpdump 'not port 53': refusal ntp
tshark -Y 'ip.src == 10.0.0.1': question refusal
tcpdump 'src host 10.0.0.1': question
tshark -Y 'ip.src != 10.0.0.1': ntp
tshark -Y 'ip.src#1 == 10.0.0.1': question
tshark -Y 'not udp.port#1 == 53': ntp
senders of the refusal: 10.0.0.254,10.0.0.1
END
diff expected seen
