#!/usr/bin/env bash
# BIND 9.18.49 (Debian 12, bind9-utils and bind9-libs 1:9.18.49-1~deb12u3); PowerDNS 4.7.3 (pdns-server 4.7.3-2, whose
# zone2json has the parser of the server's bind backend).
#
# `$GENERATE 1-2 h$ TXT "v=spf1 ip4:10.0.0.$ -all"`, an SPF record for each mail host, looks like the line of one host
# with a number left out. The quotes are $GENERATE's own, around a right side with spaces: BIND takes them off and reads
# the rest as the record's text, three strings. SPF joins the strings of a record without a space (RFC 7208, section
# 3.3): "v=spf1ip4:10.0.0.1-all" is no SPF record. No error; each host has its TXT, and dig shows all the words. With
# a second pair, `"\"v=spf1 ... -all\""`, it is one string. PowerDNS makes one string of the first form and takes both
# pairs of the second into its content, so that no line suits both servers.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download bind9-utils=1:9.18.49-1~deb12u3 bind9-libs=1:9.18.49-1~deb12u3 pdns-server=4.7.3-2 \
  libboost-program-options1.74.0=1.74.0+ds1-21 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
compile=tree/usr/bin/named-compilezone json=tree/usr/bin/zone2json
for tool in "$compile" "$json"; do
  ! ldd "$tool" | grep -q 'not found' || { echo "$tool lacks libraries here" >&2; exit 2; }
done

printf 'options { directory "%s"; };\nzone "e.test" { type master; file "zone"; };\n' "$PWD" >conf
while IFS= read -r line; do
  echo "$line"
  printf '%s\n' '$TTL 300' '@ SOA ns host 1 3600 600 86400 300' '@ NS ns' 'ns A 192.0.2.1' "$line" >zone
  code=0
  "$compile" -o made e.test zone >said 2>&1 || code=$?
  sed -n "s/^\([hx0-9]*\)\..*TXT[[:space:]]*/BIND, exit $code: \1 /p" made
  "$json" --named-conf=conf 2>/dev/null | /usr/bin/python3 -Ic '
import json, sys
for record in json.load(sys.stdin)[0]["records"]:
    if record["type"] == "TXT":
        print("PowerDNS:", record["name"].split(".")[0], record["content"])'
done >seen <<'END'
h1 TXT "v=spf1 ip4:10.0.0.1 -all"
$GENERATE 1-2 h$ TXT "v=spf1 ip4:10.0.0.$ -all"
$GENERATE 1-2 h$ TXT "\"v=spf1 ip4:10.0.0.$ -all\""
END
cat seen
cat >expected <<'END'
h1 TXT "v=spf1 ip4:10.0.0.1 -all"
BIND, exit 0: h1 "v=spf1 ip4:10.0.0.1 -all"
PowerDNS: h1 "v=spf1 ip4:10.0.0.1 -all"
$GENERATE 1-2 h$ TXT "v=spf1 ip4:10.0.0.$ -all"
BIND, exit 0: h1 "v=spf1" "ip4:10.0.0.1" "-all"
BIND, exit 0: h2 "v=spf1" "ip4:10.0.0.2" "-all"
PowerDNS: h1 "v=spf1 ip4:10.0.0.1 -all"
PowerDNS: h2 "v=spf1 ip4:10.0.0.2 -all"
$GENERATE 1-2 h$ TXT "\"v=spf1 ip4:10.0.0.$ -all\""
BIND, exit 0: h1 "v=spf1 ip4:10.0.0.1 -all"
BIND, exit 0: h2 "v=spf1 ip4:10.0.0.2 -all"
PowerDNS: h1 ""v=spf1 ip4:10.0.0.1 -all""
PowerDNS: h2 ""v=spf1 ip4:10.0.0.2 -all""
END
diff expected seen
