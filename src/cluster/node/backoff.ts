/** Milliseconds before the n-th restart: 10 s, doubled up to 5 minutes (kubelet's MaxContainerBackOff). */
export function restartDelay(restarts: number): number {
  return restarts === 0 ? 0 : Math.min(300, 10 * 2 ** (restarts - 1)) * 1000;
}

/** As Go prints a duration. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
