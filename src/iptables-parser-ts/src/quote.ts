const PLAIN = /^[-_0-9A-Za-z]+$/;
const ESCAPED = /["\\']/g;

/** As iptables-save prints a string argument (libxtables `xtables_save_string`). */
export function quote(text: string): string {
  return PLAIN.test(text) ? text : `"${text.replace(ESCAPED, '\\$&')}"`;
}

/** A word of an unknown extension: quoted only where iptables-restore would otherwise split or change it. */
export function quoteWord(text: string): string {
  return text === '' || /[\s"\p{Cc}]/u.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}
