import { crc32 } from 'node:zlib';
import type { ClusterEngine } from '../core/lab/lab.ts';
import type { Mistake } from '../core/practice/mistake.ts';
import type { NumberedEvent } from '../core/session/event.ts';
import type { StoredProgress } from './stored-progress.ts';

/** The entries of a session's file. */
export type Entry =
  | { kind: 'session'; id: string; lab: string; startedAt: number; engine?: ClusterEngine }
  /**
   * From here on the session runs in this machine; `previous` is the one undo would bring back. `mistake`:
   * the one `break` has put into it, which no event names.
   */
  | {
      kind: 'machine';
      id: string;
      mistake?: Mistake | null;
      previous: { id: string; step: string; mistake?: Mistake | null } | null;
    }
  /**
   * The progress from the events up to number `last`; the events that follow it in the file need not be
   * complete.
   */
  | { kind: 'progress'; last: number; progress: StoredProgress }
  | ({ kind: 'event' } & NumberedEvent);

/**
 * One change is one line, so that a change is there as a whole or not at all: the CRC-32 of the text in eight
 * hexadecimal digits, a space, the entries as a JSON array.
 */
export function lineOf(entries: readonly Entry[]): string {
  const text = JSON.stringify(entries);
  return `${sumOf(text)} ${text}\n`;
}

/** Null for a line that was not written as it is. */
export function entriesIn(line: string): Entry[] | null {
  const text = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== sumOf(text)) return null;
  return JSON.parse(text) as Entry[];
}

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
