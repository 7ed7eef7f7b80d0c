import t from 'tap';
import { fill } from '../../../src/core/explain/template.ts';
import { particles } from '../../../src/words/ko/particles.ts';

t.test('Korean particles follow the last sound', async (t) => {
  const cases = [
    ['red(으)로', 'red로'],
    ['lan(으)로', 'lan으로'],
    ['서울(으)로', '서울로'],
    ['192.168.15.1(으)로', '192.168.15.1로'],
    ['192.168.1.3을(를)', '192.168.1.3을'],
    ['192.168.1.2을(를)', '192.168.1.2를'],
    ['v-net-0이(가)', 'v-net-0이'],
    ['브리지와(과)', '브리지와'],
    ['/24(이)여야', '/24여야'],
    ['1(이)여야', '1이어야'],
    ['10.0.0.3은(는)', '10.0.0.3은'],
    ['10.0.0.2(이)라고', '10.0.0.2라고'],
    ['192.168.1.100(이)여야', '192.168.1.100이어야'],
    ['192.168.1.116(이)여야', '192.168.1.116이어야'],
    ['ping을(를)', 'ping을'],
    ['web이(가)', 'web이'],
    ['blue이(가)', 'blue가'],
    ['table은(는)', 'table은'],
    ['b은(는)', 'b는'],
    ['‘침묵’은(는)', '‘침묵’은'],
    ['`eth0`을(를)', '`eth0`을'],
    ['a와(과) web이(가)', 'a와 web이'],
    ['router(이)라는', 'router라는'],
    ['INPUT이(가)', 'INPUT이'],
    ['big-packet은(는)', 'big-packet은'],
    ['limit(으)로', 'limit으로'],
    ['snapshot을(를)', 'snapshot을'],
    ['root(으)로', 'root로'],
    ['loop을(를)', 'loop를'],
    ['/run/hoplab.sock을(를)', '/run/hoplab.sock을'],
    ['first-lab(이)라는', 'first-lab이라는'],
    ['setup은(는)', 'setup은'],
    ['desktop이(가)', 'desktop이'],
    ['wait은(는)', 'wait는'],
    ['client이(가)', 'client가'],
  ] as const;
  for (const [written, read] of cases) t.equal(particles(written), read);
});

t.test('templates', async (t) => {
  t.equal(fill('{a} and {b}', { a: '1', b: '2' }), '1 and 2');
  t.equal(fill('{a}[ and {b}]', { a: '1', b: '' }), '1');
  t.equal(fill(['{b}', '{a}'], { a: '1' }), '1');
  t.equal(fill('{exec}ping', { exec: '' }), 'ping');
  t.equal(fill('{a}', { a: '{b}', b: 'no' }), '{b}', 'values are not templates');
});
