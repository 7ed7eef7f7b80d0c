import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { machineContract } from '../support/machine-contract.ts';
import { workplace } from '../support/machines.ts';

machineContract(t, (t, work) =>
  workplace(t, ({ make }) =>
    work({
      make,
      kill: async (machine) => {
        process.kill(machine.pid, 'SIGKILL');
        while (machine.alive()) await setTimeout(2);
      },
    }),
  ),
);
