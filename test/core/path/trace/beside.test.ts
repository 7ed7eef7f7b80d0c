import t from 'tap';
import { queueCause } from '../../../../src/core/diagnose/trace/cause-queue.ts';
import { staleCause } from '../../../../src/core/diagnose/trace/cause-stale.ts';
import { connectionState } from '../../../../src/core/diagnose/trace/connection-state.ts';
import { asymmetric } from '../../../../src/core/diagnose/trace/end-asymmetric.ts';
import type { EndFacts } from '../../../../src/core/diagnose/trace/end-finding.ts';
import { nearlyRouted } from '../../../../src/core/diagnose/trace/end-policy.ts';
import { redirected } from '../../../../src/core/diagnose/trace/end-redirected.ts';
import { chosenSource } from '../../../../src/core/diagnose/trace/end-source.ts';
import { unaskedNat } from '../../../../src/core/diagnose/trace/nft-unasked.ts';
import { type Place, placeOf } from '../../../../src/core/diagnose/trace/place.ts';
import { wayBackOfRule } from '../../../../src/core/diagnose/trace/rule-back.ts';
import { beforeConntrack } from '../../../../src/core/diagnose/trace/rule-early.ts';
import { between, dropStep, endingOf, hop, packet } from '../../../support/hops.ts';
import { observe, type Spec } from '../../../support/observation.ts';
import { recordingOf } from '../../../support/recording.ts';

const forward = { 'net.ipv4.ip_forward': '1' };
const request = { from: 'c', to: '10.0.2.2', probe: { kind: 'icmp' } } as const;

function ended(given: Partial<EndFacts>): EndFacts {
  return {
    ...{ kind: 'answer-lost', direction: 'reply', node: 'r', link: null, reason: null, object: null },
    ...{ values: {}, by: null, kernel: null, sources: [] },
    ...given,
  };
}

/** c - r - s. */
const line: Spec = {
  c: { links: { eth0: { peer: 'r:e1', addresses: ['10.0.1.2/24'] } }, routes: ['default via 10.0.1.1'] },
  r: {
    sysctls: forward,
    links: { e1: { addresses: ['10.0.1.1/24'] }, e2: { peer: 's:eth0', addresses: ['10.0.2.1/24'] } },
  },
  s: { links: { eth0: { addresses: ['10.0.2.2/24'] } }, routes: ['default via 10.0.2.1'] },
};

const place = (spec: Spec, hops: Parameters<typeof packet>[1], nft: Record<string, string> = {}): Place => {
  const found = placeOf(
    recordingOf({ observation: observe(spec), request, nft }),
    packet('request', hops),
    null,
  );
  if (found === null) throw new Error('no place');
  return found;
};

t.test('a firewall that the request did not pass: both ways are named beside its rule', async (t) => {
  const invalid = '-A FORWARD -m conntrack --ctstate INVALID -j DROP';
  const there = packet('request', [hop('c', null, 'eth0'), hop('r', 'e1', 'e2'), hop('s', 'eth0', null)]);
  const back = packet('reply', [
    hop('s', null, 'eth1'),
    hop('fw', 'e1', null, { rules: [dropStep(invalid)] }),
  ]);
  const own = ended({ node: 'fw', reason: 'dropped-by-rule', values: { rule: invalid } });
  const seen = (packets = [there, back]) =>
    endingOf(recordingOf({ observation: observe(line), request }), packets);
  t.match(asymmetric(seen(), own).values, { wayThere: 'c, r, s', wayBack: 's, fw' });
  const plain = ended({
    node: 'fw',
    reason: 'dropped-by-rule',
    values: { rule: '-A FORWARD -s 10.0.2.2 -j DROP' },
  });
  t.notMatch(asymmetric(seen(), plain).values, { wayThere: String }, 'a rule that asks for no state');
  const met = packet('request', [hop('c', null, 'eth0'), hop('fw', 'e1', 'e2'), hop('s', 'eth0', null)]);
  t.notMatch(asymmetric(seen([met, back]), own).values, { wayThere: String }, 'it has seen the request');
});

t.test(
  'a node that has seen one direction only knows no connection: what is behind the SYN is INVALID',
  async (t) => {
    const invalid = dropStep('-A FORWARD -m conntrack --ctstate INVALID -j DROP');
    const tcp = (flags: string) => ({
      protocol: 'tcp',
      tcp: { flags, sequence: 1, acknowledgement: 1, payload: 0 },
    });
    const later = (flags: string) =>
      packet(
        'request',
        [hop('c', null, 'eth0'), hop('fw', 'e1', null, { rules: [invalid] })],
        tcp(flags) as never,
      );
    const answer = packet('reply', [hop('s', null, 'eth0'), hop('r', 'e2', 'e1'), hop('c', 'eth0', null)]);
    const state = (flags: string, other = answer) =>
      connectionState(
        endingOf(recordingOf({ observation: observe(line), request }), [later(flags), other]),
        later(flags),
        invalid,
        { policy: false, ofIptables: true },
      );
    t.same(state('ACK'), { past: 's -> r -> c' });
    t.same(state('SYN'), {}, 'a beginning needs no other direction');
    const through = packet('reply', [hop('s', null, 'eth0'), hop('fw', 'e2', 'e1'), hop('c', 'eth0', null)]);
    t.same(state('ACK', through), {});
  },
);

t.test('a neighbour that moved: the frame goes to the node that had the address before', async (t) => {
  const [old, now] = ['02:00:00:00:00:0a', '02:00:00:00:00:0b'];
  const spec = (neighbour: string): Spec => ({
    c: {
      links: { eth0: { peer: 'sw:p1', addresses: ['10.0.0.9/24'] } },
      neighbours: [`10.0.0.100 eth0 ${neighbour}`],
    },
    one: { links: { eth0: { peer: 'sw:p2', mac: old, addresses: ['10.0.0.1/24'] } } },
    two: { links: { eth0: { peer: 'sw:p3', mac: now, addresses: ['10.0.0.100/24'] } } },
    sw: {
      links: { br0: { kind: 'bridge' }, p1: { master: 'br0' }, p2: { master: 'br0' }, p3: { master: 'br0' } },
    },
  });
  const frame = between('10.0.0.9', '10.0.0.100', { destinationMac: old });
  const hops = [
    hop('c', null, 'eth0', { after: frame }),
    hop('one', 'eth0', null, { before: frame, after: frame }),
  ];
  t.match(staleCause(place(spec(`${old} STALE`), hops)), {
    ...{ reason: 'wrong-mac', node: 'c', object: old },
    values: { expected: now, owner: 'two', now: 'one', learned: 'eth0' },
  });
  const typed = staleCause(place(spec(`${old} PERMANENT`), hops));
  t.notMatch(typed?.values, { learned: String }, 'one that was typed is not to be forgotten');
  t.equal(staleCause(place(spec(`${now} REACHABLE`), hops)), null);
});

t.test('the source that the sender’s kernel chose, and another that would get an answer', async (t) => {
  const spec: Spec = structuredClone(line);
  Object.assign(spec.c ?? {}, {
    links: { eth0: { peer: 'r:e1', addresses: ['10.0.1.2/24', '172.16.9.9/32'] } },
    routes: ['default via 10.0.1.1 src 172.16.9.9'],
  });
  const sent = (source: string) =>
    endingOf(recordingOf({ observation: observe(spec), request }), [
      packet('request', [hop('c', null, 'eth0', { after: between(source, '10.0.2.2') })]),
    ]);
  t.match(chosenSource(sent('172.16.9.9'), ended({ reason: 'reply-not-routed' })), {
    ...{ sentBy: 'c', sentFrom: '172.16.9.9', otherSource: '10.0.1.2' },
    resourcing: /^route replace default via 10\.0\.1\.1 .*src 10\.0\.1\.2$/,
  });
  t.same(chosenSource(sent('172.16.9.9'), ended({ kind: 'delivered' })), {});
  t.same(
    chosenSource(sent('10.0.1.2'), ended({ reason: 'reply-not-routed' })),
    {},
    'from this one it arrives',
  );
});

t.test(
  'a rule of the routing policy for a mark that the reply has not: which half of CONNMARK is missing',
  async (t) => {
    const [marks, saves, restores] = [
      '-A PREROUTING -i e2 -j MARK --set-mark 2',
      '-A PREROUTING -j CONNMARK --save-mark',
      '-A OUTPUT -j CONNMARK --restore-mark',
    ];
    const valuesWith = (mangle: string[]) => {
      const action = { kind: 'table', table: '2', suppressPrefix: null } as const;
      const none = {
        from: null,
        to: null,
        iif: null,
        oif: null,
        tos: null,
        protocol: null,
        sourcePorts: null,
      };
      const rule = { ...none, destinationPorts: null, other: false, mark: { value: 2, mask: 0xffffffff } };
      const observation = observe({
        ...line,
        s: {
          links: { eth0: { addresses: ['10.0.2.2/24'] } },
          rules: { mangle: [':PREROUTING ACCEPT', ':OUTPUT ACCEPT', ...mangle] },
          policies: [{ ...rule, family: 'ipv4', priority: 9, negated: false, action, text: '9: fwmark 0x2' }],
        },
      });
      const { routes = [] } = observation.nodes.s ?? {};
      const [own] = routes.filter(({ type }) => type === 'unicast');
      if (own !== undefined)
        routes.push({
          ...own,
          table: '2',
          destination: 'default',
          via: '10.0.2.1',
          scope: 'global',
          source: null,
        });
      const headers = between('10.0.1.2', '10.0.2.2');
      const arrived = packet('request', [
        hop('c', null, 'eth0'),
        hop('s', 'eth0', null, { before: headers, after: headers }),
      ]);
      const seen = endingOf(recordingOf({ observation, request }), [arrived]);
      return nearlyRouted(seen, ended({ node: 's', reason: 'reply-not-routed' }));
    };
    t.match(valuesWith([marks, saves]), {
      restoreHook: 'OUTPUT',
      policing: / -I OUTPUT -j CONNMARK --restore-mark$/,
    });
    t.match(valuesWith([marks, restores]), {
      marker: String,
      policing: / -A PREROUTING -j CONNMARK --save-mark$/,
    });
    t.match(valuesWith([marks]).policing, /--restore-mark\n.*--save-mark$/);
    t.match(valuesWith([]), { policyLacks: 'fwmark 0x2', policing: '{ip} rule add from 10.0.2.2 lookup 2' });
  },
);

t.test('a rule that asks for the way back: there is none, or it leads elsewhere', async (t) => {
  const fib = dropStep('fib saddr . iif oif missing drop', {
    hook: 'prerouting',
    family: 'inet',
    line: null,
  });
  const from = (source: string) => {
    const headers = between(source, '10.0.2.2');
    return place(line, [hop('c', null, 'eth0'), hop('r', 'e1', null, { before: headers, after: headers })]);
  };
  t.match(wayBackOfRule(from('172.16.9.9'), fib), { backTo: '172.16.9.9', cameIn: 'e1' });
  t.match(wayBackOfRule(from('10.0.2.7'), fib), {
    backSource: '10.0.2.7',
    backRoute: /dev e2/,
    loosened: undefined,
  });
  t.same(wayBackOfRule(from('10.0.1.2'), fib), {}, 'it leads back by where it came in');
  const strict = dropStep('-A PREROUTING -m rpfilter --invert -j DROP', {
    table: 'raw',
    chain: 'PREROUTING',
  });
  t.equal(
    wayBackOfRule(from('10.0.2.7'), strict).loosened,
    'iptables -t raw -R PREROUTING 1 -m rpfilter --loose --invert -j DROP',
  );
  t.same(wayBackOfRule(from('172.16.9.9'), dropStep('-A FORWARD -j DROP')), {});
});

const chain = (type: string, ...rules: string[]) =>
  [
    'table ip n {',
    '\tchain x { # handle 1',
    ...(type === '' ? [] : [`\t\t${type}`]),
    ...rules.map((rule, at) => `\t\t${rule} # handle ${at + 2}`),
    '\t}',
    '}',
  ].join('\n');

t.test('a chain in front of conntrack: no packet has a state there', async (t) => {
  const step = dropStep('drop', { hook: 'prerouting', table: 'n', chain: 'x', line: null });
  const at = (priority: string) =>
    beforeConntrack(
      place(line, [hop('c', null, 'eth0'), hop('r', 'e1', null)], {
        r: chain(
          `type filter hook prerouting priority ${priority}; policy accept;`,
          'ct state established accept',
          'drop',
        ),
      }),
      step,
    );
  t.match(at('raw'), { earlyRule: 'ct state established accept', earlyPriority: '-300' });
  t.match(at('raw + 50'), { earlyPriority: '-250' });
  t.same(at('mangle'), {});
  t.same(at('-150'), {});
});

t.test('a translation of nftables in a chain that the packet does not come to', async (t) => {
  const headers = between('10.0.1.2', '10.0.2.2');
  const routed = hop('r', 'e1', 'e2', { before: headers, after: headers });
  const seen = (nft: string) =>
    endingOf(recordingOf({ observation: observe(line), request, nft: { r: nft } }), [
      packet('request', [hop('c', null, 'eth0'), routed, hop('s', 'eth0', null)]),
    ]);
  const lost = ended({ reason: 'reply-not-routed', node: 's' });
  const post = 'type nat hook postrouting priority srcnat; policy accept;';
  t.match(unaskedNat(seen(chain('', 'masquerade')), lost), {
    ...{ unaskedNode: 'r', rightHook: 'postrouting', wrongHook: undefined },
    hooking: /nat hook postrouting .*\n.*'jump x'$/,
  });
  const input = 'type nat hook input priority 100; policy accept;';
  t.match(unaskedNat(seen(chain(input, 'snat to 10.0.2.1')), lost), { wrongHook: 'input' });
  t.same(unaskedNat(seen(chain(post, 'masquerade')), lost), {});
  t.same(unaskedNat(seen(chain('', 'ip saddr 10.9.0.0/16 masquerade')), lost), {}, 'for other packets');
  t.match(unaskedNat(seen(chain(post, 'ip saddr 10.0.11.0/24 oifname "e2" masquerade')), lost), {
    nearCondition: 'ip saddr 10.0.11.0/24',
  });
  t.same(unaskedNat(seen(chain(post, 'ip saddr 10.0.11.0/24 oifname "e9" masquerade')), lost), {});
  t.same(unaskedNat(seen(chain(post, 'oifname "e1" masquerade')), lost), {}, 'for what leaves elsewhere');
  t.match(unaskedNat(seen(chain(post, 'oifname "e9" masquerade')), lost), { nearCondition: 'oifname "e9"' });
});

t.test('another next hop than the route names: a redirect told it', async (t) => {
  const spec: Spec = structuredClone(line);
  const [right, told] = ['02:00:00:00:00:0a', '02:00:00:00:00:0b'];
  Object.assign(spec.c ?? {}, {
    neighbours: [`10.0.1.1 eth0 ${right} STALE`, `10.0.1.7 eth0 ${told} REACHABLE`],
  });
  const route = {
    text: 'default via 10.0.1.1 dev eth0',
    via: '10.0.1.1',
    rule: null,
    source: 'state',
  } as const;
  const sent = (destinationMac: string) =>
    redirected(
      endingOf(recordingOf({ observation: observe(spec), request }), [
        packet('request', [
          hop('c', null, 'eth0', { route, after: between('10.0.1.2', '10.0.2.2', { destinationMac }) }),
        ]),
      ]),
      ended({ kind: 'dropped', direction: 'request' }),
    );
  t.match(sent(told), { redirectedIn: 'c', toldHop: '10.0.1.7', ownHop: '10.0.1.1' });
  t.same(sent(right), {});
});

t.test('the queue of the port behind which the frame’s MAC address is', async (t) => {
  const mac = '02:00:00:00:00:0b';
  const spec: Spec = {
    c: { links: { eth0: { peer: 'sw:p1', addresses: ['10.0.2.9/24'] } } },
    s: { links: { eth0: { peer: 'sw:p2', mac, addresses: ['10.0.2.2/24'] } } },
    sw: {
      links: { br0: { kind: 'bridge' }, p1: { master: 'br0' }, p2: { master: 'br0' } },
      fdb: [{ mac, dev: 'p2', master: 'br0', dst: null, vlan: null, state: null }],
    },
  };
  const frame = between('10.0.2.9', '10.0.2.2', { destinationMac: mac });
  const hooks = ['bridge prerouting', 'bridge forward', 'bridge postrouting', 'postrouting'];
  const at = place(spec, [
    hop('c', null, 'eth0'),
    hop('sw', 'p1', null, { hooks, before: frame, after: frame }),
  ]);
  t.equal(queueCause(at), null);
  for (const link of at.state.links) if (link.name === 'p2') link.queue = 'tbf';
  t.match(queueCause(at), { reason: 'queue-full', node: 'sw', object: 'p2', values: { queue: 'tbf' } });
});
