import { extension, type Node, negatable, option, type Value } from '../grammar.ts';
import { readInteger } from '../values/integer.ts';
import { present } from '../values/present.ts';

/** A range of ids, or the name of a user or group as written. */
export type Owner = string | { from: number; to: number };

const NAME = /^[A-Za-z_][-A-Za-z0-9_.]*\$?$/;

const owner: Value<Owner> = {
  words: 1,
  expected: 'an id (1000), a range of ids (0-99) or a name',
  read: (text) => {
    if (NAME.test(text)) return text;
    const dash = text.indexOf('-');
    const from = readInteger(dash < 0 ? text : text.slice(0, dash));
    const to = readInteger(dash < 0 ? text : text.slice(dash + 1));
    return from === undefined || to === undefined || from > to ? undefined : { from, to };
  },
  write: (value) => {
    if (typeof value === 'string') return value;
    return value.from === value.to ? `${value.from}` : `${value.from}-${value.to}`;
  },
  // Every system's user and group 0 is root; other names only that system's files know.
  normal: (value) => (value === 'root' ? { from: 0, to: 0 } : value),
};

export const ownerMatch = extension(
  'owner',
  {
    socketExists: negatable(option('--socket-exists', present)),
    uid: negatable(option('--uid-owner', owner)),
    gid: negatable(option('--gid-owner', owner)),
    supplementaryGroups: option('--suppl-groups', present),
  },
  {
    lacks: (m) =>
      m.uid || m.gid || m.socketExists ? undefined : '--uid-owner, --gid-owner or --socket-exists',
  },
);
export type OwnerMatch = Node<typeof ownerMatch>;
