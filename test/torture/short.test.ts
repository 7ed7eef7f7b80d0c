import t from 'tap';
import { attempt, parts } from './parts.ts';

/** Attempts of each part in a run of all tests; scripts/torture has the whole. */
const few: Record<string, number> = {
  kills: 2,
  boundaries: 2,
  machines: 2,
  docker: 1,
  kubernetes: 1,
  journals: 20,
  learner: 2,
  limits: 2,
  fuzz: 40,
  floods: 1,
  labs: 5,
  'lab-directories': 2,
  disks: 1,
  clock: 2,
};

for (const [part] of parts)
  t.test(part.name, async (t) => {
    const { tried, failures } = await attempt(part, 1, few[part.name] ?? 0, 300);
    t.ok(tried >= (few[part.name] ?? Infinity), `${tried} tried`);
    t.strictSame(failures, []);
  });
