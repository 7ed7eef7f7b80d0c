/** The place of a packet in the picture. */
export interface Spot {
  /** Changes with every event: the same wire twice is moved along twice. */
  number: number;
  direction: 'request' | 'reply' | 'error' | 'question';
  /** The card, or the switch where IP did not look at it. */
  element: string;
  wire: string | null;
  /** Against the order of the wire's ends. */
  backwards: boolean;
}
