import { gapText } from '../../explain/explain.ts';
import type { TracedPath } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { traceEnd } from './end.ts';
import { tracedPackets } from './packets.ts';
import { upstreamOf } from './upstream.ts';

/**
 * The recorded path of a probe's packets, hop by hop, with its end and the reason. Every fact in it was seen,
 * or names the table it was read from; a hop that was not seen is left out.
 */
export function tracedPath(recording: Recording): TracedPath {
  const packets = tracedPackets(recording);
  const { request, gaps } = recording;
  const gapTexts = gaps.map((gap) => ({ ...gap, text: gapText(gap) }));
  const way = { from: request.from, to: request.to, packets, end: traceEnd(recording, packets) };
  return { ...way, upstream: upstreamOf(recording, way), gaps: gapTexts };
}
