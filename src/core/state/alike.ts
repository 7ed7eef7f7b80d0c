/** Whether two states say the same. What a changed copy shares with its original is not gone through. */
export function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [keys, others] = [keysOf(one), keysOf(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => alike(one[key as keyof typeof one], other[key as keyof typeof other]))
  );
}

/** A field that is undefined is none. */
const keysOf = (value: object): string[] =>
  Object.keys(value).filter((key) => value[key as keyof typeof value] !== undefined);
