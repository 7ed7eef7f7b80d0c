#!/usr/bin/env bash
# netparser 1.9.0 (npm).
#
# findUnusedSubnets(aggregate, subnets) gives what of the aggregate is left beside the subnets, and its README shows it
# with subnets that lie side by side. A list of a real network has one inside the other (a site, and a VLAN of the site)
# or one of them twice. The function takes the subnets in order, goes on to the next one only where the current one is
# met, and is past the inner one by then: it waits for that one to the end, and all that comes behind counts as unused.
# Of 10.0.0.0/14 with 10.0.0.0/16, 10.0.1.0/24 and 10.2.0.0/16 it offers 10.2.0.0/15. There is no error, with `strict`
# and `throwErrors` neither. summarize() before it helps: that one takes the inner subnets out.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact netparser@1.9.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >ask.cjs <<'END'
const { findUnusedSubnets, summarize } = require('netparser');
for (const used of [
  ['10.0.0.0/16', '10.2.0.0/16'],
  ['10.0.0.0/16', '10.0.1.0/24', '10.2.0.0/16'],
  ['10.0.0.0/16', '10.0.0.0/16', '10.2.0.0/16'],
]) {
  console.log(`used: ${used.join(' ')}`);
  console.log(`  unused: ${findUnusedSubnets('10.0.0.0/14', used).join(' ')}`);
  console.log(`  unused, strict: ${findUnusedSubnets('10.0.0.0/14', used, true, true).join(' ')}`);
  console.log(`  unused, summarized before: ${findUnusedSubnets('10.0.0.0/14', summarize(used)).join(' ')}`);
}
END
node ask.cjs | tee seen
cat >expected <<'END'
used: 10.0.0.0/16 10.2.0.0/16
  unused: 10.1.0.0/16 10.3.0.0/16
  unused, strict: 10.1.0.0/16 10.3.0.0/16
  unused, summarized before: 10.1.0.0/16 10.3.0.0/16
used: 10.0.0.0/16 10.0.1.0/24 10.2.0.0/16
  unused: 10.1.0.0/16 10.2.0.0/15
  unused, strict: 10.1.0.0/16 10.2.0.0/15
  unused, summarized before: 10.1.0.0/16 10.3.0.0/16
used: 10.0.0.0/16 10.0.0.0/16 10.2.0.0/16
  unused: 10.1.0.0/16 10.2.0.0/15
  unused, strict: 10.1.0.0/16 10.2.0.0/15
  unused, summarized before: 10.1.0.0/16 10.3.0.0/16
END
diff expected seen
