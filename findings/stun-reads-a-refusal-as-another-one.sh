#!/usr/bin/env bash
# stun 2.1.0 (npm).
#
# A STUN server that wants credentials refuses with error 401, one whose nonce is old with 438, a peer in the same role
# of ICE with 487: the hundreds stand in three bits, the rest as a number from 0 to 99 in the byte behind them
# (RFC 8489, section 14.8). stun's decode() multiplies the rest by 4: 401 becomes 404, 403 becomes 412, 438 becomes 552,
# 487 becomes 748. Only 300, 400 and 500 are right. Its encode() writes them rightly, so that the reason's words are
# right beside the wrong number, and what it has written itself is read wrongly too. A client that retries at 401 or 438
# never does.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact stun@2.1.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.mjs <<'END'
import stun from 'stun';
const { constants, createMessage, decode, encode } = stun;
const refusals = { 300: 'Try Alternate', 400: 'Bad Request', 401: 'Unauthenticated', 403: 'Forbidden' };
Object.assign(refusals, { 420: 'Unknown Attribute', 438: 'Stale Nonce', 487: 'Role Conflict', 500: 'Server Error' });
for (const [code, reason] of Object.entries(refusals)) {
  const message = createMessage(constants.STUN_BINDING_ERROR_RESPONSE);
  message.addAttribute(constants.STUN_ATTR_ERROR_CODE, Number(code), reason);
  const bytes = encode(message);
  // Behind the header of 20 bytes and the attribute's own 4.
  const sent = 100 * bytes[26] + bytes[27];
  const { value } = decode(bytes).getAttribute(constants.STUN_ATTR_ERROR_CODE);
  console.log(`sent ${sent}, read ${value.code} ${value.reason}`);
}
END
node read.mjs | tee seen
cat >expected <<'END'
sent 300, read 300 Try Alternate
sent 400, read 400 Bad Request
sent 401, read 404 Unauthenticated
sent 403, read 412 Forbidden
sent 420, read 480 Unknown Attribute
sent 438, read 552 Stale Nonce
sent 487, read 748 Role Conflict
sent 500, read 500 Server Error
END
diff expected seen
