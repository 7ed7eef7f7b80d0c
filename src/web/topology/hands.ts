/** The nodes a packet is to go between; `to` may be an address or a name as well. */
export interface Ends {
  from: string;
  to: string;
}
