/** A point of the picture; of an element its upper left corner. */
export interface Place {
  x: number;
  y: number;
}
