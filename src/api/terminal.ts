import type { Stream } from '../core/ports.ts';
import type { Leaving } from '../core/session/leaving.ts';
import { inputLimit, terminalWindow } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';
import { decodeAck, encodeAck, encodeFrame, type Frame } from '../protocol/frame.ts';
import { createGate } from './gate.ts';

/** One running command's bytes on one connection. */
export interface Terminal {
  stream: Stream;
  receive(frame: Frame): void;
  /** The client knows the terminal's number now: let its bytes through. */
  announce(): void;
  /** Its machine is no more the session's. */
  leave(how: Leaving): void;
}

export interface TerminalWire {
  bytes(frame: Uint8Array): void;
  exit(terminal: number, exitCode: number | null, signal: string | null): void;
  left(terminal: number, how: Leaving): void;
}

export function openTerminal(
  number: number,
  stream: Stream,
  wire: TerminalWire,
  ended: () => void,
): Terminal {
  const gate = createGate();
  let unacknowledged = 0;
  let paused = false;
  /** Bytes of input the command has not taken yet. */
  let waiting = 0;

  stream.onData((kind, payload) => {
    unacknowledged += payload.length;
    gate.run(() => wire.bytes(encodeFrame({ kind, terminal: number, payload })));
    if (!paused && unacknowledged > terminalWindow) {
      paused = true;
      stream.pause();
    }
  });
  stream.onExit((exitCode, signal) => {
    ended();
    gate.run(() => wire.exit(number, exitCode, signal));
  });

  function acknowledge(payload: Uint8Array): void {
    const count = decodeAck(payload);
    if (count === null) throw new HoplabError('message-invalid', 'an ack carries one uint32');
    unacknowledged = Math.max(0, unacknowledged - count);
    if (paused && unacknowledged <= terminalWindow / 2) {
      paused = false;
      stream.resume();
    }
  }

  return {
    stream,
    announce: gate.open,
    leave: (how) => gate.run(() => wire.left(number, how)),
    receive({ kind, payload }) {
      if (kind === 'ack') return acknowledge(payload);
      if (kind !== 'stdin') throw new HoplabError('message-invalid', `a client sends no ${kind}`);
      if (waiting + payload.length > inputLimit) {
        stream.close();
        throw new HoplabError(
          'message-invalid',
          `more than ${inputLimit} bytes of input wait for the command`,
        );
      }
      waiting += payload.length;
      // A stream may make its writer wait with a promise: then the client's window stays shut as long.
      Promise.resolve(stream.write(payload)).then(
        () => {
          waiting -= payload.length;
          wire.bytes(encodeAck(number, payload.length));
        },
        () => stream.close(),
      );
    },
  };
}
