import { type Started, start } from '../../../src/kernel/exec/start.ts';
import { intoMachine } from '../../../src/kernel/place/enter.ts';
import { type Captured, capturedIn } from './tcpdump-text.ts';

/** tcpdump on every device of every node: what the traced paths are held against. */
export interface Capturing {
  /** The frames from one marker to the next. */
  until(marker: number): Promise<Captured[]>;
  stop(): Promise<void>;
}

/** Echoes, errors, TCP and UDP; not what nodes say to their neighbours by themselves (MLD, neighbour discovery). */
const filter = 'icmp or tcp or udp or (ip6 and (tcp or udp)) or (icmp6 and ip6[40] < 130) or ip6[6] == 44';

/** In immediate mode every slot of the ring takes a whole snapshot: by default 2 MiB are eight packets. */
const room = ['--immediate-mode', '-s', '256', '-B', '8192'];

export async function captureAll(pid: number, nodes: readonly string[]): Promise<Capturing> {
  const all = nodes.map((node) => {
    const argv = [
      'tcpdump',
      '-i',
      'any',
      '-nn',
      '-v',
      '-S',
      '-tt',
      '-l',
      '--time-stamp-precision=nano',
      ...room,
    ];
    const one = start(intoMachine(pid, ['ip', 'netns', 'exec', node, ...argv, filter]));
    const output = { text: '', errors: '', more: () => {} };
    one.stdout.on('data', (data) => {
      output.text += data;
      output.more();
    });
    one.stderr.on('data', (data) => {
      output.errors += data;
    });
    return { node, one, printed: output };
  });
  await Promise.all(all.map(({ one }) => listening(one)));
  return {
    async until(marker) {
      const found = await Promise.all(
        all.map(async ({ node, printed: output }) => {
          const text = await upTo(marker, output, node);
          return capturedIn(node, text);
        }),
      );
      return found.flat().sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    },
    async stop() {
      for (const { one } of all) one.kill('SIGINT');
      await Promise.all(all.map(({ one }) => one.ended));
      for (const { node, printed } of all)
        if (!/^0 packets dropped by kernel$/m.test(printed.errors))
          throw new Error(`tcpdump in ${node} did not see everything: ${printed.errors}`);
    },
  };
}

/** Takes the output up to the marker's second line, which is the last of it. */
async function upTo(
  marker: number,
  printed: { text: string; more: () => void },
  node: string,
): Promise<string> {
  const whole = new RegExp(`ttl 64, id ${marker}, .*\\n\\s+127\\.0\\.0\\.9\\.9 > .*\\n`);
  for (const end = performance.now() + 30_000; ; ) {
    const found = whole.exec(printed.text);
    if (found !== null) {
      const text = printed.text.slice(0, found.index);
      printed.text = printed.text.slice(found.index + found[0].length);
      return text;
    }
    if (performance.now() > end) throw new Error(`tcpdump in ${node} did not catch up`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1000);
      printed.more = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function listening(one: Started): Promise<void> {
  let printed = '';
  return new Promise((resolve, reject) => {
    one.stderr.on('data', (data) => {
      printed += data;
      if (printed.includes('listening on')) resolve();
    });
    one.ended.then(() => reject(new Error(printed)));
  });
}
