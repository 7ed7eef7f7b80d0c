#!/usr/bin/env bash
# ip-address 10.7.6 (npm); read: reverseForm in its dist/ipv4.js and dist/ipv6.js.
#
# reverseForm() of an IPv6 network is the name of its reverse zone: of 2001:db8:1::/48 the twelve nibbles that its length
# leaves. Of an IPv4 network it is the name of one address, whatever the length: of 192.0.2.0/24 not the zone
# 2.0.192.in-addr.arpa, but 0.2.0.192.in-addr.arpa below it. Back again with fromArpa(), the IPv6 network has its length
# and the IPv4 one is a host of /32. And where a length of IPv6 does not end at a nibble, the zone is that of a larger
# network: /50 has the zone of /48. So a program that makes zones of the networks of both families makes of each IPv4
# network a zone with one name.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact ip-address@10.7.6 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >ask.cjs <<'END'
const { Address4, Address6 } = require('ip-address');
for (const text of ['2001:db8:1::/48', '2001:db8:1:4000::/50', '192.0.2.0/24', '10.0.0.0/8', '192.0.2.77/32']) {
  const Address = text.includes(':') ? Address6 : Address4;
  const name = new Address(text).reverseForm();
  const again = Address.fromArpa(name);
  console.log(`${text}: ${name} and back ${again.correctForm()}/${again.subnetMask}`);
}
END
node ask.cjs | tee seen
cat >expected <<'END'
2001:db8:1::/48: 1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. and back 2001:db8:1::/48
2001:db8:1:4000::/50: 1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. and back 2001:db8:1::/48
192.0.2.0/24: 0.2.0.192.in-addr.arpa. and back 192.0.2.0/32
10.0.0.0/8: 0.0.0.10.in-addr.arpa. and back 10.0.0.0/32
192.0.2.77/32: 77.2.0.192.in-addr.arpa. and back 192.0.2.77/32
END
diff expected seen
