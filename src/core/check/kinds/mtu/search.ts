/** Bytes of the headers in front of an echo request's data. */
const headers = (to: string): number => (to.includes(':') ? 48 : 28);

/** What ping is told for a packet of so many bytes. */
export const dataIn = (to: string, bytes: number): number => bytes - headers(to);

/**
 * Looks for the largest packet that is answered, asking first for the one that should be it. `-M probe` sends whole
 * packets whatever the kernel remembers of the path (IP_PMTUDISC_PROBE, ip(7)).
 */
export function search(to: string, wanted: number): string {
  const least = to.includes(':') ? 1280 : 68;
  return `
fits() { ping -n -M probe -c 1 -W 0.5 -s $(($1 - ${headers(to)})) ${to} >/dev/null 2>&1; }
low=${least - 1} high=65536 next=${wanted}
while [ $((high - low)) -gt 1 ]; do
  if fits $next; then low=$next; else high=$next; fi
  if [ $low = ${wanted} ] && [ $high = 65536 ]; then next=$((low + 1)); else next=$(((low + high) / 2)); fi
done
echo "largest $low"`;
}
