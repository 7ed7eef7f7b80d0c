#!/usr/bin/env bash
# cidr-tools 11.3.2 (npm); read: containsCidr in its dist/index.js.
#
# containsCidr(networks, others) tells whether the networks contain all of the others, and denies that 10.0.0.0/25 and
# 10.0.0.128/25 contain 10.0.0.0/24: it looks for one network that contains the whole of another. The package itself
# knows better: mergeCidr of the two halves is 10.0.0.0/24, and excludeCidr of the /24 and its halves leaves nothing. So
# a list of allowed networks that somebody has written in parts refuses what all of its addresses are in. Merged first, the
# answer is right, as it is for what excludeCidr gives, which is as short as it can be. The same in IPv6.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact cidr-tools@11.3.2 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >ask.mjs <<'END'
import { containsCidr, excludeCidr, expandCidr, mergeCidr } from 'cidr-tools';
for (const [whole, ...parts] of [
  ['10.0.0.0/24', '10.0.0.0/25', '10.0.0.128/25'],
  ['fd00::/126', 'fd00::/127', 'fd00::2/127'],
  ['10.0.0.0/30', ...excludeCidr('10.0.0.0/24', '10.0.0.64/26')],
]) {
  const each = [...expandCidr(whole)].every((address) => containsCidr(parts, address));
  console.log(
    `${parts.join(' ')}: contains ${whole} ${containsCidr(parts, whole)}, each of its addresses ${each},`,
    `merged ${mergeCidr(parts).join(' ')} ${containsCidr(mergeCidr(parts), whole)}, without them [${excludeCidr(whole, parts)}]`,
  );
}
END
node ask.mjs | tee seen
cat >expected <<'END'
10.0.0.0/25 10.0.0.128/25: contains 10.0.0.0/24 false, each of its addresses true, merged 10.0.0.0/24 true, without them []
fd00::/127 fd00::2/127: contains fd00::/126 false, each of its addresses true, merged fd00::/126 true, without them []
10.0.0.0/26 10.0.0.128/25: contains 10.0.0.0/30 true, each of its addresses true, merged 10.0.0.0/26 10.0.0.128/25 true, without them []
END
diff expected seen
