/** The texts about the changes that another machine in place of this one makes, before and after. */
export const changes = {
  comparing: 'Comparing with the machine you have …',
  unknown: 'Its effect cannot be predicted.',
  none: 'The network does not change.',
  gone: 'The machine has ended already: it holds nothing that could be lost.',
  lost: 'Removed:',
  gained: 'Added:',
  step: (number: number, title: string) => `step ${number}, “${title}”`,
  moves: (from: string, to: string) => `From ${from}, to ${to}. What is done stays done.`,
  kinds: {
    node: (count: number) => (count === 1 ? '1 node' : `${count} nodes`),
    link: (count: number) => (count === 1 ? '1 interface' : `${count} interfaces`),
    address: (count: number) => (count === 1 ? '1 address' : `${count} addresses`),
    route: (count: number) => (count === 1 ? '1 route' : `${count} routes`),
    rule: (count: number) => (count === 1 ? '1 rule' : `${count} rules`),
    setting: (count: number) => (count === 1 ? '1 kernel setting' : `${count} kernel settings`),
    listener: (count: number) => (count === 1 ? '1 listening socket' : `${count} listening sockets`),
  },
  more: (count: number) => `  ... and ${count} more`,
  kept: 'The present machine, with its files and programs, is kept: hoplab undo brings it back.',
  second: 'The machine kept from before is then gone for good.',
  ask: 'Go on? [y/N] ',
  yes: ['y', 'yes'],
  untouched: 'Nothing was changed.',
  removed: 'Was removed:',
  added: 'Was added:',
};

export type Changes = typeof changes;
