import { type AwaitedSource, type TimeSource, timeSourceStates } from './services.ts';

const signs = '*+-x~?';

/**
 * Lines of `chronyc -c -n sources`: mode, state, address, stratum, poll, reach (octal, a bit for each of the
 * last eight questions), age of the last sample, adjusted offset, measured offset, error. Its offset is the
 * local clock's, positive where it is ahead of the server. Null for any other output.
 */
export function timeSourcesIn(text: string): TimeSource[] | null {
  const lines = text.split('\n').filter(Boolean);
  const sources = lines.flatMap((line) => {
    const [, sign = '', address = '', stratum, , reach = '', , , offset] = line.trim().split(',');
    const state = timeSourceStates[signs.indexOf(sign)];
    if (sign.length !== 1 || state === undefined || offset === undefined) return [];
    const bits = Number.parseInt(reach, 8).toString(2);
    return [
      {
        ...{ address, state, stratum: Number(stratum), offset: -Number(offset) },
        answered: bits.replaceAll('0', '').length,
      },
    ];
  });
  return sources.length === lines.length ? sources : null;
}

export function isAsAwaited(seen: TimeSource, { state, answers }: AwaitedSource): boolean {
  return (state?.includes(seen.state) ?? true) && (answers === null || answers === seen.answered > 0);
}
