import t from 'tap';
import { Library } from '../../src/library/library.ts';
import { inLanes } from '../support/lanes.ts';
import { workplace } from '../support/machines.ts';
import { knownState, plainLabs, type WrongState, wrongState } from '../support/wrong-states/campaign.ts';
import { knownStates } from '../support/wrong-states/known.ts';

/** Of the campaign in test/bench/verdicts-against-shell.ts, as many as a suite has time for. */
const seeds = [2001, 2005, 2029, 2060, 2070];

t.test('labs with something removed at random: hoplab agrees with ping, curl, dig and getent', (t) =>
  workplace(t, async ({ make }) => {
    const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
    const plain = plainLabs(library.list());
    const states: WrongState[] = [];
    await inLanes(3, seeds, async (seed) => {
      states.push(await wrongState(make, plain, seed));
    });
    const probes = states.flatMap(({ seed, lab, lines, probes }) =>
      probes.map((probe) => ({ seed, lab, lines, ...probe })),
    );
    t.strictSame(
      probes.filter(({ result }) => result === 'different'),
      [],
    );
    const agreed = probes.filter(({ result }) => result === 'same');
    t.ok(agreed.length > seeds.length, `${agreed.length} of ${probes.length} compared`);
    for (const shell of [true, false])
      t.ok(
        agreed.some((probe) => probe.shell === shell),
        `the shell: ${shell}`,
      );
  }),
);

t.test('known states: hoplab agrees with ping and a connection, and has the reason', (t) =>
  workplace(t, async ({ make }) => {
    const library = await Library.read([new URL('../../labs', import.meta.url).pathname]);
    await inLanes(
      3,
      Object.entries(knownStates),
      async ([title, { lab: id, lines, verdicts: expectations }]) => {
        const lab = library.list().find((each) => each.id === id);
        if (lab === undefined) throw new Error(`there is no lab ${id}`);
        const asked = expectations.map(([one]) => one);
        const compared = await knownState(make, lab, lines, asked);
        t.strictSame(
          compared.map(({ result }) => result),
          asked.map(() => 'same'),
          title,
        );
        t.strictSame(
          compared.map(({ verdict: { status, reason, node } }) =>
            status === 'pass' ? 'pass' : `${reason} ${node}`,
          ),
          expectations.map(([, verdict]) => verdict),
          title,
        );
      },
    );
  }),
);
