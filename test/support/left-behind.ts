import { strays } from './vm.ts';

/** At the end of a test run: nothing of any machine is outside of it, or lives longer than its uid range. */
const found = strays();
for (const line of found) process.stdout.write(`left behind: ${line}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
