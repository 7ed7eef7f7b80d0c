#!/usr/bin/env bash
# grepcidr 2.0 (Debian 12, 2.0-2).
#
# `grepcidr -v`, says its manual page, is to "output lines with IPs that don't match", and `script | grepcidr -vf
# whitelist > blacklist` removes allowed networks from a list. With networks of IPv4 alone in the whitelist every line
# with an IPv6 address is removed as well, allowed or not, and the other way round: grepcidr looks only for addresses
# of the families that its patterns have. One network of the other family, any one, brings the lines back. Of a list
# that has come to hold both families half is lost, exit 0. `-i` keeps them, with all lines that have no address.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download grepcidr=2.0-2 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
dpkg -x grepcidr_*.deb tree
printf '%s\n' 10.0.0.1 192.0.2.1 2001:db8::1 3fff::1 'no address' >list
# without OPTION NETWORK...: what is left of the list
without() {
  local option=$1 code=0
  shift
  printf '%s\n' "$@" >allowed
  left=$(tree/usr/bin/grepcidr "$option" -f allowed list) || code=$?
  echo "$option $*: exit $code, $(paste -sd, <<<"$left" | sed 's/,/, /g')"
}
{
  without -v 10.0.0.0/8
  without -v 2001:db8::/32
  without -v 10.0.0.0/8 2001:db8::/32
  without -v 10.0.0.0/8 100::/64
  without -i 10.0.0.0/8
} | tee seen
cat >expected <<'END'
-v 10.0.0.0/8: exit 0, 192.0.2.1
-v 2001:db8::/32: exit 0, 3fff::1
-v 10.0.0.0/8 2001:db8::/32: exit 0, 192.0.2.1, 3fff::1
-v 10.0.0.0/8 100::/64: exit 0, 192.0.2.1, 2001:db8::1, 3fff::1
-i 10.0.0.0/8: exit 0, 192.0.2.1, 2001:db8::1, 3fff::1, no address
END
diff expected seen
