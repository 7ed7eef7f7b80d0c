#!/usr/bin/env bash
# tap 21.8.0 (npm), Node 24.21 (seen).
#
# Tests that run beside one another (`t.jobs = 2`) are given options, and it is tempting to name them once:
# `const beside = { buffered: true }`, and `t.test(name, beside, ...)` for each. tap keeps what belongs to one test in
# that object. The result of each (ok, not ok) is its own, but below it stand the assertions of another one: of three
# tests the third, which passes, is `ok 3` over the second's failure, its own assertion is nowhere, and the sum counts
# four where three were made, two failures where one was. With an object for each test all is in its place.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact tap@21.8.0 \
  >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >three.mjs <<'END'
import { setTimeout as delay } from 'node:timers/promises';
import t from 'tap';
t.jobs = 2;
const one = { buffered: true };
const options = () => (process.argv[2] === 'one' ? one : { buffered: true });
t.test('first', options(), async (t) => (await delay(50), t.pass('of the first')));
t.test('second', options(), async (t) => (await delay(100), t.fail('of the second')));
t.test('third', options(), async (t) => (await delay(10), t.pass('of the third')));
END
for objects in 'three' 'one'; do
  echo "$objects:"
  # A test fails, so tap's exit code is 1.
  { node three.mjs $objects || true; } | sed -nE 's/ # time.*//; /^ *(not )?ok /p; /^# \{/p'
done >seen
cat seen
cat >expected <<'END'
three:
    ok 1 - of the first
ok 1 - first
    not ok 1 - of the second
not ok 2 - second
    ok 1 - of the third
ok 3 - third
# { total: 3, pass: 2, fail: 1 }
one:
    ok 1 - of the first
ok 1 - first
    not ok 1 - of the second
not ok 2 - second
    not ok 1 - of the second
ok 3 - third
# { total: 4, pass: 2, fail: 2 }
END
diff expected seen
