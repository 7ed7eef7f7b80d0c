#!/usr/bin/env bash
# PowerDNS 4.7.3 (Debian 12, pdns-server 4.7.3-2, whose zone2json has the parser of the server's bind backend); BIND
# 9.18.49 (bind9-utils and bind9-libs 1:9.18.49-1~deb12u3), NSD 4.6.1 (nsd 4.6.1-1).
#
# `$TTL 1h30m`, as BIND's zone files have their times, is 5400 s in BIND and NSD. PowerDNS takes the number at the
# beginning and the letter at the end: one minute. `1d12h` is an hour, and the SOA's times are read in the same way:
# `2h30m`, and the secondaries ask every two minutes; `1w2d`, and they give the zone up after a day. A time with one
# letter (90m) is right, as a rule all others in the file. No error and no warning, the zone that moved there is asked
# for 90 times as often. (A TTL in front of a record, `www 1h30m A`, is an error at least.)
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download bind9-utils=1:9.18.49-1~deb12u3 bind9-libs=1:9.18.49-1~deb12u3 nsd=4.6.1-1 \
  pdns-server=4.7.3-2 libboost-program-options1.74.0=1.74.0+ds1-21 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
compile=tree/usr/bin/named-compilezone nsd=tree/usr/sbin/nsd-checkzone json=tree/usr/bin/zone2json
for tool in "$compile" "$nsd" "$json"; do
  ! ldd "$tool" | grep -q 'not found' || { echo "$tool lacks libraries here" >&2; exit 2; }
done
printf 'options { directory "%s"; };\nzone "e.test" { type master; file "zone"; };\n' "$PWD" >conf
for ttl in 1h30m 1d12h 90m; do
  printf '%s\n' "\$TTL $ttl" '@ SOA ns host 1 2h30m 10m 1w2d 1h' '@ NS ns' 'ns A 192.0.2.1' >zone
  echo "BIND: $("$compile" -q -o - e.test zone | grep SOA)"
  echo "NSD: $("$nsd" -p e.test zone | sed -n '/SOA/,/)/p' | tr -d '()\n')"
  echo "PowerDNS: $("$json" --named-conf=conf 2>/dev/null | /usr/bin/python3 -Ic '
import json, sys
soa = json.load(sys.stdin)[0]["records"][0]
print(soa["ttl"], soa["type"], soa["content"])')"
done | awk '{
  for (i = 1; $i != "SOA"; i++) if ($i ~ /^[0-9]+$/) ttl = $i
  print $1, "TTL", ttl, "refresh", $(i + 4), "retry", $(i + 5), "expire", $(i + 6), "minimum", $(i + 7)
}' | tee seen
cat >expected <<'END'
BIND: TTL 5400 refresh 9000 retry 600 expire 777600 minimum 3600
NSD: TTL 5400 refresh 9000 retry 600 expire 777600 minimum 3600
PowerDNS: TTL 60 refresh 120 retry 600 expire 86400 minimum 3600
BIND: TTL 129600 refresh 9000 retry 600 expire 777600 minimum 3600
NSD: TTL 129600 refresh 9000 retry 600 expire 777600 minimum 3600
PowerDNS: TTL 3600 refresh 120 retry 600 expire 86400 minimum 3600
BIND: TTL 5400 refresh 9000 retry 600 expire 777600 minimum 3600
NSD: TTL 5400 refresh 9000 retry 600 expire 777600 minimum 3600
PowerDNS: TTL 5400 refresh 120 retry 600 expire 86400 minimum 3600
END
diff expected seen
