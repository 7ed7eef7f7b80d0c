/** A ratio, and between which bounds it lies with a probability of 99.9 %. */
export interface Ratio {
  ratio: number;
  least: number;
  most: number;
}

/** Student's t, two-sided 99.9 %, by degrees of freedom from 1 on (R: qt(0.9995, df)). */
const student = [636.619, 31.599, 12.924, 8.61, 6.869, 5.959, 5.408, 5.041, 4.781];

/**
 * Pairs measured one right after the other: a load on the computer slows both. Their ratios are compared as
 * logarithms, so that twice as fast and half as fast are the same distance from equal. Null: too few to
 * decide.
 */
export function ratioOf(pairs: readonly (readonly [number, number])[]): Ratio | null {
  const logs = pairs
    .filter(([one, other]) => one > 0 && other > 0)
    .map(([one, other]) => Math.log(one / other));
  const factor = student[logs.length - 2];
  if (factor === undefined) return null;
  const mean = sum(logs) / logs.length;
  const variance = sum(logs.map((each) => (each - mean) ** 2)) / (logs.length - 1);
  const width = factor * Math.sqrt(variance / logs.length);
  return { ratio: Math.exp(mean), least: Math.exp(mean - width), most: Math.exp(mean + width) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
