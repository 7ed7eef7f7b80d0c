import t, { type Test } from 'tap';
import { equivalent, parseRule } from '../../src/index.ts';
import { CHAINS } from '../support/generate.ts';
import { type Backend, type Family, Netns, program } from '../support/netns.ts';
import { type Pair, pair } from '../support/pairs.ts';
import { Random, seed } from '../support/random.ts';
import { requireKernel } from '../support/requirements.ts';

requireKernel();

const PAIRS = 200;

/** Loads every pair's first rule into a chain of its own. */
async function load(netns: Netns, family: Family, backend: Backend, pairs: readonly Pair[]): Promise<void> {
  let text = '';
  for (const table of Object.keys(CHAINS)) {
    const own = [...pairs.entries()].filter(([, p]) => p.table === table);
    const chains = own.map(([i]) => `:P${i} - [0:0]\n`).join('');
    text += `*${table}\n:LEAF - [0:0]\n${chains}${own.map(([i, p]) => `-A P${i} ${p.a}\n`).join('')}COMMIT\n`;
  }
  await netns.restore(family, backend, text);
}

/** Whether the kernel has the pair's first rule where the second, in one of its writings, is asked for. */
async function kernelSays(
  netns: Netns,
  family: Family,
  backend: Backend,
  i: number,
  p: Pair,
): Promise<boolean> {
  for (const variant of new Set([p.b, ...p.variants])) {
    const command = `${program(family, backend)} -w -t ${p.table} -C P${i} ${variant}`;
    const { code, stderr } = await netns.run(['sh', '-c', command]);
    if (code === 0) return true;
    const absent = /does a matching rule exist|No chain\/target\/match/.test(stderr);
    if (code !== 1 || !absent) throw new Error(`${command}\nexit ${code}\n${stderr}`);
  }
  return false;
}

async function compare(t: Test, family: Family, backend: Backend): Promise<void> {
  const netns = new Netns();
  try {
    await netns.furnish();
    const r = new Random(seed + (backend === 'nft' ? 1 : 2));
    const pairs = Array.from({ length: PAIRS }, () => pair(r, family, backend));
    await load(netns, family, backend, pairs);
    const wrong: string[] = [];
    const verdicts = { same: 0, different: 0 };
    for (const [i, p] of pairs.entries()) {
      const kernel = await kernelSays(netns, family, backend, i, p);
      const [a, b] = [p.a, p.b].map((text) => parseRule(`-A P${i} ${text}`, { table: p.table, family }));
      const ours = a && b && equivalent(a, b);
      if (ours !== kernel) wrong.push(`kernel ${kernel}, equivalent ${ours}\n  ${p.a}\n  ${p.b}`);
      verdicts[kernel ? 'same' : 'different']++;
    }
    t.same(wrong, [], 'equivalent says what the kernel says');
    t.ok(verdicts.same > PAIRS / 4 && verdicts.different > PAIRS / 4, 'both answers were met', { verdicts });
  } finally {
    netns.close();
  }
}

for (const family of ['ipv4', 'ipv6'] as const) {
  for (const backend of ['nft', 'legacy'] as const) {
    t.test(`${PAIRS} pairs against ${program(family, backend)} -C (SEED=${seed})`, (t) =>
      compare(t, family, backend),
    );
  }
}
