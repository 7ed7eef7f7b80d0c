import { writeFile } from 'node:fs/promises';
import type { Params } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { liveDrawing } from '../print/live-path.ts';
import { pathText } from '../print/path.ts';
import { TranslatedError } from '../translated-error.ts';

export interface TraceOptions {
  icmp?: boolean;
  size?: string;
  mtu?: string;
  sport?: string;
  mark?: string;
  tos?: string;
  tcp?: string;
  udp?: string;
  dns?: string;
  http?: string;
  pcapng?: string;
  details?: boolean;
}

type Probe = NonNullable<Params<'path.trace'>['probe']>;

/** Exit code 0: delivered and answered, by the last that a proxy asked too; 1: not. */
export async function trace(
  cli: Cli,
  from: string,
  to: string | undefined,
  options: TraceOptions,
): Promise<number> {
  const { words, language } = cli;
  // Typed where the target stands, a web address says how to ask too.
  if (to !== undefined && /^https?:\/\//.test(to) && probesIn(options).length === 0)
    return trace(cli, from, undefined, { ...options, http: to });
  const probe = probeOf(options, cli);
  if (to === undefined && probe.kind !== 'http')
    throw new TranslatedError(
      'argument-invalid',
      words.path.noTarget + words.usage.line('hoplab trace [options] <from> [to]'),
    );
  const daemon = await cli.daemon();
  const drawing = { words: words.path, language, details: options.details ?? false };
  const live = liveDrawing(drawing, !cli.json);
  daemon.on('path.hop', live.hop);
  const result = await daemon
    .call('path.trace', {
      ...cli.session,
      from,
      ...(to === undefined ? {} : { to }),
      probe,
      pcapng: options.pcapng !== undefined,
      progress: 'trace',
    })
    .finally(live.clear);
  const { path, pcapng } = result;
  if (options.pcapng !== undefined && pcapng !== null)
    await writeFile(options.pcapng, Buffer.from(pcapng, 'base64'));
  cli.print(result, () =>
    [
      pathText(path, drawing),
      ...(options.pcapng === undefined ? [] : ['', words.path.written(options.pcapng)]),
    ].join('\n'),
  );
  const ends = [path.end, ...path.upstream.slice(-1).map(({ end }) => end)];
  return ends.every(({ kind, reason }) => kind === 'delivered' && reason === null) ? 0 : 1;
}

const probesIn = ({ icmp, tcp, udp, dns, http }: TraceOptions) =>
  [icmp, tcp, udp, dns, http].filter((each) => each !== undefined);

export function probeOf(options: TraceOptions, { words: { path } }: Cli): Probe {
  const { icmp, tcp, udp, dns, http, sport } = options;
  const given = probesIn(options);
  if (given.length > 1) throw new TranslatedError('argument-invalid', path.oneProbe);
  const size = options.size === undefined ? {} : { size: sizeOf(options.size, path) };
  if (options.size !== undefined && given.some((each) => each !== icmp && each !== udp))
    throw new TranslatedError('argument-invalid', path.sizeOfData);
  const mtu = options.mtu === undefined ? {} : { mtu: mtuOf(options.mtu, path) };
  if (options.mtu !== undefined && (options.size !== undefined || given.some((each) => each !== icmp)))
    throw new TranslatedError('argument-invalid', path.mtuOfIcmp);
  if (sport !== undefined && tcp === undefined && udp === undefined)
    throw new TranslatedError('argument-invalid', path.sportOfPorts);
  const marked = {
    ...(options.mark === undefined ? {} : { mark: numberOf(options.mark, 1, 0xffffffff, path) }),
    ...(options.tos === undefined ? {} : { tos: numberOf(options.tos, 0, 255, path) }),
  };
  if (Object.keys(marked).length > 0 && (dns !== undefined || http !== undefined))
    throw new TranslatedError('argument-invalid', path.markOfPlain);
  const own = { ...(sport === undefined ? {} : { sourcePort: portOf(sport, path) }), ...marked };
  if (tcp !== undefined) return { kind: 'tcp', port: portOf(tcp, path), ...own };
  if (udp !== undefined) return { kind: 'udp', port: portOf(udp, path), ...size, ...own };
  if (dns !== undefined) return { kind: 'dns', name: dns };
  if (http !== undefined) {
    const url = URL.parse(http);
    if (url === null || !/^https?:$/.test(url.protocol))
      throw new TranslatedError('argument-invalid', path.badUrl(http), { url: http });
    return { kind: 'http', url: http, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) };
  }
  return { kind: 'icmp', ...size, ...mtu, ...marked };
}

function sizeOf(text: string, { badSize }: Cli['words']['path']): number {
  const size = Number(text);
  if (/^\d+$/.test(text) && size <= 65_507) return size;
  throw new TranslatedError('argument-invalid', badSize(text), { size: text });
}

function mtuOf(text: string, { badMtu }: Cli['words']['path']): number {
  const mtu = Number(text);
  if (/^\d+$/.test(text) && mtu >= 68 && mtu <= 65_535) return mtu;
  throw new TranslatedError('argument-invalid', badMtu(text), { mtu: text });
}

/** Decimal, or hexadecimal as marks are written. */
function numberOf(text: string, least: number, most: number, { badNumber }: Cli['words']['path']): number {
  const value = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new TranslatedError('argument-invalid', badNumber(text, least, most), { number: text });
}

function portOf(text: string, { badPort }: Cli['words']['path']): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new TranslatedError('argument-invalid', badPort(text), { port: text });
}
