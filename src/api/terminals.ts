import type { Stream } from '../core/ports.ts';
import type { Leaving } from '../core/session/leaving.ts';
import { terminalsPerConnection } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import type { Frame } from '../protocol/frame.ts';
import { openTerminal, type Terminal, type TerminalWire } from './terminal.ts';

interface Opening {
  start(): Promise<Stream>;
  /** Hears why its machine is left, from before it is opened. */
  leaving(onLeave: (how: Leaving) => void): () => void;
  afterReply(work: () => void): void;
}

/** The terminals of one connection; they end with it. */
export interface Terminals {
  /** Numbers are never used twice. No output of the terminal is sent before the reply with its number. */
  open(opening: Opening): Promise<number>;
  get(terminal: number): Terminal;
  receive(frame: Frame): void;
  closeAll(): void;
}

export function createTerminals(wire: TerminalWire, count: (change: 1 | -1) => void): Terminals {
  const terminals = new Map<number, Terminal>();
  let issued = 0;
  let starting = 0;
  let closed = false;

  return {
    async open({ start, leaving, afterReply }) {
      if (terminals.size + starting >= terminalsPerConnection) {
        throw new HoplabError(
          'terminal-limit',
          `a connection has at most ${terminalsPerConnection} terminals`,
          {
            limit: terminalsPerConnection,
          },
        );
      }
      let leave: Leaving[] | ((how: Leaving) => void) = [];
      // Throws where there is no such session: nothing is counted yet.
      const unhear = leaving((how) => (Array.isArray(leave) ? leave.push(how) : leave(how)));
      starting += 1;
      let stream: Stream;
      try {
        stream = await start();
      } catch (error) {
        unhear();
        throw error;
      } finally {
        starting -= 1;
      }
      issued += 1;
      const number = issued;
      const terminal = openTerminal(number, stream, wire, () => {
        unhear();
        terminals.delete(number);
        count(-1);
      });
      terminals.set(number, terminal);
      count(1);
      for (const how of leave) terminal.leave(how);
      leave = terminal.leave;
      if (closed) stream.close();
      afterReply(terminal.announce);
      return number;
    },
    get(terminal) {
      const found = terminals.get(terminal);
      if (!found)
        throw new HoplabError('terminal-not-found', `no terminal ${terminal} on this connection`, {
          terminal,
        });
      return found;
    },
    receive(frame) {
      const terminal = terminals.get(frame.terminal);
      if (terminal) terminal.receive(frame);
      // Input that crossed the terminal's exit on the way is not an error.
      else if (frame.terminal === 0 || frame.terminal > issued) this.get(frame.terminal);
    },
    closeAll() {
      closed = true;
      for (const terminal of terminals.values()) terminal.stream.close();
    },
  };
}
