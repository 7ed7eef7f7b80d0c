#!/usr/bin/env bash
# parse-prometheus-text-format 1.1.1 (npm); its issue 13 and pull request 8 are open since 2020 and 2019.
#
# A histogram of Prometheus has the label `le` in each bucket, and as a rule others: a method, a route. Labels of
# gauges, counters and summaries come out as they are. Of a histogram with labels the parser makes one: the buckets of
# the last set of labels take the places of the others', the labels, the sums and the counts are gone, no error.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here (the package is not to be had).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  parse-prometheus-text-format@1.1.1 >/dev/null 2>&1 || { echo 'the package is not to be had' >&2; exit 2; }
cat >parse.js <<'END'
const parse = require('parse-prometheus-text-format');
const shown = (name, text) => console.log(`${name}: ${JSON.stringify(parse(text)[0].metrics)}`);
const histogram = (labels, values) =>
  ['1', '+Inf'].map((le, n) => `h_bucket{${[...labels, `le="${le}"`]}} ${values[n]}\n`).join('') +
  `h_sum{${labels}} 3\nh_count{${labels}} ${values[1]}\n`;
shown('counter', '# TYPE c counter\nc{method="get"} 1\nc{method="put"} 2\n');
shown('summary', '# TYPE s summary\ns_sum{method="get"} 3\ns_count{method="get"} 2\n');
shown('histogram', `# TYPE h histogram\n${histogram([], [1, 2])}`);
const both = histogram(['method="get"'], [1, 2]) + histogram(['method="put"'], [4, 5]);
shown('two histograms', `# TYPE h histogram\n${both}`);
END
node parse.js | tee seen
cat >expected <<'END'
counter: [{"value":"1","labels":{"method":"get"}},{"value":"2","labels":{"method":"put"}}]
summary: [{"labels":{"method":"get"},"sum":"3","count":"2"}]
histogram: [{"buckets":{"1":"1","+Inf":"2"},"count":"2","sum":"3"}]
two histograms: [{"buckets":{"1":"4","+Inf":"5"}}]
END
diff expected seen
