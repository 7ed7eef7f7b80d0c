import type { Service } from '../picture/services.ts';

/** The colours of a drawing, by the names that its style sheet uses. */
export type Palette = Record<string, string>;

/** A line of a trace: where, in whose colour, what happened, and the lines that decided. */
interface SharedHop {
  place: string;
  colour: string;
  direction: string;
  text: string;
  notes: string[];
}

/** A picture and the last trace in it, in words: what leaves the page as a file. */
export interface Shared {
  language: string;
  title: string;
  /** `red → 192.168.1.3 (icmp)`; null without a trace. */
  trace: { title: string; hops: SharedHop[]; end: string } | null;
  services: Service[];
  /** No interface has the address of a Service. */
  virtual: string;
  /** The line that gives somebody else the same fault. */
  challenge: { label: string; command: string };
  palette: Palette;
}
