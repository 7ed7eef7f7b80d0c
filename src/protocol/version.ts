/**
 * Raised when a client of the old protocol could no longer work; the first field that a client reads in
 * `system.hello`.
 */
export const protocolVersion = 1;
