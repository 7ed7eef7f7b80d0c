import { dissect } from './dissect.ts';
import type { Layer } from './layer.ts';

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
  const what =
    last && isApplication(last)
      ? [last.name, messageIn(last)]
      : [
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

/** What the innermost header that was read says; null where only addresses do. */
export function messageOf(bytes: Uint8Array): string | null {
  const last = dissect(bytes).findLast(({ name }) => name !== 'Data');
  return last === undefined ? null : messageIn(last);
}

const isApplication = ({ name }: Layer): boolean => name === 'DNS' || name === 'HTTP';

function messageIn({ name, fields }: Layer): string | null {
  const all = (field: string) => fields.filter((each) => each.name === field).map(({ value }) => value);
  const [first = ''] = fields.map(({ value }) => value);
  const numbers = (...named: [field: string, short: string][]) =>
    named.flatMap(([field, short]) => all(field).map((value) => `${short} ${value}`));
  switch (name) {
    case 'HTTP':
      return first;
    case 'DNS':
      return dnsMessage(all('Question').join(', '), all('Status')[0], all('Answer'));
    case 'TCP':
      return [all('Flags').join(), ...numbers(['Sequence', 'seq'], ['Acknowledgment', 'ack'])].join(', ');
    case 'ICMP':
    case 'ICMPv6':
      return [
        first.match(/\((.*)\)/)?.[1] ?? first,
        ...numbers(['Identifier', 'id'], ['Sequence', 'seq']),
      ].join(', ');
    default:
      return null;
  }
}

/** In the words of dig: of a response its answers, or why there is none. */
function dnsMessage(question: string, status: string | undefined, answers: string[]): string {
  if (status === undefined) return question;
  if (answers.length > 0) return answers.join('; ');
  return `${question}: ${status}${status === 'NOERROR' ? ', ANSWER: 0' : ''}`;
}
