#!/usr/bin/env bash
# dhcpd-leases 0.1.2 (npm).
#
# In ISC dhcpd's file of leases an end is a date, `never` where a lease is for ever (as BOOTP gives them), or seconds
# since 1970 where the server says `db-time-format local` (dhcpd.leases(5)). dhcpd-leases takes the first form alone, and
# one lease of another form makes it throw ("lease.ends (date) is required"), so that none of all the others is read.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact dhcpd-leases@0.1.2 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.cjs <<'END'
const read = require('dhcpd-leases');
const lease = (address, ends) => `lease ${address} {
  starts 4 2026/11/26 10:00:00;
  ends ${ends};
  binding state active;
  hardware ethernet 02:00:00:00:00:01;
}
`;
const dated = lease('192.0.2.10', '4 2026/11/26 11:00:00') + lease('192.0.2.11', '4 2026/11/26 12:00:00');
const say = (what, text) => {
  try {
    console.log(`${what}: ${read(text).length} leases`);
  } catch (error) {
    console.log(`${what}: ${error.message}`);
  }
};
say('two with dates', dated);
say('and one for ever', dated + lease('192.0.2.12', 'never'));
say('and one in local time', dated + lease('192.0.2.12', 'epoch 1795690800; # Thu Nov 26 11:00:00 2026'));
END
node read.cjs | tee seen
cat >expected <<'END'
two with dates: 2 leases
and one for ever: lease.ends (date) is required
and one in local time: lease.ends (date) is required
END
diff expected seen
