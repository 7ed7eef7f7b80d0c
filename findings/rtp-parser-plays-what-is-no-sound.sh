#!/usr/bin/env bash
# rtp-parser 1.0.0 (npm).
#
# Behind the fixed header of an RTP packet stand as many sources as its first byte says, four bytes each, then perhaps an
# extension whose length is given in it, and at the end perhaps padding whose length is in the last byte (RFC 3550,
# sections 5.1 and 5.3.1). rtp-parser sets the flags extension and padding and takes both for payload: the audio level
# that browsers send in an extension becomes sound. Sources it reads three bytes too early, so that 1 and 2 behind the
# sender 170 are 43520 and 256. Packets with none of them are read rightly.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact rtp-parser@1.0.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.cjs <<'END'
const { parseRtpPacket } = require('rtp-parser');
const read = (what, first, between) => {
  const packet = Buffer.from(`${first}60000100000001000000aa${between}`, 'hex');
  const { extension, padding, csrc, payload } = parseRtpPacket(packet);
  console.log(`${what}: extension ${extension}, padding ${padding}, sources ${csrc}, payload ${payload.toString('hex')}`);
};
read('plain', '80', 'cafe');
read('two sources', '82', '0000000100000002cafe');
// One-byte header (RFC 8285), one word: audio level 30, then filling.
read('an extension', '90', 'bede0001109e0000cafe');
read('two bytes of padding', 'a0', 'cafe0002');
END
node read.cjs | tee seen
cat >expected <<'END'
plain: extension 0, padding 0, sources , payload cafe
two sources: extension 0, padding 0, sources 43520,256, payload cafe
an extension: extension 1, padding 0, sources , payload bede0001109e0000cafe
two bytes of padding: extension 0, padding 1, sources , payload cafe0002
END
diff expected seen
