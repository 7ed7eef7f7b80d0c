export function portProblem(value: unknown): string | undefined {
  if (typeof value === 'number' && value >= 1 && value <= 65535) return undefined;
  return 'must be between 1 and 65535, inclusive';
}

const quantity = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const suffix = /^(|n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][-+]?\d+)$/;

export function quantityProblem(value: string): string | undefined {
  const parts = quantity.exec(value);
  if (parts !== null && suffix.test(parts[2] ?? '') && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(parts[1] ?? '')) {
    return value.startsWith('-') ? 'must be greater than or equal to 0' : undefined;
  }
  return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
}

const powers: Record<string, number> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** A valid quantity as a number: `500m` is 0.5. */
export function quantityOf(value: string): number {
  const [, digits = '', unit = ''] = quantity.exec(value) ?? [];
  return Number(digits) * (powers[unit] ?? 10 ** Number(unit.slice(1)));
}
