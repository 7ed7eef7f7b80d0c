import t from 'tap';
import { tracedPath } from '../../../src/core/diagnose/trace/trace.ts';
import type { TracedPath, TraceEnd } from '../../../src/core/path/recording/hop.ts';
import type { Machine } from '../../../src/core/ports.ts';
import type { TraceProbe } from '../../../src/core/probe/trace-probe.ts';
import { prelude, type Situation, situations } from '../../support/causes.ts';
import { blindSituations } from '../../support/causes-blind.ts';
import { choiceSituations } from '../../support/causes-choice.ts';
import { cornerSituations } from '../../support/causes-corners.ts';
import { kernelSituations } from '../../support/causes-kernel.ts';
import { linkSituations } from '../../support/causes-link.ts';
import { ownedSituations } from '../../support/causes-owned.ts';
import { reportedSituations } from '../../support/causes-reported.ts';
import { routingSituations } from '../../support/causes-routing.ts';
import { ruleSituations } from '../../support/causes-rules.ts';
import { serverSituations } from '../../support/causes-servers.ts';
import { tunnelSituations } from '../../support/causes-tunnels.ts';
import { waySituations } from '../../support/causes-way.ts';
import { inLanes } from '../../support/lanes.ts';
import { sh, workplace } from '../../support/machines.ts';
import { wayOf } from '../../support/way.ts';

const icmp: TraceProbe = { kind: 'icmp' };

async function pathOf(machine: Machine, { from, to, probe = icmp }: Situation): Promise<TracedPath> {
  return tracedPath(await machine.trace({ from, to, probe }));
}

/** A question of the trace before would give up in the middle of the next one, with an error for its packet. */
const settled =
  'for n in $(ip netns list | cut -d " " -f 1); do while ip -n $n neigh | grep -q INCOMPLETE; do sleep 0.1; done; done';

const endKey = ({ kind, reason, node }: TraceEnd): string => [kind, reason, node].join(' ');

/** The lines of the first way to cure it: a line with `or` begins another. */
function firstCure({ cure }: TraceEnd): TraceEnd['cure'] {
  const next = cure.findIndex(({ or }) => or);
  return next === -1 ? cure : cure.slice(0, next);
}

t.test('why a packet ends where it was seen last, and what cures it', (t) =>
  workplace(t, async ({ make }) => {
    const every = {
      ...situations,
      ...linkSituations,
      ...kernelSituations,
      ...routingSituations,
      ...tunnelSituations,
      ...ruleSituations,
      ...ownedSituations,
      ...reportedSituations,
      ...serverSituations,
      ...waySituations,
      ...choiceSituations,
      ...cornerSituations,
      ...blindSituations,
    };
    await inLanes(4, Object.entries(every), async ([title, situation]) => {
      const machine = await make();
      await sh(machine, `${prelude}\n${situation.done}`);
      const path = await pathOf(machine, situation);
      const { end } = path;
      const all = JSON.stringify([end.text, end.hints, end.cure]);
      t.match(endKey(end), new RegExp(`^${situation.end}$`), title, { way: wayOf(path) });
      t.match(all, situation.says, `${title}: says`);
      t.match(end.text.ko, /[\uac00-\ud7a3]/, `${title}: in Korean too`);
      t.notMatch(all, /[{}]\w|undefined/, `${title}: whole`);
      if (situation.never) t.notMatch(all, situation.never, `${title}: never`);
      if (situation.cured) {
        for (const { on, run } of firstCure(end)) await sh(machine, run, on);
        await sh(machine, settled);
        const { end: again } = await pathOf(machine, situation);
        t.ok(
          again.kind === 'delivered' || endKey(again) !== endKey(end),
          `${title}: cured, now ${endKey(again)}`,
        );
      }
      await machine.destroy();
    });
  }),
);
