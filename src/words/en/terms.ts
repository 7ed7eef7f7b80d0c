import { reasons } from './reasons.ts';

const reasonIn = (code: string) => (code in reasons ? reasons[code as keyof typeof reasons] : code);

/** The few words of a verdict that need no language (`via b1; end: b (forwarding-off)`, `exit 0`), as one says them. */
export const terms = (text: string): string =>
  text
    .split('; ')
    .map((term) => {
      const [, at, reason] = /^end: (\S+)(?: \((.*)\))?$/.exec(term) ?? [];
      if (at !== undefined) return `it ends at ${at}${reason === undefined ? '' : `: ${reasonIn(reason)}`}`;
      return term.replace(/^symmetric$/, 'the same way back').replace(/^exit (\d+)/, 'exit code $1');
    })
    .join('; ');
