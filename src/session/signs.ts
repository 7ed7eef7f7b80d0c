import type { Stream } from '../core/ports.ts';

/** OSC 133: the shell marks its prompts, before which a command has ended. */
const mark = '\x1b]133;';

/** A terminal whose sent lines, returning prompts and end also count as signs of activity. */
export function withSigns(stream: Stream, sign: () => void): Stream {
  stream.onData((_, data) => {
    if (Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes(mark)) sign();
  });
  stream.onExit(sign);
  return {
    ...stream,
    write(data) {
      // Enter, line feed, Control-C, Control-D.
      if (data.some((byte) => byte === 13 || byte === 10 || byte === 3 || byte === 4)) sign();
      return stream.write(data);
    },
  };
}
