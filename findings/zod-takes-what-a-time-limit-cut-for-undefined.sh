#!/usr/bin/env bash
# zod 4.6.7 (npm), see defineLazy in v4/core/util.js; Node 20.20 and 24.21 (seen).
#
# A service that reads configuration of strangers gives each file a moment: `vm.runInNewContext('work()', { work },
# { timeout })` around a schema's parse, as Node's manual has it, and goes on with the next file after a timeout. What was
# cut off is forgotten, one thinks: the schema is a constant. But zod reckons parts of a schema at their first use, and
# marks a part "being reckoned", so that a schema may contain itself. The end of a time limit passes every catch and
# finally, so the mark stays, and the part is undefined from then on: the next file, which is sound and has no limit at
# all, fails with "Cannot read properties of undefined". Read once before, without a limit, nothing is left to be cut.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact zod@4.6.7 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >read.mjs <<'END'
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
const attempt = (work) => {
  try {
    return JSON.stringify(work());
  } catch (error) {
    return error.code ?? error.message.replace(/ \(.*/, '');
  }
};
/** Its part takes as long as `slow()` says at its first use, as a large schema does on a busy computer. */
function schemaWith(slow) {
  return z.object({ port: z.lazy(() => (slow(), z.number())) });
}
for (const readBefore of [false, true]) {
  let milliseconds = readBefore ? 0 : 60_000;
  const schema = schemaWith(() => {
    const end = Date.now() + milliseconds;
    while (Date.now() < end);
  });
  if (readBefore) schema.parse({ port: 1 });
  const limited = () => runInNewContext('work()', { work: () => schema.parse({ port: 80 }) }, { timeout: 50 });
  const first = attempt(limited);
  milliseconds = 0;
  const second = attempt(() => schema.parse({ port: 80 }));
  console.log(`${readBefore ? 'read once before' : 'never read before'}: within 50 ms ${first}; then, without a limit, ${second}`);
}
END
node read.mjs | tee seen
cat >expected <<'END'
never read before: within 50 ms ERR_SCRIPT_EXECUTION_TIMEOUT; then, without a limit, Cannot read properties of undefined
read once before: within 50 ms {"port":80}; then, without a limit, {"port":80}
END
diff expected seen
