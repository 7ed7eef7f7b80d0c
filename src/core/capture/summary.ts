import { dissect } from './dissect.ts';

/** LINKTYPE_ETHERNET */
const ethernetFrames = 1;

interface Summary {
  from: string;
  to: string;
  /** The innermost header that was read, with what it says in short. */
  what: string;
}

/** A captured packet in one line; null where its link is of a kind that is not read. */
export function summaryOf(bytes: Uint8Array, linkType: number): Summary | null {
  if (linkType !== ethernetFrames) return null;
  const layers = dissect(bytes).filter(({ name }) => name !== 'Data');
  const value = (name: string) =>
    layers.flatMap(({ fields }) => fields.findLast((field) => field.name === name)?.value ?? []).at(-1);
  const last = layers.at(-1);
  const [from, to] = [value('Source port'), value('Destination port')];
  const said = value('Type')?.match(/\((.*)\)/)?.[1] ?? value('Operation')?.match(/\((.*)\)/)?.[1];
  const what = [
    last?.name,
    ...(from === undefined || to === undefined ? [] : [`${from} → ${to}`]),
    ...[value('Flags'), said].filter((each) => each !== undefined),
  ];
  return {
    from: value('Sender') ?? value('Source') ?? '',
    to: value('Target') ?? value('Destination') ?? '',
    what: what.join(' '),
  };
}
