import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachOnce } from './each-once.ts';
import { must, noSession } from './said.ts';
import type { Vm } from './vm.ts';

/** `hoplab test` of each lab on its own. */
export async function testLabs(vm: Vm, say: (line: string) => void, only: readonly string[]): Promise<void> {
  await noSession(vm);
  const { tracks } = JSON.parse((await must(vm, 'hoplab labs --json')).text) as {
    tracks: { labs: string[] }[];
  };
  await eachOnce({
    record: join(vm.folder, 'labs.json'),
    every: tracks.flatMap(({ labs }) => labs),
    only,
    say,
    async run(lab) {
      const { code, text } = await vm.run(`hoplab test ${lab}`, 7200);
      writeFileSync(join(vm.folder, `lab-${lab}.log`), text);
      return code === 0 ? undefined : `exit code ${code}\n${text.split('\n').slice(-25).join('\n')}`;
    },
  });
}
