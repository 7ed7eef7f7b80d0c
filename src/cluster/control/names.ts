/** Letters and digits of generated names: no vowels and no 0, 1, 3, so that no words come out. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a, 32 bits. */
export function hash32(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    value ^= byte;
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
}

/** The pod-template-hash of a template: the same for the same content. */
export function templateHash(template: unknown): string {
  return [...String(hash32(JSON.stringify(template)))]
    .map((digit) => alphabet[Number(digit) % alphabet.length])
    .join('');
}

/** The n-th suffix for a name. Not random as in life: a lab then knows the names of its pods. */
export function suffix(base: string, n: number): string {
  let value = hash32(`${base}/${n}`);
  let made = '';
  for (let place = 0; place < 5; place++) {
    made += alphabet[value % alphabet.length];
    value = Math.floor(value / alphabet.length);
  }
  return made;
}

/** A name with a suffix that none of the names taken has. */
export function uniqueName(base: string, taken: ReadonlySet<string>): string {
  for (let n = 0; ; n++) {
    const name = `${base}-${suffix(base, n)}`;
    if (!taken.has(name)) return name;
  }
}
