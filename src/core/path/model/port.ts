/** A link of a node. */
export interface Port {
  node: string;
  link: string;
}
