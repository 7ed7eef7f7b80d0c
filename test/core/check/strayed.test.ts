import t from 'tap';
import { explain } from '../../../src/core/explain/explain.ts';
import type { Process } from '../../../src/core/state/observation.ts';
import { ask } from '../../support/judged.ts';
import { namespaces } from '../../support/namespaces.ts';

const said = (...processes: Process[]) => {
  const verdict = ask(namespaces(), 'process', { on: 'red', pid: 1 }, { processes });
  return [explain(verdict, 'en').observed, explain(verdict, 'ko').observed];
};

t.test('a process with a PID namespace of its own that was started on another node', async (t) => {
  const sleep = (node: string): Process => ({ pids: [40, 1], command: 'sleep infinity', node });
  const [en, ko] = said(sleep('host'));
  t.equal(
    en,
    'A process with PID 1 in a PID namespace of its own, `sleep infinity`, runs in host, not in red.',
  );
  t.match(ko, /`sleep infinity`는 red가 아닌 host에서 실행 중입니다/);
  const none = 'No process in red has PID 1 in a PID namespace of its own.';
  t.equal(said()[0], none);
  t.equal(said(sleep('host'), sleep('blue'))[0], none, 'two: which of them is meant is not known');
  t.equal(said({ pids: [40], command: 'sleep infinity', node: 'host' })[0], none, 'one of the machine');
});

t.test('forwarding of the other family is on', async (t) => {
  const said6 = (sysctls: Record<string, string>) => {
    const world = namespaces().node('host', { sysctls });
    const args = { on: 'host', key: 'net.ipv6.conf.all.forwarding', value: '1' };
    return explain(ask(world, 'sysctl', args), 'en').observed;
  };
  const six = { 'net.ipv6.conf.all.forwarding': '0' };
  t.match(said6({ ...six, 'net.ipv4.ip_forward': '1' }), / net\.ipv4\.ip_forward is 1, but IPv4 and IPv6/);
  t.notMatch(said6({ ...six, 'net.ipv4.ip_forward': '0' }), /but IPv4/);
});
