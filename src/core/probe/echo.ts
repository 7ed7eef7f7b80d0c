/** Bytes of the headers in front of an echo request's data (RFC 791, 792; 8200, 4443). */
export const echoHeaders = (to: string): number => (to.includes(':') ? 48 : 28);

/** The size to give to ping (-s) for a packet of so many bytes. */
export const echoData = (to: string, bytes: number): number => bytes - echoHeaders(to);
