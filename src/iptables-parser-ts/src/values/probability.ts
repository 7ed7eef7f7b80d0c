import type { Value } from '../grammar.ts';

const STEPS = 0x80000000;
const FORM = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$/;

/**
 * The nearest probability the kernel can keep, with the eleven digits of C's `%.11f`: half to even, where `toFixed`
 * goes up (1/4096 is a tie at 11 digits).
 */
function kernelDigits(value: number): string {
  const steps = Math.round(value * STEPS);
  const scaled = BigInt(steps) * 10n ** 11n;
  const whole = scaled / BigInt(STEPS);
  const isTie = (scaled % BigInt(STEPS)) * 2n === BigInt(STEPS);
  if (!isTie) return (steps / STEPS).toFixed(11);
  const even = whole % 2n === 0n ? whole : whole + 1n;
  return `${even / 10n ** 11n}.${String(even % 10n ** 11n).padStart(11, '0')}`;
}

/** The nearest probability the kernel can keep and iptables-save can print. */
export const roundProbability = (value: number): number => Number(kernelDigits(value));

/** A probability: with eleven digits where iptables-save could have printed it, else as short as it goes. */
export const probability: Value<number> = {
  words: 1,
  expected: 'a probability from 0 to 1',
  read: (text) => {
    const value = FORM.test(text) && text.length <= 64 ? Number(text) : Number.NaN;
    return value >= 0 && value <= 1 ? value : undefined;
  },
  write: (value) => {
    const digits = kernelDigits(value);
    return Number(digits) === value ? digits : String(value);
  },
};
