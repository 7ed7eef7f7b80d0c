import { HoplabError } from '../../../src/core/errors.ts';
import type { Action } from '../../../src/core/plan/action.ts';
import { type } from './commands.ts';
import type { FakeNetwork } from './network.ts';

/** Carries out one action of a plan. @throws `action-failed` */
export function act(network: FakeNetwork, action: Action): void {
  switch (action.kind) {
    case 'host':
    case 'netns':
      network.add(action.name, action.kind);
      return;
    case 'veth':
      for (const [one, other] of action.pairs) {
        network.addLink(one.node, one.link, { peer: `${other.node}:${other.link}` });
        network.addLink(other.node, other.link, { peer: `${one.node}:${one.link}` });
      }
      return;
    case 'ip':
      for (const line of action.lines) typed(network, action.on, `ip ${line}`);
      return;
    case 'sysctl':
      Object.assign(network.node(action.on).sysctls, action.values);
      return;
    case 'service':
      network.node(action.on).listeners.push('tcp 0.0.0.0:80');
      network.processes.push({ pids: [network.processes.length + 1], command: 'nginx', node: action.on });
      return;
    case 'lines':
      for (const { on, run } of action.lines) typed(network, on, run);
  }
}

function typed(network: FakeNetwork, on: string, line: string): void {
  const { exitCode, stderr } = type(network, on, line);
  if (exitCode === 0) return;
  throw new HoplabError('action-failed', `${line} failed on ${on}`, { on, line, exitCode, output: stderr });
}
