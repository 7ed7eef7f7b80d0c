import { planTopology } from '../../../src/core/plan/topology.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { checkStep } from '../../../src/session/checker.ts';
import { median, timed } from '../figures.ts';
import type { Row } from './figures.ts';
import { addressOf, madeByMininet, madeByNetlink, star } from './star.ts';

type Make = () => Promise<Machine>;

/** Hosts of Mininet that ping each other; what all would take is reckoned from them. */
const pinging = 12;

/** A hundred hosts on a bridge, from nothing, beside one netlink process and Mininet; and its pingAll. */
export async function readyRows(make: Make, hosts: number, rounds: number): Promise<Row[]> {
  const [ready, netlink]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    netlink.push(await madeByNetlink(hosts));
    let machine: Machine | undefined;
    ready.push(
      await timed(async () => {
        machine = await make();
        await machine.perform(planTopology(star(hosts, hosts)));
      }),
    );
    await machine?.destroy();
  }
  const mininet = await madeByMininet(hosts, pinging);
  const pairs = (of: number) => of * (of - 1);
  const figure = median(ready);
  const what = `${hosts} hosts ready`;
  return [
    {
      what,
      figure,
      unit: 'ms',
      baseline: 'one netlink process',
      beside: median(netlink),
      goal: 'at most 2 x',
    },
    { what, figure, unit: 'ms', baseline: 'Mininet', beside: mininet.ready, goal: 'at most 0.1 x' },
    {
      ...{ what: `all pairs of ${hosts} hosts, as Mininet pings them`, unit: 'ms' },
      ...{ figure: (mininet.pings / pairs(pinging)) * pairs(hosts), baseline: 'see the row of all pairs' },
      ...{ beside: null, goal: '10 x of that' },
    },
  ];
}

/** What a host costs in a network of this size: made, observed, verified by a check each, destroyed. */
async function costOf(make: Make, hosts: number): Promise<number> {
  const took = await timed(async () => {
    const machine = await make();
    await machine.perform(planTopology(star(hosts, 50)));
    const checks = Array.from({ length: hosts }, (_, at) => ({
      ...{ id: `h${at}`, kind: 'address' as const, needs: [], until: null },
      args: { on: `h${at}`, address: `${addressOf(at)}/16`, absent: false },
    }));
    const step = { id: 'step', solution: [], checks, faults: [], predict: [] };
    const verdicts = await checkStep(machine, step, checks);
    if (verdicts.some(({ status }) => status !== 'pass')) throw new Error('a host lacks its address');
    // Five hosts of each bridge reach each other.
    const observation = await machine.observe();
    for (let first = 0; first < hosts; first += 50) {
      const nodes = [0, 1, 2, 3, 4].map((at) => `h${first + at}`);
      const asked = { kind: 'pairs', from: 'host', nodes, family: 'ipv4' } as const;
      const { result } = await machine.probe(asked, false, observation);
      if (result !== 'reply') throw new Error('pings were lost');
    }
    await machine.destroy();
  });
  return took / hosts;
}

/** A thousand hosts in twenty bridges beside a hundred in two. */
export async function thousandRow(make: Make, most: number): Promise<Row> {
  const [few, many] = [await costOf(make, 100), await costOf(make, most)];
  return {
    ...{ what: `made, observed, verified, destroyed: a host of ${most} on ${most / 50} bridges`, unit: 'ms' },
    ...{ figure: many, baseline: 'a host of 100 on 2', beside: few, goal: 'at most 1.2 x' },
  };
}
