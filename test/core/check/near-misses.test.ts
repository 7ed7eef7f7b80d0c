import t from 'tap';
import type { Check, CheckArguments, CheckKind } from '../../../src/core/check/check.ts';
import { judge } from '../../../src/core/check/judge.ts';
import { choiceOf, cure, explain } from '../../../src/core/explain/explain.ts';
import { withCure } from '../../../src/core/explain/proved.ts';
import type { Process } from '../../../src/core/state/observation.ts';
import { type Asking, ask, outcome } from '../../support/judged.ts';
import { namespaces, type World } from '../../support/namespaces.ts';
import { observe } from '../../support/observation.ts';

/** What a failing check says, in English and in Korean. */
function says<K extends CheckKind>(world: World, kind: K, args: CheckArguments[K], more: Asking = {}) {
  const verdict = ask(world, kind, args, more);
  return [explain(verdict, 'en').what, explain(verdict, 'ko').what] as const;
}

t.test('a program that listens on another port is named', async (t) => {
  const listening = (...listeners: string[]) => namespaces().node('lan', { listeners });
  const page = {
    from: 'blue',
    url: 'http://192.168.1.3/',
    expect: 'answer',
    status: 200,
  } as const;
  const asked = { outcomes: [outcome('rejected')] };
  const [en, ko] = says(listening('tcp 0.0.0.0:8080 process python3'), 'http', page, asked);
  t.equal(en, 'Nothing listens on tcp port 80 in lan. Programs there listen on tcp port 8080 (python3).');
  t.equal(
    ko,
    'lan의 tcp 포트 80: 수신 대기 중인 프로그램이 없습니다. 수신 대기 중인 tcp 포트: 8080 (python3).',
  );
  const socket = { on: 'lan', port: 80, protocol: 'tcp', absent: false } as const;
  const others = ['tcp 0.0.0.0:22 process sshd', 'tcp 0.0.0.0:443 process nginx'];
  t.match(
    says(listening(...others, 'tcp 0.0.0.0:8080 process python3'), 'listener', socket)[0],
    /on port 8080\.$/,
  );
  t.notMatch(says(listening(...others), 'listener', socket)[0], /There /, 'none of two is near');
  t.notMatch(says(listening('udp 0.0.0.0:8080 process dnsmasq'), 'listener', socket)[0], /There /);
});

t.test('a setting of default is not one of all', async (t) => {
  const set = (key: string, value: string) => namespaces().node('host', { sysctls: { [key]: value } });
  const args = { on: 'host', key: 'net.ipv6.conf.all.forwarding', value: '1' };
  const off = { 'net.ipv6.conf.all.forwarding': '0', 'net.ipv4.ip_forward': '0' };
  const world = namespaces().node('host', { sysctls: { ...off, 'net.ipv6.conf.default.forwarding': '1' } });
  const [en, ko] = says(world, 'sysctl', args);
  t.match(
    en,
    /net\.ipv6\.conf\.default\.forwarding is 1, but counts only for interfaces that are made later\.$/,
  );
  t.match(
    ko,
    /net\.ipv6\.conf\.default\.forwarding 값은 1이지만, 나중에 만드는 인터페이스에만 적용됩니다\.$/,
  );
  t.notMatch(says(set('net.ipv6.conf.all.forwarding', '0'), 'sysctl', args)[0], /default/);
  const four = { ...off, 'net.ipv4.conf.default.forwarding': '1' };
  const ping = { from: 'blue', to: '192.168.1.3', expect: 'reply' } as const;
  const lost = says(namespaces().node('host', { sysctls: four }), 'ping', ping, {
    outcomes: [outcome('silence')],
  });
  t.match(lost[0], /^host does not forward packets: .*net\.ipv4\.conf\.default\.forwarding is 1/);
  t.match(lost[1], /net\.ipv4\.conf\.default\.forwarding 값은 1이지만/);
});

t.test('a digit is missing in the time of a sleep', async (t) => {
  const running = (command: string): Asking => ({
    processes: [
      { ...{ pids: [40], command, node: 'red' }, ...{ uid: 0, capabilities: [] } } satisfies Process,
    ],
  });
  const args = { on: 'red', name: 'sleep 1001' };
  const said = (command: string) => says(namespaces(), 'process', args, running(command))[0];
  t.match(said('sleep 101'), /`sleep 1001` runs in red; `sleep 101` does\.$/);
  t.notMatch(said('sleep 1002'), /does\.$/, 'one of a series is another process');
  t.notMatch(said('sleep 1'), /does\.$/);
});

t.test('a name server that does not run: the question is still about the name', async (t) => {
  const world = namespaces().node('blue', {});
  const names = { server: '192.168.1.3', nameservers: ['192.168.1.3'], order: ['files', 'dns'] };
  const args = { from: 'blue', name: 'db', libc: 'glibc', expect: 'answer', prompt: false } as const;
  const verdict = ask(world, 'resolve', args, { outcomes: [outcome('rejected', { names })] });
  t.equal(verdict.reason, 'no-listener');
  t.equal(explain(verdict, 'en').expected, 'Programs on blue find an address for db.');
  t.match(explain(verdict, 'en').what, /192\.168\.1\.3, which blue has as its name server/);
});

t.test('a container of another name is renamed', async (t) => {
  const world = namespaces().node('host', {
    links: { ...namespaces().spec.host?.links, docker0: { kind: 'bridge' } },
  });
  const box = (kind: 'container' | 'netns') => world.node('bxo', { kind, links: {} });
  const args = { on: 'box', name: 'eth0', absent: false };
  const verdict = ask(box('container'), 'link', args);
  t.equal(verdict.reason, 'container-missing');
  t.strictSame(cure(verdict), [{ on: 'host', run: 'docker rename bxo box', or: false }]);
  t.equal(explain(verdict, 'ko').idea, '컨테이너 bxo의 이름을 box로 바꾸세요.');
  t.strictSame(cure(ask(box('netns'), 'link', args)), [{ on: 'host', run: 'docker ps -a', or: false }]);
});

t.test('a time server that runs, and does not answer this client', async (t) => {
  const asking = (world: World, result: 'silence' | 'answer', expect: 'answer' | 'dropped-by-rule') => {
    const time = { synchronised: true, offset: 0, stratum: 8, refused: '' };
    const more = result === 'answer' ? { time } : {};
    return ask(
      world,
      'ntp',
      { from: 'blue', to: '192.168.1.3', expect, within: 1 } as CheckArguments['ntp'],
      {
        outcomes: [outcome(result, more as Parameters<typeof outcome>[1])],
      },
    );
  };
  const serving = () => namespaces().node('lan', { listeners: ['udp 0.0.0.0:123 process chronyd'] });
  const silent = asking(serving(), 'silence', 'answer');
  t.match(explain(silent, 'en').what, /chronyd in lan listens on port 123, and does not answer\.$/);
  t.match(explain(silent, 'ko').idea, /blue도 포함되어야 합니다\.$/);
  const nearly = serving().node('lan', { rules: { filter: ['-A INPUT -p udp -m udp --dport 132 -j DROP'] } });
  t.match(explain(asking(nearly, 'answer', 'dropped-by-rule'), 'en').what, /nearly stops it: .*--dport 132/);
});

t.test('a time server that no question of chronyd comes to', async (t) => {
  const args: CheckArguments['time-source'] = {
    ...{ on: 'blue', source: '192.168.1.3', answers: true },
    state: ['selected'],
  };
  const source = { address: '192.168.1.3', state: 'unusable', stratum: 0, answered: 0, offset: 0 } as const;
  const judged = (world: ReturnType<typeof namespaces>, answered = 0) =>
    ask(world, 'time-source', args, {
      outcomes: [outcome('answer', { timeSources: [{ ...source, answered }] })],
    });
  t.match(judged(namespaces()), { reason: 'no-listener', node: 'lan' });
  const dropped = namespaces().node('host', { rules: { filter: ['-A FORWARD -p udp -j DROP'] } });
  t.match(judged(dropped), { reason: 'dropped-by-rule', node: 'host' });
  t.equal(judged(namespaces(), 3).reason, 'time-source-state', 'one that has answered');
  const none = ask(namespaces(), 'time-source', args, {
    outcomes: [outcome('answer', { timeSources: null })],
  });
  t.match(cure(none), [{ run: /chronyd -x &$/ }], 'it may not set the clock here');
});

t.test('an address on the interface of another network', async (t) => {
  const judged = (...addresses: string[]) => {
    const world = namespaces()
      .link('host', 'eth0', { addresses: ['192.168.1.2/24', '192.168.15.5/24'] })
      .link('host', 'v-net-0', { addresses });
    const observation = observe(world.spec);
    const args = { from: 'host', to: '192.168.15.2', expect: 'reply' };
    const check = { id: 'ping', kind: 'ping', args, needs: [], until: null } as unknown as Check;
    const asked = { check, observation, processes: [], outcomes: [outcome('silence')] };
    return withCure(asked, judge({ ...asked, step: 'step' }), [check]);
  };
  const twice = judged('192.168.15.5/24');
  t.match(twice, {
    reason: 'neighbour-silent',
    values: { rightWire: 'v-net-0', twiceWire: '192.168.15.5/24' },
  });
  t.match(explain(twice, 'ko').what, /v-net-0에도/);
  t.strictSame(
    cure(twice).map(({ run }) => run),
    ['ip addr del 192.168.15.5/24 dev eth0'],
  );
  t.strictSame(
    cure(judged()).map(({ run }) => run),
    ['ip addr del 192.168.15.5/24 dev eth0', 'ip addr add 192.168.15.5/24 dev v-net-0'],
  );
});

t.test('a rule that Docker writes is not typed by hand', async (t) => {
  const dnat = '-A DOCKER ! -i docker0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 172.17.0.2:8080';
  const nat = ['-N DOCKER', '-A PREROUTING -j DOCKER', dnat];
  const world = () => namespaces().node('host', { rules: { nat, filter: ['-N DOCKER-USER'] } });
  const typed = (verdict: ReturnType<typeof ask>) => cure(verdict).map(({ on, run }) => `${on} # ${run}`);
  const like =
    '-t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80';
  const missing = ask(world(), 'rule', { on: 'host', like, absent: false });
  t.strictSame([missing.reason, typed(missing)], ['rule-missing', ['host # docker ps']]);
  t.match(explain(missing, 'en').idea ?? '', /docker run/);
  const own = ask(world(), 'rule', { on: 'host', like: '-A DOCKER-USER -j DROP', absent: false });
  t.strictSame(typed(own), ['host # iptables -A DOCKER-USER -j DROP']);
  const args = { from: 'lan', to: '192.168.1.2', port: 8080, expect: 'accepted' } as const;
  const closed = ask(world(), 'tcp', args, { outcomes: [outcome('rejected')] });
  t.strictSame([closed.reason, typed(closed)], ['no-listener', ['host # docker ps']]);
  t.notMatch(choiceOf(closed).ways, [[{ run: /http\.server/ }]], 'nor a server started beside the container');
  t.equal(choiceOf(closed).ways.length, 1);
});
