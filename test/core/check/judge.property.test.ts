import fc from 'fast-check';
import t from 'tap';
import { explain } from '../../../src/core/explain/explain.ts';
import type { ProbeResult } from '../../../src/core/probe/probe.ts';
import { reasons } from '../../../src/core/verdict/reasons.ts';
import { address, anySpec, nodeName } from '../../support/arbitrary.ts';
import { ask, outcome } from '../../support/judged.ts';
import { World } from '../../support/namespaces.ts';

const result = fc.constantFrom<ProbeResult>(
  'reply',
  'no-route',
  'host-unreachable',
  'rejected',
  'silence',
  'tool-failed',
);
const expect = fc.constantFrom('reply' as const, ...reasons);

t.test('a ping is judged by what came back, whatever the state', async () => {
  fc.assert(
    fc.property(
      anySpec,
      nodeName,
      address,
      expect,
      result,
      result,
      (spec, from, to, expect, probe, comparison) => {
        const control = { from: 'host', to: '10.0.0.1' };
        const outcomes = [outcome(probe), outcome(comparison)];
        const { status, reason } = ask(new World(spec), 'ping', { from, to, expect, control }, { outcomes });
        if (spec[from] === undefined) return reason === 'netns-missing';
        if (probe === 'tool-failed') return status === 'could-not-check';
        if (expect === 'reply') return (status === 'pass') === (probe === 'reply');
        if (probe === 'reply') return reason === 'unexpected-reply';
        return comparison === 'reply' ? status !== 'could-not-check' : status === 'could-not-check';
      },
    ),
    { numRuns: 2000 },
  );
});

t.test('every verdict has words, with nothing left to fill in', async () => {
  fc.assert(
    fc.property(anySpec, nodeName, address, expect, result, (spec, from, to, expect, probe) => {
      const control = { from: 'host', to: '10.0.0.1' };
      const outcomes = [outcome(probe), outcome('reply')];
      const verdict = ask(new World(spec), 'ping', { from, to, expect, control }, { outcomes });
      const words = Object.values({ ...explain(verdict, 'en'), ko: explain(verdict, 'ko').message });
      return words.every((text) => !/[{}[\]]|undefined/.test(text));
    }),
    { numRuns: 1000 },
  );
});
