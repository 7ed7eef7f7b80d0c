import type { Lab } from '../../core/lab/lab.ts';
import type { Machines } from '../../core/ports.ts';
import type { TestPart, TestReport } from '../../core/session/control.ts';
import { machineAt, mustSupport } from '../boot.ts';
import { atRest } from './at-rest.ts';
import { inLanes, lanesFor, lanesForReal } from './lanes.ts';
import { type Stop, Trial } from './trial.ts';

type PartListener = (done: number, total: number, part: TestPart) => void;
/** A second round finds results that were only chance. */
export const bothRounds = [1, 2] as const;

/**
 * The acceptance run of a lab. Twice: on entry each step's checks do not pass; its solution, typed into real
 * terminals, makes them pass and leaves the state that the next step begins with; each fault gives its
 * reason; entering again gives the same state.
 */
export async function testLab(
  lab: Lab,
  machines: Machines,
  onPart: PartListener,
  stop: Stop = { aborted: false },
  rounds: readonly (1 | 2)[] = bothRounds,
  settle: typeof atRest = atRest,
): Promise<TestReport> {
  await mustSupport(machines, lab);
  const started = performance.now();
  const parts: TestPart[] = [];
  const total =
    rounds.length * lab.steps.reduce((sum, step) => sum + 4 + step.predict.length + step.faults.length, 0);
  const tell = (part: TestPart) => {
    parts.push(part);
    onPart(parts.length, total, part);
  };
  const trial = new Trial(lab, machines, tell, stop, settle);
  // An engine of containers takes processor time as it starts, where a topology hardly does.
  const costly = lab.topology.nodes.some(({ service }) => service !== null);
  const first = lab.steps[0]?.id ?? '';
  const lanes =
    lab.topology.engine === 'real'
      ? lanesForReal()
      : await lanesFor(costly ? () => machineAt(trial.make, lab, first) : trial.make);
  await inLanes(
    lanes,
    rounds.flatMap((round) => lab.steps.flatMap((step) => trial.jobs(step, round))),
  ).finally(() => trial.end());
  parts.sort((one, other) => placeIn(lab, one) - placeIn(lab, other));
  const milliseconds = Math.round(performance.now() - started);
  return { lab: lab.id, ok: !stop.aborted && parts.every(({ ok }) => ok), milliseconds, parts };
}

/**
 * The position of a part in the report: in the order of the lab's file, the parts of one walk in the order of
 * the trial.
 */
function placeIn(lab: Lab, { step, fault, round }: TestPart): number {
  const steps = lab.steps.map(({ id, faults }) => [
    `${id}/null`,
    ...faults.map((each) => `${id}/${each.id}`),
  ]);
  const places = steps.flat();
  return round * places.length + places.indexOf(`${step}/${fault}`);
}
