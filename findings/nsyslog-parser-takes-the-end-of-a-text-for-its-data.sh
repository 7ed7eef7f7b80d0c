#!/usr/bin/env bash
# nsyslog-parser 0.10.1 (npm); glossy 0.1.7 (npm) beside it.
#
# RFC 5424 has the structured data in its place before the text, "-" for none. nsyslog-parser looks for it anywhere: a
# text that ends in [sshd port="22"] loses these words, and has data of that name. And in its place, an element with
# an escaped quotation mark (section 6.3.3: \" in a value) is left out with all its values, of two elements the other
# one stays, and nothing says so. glossy has both right.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  nsyslog-parser@0.10.1 glossy@0.1.7 >/dev/null 2>&1 || { echo 'the packages are not to be had' >&2; exit 2; }
cat >parse.js <<'END'
const one = require('nsyslog-parser');
const other = require('glossy').Parse;
for (const [data, text] of [
  ['[a@1 k="v"][b@2 q="w"]', 'login'],
  ['-', 'login refused [sshd port="22"]'],
  ['[a@1 k="say \\"v\\"" z="2"][b@2 q="w"]', 'login'],
]) {
  const line = `<34>1 2026-11-29T10:00:00Z host app 7 ID5 ${data} ${text}`;
  console.log(`${data} ${text}`);
  for (const [name, parsed] of [['nsyslog-parser', one(line)], ['glossy', other.parse(line)]])
    console.log(`  ${name}: ${JSON.stringify(parsed.structuredData ?? null)}, text "${parsed.message}"`);
}
END
node parse.js | tee seen
cat >expected <<'END'
[a@1 k="v"][b@2 q="w"] login
  nsyslog-parser: [{"$id":"a@1","k":"v"},{"$id":"b@2","q":"w"}], text "login"
  glossy: {"a@1":{"k":"v"},"b@2":{"q":"w"}}, text "login"
- login refused [sshd port="22"]
  nsyslog-parser: [{"$id":"sshd","port":"22"}], text "login refused"
  glossy: null, text "login refused [sshd port="22"]"
[a@1 k="say \"v\"" z="2"][b@2 q="w"] login
  nsyslog-parser: [{"$id":"b@2","q":"w"}], text "login"
  glossy: {"a@1":{"k":"say \"v\"","z":"2"},"b@2":{"q":"w"}}, text "login"
END
diff expected seen
