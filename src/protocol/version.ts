/** Raised when a client of the old protocol could no longer work; said in `system.hello` before anything else. */
export const protocolVersion = 1;
