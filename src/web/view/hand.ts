import type { Act } from '../../core/play/act.ts';
import { untilPrompt } from '../shells/typist.ts';
import type { Observation } from '../state/protocol-types.ts';
import { type Bench, saidOf } from './bench.ts';

/** For a command to end, in milliseconds. */
const commandWait = 6000;
let last: Promise<unknown> = Promise.resolve();

/**
 * Types the commands of an act into the machine's terminal, where they are seen. One act after the other, each
 * decided by the network as the one before has left it.
 */
export function perform({ bench, act }: { bench: Bench; act: (observation: Observation) => Act }): void {
  const work = () => typeAct(bench, act).catch((error) => bench.notice.set(saidOf(error)));
  bench.typing.update((count) => count + 1);
  last = last.then(work).finally(() => bench.typing.update((count) => count - 1));
}

async function typeAct(bench: Bench, act: (observation: Observation) => Act): Promise<void> {
  const { linesOf } = await import('../../core/play/act.ts');
  const observation = await bench.link.call('topology.get', { session: bench.session });
  for (const { on, run } of linesOf(observation, act(observation))) {
    const why = await bench.terminals.type(on, run);
    if (why !== null) return bench.notice.set(why);
    const front = bench.terminals.shells.get().find(({ id }) => id === bench.terminals.front.get());
    if (front) await untilPrompt(front, commandWait);
  }
}
