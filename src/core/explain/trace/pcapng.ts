import { flowOf } from '../../path/recording/flow.ts';
import type { TracedPath } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { concatBytes, interfaceBlock, packetBlock, sectionHeader } from '../../pcapng.ts';
import { packetName } from './packet-name.ts';

/**
 * A recording as a pcapng file (draft-ietf-opsawg-pcapng): one interface per device, named `node:link`, times
 * in nanoseconds, and a comment on every frame of the probe with the number of its packet.
 */
export function pcapngOf(recording: Recording, path: TracedPath): Uint8Array {
  const names = [...new Set(recording.frames.map(({ node, link }) => `${node}:${link}`))];
  const comments = commentsOf(recording);
  const { from, to, end } = path;
  return concatBytes([
    sectionHeader(`hoplab trace ${from} ${to}: ${end.text.en}`),
    ...names.map((name) => interfaceBlock(name, ethernet)),
    ...recording.frames.map(({ node, link, time, way, bytes }, index) =>
      packetBlock(names.indexOf(`${node}:${link}`), {
        ...{ time, bytes, length: bytes.length },
        way: way === 'out' ? 'out' : 'in',
        comment: comments.get(index),
      }),
    ),
  ]);
}

const ethernet = 1;

function commentsOf(recording: Recording): Map<number, string> {
  const comments = new Map<number, string>();
  for (const [index, packet] of flowOf(recording).packets.entries()) {
    for (const { frame } of packet.sights)
      comments.set(frame, `packet ${index + 1} of the probe: ${packet.direction}, ${packetName(packet).en}`);
  }
  return comments;
}
