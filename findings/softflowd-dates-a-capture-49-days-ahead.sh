#!/usr/bin/env bash
# softflowd 1.1.0 (Debian 12, 1.1.0-1+b1), nfdump 1.7.1 (1.7.1-2+deb12u1), its nfcapd as the collector.
#
# `softflowd -r capture` makes flows of a capture file and sends them to a collector. It has been up for 0 ms then, and
# the packets are older: SysUptime in the header is 0, and the flow's first and last packet are at minus so many
# milliseconds, in an unsigned field of 32 bits. nfcapd takes that for what it is in NetFlow v5. In NetFlow v9 and
# IPFIX the flow is dated 2^32 ms too late: it is to come in 49 days and 17 hours, and `nfdump -t` with the day of the
# capture finds nothing. Of a capture older than 49 days v5 has a wrong day too, a multiple of 2^32 ms off. Packets and
# bytes are right, nothing is said.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be seen here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download softflowd=1.1.0-1+b1 nfdump=1.7.1-2+deb12u1 libpcap0.8=1.10.3-1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done

# capture FILE TIME: five packets of one TCP connection, a second apart
cat >capture.py <<'END'
import struct, sys
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for second in range(5):
        tcp = struct.pack(">HHIIBBHHH", 1000, 80, 1, 1, 0x50, 0x18, 1000, 0, 0)
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, 64, 6, 0, bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2)))
        frame = bytes(5) + b"\2" + bytes(5) + b"\1" + b"\x08\0" + ip + tcp
        file.write(struct.pack("<IIII", int(sys.argv[2]) + second, 0, len(frame), len(frame)) + frame)
END
cat >inside <<'END'
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu) TZ=UTC
ip link set lo up
# date_of FILE VERSION: when the flow begins, as the collector has it
date_of() {
  mkdir -p flows
  tree/usr/bin/nfcapd -b 127.0.0.1 -p 9995 -l flows -t 3600 >log 2>&1 &
  collector=$!
  until ss -Hlun sport = :9995 | grep -q 9995; do kill -0 $collector; done
  tree/usr/sbin/softflowd -n 127.0.0.1:9995 -v "$2" -r "$1" -p pid -c control >/dev/null 2>&1
  until [ "$(ss -Hlun sport = :9995 | awk '{ print $2 }')" = 0 ]; do :; done
  kill $collector
  wait $collector || :
  tree/usr/bin/nfdump -R flows -q -o 'fmt:%ts' 2>/dev/null | cut -c1-19
  rm -r flows
}
now=$(date +%s)
/usr/bin/python3 -I capture.py fresh.pcap $((now - 600))
/usr/bin/python3 -I capture.py old.pcap 1600000000
for version in 5 9 10; do
  for file in fresh old; do
    taken=$([ "$file" = fresh ] && echo $((now - 600)) || echo 1600000000)
    late=$(($(date -d "$(date_of $file.pcap $version)" +%s) - taken))
    # To the nearest wrap, and what is beside it; softflowd rounds, and some seconds pass.
    wraps=$(((late * 1000 + 2147483648) / 4294967296))
    rest=$((late - wraps * 4294967))
    [ "$rest" -ge -20 ] && [ "$rest" -le 60 ] && rest=right || rest="$rest s off"
    [ "$wraps" -le 1 ] || wraps=several
    echo "version $version, $file: $wraps times 2^32 ms late, else $rest"
  done
done
END
unshare --net bash -eu inside | tee seen
cat >expected <<'END'
version 5, fresh: 0 times 2^32 ms late, else right
version 5, old: several times 2^32 ms late, else right
version 9, fresh: 1 times 2^32 ms late, else right
version 9, old: several times 2^32 ms late, else right
version 10, fresh: 1 times 2^32 ms late, else right
version 10, old: several times 2^32 ms late, else right
END
diff expected seen
