import t from 'tap';
import { parseRule, type Rule, serializeRule } from '../src/index.ts';

const command = (line: string): Pick<Rule, 'command' | 'chain' | 'table'> => {
  const { command, chain, table } = parseRule(line);
  return { command, chain, table };
};

t.test('the commands people type', async (t) => {
  t.same(command('-A INPUT -j DROP'), { command: { kind: 'append' }, chain: 'INPUT', table: 'filter' });
  t.same(command('sudo iptables -t nat -I POSTROUTING 2 -j MASQUERADE'), {
    command: { kind: 'insert', number: 2 },
    chain: 'POSTROUTING',
    table: 'nat',
  });
  t.same(command('/usr/sbin/ip6tables-nft --table raw --insert PREROUTING').command, { kind: 'insert' });
  t.same(command('iptables-legacy -w 5 -D FORWARD 3').command, { kind: 'delete', number: 3 });
  t.same(command('iptables -v -n -C FORWARD -j ACCEPT').command, { kind: 'check' });
  t.same(command('iptables -R INPUT 1 -s 10.0.0.0/8').command, { kind: 'replace', number: 1 });
  t.same(command('iptables -p tcp --dport 80 -t nat -j REDIRECT -A PREROUTING').chain, 'PREROUTING');
});

t.test('values glued to their options, as getopt_long(3) takes them', async (t) => {
  const glued = parseRule(
    'iptables -tnat -APREROUTING -vn -p tcp ! -s 10.0.0.0/8 --dport=80 -jDNAT --to=10.1.1.1:80',
  );
  const apart = parseRule(
    'iptables -t nat -A PREROUTING -p tcp ! -s 10.0.0.0/8 --dport 80 -j DNAT --to 10.1.1.1:80',
  );
  t.same({ ...glued, raws: {} }, { ...apart, raws: {} });
  t.match(parseRule('-A X -m comment --comment -ptcp').matches, [{ comment: '-ptcp' }], 'a value is a value');
});

t.test('the shell’s quoting in a command, iptables-restore’s in a line', async (t) => {
  const comment = (line: string) => parseRule(line).matches[0];
  t.same(comment(`iptables -A X -m comment --comment 'it is "so"'`), {
    kind: 'comment',
    comment: 'it is "so"',
  });
  t.same(comment(`iptables -A X -m comment --comment "it's \\"so\\""`), {
    kind: 'comment',
    comment: 'it\'s "so"',
  });
  t.same(comment('iptables -A X -m comment --comment two\\ words # said so'), {
    kind: 'comment',
    comment: 'two words',
  });
  t.same(comment(`-A X -m comment --comment "it\\'s \\"so\\""`), { kind: 'comment', comment: 'it\'s "so"' });
  t.equal(parseRule('iptables -A X \\\n  -j DROP').target?.kind, 'DROP');
});

t.test('every part of the head, with its negation', async (t) => {
  const rule = parseRule(
    'iptables -A FORWARD ! -s 10.0.0.0/8 -d 1.1.1.1 -i eth0 ! -o cali+ ! -p udp ! -f -g NEXT',
  );
  t.match(rule, {
    family: 'ipv4',
    source: { negated: true, value: '10.0.0.0/8' },
    destination: { negated: false, value: '1.1.1.1' },
    inInterface: { negated: false, value: 'eth0' },
    outInterface: { negated: true, value: 'cali+' },
    protocol: { negated: true, value: 'udp' },
    fragment: { negated: true, value: true },
    target: { kind: 'goto', chain: 'NEXT' },
  });
});

t.test('matches in their order, the implied one where its first option stood', async (t) => {
  const rule = parseRule('-A X -p tcp -m mark --mark 1 --dport 80 -m comment --comment x --sport 5 -j DROP');
  t.same(rule.matches, [
    { kind: 'mark', mark: { negated: false, value: { value: 1, mask: 0xffffffff } } },
    {
      kind: 'tcp',
      destinationPort: { negated: false, value: { from: 80, to: 80 } },
      sourcePort: { negated: false, value: { from: 5, to: 5 } },
    },
    { kind: 'comment', comment: 'x' },
  ]);
});

t.test('unknown matches and targets keep their words', async (t) => {
  const text =
    '-A X -p tcp -m time --timestart 10:00:00 ! --weekdays Mon -m mark --mark 0x1 -j CLASSIFY --set-class 0001:0002';
  const rule = parseRule(text);
  t.same(rule.matches[0], {
    kind: 'unknown',
    name: 'time',
    words: ['--timestart', '10:00:00', '!', '--weekdays', 'Mon'],
  });
  t.same(rule.target, { kind: 'unknown', name: 'CLASSIFY', words: ['--set-class', '0001:0002'] });
  t.equal(serializeRule(rule), text);
  t.same(parseRule('-A X -j FROBNICATE --now').target, {
    kind: 'unknown',
    name: 'FROBNICATE',
    words: ['--now'],
  });
  t.same(parseRule('-A X -p dccp --dport 80').matches, [
    { kind: 'unknown', name: 'dccp', words: ['--dport', '80'] },
  ]);
});

t.test('the chunks of an SCTP packet', async (t) => {
  const line = '-A X -p sctp -m sctp ! --sport 7 --dport 53 --chunk-types any DATA:Be,ABORT:T';
  const rule = parseRule(line);
  t.same(rule.matches, [
    {
      kind: 'sctp',
      sourcePort: { negated: true, value: { from: 7, to: 7 } },
      destinationPort: { negated: false, value: { from: 53, to: 53 } },
      chunkTypes: {
        negated: false,
        value: {
          amount: 'any',
          chunks: [
            { name: 'DATA', flags: 'Be' },
            { name: 'ABORT', flags: 'T' },
          ],
        },
      },
    },
  ]);
  t.equal(serializeRule(rule), line);
  for (const wrong of ['some INIT', 'any CHIPS', 'any INIT:x', 'any INIT,ALL'])
    t.throws(() => parseRule(`-A X -p sctp --chunk-types ${wrong}`), /expected all, any, only, then a/);
});

t.test('a known match with an option from the future', async (t) => {
  const line = '-A X -m mark --mark 0x1 --shade 5 -j DROP';
  t.throws(() => parseRule(line), /column 25: .*found "--shade"$/);
  const rule = parseRule(line, { lenient: true });
  t.same(rule.matches, [{ kind: 'unknown', name: 'mark', words: ['--mark', '0x1', '--shade', '5'] }]);
  t.equal(serializeRule(rule), line);
});

t.test('a changed tree is printed anew', async (t) => {
  const rule = parseRule('-A X   -p tcp --dport http -j DROP');
  t.equal(serializeRule(rule), '-A X   -p tcp --dport http -j DROP');
  rule.target = { kind: 'LOG', prefix: 'a b: ' };
  t.equal(serializeRule(rule), '-A X -p tcp -m tcp --dport http -j LOG --log-prefix "a b: "');
});

t.test('a typed command is printed as a line of a save', async (t) => {
  const rule = parseRule("sudo iptables -t nat -A X -m comment --comment 'a b' -j MASQUERADE");
  t.equal(serializeRule(rule), '-A X -m comment --comment "a b" -j MASQUERADE');
});

t.test('counters beyond 2^53', async (t) => {
  const rule = parseRule('[18446744073709551615:9007199254740993] -A X');
  t.same(rule.counters, { packets: 18446744073709551615n, bytes: 9007199254740993n });
  t.equal(serializeRule(rule), '[18446744073709551615:9007199254740993] -A X');
});
