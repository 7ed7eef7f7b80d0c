import { wrongArgument } from '../../core/explain/wrong-argument.ts';
import { said } from '../../core/text/said.ts';
import { explainPairs } from '../explain.ts';
import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function pathHandlers({ sessions }: Services): Handlers<'path.trace' | 'path.pingAll'> {
  return {
    async 'path.trace'({ session, from, to, probe, pcapng, progress }, call) {
      if (to === undefined && probe.kind !== 'http') throw wrongArgument(said('target-missing'), {}, 'to');
      const asked = { from, to: to ?? null, probe };
      const traced = await sessions.of(sessionOf(sessions, session)).trace(asked, call.hops(progress));
      const file = pcapng ? Buffer.from(traced.pcapng).toString('base64') : null;
      return { path: traced.path, milliseconds: traced.milliseconds, pcapng: file };
    },
    async 'path.pingAll'({ session, nodes, family }) {
      const asked = { nodes: nodes ?? null, family };
      return explainPairs(await sessions.of(sessionOf(sessions, session)).pingAll(asked));
    },
  };
}
