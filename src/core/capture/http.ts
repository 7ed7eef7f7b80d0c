import type { Field, Reader } from './layer.ts';

const start = /^(?:[A-Z]{3,10} \S+ HTTP\/1\.[01]|HTTP\/1\.[01] \d{3}.*)$/;
/** A head is no longer; more headers are of no use. */
const [longest, mostHeaders] = [8192, 40];

/** Whether a segment begins with the head of a request or a response (RFC 9112). */
export const isHttp = (bytes: Uint8Array, at: number): boolean => start.test(lineAt(bytes, at).text);

/** The first line and the headers; what follows is data. */
export const http: Reader = (bytes, at) => {
  const fields: Field[] = [];
  let place = at;
  while (place < bytes.length && fields.length <= mostHeaders) {
    const { text, end } = lineAt(bytes, place);
    const [name, value] = fields.length === 0 ? [firstName(text), text] : headerOf(text);
    if (text !== '') fields.push({ name, value, from: place, to: end });
    place = end;
    if (text === '') break;
  }
  return { name: 'HTTP', fields, end: place, next: null };
};

const firstName = (line: string): string => (line.startsWith('HTTP/') ? 'Status' : 'Request');

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? ['', line] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** A line without its end, and where the next one begins. */
function lineAt(bytes: Uint8Array, at: number): { text: string; end: number } {
  const feed = bytes.subarray(at, at + longest).indexOf(10);
  const end = feed < 0 ? Math.min(bytes.length, at + longest) : at + feed + 1;
  const text = [...bytes.subarray(at, end)].map((byte) => String.fromCharCode(byte)).join('');
  return { text: text.replace(/\r?\n$/, ''), end };
}
