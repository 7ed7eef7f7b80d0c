import { readdirSync, readFileSync } from 'node:fs';
import { type PythonProgram, python } from '../../src/kernel/exec/python.ts';

/** Children of this process that run one of the programs in src/kernel/py. */
export function running(program: PythonProgram): number[] {
  const command = `${python(program).join('\0')}\0`;
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) \S/s, '');
        const parent = / (\d+)/.exec(stat)?.[1];
        return (
          Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(command)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}
