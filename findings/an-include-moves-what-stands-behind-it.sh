#!/usr/bin/env bash
# BIND 9.18.49 (Debian 12, bind9-utils and bind9-libs 1:9.18.49-1~deb12u3), NSD 4.6.1 (nsd 4.6.1-1), PowerDNS 4.7.3
# (pdns-server 4.7.3-2, whose zone2json has the parser of the server's bind backend).
#
# One zone file, three servers, three zones, no warning. `$INCLUDE FILE ORIGIN` reads FILE below ORIGIN and "never
# changes the relative origin of the parent file, regardless of changes to the relative origin made within the
# included file" (RFC 1035, section 5.1). PowerDNS drops the ORIGIN of the line: the branch's www becomes a second
# address of the zone's own www. With `$ORIGIN` written in the included file instead, that stays in force behind it:
# the zone's own www is gone and is the branch's. And a record with a blank owner behind the $INCLUDE belongs to
# the name above it in BIND, to the included file's last name in NSD and PowerDNS.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download bind9-utils=1:9.18.49-1~deb12u3 bind9-libs=1:9.18.49-1~deb12u3 nsd=4.6.1-1 \
  pdns-server=4.7.3-2 libboost-program-options1.74.0=1.74.0+ds1-21 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
compile=tree/usr/bin/named-compilezone nsd=tree/usr/sbin/nsd-checkzone json=tree/usr/bin/zone2json
for tool in "$compile" "$nsd" "$json"; do
  ! ldd "$tool" | grep -q 'not found' || { echo "$tool lacks libraries here" >&2; exit 2; }
done

# reads: what each server makes of the file `zone`, its three records below the apex's
reads() {
  "$compile" -q -i none -o - example. zone | awk '{ print "BIND:     ", $1, $4, $5 }'
  # NSD prints it with $ORIGINs and blank owners of its own.
  "$nsd" -p example. zone | awk '
    $1 == "$ORIGIN" { origin = $2; next }
    !/IN\t/ { next }
    { if (!/^\t/) { owner = $1 "." origin; sub(/\.\.$/, ".", owner) } else $0 = "- " $0
      print "NSD:      ", owner, $4, $5 }'
  printf 'options { directory "%s"; };\nzone "example" { type master; file "zone"; };\n' "$PWD" >conf
  "$json" --named-conf=conf 2>/dev/null | /usr/bin/python3 -Ic '
import json, sys
for record in json.load(sys.stdin)[0]["records"]:
    print("PowerDNS: ", record["name"], record["type"], record["content"])'
}
cat >parent <<'END'
$TTL 300
@ SOA ns host 1 3600 600 86400 300
@ NS ns
ns A 192.0.2.1
mail A 192.0.2.2
$INCLUDE branch branch.example.
  TXT "mail"
www A 192.0.2.3
END
{
  echo 'the origin in the line:'
  cp parent zone
  echo 'www A 192.0.2.9' >branch
  reads | grep -vE ' (SOA|NS) | ns\.' | sort
  echo 'the origin in the file:'
  sed 's/ branch\.example\.$//' parent >zone
  printf '$ORIGIN branch.example.\nwww A 192.0.2.9\n' >branch
  reads | grep -vE ' (SOA|NS) | ns\.' | sort
} | tee seen
cat >expected <<'END'
the origin in the line:
BIND:      mail.example. A 192.0.2.2
BIND:      mail.example. TXT "mail"
BIND:      www.branch.example. A 192.0.2.9
BIND:      www.example. A 192.0.2.3
NSD:       mail.example. A 192.0.2.2
NSD:       www.branch.example. A 192.0.2.9
NSD:       www.branch.example. TXT "mail"
NSD:       www.example. A 192.0.2.3
PowerDNS:  mail.example. A 192.0.2.2
PowerDNS:  www.example. A 192.0.2.3
PowerDNS:  www.example. A 192.0.2.9
PowerDNS:  www.example. TXT "mail"
the origin in the file:
BIND:      mail.example. A 192.0.2.2
BIND:      mail.example. TXT "mail"
BIND:      www.branch.example. A 192.0.2.9
BIND:      www.example. A 192.0.2.3
NSD:       mail.example. A 192.0.2.2
NSD:       www.branch.example. A 192.0.2.9
NSD:       www.branch.example. TXT "mail"
NSD:       www.example. A 192.0.2.3
PowerDNS:  mail.example. A 192.0.2.2
PowerDNS:  www.branch.example. A 192.0.2.3
PowerDNS:  www.branch.example. A 192.0.2.9
PowerDNS:  www.branch.example. TXT "mail"
END
diff expected seen
