import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';

type Flow = Result<'traffic.watch'>['flows'][number];

/** Follows the packets that anybody sends in the machine: a line for each flow and each new end of it. */
export async function traffic(cli: Cli, options: { own?: boolean }): Promise<number> {
  const daemon = await cli.daemon();
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  const told = new Map<number, string>();
  const tell = (flow: Flow) => {
    if (flow.own && !options.own) return;
    const line = lineOf(flow, cli);
    if (told.get(flow.number) === line) return;
    told.set(flow.number, line);
    say(`${styleText('dim', new Date(flow.lastAt).toTimeString().slice(0, 8))}  ${line}`);
  };
  daemon.on('traffic.seen', (news) => {
    if (cli.json) say(JSON.stringify(news));
    else news.flows.forEach(tell);
  });
  const begun = await daemon.call('traffic.watch', cli.session);
  if (cli.json) say(JSON.stringify(begun));
  else process.stderr.write(`${cli.words.traffic.following}\n`);
  if (!cli.json) begun.flows.forEach(tell);
  await daemon.lost;
  return 0;
}

const colours: Partial<Record<Flow['verdict'], 'green' | 'yellow' | 'red'>> = {
  answered: 'green',
  unanswered: 'yellow',
  refused: 'red',
  dropped: 'red',
};

function lineOf(flow: Flow, { words: { traffic: say } }: Cli): string {
  const { from, protocol, destination, translated, verdict, where } = flow;
  const ended = styleText(colours[verdict] ?? 'dim', say.verdicts[verdict]);
  const nat =
    translated === null ? '' : `  NAT ${endText(translated.source)} -> ${endText(translated.destination)}`;
  const place = where === null ? '' : `  ${where.node} (${where.link})`;
  return `${from} -> ${endText(destination)}  ${protocol}${nat}  ${ended}${place}`;
}

function endText({ address, port }: Flow['source']): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
