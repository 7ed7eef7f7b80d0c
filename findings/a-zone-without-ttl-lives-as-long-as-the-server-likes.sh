#!/usr/bin/env bash
# BIND 9.18.49 (Debian 12, bind9-utils and bind9-libs 1:9.18.49-1~deb12u3), NSD 4.6.1 (nsd 4.6.1-1), PowerDNS 4.7.3
# (pdns-server 4.7.3-2, whose zone2json has the parser of the server's bind backend), ldns 1.8.3 (ldnsutils and
# libldns3 1.8.3-1+b1).
#
# A zone file without $TTL, as older ones are: a record without a TTL has "the last explicitly stated" one (RFC 1035,
# section 5.1). BIND and PowerDNS do that, NSD gives each such record 3600 s whatever stands above, ldns takes the last
# TTL unless it was 0, then 3600. A file whose records are to live 60 s, said once at the SOA, moved from BIND to NSD,
# is cached 60 times as long. Where the SOA has none, BIND takes the SOA's minimum, and for all records below too,
# whatever else was stated; the others take 3600 until one is. Only BIND says a word, and the zones load everywhere.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download bind9-utils=1:9.18.49-1~deb12u3 bind9-libs=1:9.18.49-1~deb12u3 nsd=4.6.1-1 \
  pdns-server=4.7.3-2 libboost-program-options1.74.0=1.74.0+ds1-21 ldnsutils=1.8.3-1+b1 libldns3=1.8.3-1+b1 \
  >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
compile=tree/usr/bin/named-compilezone nsd=tree/usr/sbin/nsd-checkzone json=tree/usr/bin/zone2json
ldns=tree/usr/bin/ldns-read-zone
for tool in "$compile" "$nsd" "$json" "$ldns"; do
  ! ldd "$tool" | grep -q 'not found' || { echo "$tool lacks libraries here" >&2; exit 2; }
done

# reads: the TTLs of a, b, c and d in the file `zone`, as each has them
reads() {
  echo "BIND: $("$compile" -q -i none -o - example. zone | awk '/^[abcd]\./ { printf "%s %s ", $1, $2 }')"
  echo "NSD: $("$nsd" -p example. zone | awk '/^[abcd]\t/ { printf "%s.example. %s ", $1, $2 }')"
  echo "ldns: $("$ldns" -c zone | awk '/^[abcd]\./ { printf "%s %s ", $1, $2 }')"
  printf 'options { directory "%s"; };\nzone "example" { type master; file "zone"; };\n' "$PWD" >conf
  echo "PowerDNS: $("$json" --named-conf=conf 2>/dev/null | /usr/bin/python3 -Ic '
import json, sys
for record in json.load(sys.stdin)[0]["records"]:
    if record["name"][1:] == ".example.":
        print(record["name"], record["ttl"], end=" ")')"
}
{
  echo 'stated at the SOA (60), at b (1000) and at c (0):'
  cat >zone <<'END'
example. 60 SOA ns.example. host.example. 1 3600 600 86400 77
example. NS ns.test.
a.example. A 192.0.2.1
b.example. 1000 A 192.0.2.2
c.example. 0 A 192.0.2.3
d.example. A 192.0.2.4
END
  reads
  echo 'stated at b (1000) alone, the minimum 77:'
  sed 's/^example. 60/example./; /^c/d' zone >other
  mv other zone
  reads
} 2>/dev/null | sed 's/\.example\.//g; s/ $//' | tee seen
cat >expected <<'END'
stated at the SOA (60), at b (1000) and at c (0):
BIND: a 60 b 1000 c 0 d 0
NSD: a 3600 b 1000 c 0 d 3600
ldns: a 60 b 1000 c 0 d 3600
PowerDNS: a 60 b 1000 c 0 d 0
stated at b (1000) alone, the minimum 77:
BIND: a 77 b 1000 d 77
NSD: a 3600 b 1000 d 3600
ldns: a 3600 b 1000 d 1000
PowerDNS: a 3600 b 1000 d 1000
END
diff expected seen
