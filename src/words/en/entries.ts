import type { CheckPhrases, Ladder, Questions } from '../../core/explain/words.ts';

/** Entries: of the kernel's tables, by the command that lists them, and lines of files. */
export const entries = {
  'entry-missing': {
    what: [
      '`{list}` in {node} shows no entry `{wanted}`.',
      'In {path} of {node} there is no line `{entry}`.[ That line is in {misplaced}, where no program looks for it.]',
    ],
    why: [
      'The kernel decides by what `{list}` shows, not by what was typed.',
      'Programs on {node} read this file, and only its own.',
    ],
    where: [
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: [
      'Make the entry `{wanted}` in {node} with `{maker}`.',
      'Make the entry `{wanted}` in {node}, or send the packet that makes it.',
      'Add the line to {file}. How it is spaced does not matter.',
    ],
  },
  'entry-present': {
    what: [
      '`{list}` in {node} shows the entry `{found}`; it should not be there.',
      '{path} of {node} has the line `{observed}`; it should not be there.',
    ],
    why: [
      'The kernel decides by what `{list}` shows, also after the rule or command that made the entry is gone.',
      'Programs on {node} believe what this file says.',
    ],
    where: [
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: ['Delete `{found}` from the table of {node}.', 'Take the line out of {file}.'],
  },
  'wrong-entry': {
    what: [
      '{property} in {node} has {found}; it should have {wanted}.',
      '`{list}` in {node} shows `{found}`; it should show `{wanted}`.',
      '{path} of {node} says `{observed}`; it should say `{entry}`.[ {slipText}][ That line is in {misplaced}, where no program looks for it.]',
    ],
    why: [
      'Both ends of a tunnel, and every interface on the path, must agree on such values: {property} works with {found}.',
      'The kernel decides by `{found}` as it is, until it is deleted or expires.',
      'Programs on {node} believe what this file says, whether it is true or not.',
    ],
    where: [
      '`{exec}{list}` shows the values that {property} has.',
      '`{exec}{list}` lists the entries.',
      '`{exec}cat {path}` shows the file as programs on {node} see it.',
    ],
    idea: [
      'Set the value that is wanted with `{set}` in {node}.',
      'This value cannot be changed later: delete {property} and add it again with {wanted}.',
      'Put right what makes the entry, delete `{found}`, and let the entry be made again.',
      'Change the line in {file}.',
    ],
  },
} as const satisfies Record<string, Ladder>;

export const entryPhrases = {
  neighbour: {
    expected: '{node} knows the MAC address of {address}.',
    negated: '{node} does not know the MAC address of {address}.',
    observed: 'Neighbour entry in {node}: {fact}.',
  },
  'conntrack-entry': {
    expected: '{node} tracks the flow `{wanted}`.',
    negated: '{node} tracks no flow `{wanted}`.',
    observed: 'Flow tracked in {node}: {fact}.',
  },
  'ip-rule': {
    expected: '{node} has the policy rule `{wanted}`.',
    negated: '{node} has no policy rule `{wanted}`.',
    observed: 'Policy rule in {node}: {fact}.',
  },
  fdb: {
    expected: 'The forwarding database of {node} has the entry `{wanted}`.',
    negated: 'The forwarding database of {node} has no entry `{wanted}`.',
    observed: 'Forwarding database of {node}: {fact}.',
  },
  vlan: {
    expected: 'In {node} `{list}` shows `{wanted}`.',
    negated: 'In {node} `{list}` does not show `{wanted}`.',
    observed: 'VLAN in {node}: {fact}.',
  },
  'route-get': {
    expected: 'In {node} `{list}` gives: {wish}.',
    negated: 'In {node} `{list}` does not give this way: {wanted}.',
    observed: '`{list}` in {node}: {fact}.',
  },
} as const satisfies Record<string, CheckPhrases>;

export const entryQuestions = {
  neighbour: ({ on, address, absent }) =>
    absent ? `${on} does not know ${address}` : `${on} knows ${address}`,
  'conntrack-entry': ({ on, protocol, source, destination, port, absent }) => {
    const from = source === undefined ? '' : ` from ${source}`;
    const to = destination === undefined ? '' : ` to ${destination}`;
    const which = `${protocol} flow${from}${to}${port === undefined ? '' : `, port ${port}`}`;
    return absent ? `${on} tracks no such ${which}` : `${on} tracks a ${which}`;
  },
  'ip-rule': ({ on, absent }) =>
    absent ? `the policy rule is gone from ${on}` : `${on} has the policy rule`,
  fdb: ({ on, mac, absent }) =>
    absent ? `no bridge or tunnel of ${on} knows ${mac}` : `a bridge or tunnel of ${on} knows ${mac}`,
  vlan: ({ on, dev, id, absent }) => `${dev} in ${on} is ${absent ? 'not ' : ''}in VLAN ${id}`,
  'route-get': ({ on, to, from, iif, mark, absent }) => {
    const packet = [
      from === undefined ? '' : ` from ${from}`,
      iif === undefined ? '' : ` that comes in by ${iif}`,
      mark === undefined ? '' : ` with mark ${mark}`,
    ].join('');
    return `${on} ${absent ? 'does not route' : 'routes'} a packet${packet} to ${to}${absent ? ' that way' : ''}`;
  },
} satisfies Partial<Questions>;
