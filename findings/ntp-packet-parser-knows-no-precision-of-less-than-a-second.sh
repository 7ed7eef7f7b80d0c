#!/usr/bin/env bash
# ntp-packet-parser 0.5.0 (npm).
#
# The precision in an NTP packet is the logarithm, to the base of 2, of seconds, and signed: every clock that counts
# parts of a second has a negative one, -20 for a microsecond (RFC 5905, section 7.3). ntp-packet-parser reads -20 as
# 236, so that 2 ** precision is 10^71 seconds. Root delay and root dispersion, which are lengths of time, it makes dates
# of 1900; the address of the server that a server of stratum 2 follows, a decimal number. Time stamps are right up to
# 2036-02-07, when NTP's seconds begin anew (era 1): from then on they are those of 1900.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact ntp-packet-parser@0.5.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.mjs <<'END'
import ntp from 'ntp-packet-parser';
// A server's answer: version 4, stratum 2, poll 6, precision -20, 15.6 ms to the clock, by way of 192.0.2.1.
const answer = Buffer.alloc(48);
answer[0] = 0x24;
answer[1] = 2;
answer[2] = 6;
answer.writeInt8(-20, 3);
answer.writeUInt32BE(0x0400, 4);
answer.writeUInt32BE(0x0200, 8);
answer.set([192, 0, 2, 1], 12);
const read = (seconds) => {
  answer.writeUInt32BE(seconds, 40);
  return ntp.NtpPacketParser.parse(answer);
};
const { stratum, poll, precision, rootDelay, referenceId, transmitTimestamp } = read(0xee000000);
console.log('stratum', stratum, 'poll', poll, 'precision', precision, `2^${precision} s =`, 2 ** precision);
console.log('root delay', rootDelay);
console.log('reference', referenceId);
console.log('sent', transmitTimestamp);
console.log('a second after the era began', read(1).transmitTimestamp);
END
node read.mjs | tee seen
cat >expected <<'END'
stratum 2 poll 6 precision 236 2^236 s = 1.1042794154864902e+71
root delay 1900-01-01T00:00:00.015Z
reference 3221225985
sent 2026-07-14T00:23:28.000Z
a second after the era began 1900-01-01T00:00:01.000Z
END
diff expected seen
