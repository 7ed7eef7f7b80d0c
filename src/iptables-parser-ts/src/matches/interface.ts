import { extension, type Node, negatable, option } from '../grammar.ts';
import { interfaceName } from '../values/interface.ts';
import { present } from '../values/present.ts';

/** The bridge ports a frame came in by and leaves by. */
export const physdev = extension(
  'physdev',
  {
    isIn: negatable(option('--physdev-is-in', present)),
    in: negatable(option('--physdev-in', interfaceName)),
    isOut: negatable(option('--physdev-is-out', present)),
    out: negatable(option('--physdev-out', interfaceName)),
    isBridged: negatable(option('--physdev-is-bridged', present)),
  },
  { lacks: (m) => (Object.keys(m).length === 0 ? 'at least one physdev option' : undefined) },
);
export type PhysdevMatch = Node<typeof physdev>;

/** Whether the reverse path of the packet leads out by the interface it came in by. */
export const rpfilter = extension('rpfilter', {
  loose: option('--loose', present),
  validmark: option('--validmark', present),
  acceptLocal: option('--accept-local', present),
  invert: option('--invert', present),
});
export type RpfilterMatch = Node<typeof rpfilter>;
