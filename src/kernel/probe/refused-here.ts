/**
 * The node's own kernel found no way, in the C library's words: ENETUNREACH without a route, EADDRNOTAVAIL while no
 * link is up, so that there is not one IPv6 address to send from.
 */
export const refusedHere = /Network is unreachable|Cannot assign requested address/;
