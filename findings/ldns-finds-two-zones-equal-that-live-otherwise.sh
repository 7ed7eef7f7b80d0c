#!/usr/bin/env bash
# ldns 1.8.3 (Debian 12, ldnsutils and libldns3 1.8.3-1+b1).
#
# `ldns-compare-zones -e` is to "exit with status code 2 when zones differ", and with -s it looks at the SOA too. A
# zone in which the lives of the records were changed (300 s to 5 before a move, or to a week by a slip) is the same
# zone to it: status 0, nothing inserted, deleted or changed, and `-u` counts all names as equal. It compares owner,
# class, type and data; the TTL, which is in each answer, is not compared. A zone that is checked so before it goes
# out, and sent only where it differs, never goes out.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download ldnsutils=1.8.3-1+b1 libldns3=1.8.3-1+b1 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
! ldd tree/usr/bin/ldns-compare-zones | grep -q 'not found' || { echo 'libraries are lacking here' >&2; exit 2; }
cat >old <<'END'
example. 300 IN SOA ns.example. host.example. 1 3600 600 86400 300
example. 300 IN NS ns.example.
ns.example. 300 IN A 192.0.2.1
www.example. 300 IN A 192.0.2.2
END
# compared CASE: what it says of `old` and `new`
compared() {
  local code=0
  tree/usr/bin/ldns-compare-zones -e -s -u old new >said || code=$?
  echo "$1: status $code, $(tail -n 1 said | tr '\t' ' ' | sed 's/^ //')"
}
{
  cp old new
  compared 'the same file'
  sed 's/^\([a-z.]*\) 300/\1 5/' old >new
  compared 'each TTL 5'
  sed 's/^www.example. 300/www.example. 604800/' old >new
  compared 'www for a week'
  sed 's/192.0.2.2/192.0.2.9/' old >new
  compared 'another address'
} | tee seen
cat >expected <<'END'
the same file: status 0, +0 -0 ~0 =3
each TTL 5: status 0, +0 -0 ~0 =3
www for a week: status 0, +0 -0 ~0 =3
another address: status 2, +0 -0 ~1 =2
END
diff expected seen
