import type { Text } from '../../core/language.ts';
import type { Picture } from '../../core/picture/model.ts';
import type { Spot } from '../../core/picture/spot.ts';

/** A packet that was really sent, and the network it went through. */
export interface Recorded {
  from: string;
  to: string;
  view: Record<string, [number, number]>;
  picture: Picture;
  events: RecordedEvent[];
  end: Text;
}

export interface RecordedEvent {
  spot: Spot;
  node: string;
  place: string;
  text: Text;
  /** Source and destination; a question of ARP has none. */
  addresses: [string, string] | null;
  nat: Text | null;
}
