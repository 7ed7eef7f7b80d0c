import { writeFile } from 'node:fs/promises';
import type { Client } from '../../client/client.ts';
import { nodesOf } from '../../core/picture/node-order.ts';
import { filesOf } from '../../core/share/files.ts';
import { light } from '../../core/share/light.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { loadPageWords } from '../language.ts';
import { TranslatedError } from '../translated-error.ts';
import { probeOf, type TraceOptions } from './trace.ts';

interface ShareOptions extends Pick<TraceOptions, 'tcp' | 'udp' | 'dns' | 'http'> {
  trace?: string[];
  html?: string;
  svg?: string;
  mermaid?: string;
}

const formats = ['html', 'svg', 'mermaid'] as const;

/** The page's files of picture and trace, from the command line. */
export async function share(cli: Cli, name: string | undefined, options: ShareOptions): Promise<undefined> {
  const { words, language } = cli;
  const wanted = formats.filter((format) => options[format] !== undefined);
  if (wanted.length === 0) throw new TranslatedError('argument-invalid', words.share.noFile);
  const daemon = await cli.daemon();
  const session = await sessionOf(cli, daemon, name);
  const lab = await daemon.call('labs.get', { lab: session.lab });
  const observation = await daemon.call('topology.get', { session: session.id });
  const page = await loadPageWords(language);
  // As the page does: another reader gets the very same fault.
  const seed = session.practice?.seed ?? Math.floor(Math.random() * 10_000);
  const files = filesOf({
    ...{
      language,
      observation,
      words: page.packet,
      virtual: page.network.virtual,
      palette: light,
      view: lab.view,
    },
    title: lab.title[language],
    order: [...new Set([...nodesOf(lab), ...Object.keys(observation.nodes)])],
    sent: options.trace ? await sent(cli, daemon, session.id, options.trace, options) : null,
    challenge: {
      label: page.share.challenge,
      command: `hoplab start ${lab.id} && hoplab break --seed ${seed}`,
    },
  });
  const written: string[] = [];
  for (const format of wanted) {
    const path = options[format] ?? '';
    await writeFile(path, files[format]());
    written.push(path);
  }
  cli.print({ session: session.id, paths: written }, () => words.share.written(written));
}

/** By the id of a session, or of the lab that one is of: the newest. */
async function sessionOf(
  cli: Cli,
  daemon: Client,
  name: string | undefined,
): Promise<Result<'sessions.get'>> {
  if (name === undefined) return daemon.call('sessions.get', cli.session);
  const { sessions } = await daemon.call('sessions.list', {});
  const ofLab = sessions.findLast(({ lab }) => lab === name);
  return daemon.call('sessions.get', { session: ofLab?.id ?? name });
}

async function sent(
  cli: Cli,
  daemon: Client,
  session: string,
  [from = '', to = '', ...more]: string[],
  options: ShareOptions,
) {
  const probe = probeOf(options, cli);
  if (more.length > 0 || (to === '' && probe.kind !== 'http'))
    throw new TranslatedError('argument-invalid', cli.words.share.ends);
  const target = to === '' ? {} : { to };
  const { path } = await daemon.call('path.trace', { session, from, ...target, probe });
  return { question: { from, to, probe }, path };
}
