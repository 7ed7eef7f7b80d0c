import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { inEachLanguage } from '../../../src/core/language.ts';
import { eventsOf, type PacketEvent, spotOf } from '../../../src/core/picture/events.ts';
import { pictureOf } from '../../../src/core/picture/model.ts';
import { eventText, placeOf } from '../../../src/core/picture/say.ts';
import type { Recorded } from '../../../src/web/start/recorded.ts';
import { pageWords } from '../../../src/web/words/page-words.ts';
import { type Ended, hoplab } from '../../cli/hoplab.ts';

const lab = join(import.meta.dirname, '../../../labs/namespaces/network-namespaces/lab.yaml');
const [from, to] = ['blue', '8.8.8.8'];

/** What the start page plays: a packet really sent in a lab, without what differs from one run to the next. */
export async function record(run: (...args: string[]) => Promise<Ended>): Promise<Recorded> {
  await run('start', 'network-namespaces', '--step', 'route-back');
  const picture = pictureOf((await run('topology', '--json')).json());
  const { view } = parse(await readFile(lab, 'utf8'));
  const { path } = (await run('trace', from, to, '--json')).json();
  const events = eventsOf(path).map((event, index) => ({
    spot: spotOf(event, index, picture),
    node: event.hop.node,
    place: placeOf(event.hop),
    text: inEachLanguage((language) => eventText(event, language, pageWords[language].packet)),
    ...addressesOf(event),
    nat: event.kind === 'hop' ? event.hop.nat : null,
  }));
  return { from, to, view, picture, events, end: path.end.text };
}

/** As it came, or as it left where it was made. */
function addressesOf({ kind, hop }: PacketEvent): { addresses: [string, string] | null } {
  const fields = hop.before ?? hop.after;
  return { addresses: kind === 'hop' && fields ? [fields.source, fields.destination] : null };
}

// `node test/web/support/record.ts` records anew, with the daemon of its environment.
if (import.meta.main) {
  const { PATH: _, ...env } = process.env as Record<string, string>;
  console.log(JSON.stringify(await record((...args) => hoplab(args, env))));
}
