import t from 'tap';
import { FakeMachine } from '../../support/fake/machine.ts';
import { machineContract } from '../../support/machine-contract.ts';

let made = 0;

machineContract(t, async (_, work) => {
  await work({
    make: async () => {
      made += 1;
      return new FakeMachine(`m${made}`, made);
    },
    kill: async (machine) => (machine as FakeMachine).die(),
  });
});
