import { styleText } from 'node:util';
import type { NotificationParams } from '../../protocol/notifications.ts';
import type { Drawing, Drawn } from './drawing.ts';
import { packetsText } from './path.ts';
import { truncateText } from './truncate-text.ts';

interface LiveDrawing {
  hop(news: NotificationParams<'path.hop'>): void;
  /** Erases it: the finished path has more. */
  clear(): void;
}

/** Hops as they happen, redrawn in the columns of the finished path; nothing where the output is no terminal. */
export function liveDrawing(drawing: Drawing, wanted: boolean): LiveDrawing {
  const { stdout } = process;
  if (!wanted || !stdout.isTTY) return { hop() {}, clear() {} };
  const packets = new Map<number, Drawn>();
  let drawn = 0;
  let due: NodeJS.Immediate | null = null;

  function erase(): string {
    const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
    drawn = 0;
    return `${up}\r\u001b[J`;
  }

  function draw(): void {
    due = null;
    const waiting = styleText('dim', drawing.words.watching);
    const text = packets.size === 0 ? waiting : `${packetsText([...packets.values()], drawing)}${waiting}`;
    // Lines that have scrolled off cannot be drawn over, and a line that wraps takes two.
    const lines = text.split('\n').slice(1 - (stdout.rows ?? 24));
    const before = erase();
    drawn = lines.length;
    stdout.write(
      before + lines.map((line) => `${truncateText(line, (stdout.columns ?? 80) - 1)}\n`).join(''),
    );
  }

  draw();
  return {
    hop({ packet: number, direction, name, hop }) {
      const known = packets.get(number) ?? { number, direction, name, hops: [] };
      packets.set(number, { ...known, hops: [...known.hops, hop] });
      due ??= setImmediate(draw);
    },
    clear() {
      if (due !== null) clearImmediate(due);
      stdout.write(erase());
    },
  };
}
