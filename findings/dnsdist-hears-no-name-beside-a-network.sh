#!/usr/bin/env bash
# dnsdist 1.7.3 (Debian 12, 1.7.3-2), dig to ask (bind9-dnsutils).
#
# The first argument of addAction() may be a list, and the manual (dnsdist.org, Rule Selectors) says of what: "a list of
# strings that are either domain names or netmasks". A list with both has the networks alone. {'192.0.2.0/24',
# 'mixed.example'} acts on questions from 192.0.2.0/24, and not on one for mixed.example; the order does not matter, and
# makeRule() does the same. The same name in a list of its own acts. Nothing in the log speaks of it, and --check-config
# calls the file OK: one network, put into a list of a thousand names, turns the names off. (It is issue 10158 of
# PowerDNS; by the manual strings in place of a rule are deprecated since 1.9.)
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
command -v dig >/dev/null || { echo 'no dig here' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -q download dnsdist=1.7.3-2 libluajit-5.1-2=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1 libcdb1=0.78+b1 \
  libsnmp40=5.9.3+dfsg-2+deb12u1 libh2o-evloop0.13=2.2.5+dfsg2-7 libwslay1=1.1.1-3+b1 libfstrm0=0.6.1-1 \
  libre2-9=20220601+dfsg-1+b1 liblmdb0=0.9.24-1 libsodium23=1.0.18-1+deb12u1 libedit2=3.1-20221030-2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
for package in *.deb; do dpkg -x "$package" tree; done
LD_LIBRARY_PATH=$(echo "$PWD"/tree/usr/lib/*-linux-gnu)
! LD_LIBRARY_PATH=$LD_LIBRARY_PATH ldd tree/usr/bin/dnsdist | grep -q 'not found' ||
  { echo 'libraries are lacking' >&2; exit 2; }

cat >conf <<'END'
setLocal('127.0.0.1:5300')
setACL('0.0.0.0/0')
setSecurityPollSuffix('')
addAction({'alone.example'}, RCodeAction(DNSRCode.REFUSED))
addAction({'192.0.2.0/24', 'mixed.example'}, RCodeAction(DNSRCode.REFUSED))
addAction({'turned.example', '198.51.100.0/24'}, RCodeAction(DNSRCode.REFUSED))
addAction(makeRule({'made.example', '203.0.113.0/24'}), RCodeAction(DNSRCode.REFUSED))
addAction(AllRule(), RCodeAction(DNSRCode.NXDOMAIN))
END
cat >inside <<'END'
ip link set lo up
for address in 192.0.2.1 198.51.100.1 203.0.113.1; do ip address add $address/32 dev lo; done
LD_LIBRARY_PATH=$1 tree/usr/bin/dnsdist -C conf --check-config
LD_LIBRARY_PATH=$1 timeout 60 tree/usr/bin/dnsdist -C conf --supervised >log 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
until ss -Hlun sport = :5300 | grep -q 5300; do kill -0 $server; sleep 0.1; done
ask() { # NAME [ADDRESS]
  answer=$(dig -b "${2:-127.0.0.1}" -p 5300 @127.0.0.1 +tries=3 "$1" | sed -n 's/.*status: \([A-Z]*\).*/\1/p')
  echo "$1 from ${2:-127.0.0.1}: $answer"
}
for name in alone mixed turned made; do ask www.$name.example; done
for address in 192.0.2.1 198.51.100.1 203.0.113.1; do ask other.example $address; done
echo "words on a name or a list: $(grep -ciE 'example|mask|name|list ' log || :)"
END
unshare --net bash -eu inside "$LD_LIBRARY_PATH" >seen || { cat seen log; exit 1; }
cat seen
cat >expected <<'END'
Configuration 'conf' OK!
www.alone.example from 127.0.0.1: REFUSED
www.mixed.example from 127.0.0.1: NXDOMAIN
www.turned.example from 127.0.0.1: NXDOMAIN
www.made.example from 127.0.0.1: NXDOMAIN
other.example from 192.0.2.1: REFUSED
other.example from 198.51.100.1: REFUSED
other.example from 203.0.113.1: REFUSED
words on a name or a list: 0
END
diff expected seen
