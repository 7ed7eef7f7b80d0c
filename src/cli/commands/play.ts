import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { brokenCopy } from '../../client/broken-copy.ts';
import type { Client } from '../../client/client.ts';
import { type Act, linesOf, type Plug } from '../../core/play/act.ts';
import { freeName, isName, kindsToAdd } from '../../core/play/names.ts';
import { playground } from '../../core/play/playground.ts';
import { quoted } from '../../core/play/quote.ts';
import { addressFor, gatewayFor } from '../../core/play/suggest.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli, ExitCode } from '../cli.ts';
import { canAsk, confirm } from '../print/confirm.ts';
import { progressBar } from '../print/progress.ts';
import { attach } from '../terminal/attach.ts';
import { exitCodeOf } from '../terminal/exit-code.ts';
import { TranslatedError } from '../translated-error.ts';
import { begunText } from './break.ts';
import { url } from './url.ts';

type Observation = Result<'topology.get'>;
const formats = ['lab', 'script', 'containerlab'] as const;

/** Without words a playground is started; else one thing is done in the session's network. */
export async function play(
  cli: Cli,
  verb: string | undefined,
  words: string[],
  { yes = false }: { yes?: boolean },
): Promise<ExitCode | undefined> {
  const daemon = await cli.daemon();
  if (verb === undefined) return begin(cli, daemon);
  if (verb === 'save') return save(cli, daemon, words);
  if (verb === 'delete') return remove(cli, daemon, words[0], yes);
  if (verb === 'break') return breakCopy(cli, daemon);
  const observation = await daemon.call('topology.get', cli.session);
  const act = actOf(observation, verb, words);
  if (act === null)
    throw new TranslatedError('argument-invalid', cli.words.play.usage, { name: 'verb', value: verb });
  return type(cli, daemon, linesOf(observation, act));
}

async function begin(cli: Cli, daemon: Client): Promise<undefined> {
  const snapshot = await daemon.call('sessions.start', { lab: playground, use: true });
  if (cli.json) return cli.print(snapshot, () => '') as undefined;
  await url(cli);
  cli.print(snapshot, () => cli.words.play.begun);
}

function actOf(observation: Observation, verb: string, [one = '', two, three]: string[]): Act | null {
  switch (verb) {
    case 'add': {
      const kind = kindsToAdd.find((each) => each === one);
      const name = kind && (two ?? freeName(observation, kind));
      return kind && name && isName(name) ? { act: 'add', kind, name } : null;
    }
    case 'cable': {
      const [from, to] = [plugOf(observation, one), plugOf(observation, two ?? '')];
      return from && to ? { act: 'cable', from, to } : null;
    }
    case 'address': {
      const link = two ?? 'eth0';
      const address = three ?? addressFor(observation, { node: one, link });
      return one in observation.nodes ? { act: 'address', node: one, link, address } : null;
    }
    case 'route': {
      const via = two ?? gatewayFor(observation, one);
      return via === null ? null : { act: 'route', node: one, to: 'default', via };
    }
    case 'remove': {
      const plug = plugOf(observation, one);
      if (plug?.bridge) return { act: 'cut', node: plug.node, link: plug.bridge };
      return plug && one !== 'host' ? { act: 'remove', node: one } : null;
    }
    case 'cut': {
      const link = two ?? 'eth0';
      const there = observation.nodes[one]?.links.some(({ name }) => name === link);
      return there ? { act: 'cut', node: one, link } : null;
    }
    default:
      return null;
  }
}

/** A node, or a bridge of the machine. */
function plugOf({ nodes }: Observation, name: string): Plug | null {
  if (name in nodes) return { node: name, bridge: null };
  const bridge = nodes.host?.links.some((link) => link.kind === 'bridge' && link.name === name);
  return bridge ? { node: 'host', bridge: name } : null;
}

/** One shell types them all and says each; the first that fails is the last. */
async function type(cli: Cli, daemon: Client, lines: ReturnType<typeof linesOf>): Promise<ExitCode> {
  const say = (run: string) => quoted(`${styleText('dim', 'host #')} ${styleText('cyan', run)}`);
  const script = lines.map(({ run }) => `printf '%s\\n' ${say(run)}\n${run}`).join('\n');
  const params = { ...cli.session, node: 'host', argv: ['bash', '-ec', script], pty: null };
  return exitCodeOf(await attach(daemon, params, process));
}

async function save(cli: Cli, daemon: Client, [format, name = 'my-network']: string[]): Promise<undefined> {
  const as = formats.find((each) => each === format);
  if (as === undefined)
    throw new TranslatedError('argument-invalid', cli.words.play.usage, { name: 'as', value: format ?? '' });
  const exported = await daemon.call('topology.export', { ...cli.session, as, name });
  const { files, left } = exported;
  const directory = as === 'lab' ? name : '.';
  if (as === 'lab') await daemon.call('labs.save', { files });
  await mkdir(directory, { recursive: true });
  const paths = Object.keys(files).map((file) => join(directory, file));
  for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text);
  cli.print({ ...exported, paths }, () =>
    [
      cli.words.play.saved(paths),
      ...(as === 'lab' ? [cli.words.play.start(name)] : []),
      ...(left.length > 0 ? [cli.words.play.left(left.map((each) => `${each.node}: ${each.name}`))] : []),
    ].join('\n'),
  );
}

/** Exit code 1 if the lab is kept. */
async function remove(cli: Cli, daemon: Client, lab: string | undefined, yes: boolean): Promise<ExitCode> {
  if (lab === undefined)
    throw new TranslatedError('argument-invalid', cli.words.play.usage, { name: 'lab', value: '' });
  const { ask } = cli.words.play;
  if (!yes && !cli.json && canAsk() && !(await confirm(ask(lab), cli.words.changes.yes))) {
    process.stdout.write(`${cli.words.changes.untouched}\n`);
    return 1;
  }
  const deleted = await daemon.call('labs.delete', { lab });
  cli.print(deleted, () => cli.words.play.deleted(lab));
  return 0;
}

async function breakCopy(cli: Cli, daemon: Client): Promise<undefined> {
  const { id: session } = await daemon.call('sessions.get', cli.session);
  const bar = progressBar(!cli.json);
  daemon.on('progress', ({ done, total, message }) => bar.show(done, total, message));
  const title = cli.words.play.brokenTitle;
  const snapshot = await brokenCopy(daemon.call, { session, title, progress: 'break' }).finally(bar.clear);
  cli.print(snapshot, () => begunText(snapshot, cli));
}
