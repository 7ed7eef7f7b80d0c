import { extension, type Node, option, required } from '../grammar.ts';
import { host } from '../values/address.ts';
import { integer } from '../values/integer.ts';
import { andMark, bitXorMark, mask, orMark, setMark, xorMark } from '../values/mark.ts';
import { decimalPort } from '../values/port.ts';
import { present } from '../values/present.ts';

/** Every `--*-mark` is one operation: clear the bits of `mask`, then XOR `value` in. */
const setXmark = option(
  '--set-xmark',
  xorMark,
  ['--set-mark', setMark],
  ['--and-mark', andMark],
  ['--or-mark', orMark],
  ['--xor-mark', bitXorMark],
);

export const mark = extension('MARK', { xmark: required(setXmark) });
export type MarkTarget = Node<typeof mark>;

const ALL = 0xffffffff;

/** Sets the connection's mark, or copies it from (`save`) or to (`restore`) the packet. */
export const connmark = extension(
  'CONNMARK',
  {
    xmark: setXmark,
    save: option('--save-mark', present),
    restore: option('--restore-mark', present),
    /** The written `--mask`: both masks at once. */
    mask: option('--mask', mask),
    nfmask: option('--nfmask', mask),
    ctmask: option('--ctmask', mask),
    leftShift: option('--left-shift-mark', integer(31)),
    rightShift: option('--right-shift-mark', integer(31)),
  },
  {
    lacks: (t) => {
      const copies = Boolean(t.save) || Boolean(t.restore);
      if ([t.xmark, t.save, t.restore].filter(Boolean).length !== 1)
        return 'one of --set-xmark, --save-mark and --restore-mark';
      const masks = t.nfmask !== undefined || t.ctmask !== undefined;
      return masks && !copies ? '--save-mark or --restore-mark with --nfmask and --ctmask' : undefined;
    },
    tidy: ({ mask: both, leftShift, rightShift, ...t }) => ({
      ...t,
      ...(t.xmark ? { xmark: both === undefined ? t.xmark : { ...t.xmark, mask: both } } : {}),
      ...(t.xmark ? {} : { nfmask: t.nfmask ?? both ?? ALL, ctmask: t.ctmask ?? both ?? ALL }),
      ...(leftShift ? { leftShift } : {}),
      ...(rightShift ? { rightShift } : {}),
    }),
  },
);
export type ConnmarkTarget = Node<typeof connmark>;

/** Hands the packet to a local socket without touching its headers. */
export const tproxy = extension(
  'TPROXY',
  {
    port: required(option('--on-port', decimalPort)),
    address: option('--on-ip', host),
    mark: option('--tproxy-mark', xorMark),
  },
  {
    tidy: (t, family) => ({
      port: t.port,
      address: t.address ?? (family === 'ipv6' ? '::' : '0.0.0.0'),
      mark: t.mark ?? { value: 0, mask: 0 },
    }),
  },
);
export type TproxyTarget = Node<typeof tproxy>;
