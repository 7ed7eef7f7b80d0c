import t from 'tap';
import type { Check, CheckArguments, CheckKind } from '../../src/core/check/check.ts';
import { cure, explain } from '../../src/core/explain/explain.ts';
import { rungOf } from '../../src/core/explain/rung.ts';
import type { Step } from '../../src/core/lab/lab.ts';
import type { Verdict } from '../../src/core/verdict/verdict.ts';
import { checkStep } from '../../src/session/checker.ts';
import { prelude, routed } from '../support/causes.ts';
import { sh, workplace } from '../support/machines.ts';

const wire = `ns b c; wire b eth0 c eth0
`;
const wire4 = `${wire} ip -n b addr add 192.168.1.6/24 dev eth0; ip -n c addr add 192.168.1.5/24 dev eth0
`;

interface Feedback {
  done: string;
  check: { [K in CheckKind]?: CheckArguments[K] };
  /** Reason and node. */
  fails: string;
  /** A pattern that the words and the cure must match. */
  says: RegExp;
  never: RegExp;
}

/** A mistake, and the expected verdict of a check; its cure, typed as it is printed, must help. */
const mistakes: Record<string, Feedback> = {
  'the route that came with an address is deleted': {
    done: `${wire4} ip -n b route del 192.168.1.0/24`,
    check: { ping: { from: 'b', to: '192.168.1.5', expect: 'reply' } },
    ...{
      fails: 'no-route b',
      says: /192\.168\.1\.6 is on eth0, but the route/,
      never: /GATEWAY|masquerade/i,
    },
  },
  'the same at the node that should answer': {
    done: `${wire4} ip -n b route del 192.168.1.0/24`,
    check: { ping: { from: 'c', to: '192.168.1.6', expect: 'reply' } },
    ...{ fails: 'reply-not-routed b', says: /src 192\.168\.1\.6/, never: /GATEWAY|masquerade/i },
  },
  'a node without the route to its gateway': {
    done: `${routed} ip -n c route del default; ip -n c route del 10.0.1.0/24`,
    check: { ping: { from: 'c', to: '10.0.1.1', expect: 'reply' } },
    ...{ fails: 'no-route c', says: /route add 10\.0\.1\.0\/24 dev eth0 src 10\.0\.1\.2/, never: /GATEWAY/ },
  },
  'the address of another node': {
    done: `ip link add name br type bridge; ip link set dev br up; ns red gray; for n in red gray; do wire - v$n $n eth0
      ip link set dev v$n master br; ip -n $n addr add 192.168.15.1/24 dev eth0; done`,
    check: { address: { on: 'gray', address: '192.168.15.4/24', absent: false } },
    ...{ fails: 'no-address gray', says: /addr del 192\.168\.15\.1\/24 dev eth0/, never: /LINK/ },
  },
  'an IPv6 address without its prefix length': {
    done: `${wire} ip -n b addr add fd00:1::5/128 dev eth0 nodad; ip -n c addr add fd00:1::6/64 dev eth0 nodad`,
    check: { ping: { from: 'b', to: 'fd00:1::6', expect: 'reply' } },
    ...{ fails: 'wrong-prefix b', says: /ip -n b -6 route/, never: /it is \/32:|ip -n b route/ },
  },
};

async function verdictOf(machine: Parameters<typeof checkStep>[0], feedback: Feedback): Promise<Verdict> {
  const [[kind, args] = []] = Object.entries(feedback.check);
  const check = { id: 'one', kind, args, needs: [], until: null } as unknown as Check;
  const [verdict] = await checkStep(machine, { id: 'step', checks: [check] } as Step, [check]);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

t.test('the verdict on a mistake, and the printed cure', (t) =>
  workplace(t, async ({ make }) => {
    for (const [title, feedback] of Object.entries(mistakes)) {
      const machine = await make();
      await sh(machine, `${prelude}\n${feedback.done}`);
      const verdict = await verdictOf(machine, feedback);
      t.equal(`${verdict.reason} ${verdict.node}`, feedback.fails, title);
      const words = [explain(verdict, 'en'), explain(verdict, 'ko'), rungOf(verdict, 4), verdict.evidence];
      t.match(JSON.stringify(words), feedback.says, `${title}: says`);
      t.notMatch(JSON.stringify(words), feedback.never, `${title}: never`);
      for (const line of rungOf(verdict, 4).en.split('\n'))
        t.match(line, /^(\S+ # \S|# (type:|look|or$))/, `${title}: every line names its node`);
      for (const { on, run } of cure(verdict)) await sh(machine, run, on);
      t.equal((await verdictOf(machine, feedback)).status, 'pass', `${title}: cured`);
      await machine.destroy();
    }
  }),
);
