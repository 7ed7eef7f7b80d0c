import type { Place } from '../../core/picture/place.ts';

/** What the learner made of a lab's picture, kept in this browser. */
export interface Kept {
  /** Cards that were moved. */
  places: Record<string, Place>;
  /** Switches whose hosts were collapsed, or opened again. */
  folds: Record<string, boolean>;
}

const name = 'hoplab.pictures';
const most = 50;

export const nothingKept: Kept = { places: {}, folds: {} };

export function readKept(lab: string): Kept {
  return all().find(([id]) => id === lab)?.[1] ?? nothingKept;
}

/** Only cards that there are, or that the lab may have yet: what a hand made and removed is forgotten. */
export const placesAfter = (
  before: Kept['places'],
  moved: Kept['places'],
  isKnown: (id: string) => boolean,
): Kept['places'] =>
  Object.fromEntries(Object.entries({ ...before, ...moved }).filter(([id]) => isKnown(id)));

/** The labs used last are kept. */
export function keep(lab: string, kept: Kept): void {
  const others = all().filter(([id]) => id !== lab);
  const isEmpty = [kept.places, kept.folds].every((each) => Object.keys(each).length === 0);
  const next = isEmpty ? others : [[lab, kept], ...others].slice(0, most);
  try {
    localStorage.setItem(name, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still shows it.
  }
}

function all(): [string, Kept][] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(read) ? read.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Whatever else the browser kept under this name is none. */
function isKept(entry: unknown): entry is [string, Kept] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const { places, folds } = (entry[1] ?? {}) as Partial<Kept>;
  return (
    isRecord(
      places,
      (place) => Number.isFinite((place as Place)?.x) && Number.isFinite((place as Place)?.y),
    ) && isRecord(folds, (folded) => typeof folded === 'boolean')
  );
}

const isRecord = (value: unknown, fits: (each: unknown) => boolean): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every(fits);
