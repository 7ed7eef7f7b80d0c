import { join } from 'node:path';
import t, { type Test } from 'tap';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { Library } from '../../src/library/library.ts';
import { Sessions } from '../../src/session/sessions.ts';
import { workplace } from '../support/machines.ts';

const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
const labOf = (id: string) => library.get(id);

/** Runs work in a session at a step; `say` runs a line on a node and gives what it printed. */
function inSession(
  t: Test,
  step: string,
  work: (given: {
    sessions: Sessions;
    id: string;
    say: (node: string, line: string) => Promise<string>;
    open: () => Promise<Sessions>;
  }) => Promise<void>,
): Promise<void> {
  return workplace(t, async ({ root }) => {
    const directory = join(t.testdir(), 'sessions');
    const open = () => Sessions.open({ machines: new KernelMachines(root), labOf, directory, limit: 3 });
    const sessions = await open();
    const { id } = await sessions.start('linux-router', step);
    const say = async (node: string, line: string) => {
      const stream = await sessions.of(id).open(node, ['bash', '-c', line], { pty: null });
      let text = '';
      stream.onData((_, data) => {
        text += new TextDecoder().decode(data);
      });
      await new Promise<void>((resolve) => stream.onExit(() => resolve()));
      return text.trim();
    };
    await work({ sessions, id, say, open });
    const left = await open();
    for (const session of left.list()) await left.stop(session.id);
  });
}

t.test('files stay, what was only typed is gone, each host reads its own sysctl.conf, undo goes back', (t) =>
  inSession(t, 'forwarding', async ({ sessions, id, say }) => {
    await say(
      'host',
      'ip netns add mine; echo kept >/root/notes; chown 1010 /root/notes; echo t >/tmp/t; rm /etc/mime.types',
    );
    await say(
      'b',
      "echo 'net.ipv4.ip_forward=1' >>/etc/sysctl.conf; echo 'no.such.key = 1' >>/etc/sysctl.conf",
    );
    await say(
      'c',
      'mkdir -p /etc/sysctl.d; echo net.ipv4.ip_default_ttl=99 >/etc/sysctl.d/ttl.conf; echo 7 >/etc/seven',
    );
    await say('a', 'ip link set eth0 mtu 1400; sysctl -w net.ipv4.ip_default_ttl=33');
    const before = sessions.get(id);
    const { differences, step } = await sessions.of(id).preview('reboot');
    t.equal(step, 'forwarding');
    const differenceTexts = differences.map(
      ({ change, kind, node, text }) => `${change} ${kind} ${node} ${text}`,
    );
    t.ok(differenceTexts.includes('lost node mine mine'), differenceTexts.join('; '));
    t.ok(
      differenceTexts.some((each) => /^lost route a 192\.168\.2\.0\/24/.test(each)),
      'before it happens, it is said',
    );
    t.equal(sessions.get(id).machine.pid, before.machine.pid, 'and nothing has happened');

    const after = await sessions.of(id).reboot();
    t.match(after, { step: 'forwarding', canUndo: true, machine: { state: 'ready' } });
    t.not(after.machine.pid, before.machine.pid);
    const { nodes } = await sessions.of(id).topology();
    t.strictSame(Object.keys(nodes).sort(), ['a', 'b', 'c', 'host'], 'a namespace made by hand is gone');
    t.equal(
      await say('host', 'cat /root/notes; stat -c %u /root/notes; cat /run/boots; ls /tmp'),
      'kept\n1010\n2',
    );
    t.match(await say('host', 'ls /etc/mime.types'), /No such file/, 'what was deleted stays deleted');
    t.equal(
      await say('a', 'ip -br -4 addr show eth0 | tr -s " " | sed "s/ $//"; cat /sys/class/net/eth0/mtu'),
      'eth0@if11 UP 192.168.1.5/24\n1500',
    );
    t.equal(await say('a', 'ip route show 192.168.2.0/24'), '', 'a typed route is gone');
    const value = (node: string, key: string) => say(node, `sysctl -n ${key}`);
    t.equal(await value('b', 'net.ipv4.ip_forward'), '1');
    t.equal(
      await value('a', 'net.ipv4.ip_forward'),
      await value('c', 'net.ipv4.ip_forward'),
      "b's file is b's",
    );
    t.equal(await value('c', 'net.ipv4.ip_default_ttl'), '99');
    t.equal(await value('a', 'net.ipv4.ip_default_ttl'), '64', 'what was typed is gone');
    t.equal(await say('c', 'cat /etc/seven'), '7');
    t.match(await say('b', 'ls /etc/seven'), /No such file/);

    await sessions.of(id).undo();
    t.equal(await say('a', 'ip route show 192.168.2.0/24'), '192.168.2.0/24 via 192.168.1.6 dev eth0');
    t.ok('mine' in (await sessions.of(id).topology()).nodes);
  }),
);

t.test('a restart over a restarted daemon, of a machine that is gone, and of one with hostile files', (t) =>
  inSession(t, 'way-there', async ({ sessions, id, say, open }) => {
    await say(
      'host',
      'echo one >/root/one; ln -s /proc/1/root/usr /root/usr; mkfifo /var/fifo; chmod 0 /root/one',
    );
    await say('host', 'truncate -s 20G /root/hole; rm /etc/nsswitch.conf; mkfifo /etc/nsswitch.conf');
    await sessions.of(id).reboot();
    const restarted = await open();
    t.match(
      restarted.get(id),
      { canUndo: true, machine: { state: 'ready' } },
      'the new machine is the one adopted',
    );
    t.equal(
      await say('host', 'cat /root/one; readlink /root/usr; stat -c %F /var/fifo /etc/nsswitch.conf'),
      'one\n/proc/1/root/usr\nfifo\nfifo',
    );
    t.equal(await say('host', 'stat -c "%s %b" /root/hole'), `${20 * 2 ** 30} 0`, 'a hole stays one');
    const pid = sessions.get(id).machine.pid;
    process.kill(pid, 'SIGKILL');
    while (sessions.get(id).machine.state !== 'gone') await new Promise(setImmediate);
    await t.rejects(sessions.of(id).reboot(), { code: 'machine-gone' });
  }),
);

t.test('solutions that restart the machine: typed, and behind a jump', (t) =>
  inSession(t, 'survives-reboot', async ({ sessions, id, say }) => {
    const applied = await sessions.of(id).apply(null);
    t.match(applied, { ok: true, lines: [{}, { run: 'hoplab reboot', exitCode: 0 }, {}, {}] });
    t.equal(await say('host', 'cat /run/boots'), '2');
    const verdicts = await sessions.of(id).check('survives-reboot');
    t.ok(verdicts.every(({ status }) => status === 'pass'));
    await sessions.of(id).enter('ipv6', 'goto');
    t.equal(await say('host', 'cat /run/boots'), '2');
    t.equal(await say('b', 'sysctl -n net.ipv4.ip_forward'), '1');
    t.match(await say('host', 'bash -ic reboot'), /hoplab reboot/, 'typed inside, it says where it belongs');
  }),
);
