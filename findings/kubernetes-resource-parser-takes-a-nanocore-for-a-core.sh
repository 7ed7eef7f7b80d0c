#!/usr/bin/env bash
# kubernetes-resource-parser 0.1.0 (npm); k8s-resource-parser 0.2.2 (npm) beside it.
#
# A quantity of Kubernetes is a decimal number with a suffix, from n to E or Ki to Ei, or an exponent. The metrics API
# tells how much CPU is used in nanocores, "2500000n" for 2.5 thousandths of one. kubernetes-resource-parser, which is
# for strings "coming directly from the K8s API", drops a suffix that it does not know: 2500000 cores. A memory of
# "1.5Gi" is 1 byte, "0.5Gi" none, "129e6" is 129 bytes, and "128974848000m", the same as 123Mi, is NaN, neither
# above nor below a limit. Whole numbers with a suffix are right, and most of what people write is that.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the packages are not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  kubernetes-resource-parser@0.1.0 k8s-resource-parser@0.2.2 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
cat >parse.js <<'END'
const one = require('kubernetes-resource-parser');
const other = require('k8s-resource-parser');
const tried = (parse, text) => {
  try {
    return parse(text);
  } catch {
    return 'an error';
  }
};
for (const text of ['250m', '0.25', '2500000n', '2500u'])
  console.log(`cpu ${text}: ${tried(one.cpuParser, text)}, the other: ${tried(other.cpuParser, text)}`);
for (const text of ['512Mi', '1.5Gi', '0.5Gi', '129e6', '128974848000m'])
  console.log(`memory ${text}: ${tried(one.memoryParser, text)}, the other: ${tried(other.memoryParser, text)}`);
END
node parse.js | tee seen
cat >expected <<'END'
cpu 250m: 0.25, the other: 0.25
cpu 0.25: 0.25, the other: 0.25
cpu 2500000n: 2500000, the other: an error
cpu 2500u: 2500, the other: an error
memory 512Mi: 536870912, the other: 536870912
memory 1.5Gi: 1, the other: 1610612736
memory 0.5Gi: 0, the other: 536870912
memory 129e6: 129, the other: 129000000
memory 128974848000m: NaN, the other: 128974848
END
diff expected seen
