#!/usr/bin/env bash
# sdp-transform 3.0.0 (npm).
#
# `m=video 49180/2 RTP/AVP 31` is a stream on two pairs of ports (RFC 8866, section 5.14: m=<media> <port>/<number of
# ports> <proto> <fmt>). sdp-transform parses the description without an error, and that media has no type, port,
# protocol or payloads: its expression has a space behind the port. What write() makes of it is "m=undefined NaN
# undefined". Of two t= lines, a session that is held twice (section 5.9), the second takes the first one's place.
# Descriptions that browsers exchange have neither, so that a program made with them works.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact sdp-transform@3.0.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >round.mjs <<'END'
import sdp from 'sdp-transform';
const description = [
  'v=0',
  'o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1',
  's=Call',
  'c=IN IP4 198.51.100.1',
  't=3724394400 3724398000',
  't=3724484400 3724488000',
  'm=audio 49170 RTP/AVP 0',
  'm=video 49180/2 RTP/AVP 31',
  'a=rtpmap:31 H261/90000',
];
const parsed = sdp.parse(`${description.join('\r\n')}\r\n`);
for (const media of parsed.media) console.log('parsed:', media.type, media.port, media.protocol, media.payloads);
const written = sdp.write(parsed).trimEnd().split('\r\n').map((line) => line.trimEnd());
for (const line of description) if (!written.includes(line)) console.log('gone:', line);
for (const line of written) if (!description.includes(line)) console.log('new:', line);
END
node round.mjs | tee seen
cat >expected <<'END'
parsed: audio 49170 RTP/AVP 0
parsed: undefined undefined undefined undefined
gone: t=3724394400 3724398000
gone: m=video 49180/2 RTP/AVP 31
new: m=undefined NaN undefined
END
diff expected seen
