import type { TracedPacket } from '../../path/recording/hop.ts';
import type { EndFacts, Ending } from './end-finding.ts';

/** The connection of a web request was opened, and what became of its answer where nothing else explains the end. */
export function withoutAnswer(
  { recording: { outcome, request: asked }, packets }: Ending,
  request: TracedPacket,
  ended: EndFacts,
): EndFacts {
  const { result, answer } = outcome;
  if (asked.probe.kind !== 'http' || ended.reason !== null) return ended;
  if (result !== 'silence' && result !== 'rejected') return ended;
  const came = packets.filter(({ direction, end }) => direction === 'reply' && end.node === asked.from);
  const flags = (flag: string) =>
    came.find(({ header }) => header.tcp?.flags.includes(flag))?.header.tcp?.flags;
  const [reset, closed] = [flags('RST'), flags('FIN')];
  const why =
    result === 'silence' && answer !== undefined
      ? { stalled: answer }
      : result === 'silence'
        ? {}
        : reset !== undefined
          ? { reset }
          : closed === undefined
            ? null
            : { closed };
  const opened = packets.some(
    ({ direction, header, end }) =>
      direction === 'request' && (header.tcp?.payload ?? 0) > 0 && end.node === request.end.node,
  );
  if (why === null || !opened) return ended;
  const by = ended.by === null || ended.by === ended.node ? request.end.node : ended.by;
  return {
    ...ended,
    kind: reset === undefined || answer !== undefined ? 'answer-lost' : ended.kind,
    reason: 'answer-missing',
    object: asked.probe.url,
    values: { ...ended.values, by, ...why },
    sources: ['capture', 'probe'],
  };
}

/** The answer of a name server came from where it should, and the program that asked waited on. */
export function ignoredAnswer(
  { recording: { outcome, request: asked } }: Ending,
  request: TracedPacket,
): EndFacts | null {
  if (asked.probe.kind !== 'dns' || outcome.result !== 'silence') return null;
  return {
    ...{ reason: 'answer-ignored', object: asked.probe.name, by: null, kernel: null },
    values: { program: 'dig', from: asked.from },
    ...{ kind: 'answer-lost', direction: 'reply', node: asked.from, link: request.hops[0]?.out ?? null },
    sources: ['capture', 'probe'],
  };
}
