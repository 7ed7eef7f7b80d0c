import t from 'tap';
import type { Check, CheckArguments } from '../../../src/core/check/check.ts';
import { explain } from '../../../src/core/explain/explain.ts';
import { withCure } from '../../../src/core/explain/proved.ts';
import { rungOf } from '../../../src/core/explain/rung.ts';
import { ask, askedOf, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const masquerade = '-A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE';
const web = { from: 'lan', url: 'http://192.168.1.2/', status: 200, expect: 'answer' } as const;

/** What is said of a page that lan asks of the host, which sends it on by this rule. */
function sentOn(target: string, result: 'rejected' | 'silence') {
  const rule = `-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination ${target}`;
  const world = namespaces().node('host', { rules: { nat: [masquerade, rule] } });
  const verdict = ask(world, 'http', web, { outcomes: [outcome(result)] });
  return { reason: verdict.reason, what: explain(verdict, 'en').what, typed: rungOf(verdict, 4).en };
}

const replaced = (target: string) =>
  `# type:\nhost # iptables -t nat -R PREROUTING 1 -p tcp --dport 80 -j DNAT --to-destination ${target}`;

t.test('a rule that sends packets to a port nobody listens on is named, and corrected', async (t) => {
  const { reason, what, typed } = sentOn('192.168.15.2:8080', 'rejected');
  t.equal(reason, 'no-listener');
  t.match(what, /The packet has the port 8080 by a rule of host: `-A PREROUTING .*:8080`\./);
  t.equal(typed, replaced('192.168.15.2:80'));
});

t.test('a rule that sends packets to an address nobody has is named, and corrected', async (t) => {
  const { reason, what, typed } = sentOn('192.168.15.22:80', 'silence');
  t.equal(reason, 'neighbour-silent');
  t.match(what, /The packet has the address 192\.168\.15\.22 by a rule of host: `-A PREROUTING .*:80`\./);
  t.equal(typed, replaced('192.168.15.2:80'));
});

t.test('a rule that sends packets to a node without a server is named', async (t) => {
  const { reason, what } = sentOn('192.168.15.1:80', 'rejected');
  t.equal(reason, 'no-listener');
  t.match(what, /The packet has the address 192\.168\.15\.1 by a rule of host/);
});

t.test('a rule that gives a source nobody has is named, and corrected', async (t) => {
  const rule = '-A POSTROUTING -s 192.168.15.0/24 -j SNAT --to-source 192.168.1.22';
  const world = namespaces().node('host', { rules: { nat: [rule] } });
  const question: CheckArguments['ping'] = { from: 'blue', to: '192.168.1.3', expect: 'reply' };
  const verdict = ask(world, 'ping', question, { outcomes: [outcome('silence')] });
  t.match(explain(verdict, 'en').what, /The packet has the address 192\.168\.1\.22 by a rule of host/);
  t.equal(
    rungOf(verdict, 4).en,
    '# type:\nhost # iptables -t nat -R POSTROUTING 1 -s 192.168.15.0/24 -j MASQUERADE',
  );
});

t.test('a port that the step wants sent on gets the rule, and no server', async (t) => {
  const verdict = ask(namespaces(), 'http', web, { outcomes: [outcome('rejected')] });
  t.equal(rungOf(verdict, 4).en, '# type:\nhost # nginx', 'of the check alone');
  const args: CheckArguments['nat'] = {
    ...{ from: 'lan', to: '192.168.1.2', tcp: 80, at: 'host', destination: '192.168.15.2', port: 80 },
  };
  const nat = { id: 'nat', kind: 'nat', args, needs: [], until: null } as unknown as Check;
  const asked = askedOf.get(verdict);
  if (asked === undefined) throw new Error('not asked');
  t.equal(
    rungOf(withCure(asked, verdict, [nat]), 4).en,
    '# type:\nhost # iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80',
  );
});

t.test('where an engine publishes ports, a container answers, and no server of the host', async (t) => {
  const nat = [masquerade, '-N DOCKER', '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER'];
  const world = namespaces().node('host', { rules: { nat } });
  const verdict = ask(world, 'http', web, { outcomes: [outcome('rejected')] });
  t.equal(
    rungOf(verdict, 4).en,
    '# look (this changes nothing):\nhost # docker ps -a\n# the solution, to compare: hoplab show step --whole',
  );
  t.match(explain(verdict, 'en').idea, /^No container on host publishes tcp port 80\. /);
  t.match(explain(verdict, 'ko').idea, /^host에서 tcp 포트 80번을 공개한 컨테이너가 없습니다\./);
});

t.test('a port that a container publishes is near only to one that looks like it', async (t) => {
  const dnat = '-A DOCKER ! -i docker0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 172.17.0.2:80';
  const nat = ['-N DOCKER', '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER', dnat];
  const world = namespaces().node('host', { rules: { nat } });
  const asked = (port: number) => {
    const args = { from: 'lan', to: '192.168.1.2', port, expect: 'accepted' } as const;
    return explain(ask(world, 'tcp', args, { outcomes: [outcome('rejected')] }), 'en');
  };
  t.match(asked(8080).what, /A rule nearly fits the packet/);
  t.notMatch(asked(443).what, /nearly fits/);
  t.match(asked(443).idea, /^No container on host publishes tcp port 443\./);
});

t.test('an address that no rule gave is not said to be given', async (t) => {
  const verdict = ask(namespaces(), 'http', web, { outcomes: [outcome('rejected')] });
  t.notMatch(explain(verdict, 'en').what, /by a rule of/);
});
