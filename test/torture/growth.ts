/** The daemon's resident memory in MiB, some seconds after its start. */
export interface Look {
  seconds: number;
  resident: number;
}

/** A daemon has its caches and code after so many seconds. */
const settled = 600;
/** Less is no time to tell growth from chance. */
const long = 1200;
/** The means of so many seconds are compared: memory goes up and down by a third, as V8 collects. */
const span = 600;
/** Percent. */
const most = 5;

/** How much memory grew once the daemon had settled. */
export function judged(looks: readonly Look[]): { words: string; tooMuch: boolean } {
  const end = looks.at(-1)?.seconds ?? 0;
  const part = Math.min(span, (end - settled) / 2);
  if (part <= 0) return { words: `too short for a growth: it counts from ${settled} s on`, tooMuch: false };
  const among = (from: number) => {
    const own = looks.filter(({ seconds }) => seconds >= from && seconds <= from + part);
    return own.map(({ resident }) => resident);
  };
  const [first, last] = [among(settled), among(end - part)];
  const percent = (mean(last) / mean(first) - 1) * 100;
  const said = (figures: number[]) =>
    `${mean(figures).toFixed(1)} MiB (${Math.min(...figures).toFixed(1)} to ${Math.max(...figures).toFixed(1)})`;
  return {
    words: `growth ${percent.toFixed(1)} %, less than ${most} % wanted: from ${said(first)} in the ${Math.round(part)} s after ${settled} s to ${said(last)} in the last`,
    // A figure that could not be read is none below the limit.
    tooMuch: end > long && !(percent < most),
  };
}

const mean = (figures: readonly number[]): number =>
  figures.reduce((sum, each) => sum + each, 0) / figures.length;
