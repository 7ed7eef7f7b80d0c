#!/usr/bin/env bash
# dns-zonefile 0.3.2 (npm); BIND 9.18.49 (Debian 12, bind9-utils and bind9-libs 1:9.18.49-1~deb12u3) beside it.
#
# A line of a zone file that begins with a space belongs to the name above it (RFC 1035, section 5.1), and as a rule it
# has another type: the host's AAAA below its A. dns-zonefile looks for the name among the records of the same type:
# below `www A` an AAAA or MX goes to @, the zone itself, or to the last name that had one. `www IN 300 A`, class before
# TTL, is not there at all (the RFC has both orders), and of the SOA's `1d 2h 4w 5m` the letters are lost: secondaries
# are to ask each second. Nothing is thrown. Zones that a server writes out have a name in each line and no letters.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact dns-zonefile@0.3.2 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
apt-get -q download bind9-utils=1:9.18.49-1~deb12u3 bind9-libs=1:9.18.49-1~deb12u3 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH
compile=tree/usr/bin/named-compilezone
! ldd "$compile" | grep -q 'not found' || { echo "$compile lacks libraries here" >&2; exit 2; }
cat >zone <<'END'
$ORIGIN e.test.
$TTL 3600
@ IN SOA ns.e.test. host.e.test. 1 1d 2h 4w 5m
@ IN NS www
www IN A 192.0.2.1
  IN AAAA 2001:db8::1
  IN MX 10 mail
mail IN A 192.0.2.2
  IN AAAA 2001:db8::2
ftp IN 300 A 192.0.2.3
END
cat >read.js <<'END'
import { readFileSync } from 'node:fs';
import zonefile from 'dns-zonefile';
const { soa, a, aaaa, mx } = zonefile.parse(readFileSync('zone', 'utf8'));
const lines = [`@ SOA ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minimum}`];
for (const { name, ip } of a) lines.push(`${name} A ${ip}`);
for (const { name, ip } of aaaa) lines.push(`${name} AAAA ${ip}`);
for (const { name, preference, host } of mx) lines.push(`${name} MX ${preference} ${host}`);
for (const line of lines.sort()) console.log(line);
END
{
  echo BIND:
  "$compile" -q -i none -o - e.test zone |
    awk '$4 == "SOA" { print "@", $4, $(NF-3), $(NF-2), $(NF-1), $NF } $4 ~ /^(A|AAAA|MX)$/ { $2 = $3 = ""; print }' |
    sed 's/\.e\.test\.//g; s/^e\.test\./@/; s/  */ /g' | LC_ALL=C sort
  echo dns-zonefile:
  node read.js
} | tee seen
cat >expected <<'END'
BIND:
@ SOA 86400 7200 2419200 300
ftp A 192.0.2.3
mail A 192.0.2.2
mail AAAA 2001:db8::2
www A 192.0.2.1
www AAAA 2001:db8::1
www MX 10 mail
dns-zonefile:
@ AAAA 2001:db8::1
@ AAAA 2001:db8::2
@ MX 10 mail
@ SOA 1 2 4 5
mail A 192.0.2.2
www A 192.0.2.1
END
diff expected seen
