import type { LoadRun } from './services.ts';

/** The figures that one run of dnsperf prints at its end; null if it did not finish. */
export function loadRunIn(text: string, to: string): LoadRun | null {
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  const sent = number(/^\s*Queries sent:\s+(\d+)/m);
  const completed = number(/^\s*Queries completed:\s+(\d+) /m);
  const seconds = number(/^\s*Run time \(s\):\s+([\d.]+)/m);
  const good = /^\s*Response codes:.*\bNOERROR (\d+)/m.exec(text)?.[1];
  const latency = /^\s*Average Latency \(s\):\s+([\d.]+)/m.exec(text)?.[1];
  if ([sent, completed, seconds].some(Number.isNaN) || seconds <= 0) return null;
  return { to, sent, answered: Number(good ?? 0), seconds, latency: Number(latency ?? 0) };
}
