#!/usr/bin/env bash
# node-netflowv9 0.2.16 with debug 4.4.3, ms 2.1.3, clone 1.0.4 and dequeue 1.0.5 (npm); read: js/nf9/nfinfotempl.js.
#
# A NetFlow 9 exporter has a source id for each part that sees flows (a line card), and each part numbers its templates
# by itself: by RFC 3954, section 5.1, a collector should tell the streams of an exporter apart by its address and the
# source id. node-netflowv9 shows the source id in the header of every flow, but keeps the templates by address and UDP
# port. Where two sources of one exporter have a template 256 each, the last one reads the flows of both. Here source 2
# has the destination first: a flow of source 1 from 10.0.0.1 to 192.0.2.9 is reported as one from 192.0.2.9 to
# 10.0.0.1. And a source that goes on from another port has no template any more: its flow is not reported.
# Exit: 0 as stated, 1 if it is otherwise, 2 where it cannot be tried here.
set -euo pipefail
[ "$(id -u)" -eq 0 ] || { echo 'needs root: it makes a network namespace' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" --save-exact \
  node-netflowv9@0.2.16 debug@4.4.3 ms@2.1.3 clone@1.0.4 dequeue@1.0.5 >/dev/null 2>&1 ||
  { echo 'the packages are not to be had' >&2; exit 2; }
cat >collect.cjs <<'END'
const { createSocket } = require('node:dgram');
const { once } = require('node:events');
const { setTimeout: wait } = require('node:timers/promises');
const Collector = require('node-netflowv9');

const words = (...numbers) => Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255]));
// Version 9, one set, times and sequence of no meaning here, and the source id last (RFC 3954, section 5.1).
const message = (source, set) => Buffer.concat([words(9, 1, 0, 0, 0, 0, 0, 0, 0, source), set]);
const [from, to] = [8, 12]; // IPV4_SRC_ADDR and IPV4_DST_ADDR (section 8)
const template = (...fields) => words(0, 16, 256, 2, ...fields.flatMap((field) => [field, 4]));
const data = (...addresses) => Buffer.concat([words(256, 12), Buffer.from(addresses.join('.').split('.').map(Number))]);

const collector = Collector(({ header, flows }) => {
  for (const flow of flows)
    console.log(`  source ${header.sourceId}: from ${flow.ipv4_src_addr} to ${flow.ipv4_dst_addr}`);
});
const send = async (exporter, ...messages) => {
  for (const one of messages) {
    exporter.send(one, 9995, '127.0.0.1');
    await wait(300);
  }
};
const exporterOfOnePort = async () => {
  const exporter = createSocket('udp4').bind(0, '127.0.0.1');
  await once(exporter, 'listening');
  return exporter;
};

(async () => {
  collector.listen(9995, '127.0.0.1');
  await wait(500);
  const [exporter, later] = [await exporterOfOnePort(), await exporterOfOnePort()];
  const flow = message(1, data('10.0.0.1', '192.0.2.9'));
  console.log('source 1 alone');
  await send(exporter, message(1, template(from, to)), flow);
  console.log('beside source 2');
  await send(exporter, message(2, template(to, from)), message(2, data('192.0.2.8', '10.0.0.2')), flow);
  console.log('source 1 from another port');
  await send(later, flow);
  console.log('and with its template again');
  await send(later, message(1, template(from, to)), flow);
  process.exit();
})();
END
unshare --net sh -c 'ip link set lo up && timeout 60 node collect.cjs' | tee seen
cat >expected <<'END'
source 1 alone
  source 1: from 10.0.0.1 to 192.0.2.9
beside source 2
  source 2: from 10.0.0.2 to 192.0.2.8
  source 1: from 192.0.2.9 to 10.0.0.1
source 1 from another port
and with its template again
  source 1: from 10.0.0.1 to 192.0.2.9
END
diff expected seen
