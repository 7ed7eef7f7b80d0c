/** An IPv6 address as RFC 5952 writes it: the first of the longest runs of zeros is left out. */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[at + index * 2] ?? 0) << 8) | (bytes[at + index * 2 + 1] ?? 0)).toString(16),
  );
  const whole = groups.join(':');
  const runs = [...whole.matchAll(/\b0(?::0)+\b/g)];
  const longest = runs.find(([run]) => runs.every(([other]) => other.length <= run.length));
  if (longest === undefined) return whole;
  const after = whole.slice(longest.index + longest[0].length);
  return `${whole.slice(0, longest.index).replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}
