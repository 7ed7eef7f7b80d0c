import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { errorCodes, HoplabError } from '../../../src/core/errors.ts';
import { wrongArgument } from '../../../src/core/explain/wrong-argument.ts';
import { said } from '../../../src/core/text/said.ts';
import { errorText } from '../../../src/words/ko/errors.ts';

const codes = Object.keys(errorCodes) as (keyof typeof errorCodes)[];
const ofDaemon = 'the daemon says this in English';

t.test(
  'of no error the sentence of the daemon is shown in Korean, but of those nobody foresaw',
  async (t) => {
    for (const code of codes) {
      const text = errorText(code, ofDaemon, {}, null);
      t.match(text, /[가-힣]{2}/, code);
      if (!['internal', 'argument-invalid'].includes(code)) t.notMatch(text, ofDaemon, code);
    }
  },
);

t.test('an argument that is wrong has its sentence with it, in both languages', async (t) => {
  const error = wrongArgument(said('step-passed', { step: 'way-there' }), { step: 'way-there' });
  t.equal(error.message, 'step way-there comes before the current step; run hoplab goto way-there first');
  t.equal(
    errorText(error.code, error.message, error.data, null),
    'way-there 단계는 지금 단계보다 앞에 있습니다. 먼저 실행하세요: hoplab goto way-there',
  );
  const setting = wrongArgument(said('expected-count', { least: '1' }), {}, 'HOPLAB_SESSIONS=x');
  t.equal(setting.message, 'HOPLAB_SESSIONS=x: expected a whole number from 1');
});

t.test('no wrong argument is told in one language only', async (t) => {
  const root = join(import.meta.dirname, '../../../src');
  const inOne = globSync('{*.ts,{core,library,session,kernel,api}/**/*.ts}', { cwd: root }).flatMap(
    (file) => {
      const source = readFileSync(join(root, file), 'utf8');
      return [...source.matchAll(/new HoplabError\(\s*'argument-invalid'[\s\S]*?\);/g)]
        .filter(([call]) => !/issues|given/.test(call))
        .map(() => file);
    },
  );
  t.strictSame(inOne, []);
});

t.test('the words of a tool stand below the Korean sentence', async (t) => {
  const said = new HoplabError('action-failed', 'red: Cannot find device "eth9"', {
    output: 'Cannot find device "eth9"',
  });
  t.equal(
    errorText(said.code, said.message, said.data, null),
    '토폴로지를 만들지 못했습니다\n  출력: Cannot find device "eth9"',
  );
  const taken = errorText(
    'address-unusable',
    'HOPLAB_LISTEN=::1:80: listen EADDRINUSE',
    { host: '::1', port: 80 },
    null,
  );
  t.match(taken, /^HOPLAB_LISTEN=::1:80: 이 주소에서 연결을 받을 수 없습니다\n {2}출력: /);
  t.match(taken, 'EADDRINUSE');
});
