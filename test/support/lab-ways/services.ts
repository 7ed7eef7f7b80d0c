import type { LabWays } from './row.ts';

/** A trace asks for the address of the name; the zone has none, only its text. */
const asked = 'mx (host) dns | dns (host) mx: delivered record-missing dns';

export const spf: LabWays = {
  record: [['mx', 'dns corp.example @192.168.1.53', asked, 'same']],
  softfail: [['mx', 'dns corp.example @192.168.1.53', asked, 'same']],
  newsletter: [],
};
