import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { CountedMachines } from '../support/counted.ts';
import { Following, shapeOf } from '../support/following.ts';
import { liveLab } from '../support/live-lab.ts';
import { workplace } from '../support/machines.ts';
import { running } from '../support/programs.ts';

interface Place {
  sessions: Sessions;
  machines: CountedMachines;
  id: string;
  /** The session's file, as it is. */
  journal(): string;
}

/** A session at the first step, which is done, without a check so far. */
function inSession(t: Test, work: (place: Place) => Promise<void>): Promise<void> {
  return workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const machines = new CountedMachines(new KernelMachines(root));
    const sessions = await Sessions.open({ machines, labOf: liveLab, directory, limit: 1 });
    const { id } = await sessions.start('live', null);
    try {
      await work({
        sessions,
        machines,
        id,
        journal: () => readFileSync(join(directory, `${id}.jsonl`), 'utf8'),
      });
    } finally {
      await sessions.stop(id);
    }
  });
}

/** A line that breaks a check, the check's verdict, and the line that mends it, each with its node. */
const breaks: [string, [string, string], [string, string]][] = [
  [
    'built/link fail no-carrier',
    ['host', 'ip -n red link set veth-red down'],
    ['host', 'ip -n red link set veth-red up'],
  ],
  [
    'built/address fail no-address',
    ['host', 'ip addr del 10.0.0.1/24 dev eth0'],
    ['host', 'ip addr add 10.0.0.1/24 dev eth0'],
  ],
  [
    'built/route fail no-route',
    ['far', 'ip route del default'],
    ['far', 'ip route add default via 10.0.0.1'],
  ],
  [
    'built/sysctl fail wrong-value',
    ['host', 'sysctl -qw net.ipv4.ip_forward=0'],
    ['host', 'sysctl -qw net.ipv4.ip_forward=1'],
  ],
  [
    'built/setting fail wrong-value',
    ['red', 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all'],
    ['red', 'echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_all'],
  ],
  [
    'built/rule fail rule-present',
    ['host', 'iptables -A FORWARD -s 10.9.9.9 -j DROP'],
    ['host', 'iptables -F FORWARD'],
  ],
  [
    'built/file fail entry-present',
    ['far', 'echo 10.0.0.1 near >>/etc/hosts'],
    ['far', 'grep -v near /etc/hosts >/tmp/hosts; cp /tmp/hosts /etc/hosts'],
  ],
  ['built/listener fail no-listener', ['far', 'pkill nginx'], ['far', 'nginx']],
  [
    'built/neighbour fail neighbour-present',
    ['host', 'ip neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 dev eth0'],
    ['host', 'ip neigh del 10.0.0.77 dev eth0'],
  ],
  [
    'built/reach fail dropped-by-rule',
    ['far', 'iptables -A INPUT -p icmp -j DROP'],
    ['far', 'iptables -D INPUT -p icmp -j DROP'],
  ],
];

t.test('reports each break and each repair of a step without a request', (t) =>
  inSession(t, async ({ sessions, id }) => {
    const client = new Following(sessions, id);
    await client.next('step-done built');
    await client.next('later/green fail netns-missing');
    for (const [verdict, [on, line], [onAgain, again]] of breaks) {
      await client.type(on, line);
      await client.next(verdict);
      // One of several verdicts that a line turns breaks the step, not always this one.
      await client.until(() => sessions.get(id).steps[0]?.broken === true);
      const [built] = sessions.get(id).steps;
      t.match(built, { doneAt: Number, broken: true }, `${line}: done once, and broken now`);
      await client.type(onAgain, again);
      await client.next(verdict.replace(/ fail.*/, ' pass'));
      await client.until(() => sessions.get(id).steps[0]?.broken === false);
      t.match(sessions.get(id).steps[0], { doneAt: Number, broken: false }, `${again}: mended`);
    }
    await client.type('host', 'ip netns add green');
    await client.next('later/green pass');
    await client.next('step-done later');
    client.stop();
  }),
);

t.test('an idle session is not asked, and its journal does not grow', (t) =>
  inSession(t, async ({ sessions, machines, id, journal }) => {
    const client = new Following(sessions, id);
    await client.next('later/green fail netns-missing');
    await sessions.of(id).check('all');
    await calm(machines);
    const [asked, text, statement] = [machines.asked, journal(), client.changes.length];
    // Longer than a look after activity may come, and than a second ARP request.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    t.equal(machines.asked, asked, 'nothing is asked');
    t.equal(client.changes.length, statement, 'nothing is told');
    await client.type('host', 'true');
    await calm(machines);
    t.equal(journal(), text, 'what changes nothing is not told');
    client.stop();
    await client.type('host', 'ip link add more type bridge');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    t.equal(machines.asked, asked, 'without anybody who follows, nothing is asked');
    await client.type('host', 'ip netns add green');
    const second = new Following(sessions, id);
    await second.next('later/green pass');
    t.pass('whoever comes hears what is so now');
    second.stop();
  }),
);

t.test('a storm of changes leaves the session to those who ask', (t) =>
  inSession(t, async ({ sessions, machines, id }) => {
    const client = new Following(sessions, id);
    await client.next('later/green fail netns-missing');
    const before = machines.asked;
    const storm = await sessions
      .of(id)
      .open(
        'host',
        ['bash', '-c', 'while :; do ip addr add 10.5.0.1/24 dev lo; ip addr del 10.5.0.1/24 dev lo; done'],
        { pty: null },
      );
    const over = new Promise<void>((resolve) => storm.onExit(() => resolve()));
    const started = performance.now();
    const verdicts = await sessions.of(id).check('built');
    t.ok(verdicts.every(({ status }) => status !== 'could-not-check'));
    await sessions.of(id).topology();
    while (performance.now() - started < 5000) await new Promise((resolve) => setTimeout(resolve, 200));
    const seconds = (performance.now() - started) / 1000;
    // A round asks for state once and sends three probes; rounds rest at least as long as they work.
    t.ok(machines.asked - before < 12 * seconds + 12, `${machines.asked - before} questions in ${seconds} s`);
    storm.close();
    await over;
    await client.type('host', 'sysctl -qw net.ipv4.ip_forward=0');
    await client.next('built/sysctl fail wrong-value');
    t.pass('and afterwards changes are told again');
    client.stop();
  }),
);

t.test('reports the end of a machine, and follows the next one', (t) =>
  inSession(t, async ({ sessions, id }) => {
    const client = new Following(sessions, id);
    await client.next('later/green fail netns-missing');
    process.kill(sessions.get(id).machine.pid, 'SIGKILL');
    await client.next('machine gone');
    await sessions.of(id).enter('built', 'goto');
    await client.next('machine ready');
    await client.next('built/web pass');
    await client.type('host', 'ip netns del red');
    await client.next('built/netns fail netns-missing');
    await client.until(() => client.events.map(shapeOf).includes('step-broken built'));
    t.ok(client.events.map(shapeOf).includes('step-entered built'));
    client.stop();
  }),
);

t.test('a watch that ends in a living machine is begun again', (t) =>
  inSession(t, async ({ sessions, id }) => {
    const client = new Following(sessions, id);
    await client.next('later/green fail netns-missing');
    const [watch] = running('watch');
    t.ok(watch !== undefined);
    if (watch !== undefined) process.kill(watch, 'SIGKILL');
    while (running('watch').length === 0 || running('watch').includes(watch ?? 0))
      await new Promise((resolve) => setTimeout(resolve, 50));
    // Not by a terminal of the session's, whose end would be a sign of its own.
    const inside = `/proc/${sessions.get(id).machine.pid}/root/etc/hosts`;
    await client.until(() => client.changes.some((kinds) => kinds.includes('nodes')));
    while (!client.changes.some((kinds) => kinds.length === 1 && kinds[0] === 'files')) {
      appendFileSync(inside, '10.0.0.7 other\n');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    t.pass('changes are told again');
    client.stop();
  }),
);

/** Nothing has been asked for a while: what a check has set off is over. */
async function calm(machines: CountedMachines): Promise<void> {
  for (let asked = -1; asked !== machines.asked; ) {
    asked = machines.asked;
    await new Promise((resolve) => setTimeout(resolve, 4000));
  }
}
