import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { hanging } from '../print/hanging.ts';
import { inline } from '../print/inline.ts';
import { proseWidth } from '../print/width.ts';

type Pinged = Result<'path.pingAll'>;

/** Pairs of one cause that are named; --json has all of them. */
const most = 8;

/** Exit code 0: all pairs have a reply; 1: some have none; 2: some could not be asked. */
export async function pingAll(cli: Cli, nodes: string[], options: { ipv6?: boolean }): Promise<number> {
  const daemon = await cli.daemon();
  const result = await daemon.call('path.pingAll', {
    ...cli.session,
    ...(nodes.length === 0 ? {} : { nodes }),
    family: options.ipv6 ? 'ipv6' : 'ipv4',
  });
  cli.print(result, () => pingedText(result, cli));
  if (result.causes.length > 0) return 1;
  return result.unasked > 0 || result.pairs === 0 ? 2 : 0;
}

function pingedText({ nodes, pairs, replies, unasked, causes, milliseconds }: Pinged, cli: Cli): string {
  const words = cli.words.pings;
  const lost = pairs - replies - unasked;
  const explained = causes.reduce((sum, cause) => sum + cause.pairs.length, 0);
  return [
    words.sum(nodes.length, pairs, replies, milliseconds),
    ...(unasked > 0 ? [words.unasked(unasked)] : []),
    ...(explained < lost ? [words.some(explained, lost)] : []),
    ...causes.flatMap((cause) => ['', ...causeLines(cause, cli)]),
  ].join('\n');
}

function causeLines({ verdict, pairs }: Pinged['causes'][number], { words, language }: Cli): string[] {
  const { message, where } = verdict.words[language];
  const named = pairs.slice(0, most).map(({ from, to }) => `${from} > ${to.node}`);
  const more = pairs.length > most ? [words.pings.more(pairs.length - most)] : [];
  return [
    ...hanging('', inline(`${words.pings.pairs(pairs.length)}: ${message}`), proseWidth()),
    ...hanging(`    ${words.verdict.where}  `, inline(where), proseWidth()),
    ...hanging('    ', [...named, ...more].join(', '), proseWidth()),
  ];
}
