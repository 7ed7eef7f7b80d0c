import type { Leaving } from '../../core/session/leaving.ts';
import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

type Names = 'terminal.open' | 'terminal.resize' | 'terminal.end' | 'terminal.close';

export function terminalHandlers({ sessions }: Services): Handlers<Names> {
  return {
    async 'terminal.open'({ session, node, argv, pty }, { terminals, afterReply }) {
      const id = sessionOf(sessions, session);
      const opening = {
        start: () => sessions.of(id).open(node ?? null, argv ?? null, { pty }),
        leaving: (onLeave: (how: Leaving) => void) => sessions.of(id).leaving(onLeave),
        afterReply,
      };
      return { terminal: await terminals.open(opening) };
    },
    'terminal.resize'({ terminal, columns, rows }, { terminals }) {
      terminals.get(terminal).stream.resize(columns, rows);
      return {};
    },
    'terminal.end'({ terminal }, { terminals }) {
      terminals.get(terminal).stream.end();
      return {};
    },
    'terminal.close'({ terminal }, { terminals }) {
      terminals.get(terminal).stream.close();
      return {};
    },
  };
}
