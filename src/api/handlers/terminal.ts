import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

type Names = 'terminal.open' | 'terminal.resize' | 'terminal.end' | 'terminal.close';

export function terminalHandlers({ sessions }: Services): Handlers<Names> {
  return {
    async 'terminal.open'({ session, node, argv, pty }, { terminals, afterReply }) {
      const id = sessionOf(sessions, session);
      const start = () => sessions.of(id).open(node ?? null, argv ?? null, { pty });
      return { terminal: await terminals.open(start, afterReply) };
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
