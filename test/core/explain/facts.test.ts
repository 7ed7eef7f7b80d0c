import t from 'tap';
import { words } from '../../../src/core/explain/languages.ts';

/** What judges note in the words of commands, and how each language says it. */
const noted: [kind: string, text: string, en: string, ko: string][] = [
  [
    'link',
    'veth-red veth up carrier peer blue:veth-blue',
    'veth-red of kind veth, up, with carrier, its other end blue:veth-blue',
    'veth-red(veth), up 상태, 캐리어 있음, 반대쪽 끝 blue:veth-blue',
  ],
  ['link', 'veth-up down', 'veth-up, down', 'veth-up, down 상태'],
  [
    'link',
    'veth up no-carrier master v-net-0',
    'veth, up, without carrier, a port of v-net-0',
    'veth, up 상태, 캐리어 없음, v-net-0의 포트',
  ],
  [
    'link',
    'vx vxlan mtu 1350 parent eth0 id 50 remote 10.0.0.2',
    'vx of kind vxlan, MTU 1350, made on eth0, id 50, remote 10.0.0.2',
    'vx(vxlan), MTU 1350, eth0 위에 만듦, id 50, remote 10.0.0.2',
  ],
  ['address', '10.0.0.1/24 on eth0', '10.0.0.1/24 on eth0', 'eth0의 10.0.0.1/24'],
  [
    'http',
    '200, host=lan, client 10.0.0.2',
    'status 200, host=lan, client address 10.0.0.2',
    '상태 코드 200, host=lan, 클라이언트 주소 10.0.0.2',
  ],
  ['rule', '-', 'none', '없음'],
  ['route', '8.8.8.8 via 10.0.0.1', '8.8.8.8 via 10.0.0.1', '8.8.8.8 via 10.0.0.1'],
];

t.test('the wish and the finding of a check are told in whole words', async (t) => {
  for (const [kind, text, en, ko] of noted) {
    t.equal(words.en.facts(kind, text), en);
    t.equal(words.ko.facts(kind, text), ko);
  }
});

t.test('an exit code and the output that is expected with it', async (t) => {
  t.equal(words.en.terms('exit 0, 10.0.0.1'), 'exit code 0, printing `10.0.0.1`');
  t.equal(words.ko.terms('exit 0, 10.0.0.1'), '종료 코드 0(출력에 `10.0.0.1`)');
  t.equal(words.en.terms('exit 1'), 'exit code 1');
});
