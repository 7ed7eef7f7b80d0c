import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../../core/picture/model.ts';
import type { Observation } from '../state/protocol-types.ts';
import { factNews, news } from './news.ts';

const flashing = 2500;

interface Seen {
  machine: number;
  picture: Picture;
  observation: Observation;
}

/** The parts that just changed, for as long as they flash. Another machine counts as no change. */
export function useNews(
  picture: Picture | null,
  observation: Observation | null,
  machine: number,
): ReadonlySet<string> {
  const before = useRef<Seen | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!picture || !observation) return;
    const last = before.current?.machine === machine ? before.current : null;
    before.current = { machine, picture, observation };
    const changed = [
      ...news(last?.picture ?? null, picture),
      ...factNews(last?.observation ?? null, observation),
    ];
    if (changed.length > 0) setFresh(new Set(changed));
  }, [picture, observation, machine]);
  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(new Set()), flashing);
    return () => clearTimeout(timer);
  }, [fresh]);
  return fresh;
}
