/**
 * Keeps the meaning of a newline without a carriage return in programs such as nano: down, same column.
 * Node's raw mode leaves the terminal's own translation of newlines (ONLCR) on and has no way to turn it off,
 * so a bare newline is sent as ESC D (index), which every terminal since the VT100 treats the same.
 */
export function keepBareNewlines(): (bytes: Uint8Array) => Uint8Array {
  let last = 0;
  return (bytes) => {
    const out: number[] = [];
    let bare = false;
    for (const byte of bytes) {
      if (byte === newline && last !== carriageReturn) {
        out.push(esc, index);
        bare = true;
      } else {
        out.push(byte);
      }
      last = byte;
    }
    return bare ? Uint8Array.from(out) : bytes;
  };
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const esc = 0x1b;
const index = 0x44;
