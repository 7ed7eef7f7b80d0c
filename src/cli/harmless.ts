/**
 * Text from the daemon for a person's terminal. A machine's output may contain any character; control
 * characters would be commands to the terminal, and bidirectional ones would make it display a false text.
 * Visible characters replace them.
 */
export function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(dangerous, caret);
  if (Array.isArray(value)) return value.map(harmless);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [String(harmless(key)), harmless(each)]),
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const dangerous = /\r(?=\n)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function caret(character: string, at: number, whole: string): string {
  if (character === '\r' && whole[at + 1] === '\n') return '';
  const code = character.charCodeAt(0);
  // Pictures of control characters stand in one block, in their order.
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
}
