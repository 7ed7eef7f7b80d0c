#!/usr/bin/env bash
# ip-cidr 4.0.2 with ip-address 9.0.5 (npm); ipaddr.js 2.5.0 (npm) beside it.
#
# 64:ff9b::192.0.2.1 is how RFC 6052, section 2.4, writes an IPv4 host behind NAT64, and RFC 4291, section 2.2, has
# that form for every IPv6 address. ip-cidr says that 64:ff9b::/96 does not contain it, and that 192.0.2.0/24 does: a
# text with four numbers and dots is IPv4 to it, whatever stands before them. The network 64:ff9b::192.0.2.0/120 it
# has as one address, 192.0.2.0. And a network of length 0 contains the addresses of the other family: 0.0.0.0/0 has
# 2001:db8::1 in it. All answers are true or false, none is an error; ipaddr.js has the right one or throws.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  ip-cidr@4.0.2 ip-address@9.0.5 ipaddr.js@2.5.0 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
cat >ask.mjs <<'END'
import IPCIDR from 'ip-cidr';
import ipaddr from 'ipaddr.js';
const other = (network, address) => {
  try {
    return ipaddr.parse(address).match(ipaddr.parseCIDR(network));
  } catch {
    return 'an error';
  }
};
for (const [network, address] of [
  ['64:ff9b::/96', '64:ff9b::c000:201'],
  ['64:ff9b::/96', '64:ff9b::192.0.2.1'],
  ['192.0.2.0/24', '64:ff9b::192.0.2.1'],
  ['0.0.0.0/0', '2001:db8::1'],
])
  console.log(
    `${address} in ${network}: ip-cidr ${new IPCIDR(network).contains(address)}, ipaddr.js ${other(network, address)}`,
  );
const network = new IPCIDR('64:ff9b::192.0.2.0/120');
console.log(`64:ff9b::192.0.2.0/120: ip-cidr ${network.start()} to ${network.end()}`);
END
node ask.mjs | tee seen
cat >expected <<'END'
64:ff9b::c000:201 in 64:ff9b::/96: ip-cidr true, ipaddr.js true
64:ff9b::192.0.2.1 in 64:ff9b::/96: ip-cidr false, ipaddr.js true
64:ff9b::192.0.2.1 in 192.0.2.0/24: ip-cidr true, ipaddr.js an error
2001:db8::1 in 0.0.0.0/0: ip-cidr true, ipaddr.js an error
64:ff9b::192.0.2.0/120: ip-cidr 192.0.2.0 to 192.0.2.0
END
diff expected seen
