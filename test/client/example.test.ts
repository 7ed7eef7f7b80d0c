import t from 'tap';
import { failed, verdict } from '../api/double.ts';
import { onSocket } from '../api/listening.ts';
import { followLab } from './example.ts';

t.test('the example follows a lab to its end', async (t) => {
  const { url, double } = await onSocket(t);
  double.verdicts = [failed, verdict('blue')];
  const lines: string[] = [];
  await followLab(url, 'network-namespaces', (line) => lines.push(line));
  t.same(lines, ['session s1', 'fail red', 'pass blue', 'outcome fail']);
});

t.test('the example goes by the code of an error', async (t) => {
  const { url } = await onSocket(t);
  const lines: string[] = [];
  await followLab(url, 'netwrk', (line) => lines.push(line));
  t.same(lines.length, 1);
  t.match(lines[0], /netwrk/);
  await t.rejects(
    followLab('ws+unix:///nowhere/hoplab.sock:/ws', 'netwrk', () => {}),
    { code: 'daemon-unreachable' },
  );
});
