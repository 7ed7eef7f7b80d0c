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

/** Building a network by hand. */
export const play = {
  title: 'Build',
  kinds: { host: 'Host', bridge: 'Bridge', router: 'Router', namespace: 'Namespace', container: 'Container' },
  add: 'Add',
  name: 'Name (optional)',
  nameRule: 'A letter, then letters, digits and hyphens; 15 at most.',
  nameTaken: (name: string) => `${name} is there already.`,
  cable: 'Cable',
  from: 'From',
  to: 'To',
  join: 'Lay cable',
  address: 'Address',
  interface: 'Interface',
  give: 'Give address',
  route: 'Default route',
  node: 'Node',
  via: 'Via',
  routeAdd: 'Add route',
  remove: 'Remove',
  what: 'Node or interface',
  removeIt: 'Remove it',
  save: 'Save',
  saveName: 'Name',
  saveAs: 'As',
  formats: { lab: 'Lab', script: 'Shell script', containerlab: 'containerlab file' },
  kept: (lab: string) => `Saved as the lab ${lab}, among “My labs” of the start page.`,
  downloaded: 'Saved to your downloads.',
  left: (what: string[]) => `Not saved: ${what.join(', ')}.`,
  startIt: (lab: string) => `Start ${lab}`,
  break: 'Break it for me',
  breakNote:
    'hoplab copies this network into a session of its own and hides one fault there, so that a ping that works now fails. This session stays as it is.',
  brokenTitle: 'My network, with a fault',
  bridgeOf: (bridge: string) => `${bridge} (bridge)`,
};

export type PlayWords = typeof play;

/** What a lab says that was made of such a network. */
export const savedLab = {
  track: 'My labs',
  summary: 'A network built by hand.',
  intro: 'A network that was built by hand in the playground. It is there from the start.',
  step: 'The network',
  body: 'These lines set what is set already. Practise: find the fault that hoplab hides in one of them.',
};

export type SavedLabWords = typeof savedLab;
