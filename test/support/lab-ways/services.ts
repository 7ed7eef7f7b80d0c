import type { LabWays } from './row.ts';

/** A trace asks for the address of the name; the zone has none, only its text. */
const asked = 'mx (host) dns | dns (host) mx: delivered record-missing dns';

export const spf: LabWays = {
  record: [['mx', 'dns corp.example @192.168.1.53', asked, 'same']],
  softfail: [['mx', 'dns corp.example @192.168.1.53', asked, 'same']],
  neutral: [['mx', 'dns corp.example @192.168.1.53', asked, 'same']],
  newsletter: [],
  'look-ups': [],
};

/** Time is asked by programs of its own. */
export const clock: LabWays = {
  'one-question': [],
  follow: [],
  'two-clocks': [],
  'three-clocks': [],
  silent: [],
};

/** Chance chooses the server. */
const noRoute = 'client host | host client: refused no-route host';
const either = (way: (server: string, address: string) => string) =>
  `${way('dns1', '10.0.1.11')} or ${way('dns2', '10.0.2.12')}`;
const translated = either(
  (server, address) =>
    `client host[destination ${address}] ${server} | ${server} host[source 10.96.0.10] client: delivered`,
);

export const dnsLoad: LabWays = {
  'service-address': [['client', 'dns www.lab.example @10.96.0.10', noRoute, translated]],
  truncated: [['client', 'tcp 10.96.0.10 53', noRoute, translated]],
  limit: [],
  cure: [
    [
      'client',
      'ping 10.96.0.10',
      noRoute,
      either((server) => `client host ${server} | ${server} host client: delivered`),
    ],
  ],
};

export const twoFamilies: LabWays = {
  refused: [['client', 'dns web.corp.example @192.168.1.53', 'client dns | dns client: delivered', 'same']],
  // The filter is for the question about the other family.
  silent: [],
};

export const watchdog: LabWays = {
  'log-in': [['client', 'tcp 192.168.1.20 8000', 'client web | web client: delivered', 'same']],
  watchdog: [],
  cron: [],
};
