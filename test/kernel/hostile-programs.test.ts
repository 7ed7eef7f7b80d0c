import t from 'tap';
import { HoplabError } from '../../src/core/errors.ts';
import type { Machine } from '../../src/core/ports.ts';
import type { PlainProbe } from '../../src/core/probe/probe.ts';
import { inPlaceOf } from '../support/in-place-of.ts';
import { sh, workplace } from '../support/machines.ts';

/** Milliseconds: every wait of hoplab's own is shorter, on a busy machine too, and none of these programs ends by itself. */
const bound = 40_000;

/** A child in a session of its own that holds the pipes and goes on writing. */
const leaves = (text: string) => `setsid /run/own/sh -c 'while sleep 0.02; do echo "${text}"; done' &`;
const ignoring = "trap '' TERM HUP INT PIPE;";

const wired = `ip netns add red; ip link add a0 type veth peer name b0 netns red
  ip addr add 10.0.0.1/24 dev a0; ip -n red addr add 10.0.0.2/24 dev b0; ip link set a0 up; ip -n red link set b0 up`;

async function within<T>(work: Promise<T>): Promise<T | string> {
  const started = performance.now();
  const ended = await work.catch((error: unknown) => {
    if (!(error instanceof HoplabError)) throw error;
    return error.code;
  });
  const took = performance.now() - started;
  if (took > bound) throw new Error(`it took ${Math.round(took)} ms`);
  return ended;
}

const observed = async (machine: Machine) => {
  const seen = await within(machine.observe());
  return typeof seen === 'string' ? seen : Object.keys(seen.nodes).sort().join(' ');
};

t.test('programs that read the state may misbehave: the look ends', (t) =>
  workplace(t, async ({ make }) => {
    for (const [way, program, script, answer] of [
      ['leaves a child that writes', 'nft', `${leaves('x')} exec $whole "$@"`, 'feature-missing'],
      [
        'leaves a child that is silent',
        'nft',
        'setsid /run/own/sh -c "sleep 1003" & exec $whole "$@"',
        'host red',
      ],
      ['floods', 'iptables-save', 'exec yes', 'feature-missing'],
      ['says something else', 'iptables-save', 'echo "[[[[[["; echo garbage', 'feature-missing'],
      ['never ends a line', 'ip6tables-save', 'yes -- -A-A-A-A-A | tr -d "\\n"', 'feature-missing'],
    ] as const) {
      const machine = await make();
      await sh(machine, `${wired}; iptables -A INPUT -j ACCEPT; ip6tables -A INPUT -j ACCEPT`);
      await inPlaceOf(machine, program, script);
      t.equal(await observed(machine), answer, `${program} ${way}`);
    }
  }),
);

t.test('a probe ends whatever its program does, without a result', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, wired);
    const tls: PlainProbe = { kind: 'tls', from: 'host', to: '10.0.0.2', port: 443, name: null, trust: null };
    const spread: PlainProbe = {
      ...{ kind: 'distribution', from: 'host', url: 'http://10.0.0.2/', header: null, requests: 3 },
    };
    const query = {
      kind: 'dns',
      from: 'host',
      name: 'a.example',
      type: 'A',
      server: '10.0.0.2',
      recurse: true,
    } as const;
    const statement = {
      ended: 'answer',
      error: '',
      spoken: true,
      certificate: 'Z2FyYmFnZQ==',
      code: 0,
      distrust: null,
    };
    for (const [program, script, probe] of [
      ['python3', `echo '{"ended": '`, tls],
      ['python3', `echo '${JSON.stringify(statement)}'`, tls],
      ['python3', `echo '${JSON.stringify({ ...statement, certificate: [] })}'`, tls],
      ['python3', `echo '{"answers": {"a": "b"}}'`, spread],
      ['dig', `yes ';; ANSWER SECTION:' | head -c 3000000; exit 0`, query],
      [
        'ping',
        `${ignoring} ${leaves('x')} while :; do sleep 1; done`,
        { kind: 'ping', from: 'host', to: '10.0.0.2' },
      ],
      [
        'tcpdump',
        `${ignoring} ${leaves('x')} while :; do sleep 1; done`,
        { kind: 'seen', from: 'host', to: '10.0.0.2', at: 'red' },
      ],
      ['tcpdump', 'exec yes', { kind: 'seen', from: 'host', to: '10.0.0.2', at: 'red' }],
    ] as [string, string, PlainProbe][]) {
      await inPlaceOf(machine, program, script);
      const outcome = await within(machine.probe(probe));
      t.equal(typeof outcome === 'string' ? outcome : outcome.result, 'tool-failed', `${program}: ${script}`);
      await sh(
        machine,
        `umount -l $(readlink -f $(command -v ${program})); pkill -f "/run/own/[s]h" || true`,
      );
    }
  }),
);

t.test('a node that cannot be entered is not waited for', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await inPlaceOf(machine, 'sh', `${ignoring} while :; do /usr/bin/sleep 1; done`);
    t.equal(await within(machine.expose('host', 'hoplab.hostile.host')), 'machine-failed');
  }),
);

t.test('control characters in the name of a link are part of the name', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      "ip link add name $'\\e[31m\\a\"x\\\\' type bridge; ip link set $'\\e[31m\\a\"x\\\\' up",
    );
    const { nodes } = await machine.observe();
    t.ok(nodes.host?.links.some(({ name }) => name === '\x1b[31m\x07"x\\'));
  }),
);

t.test('a name without a namespace behind it is no node, and hides none', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(
      machine,
      `${wired}
      mkfifo /run/netns/fifo; : >/run/netns/file; ln -s /nowhere /run/netns/nowhere; mkdir /run/netns/directory
      ln -s fifo /run/netns/to-fifo; ln -s /proc/1/ns/net /run/netns/again
      mkdir -p /.hoplab/nodes/far; mkfifo /.hoplab/nodes/far/net`,
    );
    const started = performance.now();
    t.equal(await observed(machine), 'host red');
    const trace = await within(machine.trace({ from: 'host', to: '10.0.0.2', probe: { kind: 'icmp' } }));
    t.equal(typeof trace === 'string' ? trace : trace.outcome.result, 'reply');
    t.ok(performance.now() - started < 20_000, 'nothing waits for the FIFO');
  }),
);

t.test('rejects with too many namespaces, because the state is not known', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red; cd /run/netns; for i in $(seq 1300); do : >n$i; done');
    t.equal(await within(machine.observe()), 'feature-missing');
    t.equal(await within(machine.processes()), 'feature-missing');
    t.equal(await sh(machine, 'echo there', 'red'), 'there\n', 'a node that is named is found');
    await sh(machine, 'rm /run/netns/n*');
    t.equal(await observed(machine), 'host red');
  }),
);
