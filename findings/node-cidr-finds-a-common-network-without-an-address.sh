#!/usr/bin/env bash
# node-cidr 1.0.0 (npm); read: intCommonCidr in its dist/index.js.
#
# ip.commonCidr(addresses) gives the network that addresses have in common, and leaves one of them out of it: 10.0.0.1
# and 10.0.0.2 are in 10.0.0.0/31, it says, which the package's own cidr.includes() denies. It takes the length from the
# distance of the two, and puts the lower one on the boundary of that length. Where the upper one falls out it takes one
# bit off once and leaves the boundary as it is, and where the upper one is the first behind it does not even that. It
# also sorts the numbers as texts: 5.0.0.1 comes behind 10.0.0.1, and what they have in common is 10.0.0.1/32. No answer
# is an error, and the pairs that one tries first (the ends of a network) are right.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact node-cidr@1.0.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >ask.cjs <<'END'
const { ip, cidr } = require('node-cidr');
for (const two of [
  ['10.0.0.0', '10.0.0.255'],
  ['10.0.0.1', '10.0.0.2'],
  ['10.0.0.7', '10.0.0.9'],
  ['5.0.0.1', '10.0.0.1'],
]) {
  const common = ip.commonCidr(two);
  const inside = two.map((one) => `${one} in it ${cidr.includes(common, one)}`);
  console.log(`${two.join(' and ')}: ${common}, ${inside.join(', ')}`);
}
let [pairs, without] = [0, 0];
for (let low = 0; low < 256; low++)
  for (let high = low + 1; high < 256; high++) {
    const two = [`10.0.0.${low}`, `10.0.0.${high}`];
    const common = ip.commonCidr(two);
    pairs++;
    if (!two.every((one) => cidr.includes(common, one))) without++;
  }
console.log(`of ${pairs} pairs of 10.0.0.0/24, one outside of what they have in common: ${without}`);
END
node ask.cjs | tee seen
cat >expected <<'END'
10.0.0.0 and 10.0.0.255: 10.0.0.0/24, 10.0.0.0 in it true, 10.0.0.255 in it true
10.0.0.1 and 10.0.0.2: 10.0.0.0/31, 10.0.0.1 in it true, 10.0.0.2 in it false
10.0.0.7 and 10.0.0.9: 10.0.0.4/29, 10.0.0.7 in it true, 10.0.0.9 in it false
5.0.0.1 and 10.0.0.1: 10.0.0.1/32, 5.0.0.1 in it false, 10.0.0.1 in it true
of 32640 pairs of 10.0.0.0/24, one outside of what they have in common: 4288
END
diff expected seen
