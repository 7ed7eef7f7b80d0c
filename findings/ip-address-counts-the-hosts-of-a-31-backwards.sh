#!/usr/bin/env bash
# ip-address 10.7.6 (npm); read: startAddressExclusive and endAddressExclusive in its dist/ipv4.js and dist/ipv6.js.
#
# The two methods give the first and the last address of a network that a host may have: all but the first and the last
# one. They take one off at both ends whatever the length. A network of /31 has two hosts (RFC 3021), and here they begin
# at the second one and end at the first; of a /32 the first host is the address above it and the last one that below it,
# both outside, as isInSubnet() of the same package says. A loop from the one to the other runs not at all, and a range
# made of them is the wrong way round. In IPv6 /127 (RFC 6164) and /128 come out the same way. None of it is an error.
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
for (const text of ['10.0.0.0/30', '10.0.0.0/31', '10.0.0.5/32', 'fd00::/126', 'fd00::/127', 'fd00::5/128']) {
  const network = text.includes(':') ? new Address6(text) : new Address4(text);
  const ends = [network.startAddressExclusive(), network.endAddressExclusive()];
  const words = ends.map((end) => `${end.correctForm()}${end.isInSubnet(network) ? '' : ' (outside)'}`);
  const forward = ends[0].bigInt() <= ends[1].bigInt();
  console.log(`${text}: from ${words.join(' to ')}, ${forward ? 'forwards' : 'backwards'}`);
}
END
node ask.cjs | tee seen
cat >expected <<'END'
10.0.0.0/30: from 10.0.0.1 to 10.0.0.2, forwards
10.0.0.0/31: from 10.0.0.1 to 10.0.0.0, backwards
10.0.0.5/32: from 10.0.0.6 (outside) to 10.0.0.4 (outside), backwards
fd00::/126: from fd00::1 to fd00::2, forwards
fd00::/127: from fd00::1 to fd00::, backwards
fd00::5/128: from fd00::6 (outside) to fd00::4 (outside), backwards
END
diff expected seen
