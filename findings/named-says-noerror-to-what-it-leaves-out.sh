#!/usr/bin/env bash
# BIND 9.18 (Debian 12, bind9 and bind9-dnsutils 1:9.18.49-1~deb12u3, as installed).
#
# `nsupdate` of a CNAME at a name that has an address, or of an address at a CNAME, or of the deletion of the zone's
# NS: named answers NOERROR, nsupdate ends with 0, the zone is as before. RFC 2136, section 3.4.2, has the server pass
# over such a record in silence; in one message with others the others are taken, so half of a change is there. A
# CNAME beside a CNAME is no addition either: it takes the old one's place. Only named's log, at level info, tells.
# A program that changes records this way (DHCP servers, certificates by DNS-01, ExternalDNS) reports success. The
# way to be told is a prerequisite: with `nxrrset NAME A` the update fails with YXRRSET.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (no root, another BIND).
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
for package in bind9 bind9-dnsutils; do
  [ "$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null)" = 1:9.18.49-1~deb12u3 ] ||
    { echo "$package is not here as stated" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >zone <<'END'
$TTL 300
@ IN SOA ns host 1 3600 600 86400 300
@ IN NS ns
ns A 127.0.0.1
www A 192.0.2.1
old CNAME www
END
cat >conf <<END
options {
  directory "$work"; pid-file "pid"; session-keyfile "key"; recursion no;
  listen-on { 127.0.0.1; }; listen-on-v6 { none; };
};
controls { };
zone "corp.test" { type primary; file "zone"; allow-update { 127.0.0.1; }; };
END
cat >inside <<'END'
ip link set lo up
/usr/sbin/named -g -c conf 2>log &
server=$!
trap 'kill "$server"; wait "$server" || :' EXIT
until dig +short +time=1 +tries=1 @127.0.0.1 www.corp.test | grep -q 192; do kill -0 "$server"; done
# update LINES NAME TYPE...: the answer, and what the zone then has of the name
update() {
  code=0
  printf 'server 127.0.0.1\nzone corp.test\n%b\nsend\nanswer\n' "$1" | nsupdate >said 2>&1 || code=$?
  status=$(sed -n 's/.*status: \([A-Z]*\),.*/\1/p' said)
  echo "$1: $status, exit $code"
  for type in "${@:3}"; do
    dig +noall +answer +norec @127.0.0.1 "$2" "$type" | sed 's/[[:space:]]\+/ /g; s/^/  /'
  done
}
update 'update add www.corp.test 60 CNAME other.corp.test' www.corp.test CNAME A
update 'update add old.corp.test 60 A 192.0.2.9' old.corp.test CNAME
update 'update add old.corp.test 60 A 192.0.2.9\nupdate add new.corp.test 60 A 192.0.2.9' new.corp.test A
update 'update add old.corp.test 60 CNAME other.corp.test' old.corp.test CNAME
update 'update delete corp.test NS' corp.test NS
update 'prereq nxrrset www.corp.test A\nupdate add www.corp.test 60 CNAME other.corp.test' www.corp.test CNAME A
END
unshare --net bash -eu inside | tee seen
cat >expected <<'END'
update add www.corp.test 60 CNAME other.corp.test: NOERROR, exit 0
  www.corp.test. 300 IN A 192.0.2.1
update add old.corp.test 60 A 192.0.2.9: NOERROR, exit 0
  old.corp.test. 300 IN CNAME www.corp.test.
update add old.corp.test 60 A 192.0.2.9\nupdate add new.corp.test 60 A 192.0.2.9: NOERROR, exit 0
  new.corp.test. 60 IN A 192.0.2.9
update add old.corp.test 60 CNAME other.corp.test: NOERROR, exit 0
  old.corp.test. 60 IN CNAME other.corp.test.
update delete corp.test NS: NOERROR, exit 0
  corp.test. 300 IN NS ns.corp.test.
prereq nxrrset www.corp.test A\nupdate add www.corp.test 60 CNAME other.corp.test: YXRRSET, exit 2
  www.corp.test. 300 IN A 192.0.2.1
END
diff expected seen
