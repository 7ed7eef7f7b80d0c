import { mkdtempSync, rmSync } from 'node:fs';
import { tracedPath } from '../../src/core/diagnose/trace/trace.ts';
import type { Machine } from '../../src/core/ports.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';

/**
 * The cost of a trace: from the request to the first reported hop and to the finished path, against `ping -c
 * 1` in the same node, over chains of 2 to 10 nodes. Run by hand: `node test/bench/trace.ts`.
 */
const rounds = 15;
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** n0 - n1 - ... : routers in a row, the last one asked for. */
function chain(length: number): string {
  const lines = ['set -e'];
  for (let node = 0; node < length; node++)
    lines.push(`ip netns add n${node}; ip netns exec n${node} sysctl -qw net.ipv4.ip_forward=1`);
  for (let node = 1; node < length; node++) {
    const index = 100 + 2 * node;
    lines.push(
      `ip link add name r index ${index} netns n${node - 1} type veth peer name l index ${index + 1} netns n${node}`,
      `ip -n n${node - 1} addr add 10.0.${node}.1/24 dev r; ip -n n${node - 1} link set dev r up`,
      `ip -n n${node} addr add 10.0.${node}.2/24 dev l; ip -n n${node} link set dev l up`,
      `ip -n n${node} route add default via 10.0.${node}.1`,
    );
  }
  for (let node = 0; node < length - 1; node++)
    lines.push(`ip -n n${node} route add 10.0.${length - 1}.0/24 via 10.0.${node + 1}.2 2>/dev/null || true`);
  return lines.join('\n');
}

async function measure(machine: Machine, length: number) {
  const to = `10.0.${length - 1}.2`;
  const [pings, firsts, traces, paths]: number[][] = [[], [], [], []];
  let frames = 0;
  for (let round = 0; round < rounds; round++) {
    const first = performance.now();
    await machine.run('n0', ['ping', '-n', '-c', '1', to]);
    const second = performance.now();
    let hop: number | null = null;
    const recording = await machine.trace({ from: 'n0', to, probe: { kind: 'icmp' } }, (soFar) => {
      if (tracedPath(soFar).packets.some(({ hops }) => hops.length > 0)) hop ??= performance.now();
    });
    const third = performance.now();
    const { end } = tracedPath(recording);
    if (end.kind !== 'delivered') throw new Error(end.text.en);
    pings?.push(second - first);
    firsts?.push((hop ?? third) - second);
    traces?.push(third - second);
    paths?.push(performance.now() - third);
    frames = recording.frames.length;
  }
  const [ping = 0, first = 0, trace = 0, path = 0] = [pings, firsts, traces, paths].map((each) =>
    median(each ?? []),
  );
  const ms = (value: number) => Number(value.toFixed(1));
  return {
    nodes: length,
    'ping ms': ms(ping),
    'first hop ms': ms(first),
    'trace ms': ms(trace),
    ratio: ms(trace / ping),
    'path ms': ms(path),
    frames,
  };
}

const root = mkdtempSync('/run/hoplab-bench-');
const machines = new KernelMachines(root);
await machines.adopt();
const rows = [];
for (const length of [2, 3, 5, 10]) {
  const machine = await machines.create(`c${length}`);
  try {
    await machine.run('host', ['bash', '-s'], { input: chain(length) });
    await machine.observe();
    rows.push(await measure(machine, length));
  } finally {
    await machine.destroy();
  }
}
rmSync(root, { recursive: true });
console.table(rows);
console.log(`memory of this process: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
