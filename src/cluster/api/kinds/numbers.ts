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
