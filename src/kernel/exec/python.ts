import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The programs that src/kernel/py/__main__.py can run; `serve` becomes the others (python-server.ts). */
export type PythonProgram = 'watch' | 'settle' | 'lend' | 'serve' | 'run';

const directory = fileURLToPath(new URL('../py', import.meta.url));

/**
 * argv of a program of src/kernel/py, for the VM's own python3. Modules come from the standard library and that
 * directory: -I leaves out the working directory, the environment's PYTHON... and the user's packages, -S those of the
 * site. -B: no file is written beside the source (scripts/setup has compiled it).
 */
export function python(program: PythonProgram, ...words: string[]): string[] {
  return ['python3', '-I', '-S', '-B', directory, program, ...words];
}

/** argv, without its arguments, of a program of src/kernel/py/hoplab_kernel/inside, for the python3 of a machine. */
export async function pythonInside(
  name: 'connect' | 'tls' | 'distribution' | 'ntp' | 'smtp',
): Promise<string[]> {
  const text = await readFile(new URL(`../py/hoplab_kernel/inside/${name}.py`, import.meta.url), 'utf8');
  return ['python3', '-I', '-S', '-c', text];
}
