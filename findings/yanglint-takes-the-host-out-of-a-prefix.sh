#!/usr/bin/env bash
# libyang 2.1.30 (Debian 12, libyang2-tools and libyang2 2.1.30-2), with the ietf-inet-types@2013-07-15 that it brings.
#
# Configuration of an interface, in a YANG model whose leaf is an inet:ip-prefix: 192.0.2.1/24 goes in, 192.0.2.0/24
# comes out. RFC 6991, section 4, gives the prefix types a canonical form with the bits behind the prefix zero, and
# libyang keeps and writes that form: the address is gone without a warning, though the value was valid as it stood. In
# a list with such a key the entries for 192.0.2.1/24 and 192.0.2.2/24 are one and the same, and the second is refused
# as a duplicate. An inet:ip-address beside a length of its own keeps the host.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
apt-get -q download libyang2-tools=2.1.30-2 libyang2=2.1.30-2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
export LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
yanglint=tree/usr/bin/yanglint
"$yanglint" --version >/dev/null 2>&1 || { echo 'yanglint does not run here (libpcre2?)' >&2; exit 2; }

cat >interfaces.yang <<'END'
module interfaces {
  yang-version 1.1;
  namespace "urn:interfaces";
  prefix i;
  import ietf-inet-types { prefix inet; }
  container interface {
    leaf prefix { type inet:ip-prefix; }
    leaf address { type inet:ip-address; }
    list addresses { key prefix; leaf prefix { type inet:ip-prefix; } }
  }
}
END
# reads VALUE: what yanglint has of the data
reads() {
  echo "{\"interfaces:interface\":{$1}}" >data.json
  code=0
  "$yanglint" -p tree/usr/share/yang/modules/libyang -f json -t config interfaces.yang data.json >out 2>err || code=$?
  echo "$1: exit $([ "$code" -eq 0 ] && echo 0 || echo 'with an error'), $(tr -d ' \n' <out |
    sed 's/^{"interfaces:interface":{//; s/}}$//')$(grep -o 'Duplicate instance of "[a-z]*"' err || :)"
}
{
  reads '"prefix":"192.0.2.1/24"'
  reads '"prefix":"2001:db8::5/64"'
  reads '"address":"192.0.2.1"'
  reads '"addresses":[{"prefix":"192.0.2.1/24"},{"prefix":"192.0.2.2/24"}]'
} | tee seen
cat >expected <<'END'
"prefix":"192.0.2.1/24": exit 0, "prefix":"192.0.2.0/24"
"prefix":"2001:db8::5/64": exit 0, "prefix":"2001:db8::/64"
"address":"192.0.2.1": exit 0, "address":"192.0.2.1"
"addresses":[{"prefix":"192.0.2.1/24"},{"prefix":"192.0.2.2/24"}]: exit with an error, Duplicate instance of "addresses"
END
diff expected seen
