/** The words of the playground; loaded with it. */
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
  bridgeOf: (bridge: string) => `${bridge} (bridge)`,
};

export type PlayWords = typeof play;
