import t from 'tap';
import { schema } from '../../../src/core/check/kinds/path/schema.ts';
import { traceCommand } from '../../../src/core/check/path-sights.ts';
import { tracedProbe } from '../../../src/core/check/trace-args.ts';
import { wrongs } from '../../support/wrongs.ts';

const asked = { from: 'a', to: '10.0.0.2', through: ['r'] };

t.test('the packet of a path is an echo request of the size that is asked for', async (t) => {
  const args = schema.parse({ ...asked, size: 1472 });
  t.match(tracedProbe(args), { kind: 'trace', probe: { kind: 'icmp', size: 1472 } });
  t.equal(traceCommand(args), 'hoplab trace a 10.0.0.2 --size 1472');
  t.strictSame(tracedProbe(schema.parse(asked)), {
    ...{ kind: 'trace', from: 'a', to: '10.0.0.2' },
    probe: { kind: 'icmp' },
  });
});

t.test('the evidence of a path is drawn as the trace draws it, without words', async (t) => {
  const evidenceOf = (title: string) =>
    wrongs.find(([one]) => one === title)?.[2].evidence.find(({ command }) => command.startsWith('hoplab'));
  const [first = '', ...hops] = evidenceOf('translated although it should not be')?.output.split('\n') ?? [];
  t.equal(first, '1  192.168.15.2 → 192.168.1.3');
  t.match(hops[0], /^ {2}1 {2}blue {2}→/);
  t.match(
    hops[1],
    /^ {2}2 {2}host {2}.*→.* {2}\(192\.168\.15\.2 → 192\.168\.1\.3 ⇒ 192\.168\.1\.2 → 192\.168\.1\.3\)$/,
  );
  t.ok(hops.length > 4, 'and its reply');
  t.notMatch([first, ...hops].join(), /echo|request|\. >/);
});

t.test('an echo request and a datagram have a size, a connection has none', async (t) => {
  const { success, error } = schema.safeParse({ ...asked, tcp: 80, size: 1472 });
  t.notOk(success);
  t.match(error?.issues[0]?.message, /"one-protocol"/);
  t.ok(schema.safeParse({ ...asked, udp: 53, size: 1472 }).success);
  t.notOk(schema.safeParse({ ...asked, size: 65508 }).success, 'more than an IPv4 packet holds');
});
