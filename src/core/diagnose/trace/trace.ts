import { gapText } from '../../explain/explain.ts';
import type { TracedPath } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { traceEnd } from './end.ts';
import { tracedPackets } from './packets.ts';
import { upstreamOf } from './upstream.ts';

/**
 * What was seen of a probe, as the way of each of its packets, hop by hop, and where it ended and why. Everything
 * in it was seen, or names the table it was read from; where nothing was seen, there is no hop.
 */
export function tracedPath(recording: Recording): TracedPath {
  const packets = tracedPackets(recording);
  const { request, gaps } = recording;
  const gapTexts = gaps.map((gap) => ({ ...gap, text: gapText(gap) }));
  const way = { from: request.from, to: request.to, packets, end: traceEnd(recording, packets) };
  return { ...way, upstream: upstreamOf(recording, way), gaps: gapTexts };
}
