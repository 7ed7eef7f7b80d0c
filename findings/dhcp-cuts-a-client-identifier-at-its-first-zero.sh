#!/usr/bin/env bash
# dhcp 0.2.20 (npm; a DHCP server and client).
#
# A client identifier (option 61) is bytes: the type of hardware and its address, mostly (RFC 2132, section 9.14). dhcp
# reads it as a text that ends at the first zero, so that of 01 02:00:00:00:00:0a only 01 02 is left: all hosts with a
# MAC address that begins so have one identifier. Routes of option 121 (RFC 3442: the length of the prefix, as many bytes
# of it as count, the gateway) it cuts into addresses of four bytes each, 24.198.51.100 for 198.51.100.0/24. Of an option
# in two pieces, which belong together (RFC 3396), the second takes the first one's place.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact dhcp@0.2.20 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.cjs <<'END'
const { parse } = require('dhcp/lib/protocol.js');
const read = (what, code, ...options) => {
  const message = Buffer.alloc(240);
  message.set([1, 1, 6]);
  message.writeUInt32BE(0x63825363, 236);
  const { options: found } = parse(Buffer.concat([message, Buffer.from([53, 1, 3, ...options, 255])]));
  const value = found[code];
  console.log(`${what}: ${typeof value === 'string' ? Buffer.from(value).toString('hex') : value}`);
};
read('one host', 61, 61, 7, 1, 2, 0, 0, 0, 0, 10);
read('another', 61, 61, 7, 1, 2, 0, 0, 0, 0, 11);
read('a route', 121, 121, 8, 24, 198, 51, 100, 192, 0, 2, 1);
read('a domain in two pieces', 15, 15, 4, 108, 97, 98, 46, 15, 4, 116, 101, 115, 116);
END
node read.cjs | tee seen
cat >expected <<'END'
one host: 0102
another: 0102
a route: 24.198.51.100,192.0.2.1
a domain in two pieces: 74657374
END
diff expected seen
