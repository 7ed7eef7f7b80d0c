/** How often something that happens with probability `p` happens in `n` independent tries: exact, no approximation. */
interface Binomial {
  /** P(X = k) */
  at(k: number): number;
  /** P(X <= k) */
  atMost(k: number): number;
  /** P(X >= k) */
  atLeast(k: number): number;
}

export function binomial(n: number, p: number): Binomial {
  const logs = logFactorials(n);
  const at = (k: number) => {
    if (k < 0 || k > n) return 0;
    if (p <= 0 || p >= 1) return k === (p <= 0 ? 0 : n) ? 1 : 0;
    const ways = (logs[n] ?? 0) - (logs[k] ?? 0) - (logs[n - k] ?? 0);
    return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
  };
  // From the far end inwards: the smallest terms are added first, and a small tail is not 1 minus a large one.
  const atMost = (k: number) => sum(0, Math.min(k, n), at);
  const atLeast = (k: number) => sumDown(n, Math.max(k, 0), at);
  return { at, atMost, atLeast };
}

/** The counts with a tail of more than `chance` on either side: any count outside is rarer than that. */
export function usual(n: number, p: number, chance: number): { least: number; most: number } {
  const { at } = binomial(n, p);
  let least = 0;
  for (let below = at(0); below <= chance && least < n; below += at(least)) least++;
  let most = n;
  for (let above = at(n); above <= chance && most > 0; above += at(most)) most--;
  return { least, most };
}

/** ln 0!, ln 1!, ... ln n! */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) logs[k] = (logs[k - 1] ?? 0) + Math.log(k);
  return logs;
}

function sum(from: number, to: number, at: (k: number) => number): number {
  let total = 0;
  for (let k = from; k <= to; k++) total += at(k);
  return Math.min(total, 1);
}

function sumDown(from: number, to: number, at: (k: number) => number): number {
  let total = 0;
  for (let k = from; k >= to; k--) total += at(k);
  return Math.min(total, 1);
}
