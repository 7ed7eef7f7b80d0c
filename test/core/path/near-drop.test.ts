import t from 'tap';
import { explain } from '../../../src/core/explain/explain.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const nat = ['-A PREROUTING -i eth0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.168.15.2:80'];

/** What is said of lan, which opens port 8080 of the host, sent on to blue, though a rule should drop it. */
function said(...filter: string[]): string {
  const world = namespaces().node('host', { rules: { nat, filter } });
  world.node('lan', { routes: ['192.168.15.0/24 via 192.168.1.2'] });
  const args = { from: 'lan', to: '192.168.1.2', port: 8080, expect: 'dropped-by-rule' } as const;
  const verdict = ask(world, 'tcp', args, { outcomes: [outcome('answer')] });
  t.equal(verdict.reason, 'unexpected-reply');
  t.match(explain(verdict, 'ko').observed, /[가-힣]\.$/);
  return explain(verdict, 'en').observed.replace(/^.*Expected: [^.]*\. ?/, '');
}

t.test('a rule that nearly stops a packet', async (t) => {
  t.equal(said(), '', 'none');
  t.equal(
    said('-A FORWARD -i eth0 -p tcp -m tcp --dport 8080 -j DROP'),
    'A rule of host nearly stops it: `-A FORWARD -i eth0 -p tcp -m tcp --dport 8080 -j DROP`; `-p tcp -m tcp --dport 8080` keeps it from matching.',
    'the port that was published, not the one behind it',
  );
  t.equal(
    said('-A INPUT -i eth0 -p tcp -m tcp --dport 8080 -j DROP'),
    '`-A INPUT -i eth0 -p tcp -m tcp --dport 8080 -j DROP` in host never sees it: host decides about this packet in FORWARD, not in INPUT.',
    'the chain of packets that the node takes in',
  );
  t.equal(
    said('-A FORWARD -i eth0 -j ACCEPT', '-A FORWARD -p tcp -m tcp --dport 80 -j DROP'),
    '`-A FORWARD -p tcp -m tcp --dport 80 -j DROP` in host would stop it, but stands behind `-A FORWARD -i eth0 -j ACCEPT`, which accepts it.',
    'behind a rule that accepts it',
  );
  t.equal(said('-A FORWARD -i v-net-0 -p udp -j DROP'), '', 'a rule for other packets');
});
