import t from 'tap';
import { blocked } from '../../../src/core/check/unjudged.ts';
import { cures } from '../../../src/core/explain/cures.ts';
import { cure, type Explanation, explain, gapText } from '../../../src/core/explain/explain.ts';
import { placeholders, type Template } from '../../../src/core/explain/template.ts';
import { languages } from '../../../src/core/language.ts';
import { gapCodes } from '../../../src/core/path/recording/gap.ts';
import type { NameFindings } from '../../../src/core/probe/names.ts';
import { reasons } from '../../../src/core/verdict/reasons.ts';
import { english } from '../../../src/words/en/verdicts.ts';
import { korean } from '../../../src/words/ko/verdicts.ts';
import { everyCheck } from '../../support/every-kind.ts';
import { ask, outcome } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';
import { rights } from '../../support/rights.ts';
import { wrongs } from '../../support/wrongs.ts';

const rungs = ['what', 'why', 'where', 'idea'] as const;
const alternatives = (template: Template) => (typeof template === 'string' ? [template] : template);
const sorted = (names: string[]) => [...new Set(names)].sort();
const code = (text: string) => [...text.matchAll(/`([^`]*)`/g)].map((match) => match[1] ?? '').sort();

t.test('every reason has every rung in both languages, about the same values and commands', async (t) => {
  for (const reason of reasons) {
    t.not(cures[reason].run, '', `${reason} command`);
    for (const rung of rungs) {
      const en = alternatives(english.reasons[reason][rung]);
      const ko = alternatives(korean.reasons[reason][rung]);
      t.equal(en.length, ko.length, `${reason} ${rung}`);
      for (const [at, text] of en.entries()) {
        t.match(text, /\S/, `${reason} ${rung}`);
        t.match(ko[at], /[\uac00-\ud7a3]|^\{\w+\}$/, `${reason} ${rung}`);
        t.same(sorted(placeholders(ko[at] ?? '')), sorted(placeholders(text)), `${reason} ${rung}`);
        t.same(code(ko[at] ?? ''), code(text), `${reason} ${rung}`);
      }
    }
  }
});

t.test(
  'each alternative but the last needs a value: without one, those after it would never be said',
  async (t) => {
    for (const reason of reasons)
      for (const rung of rungs)
        for (const text of alternatives(english.reasons[reason][rung]).slice(0, -1))
          t.ok(placeholders(text.replace(/\[[^\]]*\]/g, '')).length > 0, `${reason} ${rung}: ${text}`);
  },
);

t.test('an expected failure that fails otherwise says both reasons in words', async (t) => {
  const said = (language: 'en' | 'ko') => words('fails for another reason', language).what;
  t.match(
    said('en'),
    /^It fails, as it should, but for another reason: .*\. The reason should be: [a-z ,]+\.$/,
  );
  for (const language of languages)
    t.notMatch(said(language), new RegExp(reasons.filter((one) => one.includes('-')).join('|')));
});

t.test('a request to a name that means its sender says so, and which line does it', async (t) => {
  const asked = (url: string, names: NameFindings) => {
    const world = namespaces().node('red', { loDown: false });
    const control = { from: 'red', to: '192.168.15.2' };
    const http = { from: 'red', url, status: 200, expect: 'answer', control } as const;
    return explain(ask(world, 'http', http, { outcomes: [outcome('rejected', { names })] }), 'en');
  };
  const addresses = ['192.168.15.1'];
  const hosts = asked('http://maps.test/', { addresses, hostsLine: '192.168.15.1 maps.test' });
  t.match(
    hosts.what,
    'On red the name maps.test means red itself: 192.168.15.1. Its /etc/hosts has the line `192.168.15.1 maps.test`.',
  );
  t.match(hosts.idea, /^Does maps\.test mean the node you want\?/);
  t.match(asked('http://maps.test/', { addresses }).what, /means red itself: 192\.168\.15\.1\.$/);
  t.match(asked('http://192.168.15.1/', { addresses }).what, /^Nothing listens on tcp port 80 in red\.$/);
  t.notMatch(asked('http://maps.test/', { addresses: ['192.168.15.2'] }).what, 'itself');
});

t.test('a missing translation says which address stays and why it must change', async (t) => {
  const forwarded = words('forwarded nowhere', 'en');
  t.match(forwarded.what, /nowhere on its way \(192\.168\.1\.3\)/, 'its destination');
  t.match(forwarded.why, /^The client knows 192\.168\.1\.3 only\. .* the host behind it/);
  t.match(words('forwarded nowhere', 'ko').why, /^요청하는 쪽은 192\.168\.1\.3 주소만 압니다\./);
  const masqueraded = words('translated nowhere', 'en');
  t.match(masqueraded.what, /nowhere on its way \(192\.168\.15\.2\)/, 'its source');
  t.match(masqueraded.why, /^Hosts outside reply to the inner address/);
});

t.test('every kind of check says what it expects and what it saw, about the same values', async (t) => {
  for (const [kind, asked] of Object.entries(english.asked)) {
    const other = korean.asked[kind as keyof typeof korean.asked];
    for (const key of ['expected', 'negated', 'observed'] as const) {
      t.same(
        sorted(placeholders(other[key] ?? '')),
        sorted(placeholders(asked[key] ?? '')),
        `${kind} ${key}`,
      );
    }
  }
});

t.test('words the gaps of a trace in both languages, with the same values', async (t) => {
  for (const code of gapCodes) {
    const names = sorted(placeholders(english.gaps[code]));
    t.same(sorted(placeholders(korean.gaps[code])), names, code);
    const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
    const { en, ko } = gapText({ code, node: '<node>', values });
    for (const text of [en, ko]) {
      t.match(text, /<node>/, code);
      t.notMatch(text, unfilled, code);
    }
    t.match(ko, /[\uac00-\ud7a3]/, code);
  }
});

t.test('a verdict names the part of a path that was not seen', async (t) => {
  const sentence = (language: 'en' | 'ko') => words('a way that was not seen whole', language).what;
  t.match(
    sentence('en'),
    /^In host there was so much traffic that 7 frames were not captured.* your work\.$/,
  );
  t.match(sentence('ko'), /^host의 트래픽이 너무 많아 프레임 7개를 .*작업 결과와는 관계가 없습니다\.$/);
});

const unfilled = /[{}[\]]|undefined|\(으\)|\(이\)|이\(가\)|을\(를\)|와\(과\)/;

/** nft's own braces. */
const accepting = '{ policy accept; }';

t.test('no verdict leaves a placeholder unfilled or a rung empty', async (t) => {
  for (const [title, , verdict] of wrongs) {
    for (const language of languages) {
      const words = explain(verdict, language);
      const bad = Object.entries(words).filter(
        ([, text]) => text.trim() === '' || unfilled.test(text.replace(accepting, '')),
      );
      t.same(bad, [], `${title} ${language}`);
      t.equal(words.message, words.what, title);
    }
    for (const { on, run } of cure(verdict)) {
      t.match(on, /^[a-z]+$/, title);
      t.notMatch(run.replace(accepting, ''), /[{}[\]]/, title);
    }
  }
  for (const verdict of rights()) {
    for (const language of languages) {
      const { message, expected, observed, what } = explain(verdict, language);
      t.notMatch([message, expected, observed].join(' '), /[{}[\]]|undefined|\(으\)|\(이\)/, verdict.check);
      t.equal(message, observed);
      t.equal(what, '');
    }
  }
});

t.test('only an entry that packets make is awaited from one', async (t) => {
  const missing = wrongs.filter(([, , { reason, values }]) => reason === 'entry-missing' && values.list);
  t.ok(missing.length > 3);
  for (const [title, , verdict] of missing) {
    const learnt = /^(bridge fdb|conntrack)/.test(verdict.values.list ?? '');
    t.equal(/packet that makes it/.test(explain(verdict, 'en').idea), learnt, title);
  }
});

t.test('a check that waits names the other check', async (t) => {
  const [check] = everyCheck;
  if (check === undefined) throw new Error('no check');
  const verdict = blocked('a-step', check, 'a');
  t.match(explain(verdict, 'en').message, 'the check a must pass first');
  t.match(explain(verdict, 'ko').message, 'a 검사를 통과');
  t.strictSame([verdict.reason, verdict.observed, verdict.evidence], [null, '', []]);
});

/** The wrong state of this title, in words. */
function words(title: string, language: 'en' | 'ko'): Explanation {
  const wrong = wrongs.find(([one]) => one === title);
  if (wrong === undefined) throw new Error(title);
  return explain(wrong[2], language);
}

t.test('words for the documents’ own slips', async (t) => {
  t.equal(
    words('the wrong end was moved: the other is still in the host', 'en').what,
    'There is no interface veth-blue in blue. An interface of that name is in host.',
  );
  t.equal(
    words('the wrong end was moved: the other is still in the host', 'en').command,
    'ip link set dev veth-blue netns blue',
  );
  t.equal(
    words('addresses without /24', 'en').what,
    'red has 192.168.15.1/32 on veth-red; it should be 192.168.15.1/24.',
  );
  t.equal(
    words('addresses without /24', 'ko').what,
    'red의 veth-red 인터페이스에 192.168.15.1/32 주소가 있습니다. 192.168.15.1/24여야 합니다.',
  );
  t.equal(
    words('no way back', 'en').what,
    'The request arrives, but the reply does not come back: lan has no route to 192.168.15.2.',
  );
  t.equal(
    words('no way back', 'en').command,
    'iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE\n# or\nip route add 192.168.15.0/24 via 192.168.1.2',
  );
  t.equal(words('no way back', 'en').expected, '192.168.1.3 answers a ping from blue.');
  t.equal(words('forwarding off', 'en').command, 'sysctl -w net.ipv4.ip_forward=1');
  t.equal(words('only the inner end is up', 'en').command, 'ip link set dev veth-red-br up');
  t.match(words('only the inner end is up', 'en').what, /^host:veth-red-br is down/);
  t.match(words('only the inner end is up', 'ko').what, /^host:veth-red-br 인터페이스가 down 상태입니다/);
  t.match(
    words('dnsmasq does not know it', 'en').what,
    /dnsmasq on internet knows only .* at the last SIGHUP/,
  );
  t.match(words('dnsmasq does not know it', 'ko').what, /internet의 dnsmasq는 시작할 때나 마지막으로 SIGHUP/);
  t.match(
    words('dnsmasq has no server to ask', 'en').what,
    /dnsmasq on internet asks only .* at the last SIGHUP/,
  );
  t.match(words('dnsmasq gets no answer itself', 'en').what, /dnsmasq listens there, on internet/);
  t.notMatch(words('nobody has the name server address', 'en').what, 'dnsmasq');
  const astray =
    'red has no route to 192.168.1.3. Its route `192.168.11.0/24 via 192.168.15.5 dev veth-red` leads to';
  t.equal(
    words('a route to a network misspelt', 'en').what,
    `${astray} a network that no node is in; compare it with 192.168.1.0/24.`,
  );
  t.match(words('a route to a network misspelt', 'ko').what, /192\.168\.1\.0\/24와 비교해 보세요\.$/);
  t.equal(words('no such link anywhere', 'en').command, 'ip -n red link add name eth0 type KIND');
  t.equal(
    words('no end of a pair anywhere', 'en').command,
    'ip -n red link add name eth0 type veth peer name eth0 netns blue',
  );
});

t.test('a cure for IPv6 packets is a rule of IPv6', async (t) => {
  const verdict = wrongs.find(([title]) => title === 'no way back')?.[2];
  if (verdict === undefined) throw new Error('there is no such verdict');
  const network = 'fd00:15::/64';
  const values = { dst: 'fd00:15::2', network, inside: network, back: 'fd00:1::2' };
  const { cure: _, ...untried } = verdict;
  const six = { ...untried, values: { ...verdict.values, ...values } };
  t.same(
    cure(six).map(({ run }) => run),
    [
      'ip6tables -t nat -A POSTROUTING -s fd00:15::/64 -j MASQUERADE',
      'ip route add fd00:15::/64 via fd00:1::2',
    ],
  );
});

t.test("a command's exit code is said in the words of the language", async (t) => {
  const outcomes = [outcome('answer', { status: 1, body: 'nothing' })];
  const verdict = ask(namespaces(), 'command', { on: 'lan', run: 'mine', exit: 0 }, { outcomes });
  t.match(explain(verdict, 'en').what, 'ended with exit code 1; it should end with exit code 0.');
  t.match(explain(verdict, 'ko').what, '종료 코드 1입니다. 종료 코드 0이어야 합니다.');
});
