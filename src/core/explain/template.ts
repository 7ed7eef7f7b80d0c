import type { Values } from '../verdict/verdict.ts';

/**
 * Text with `{value}` placeholders. A part in `[...]` is left out where one of its values is empty or missing. Of
 * several alternatives the first that has all its values is taken, else the last.
 */
export type Template = string | readonly [string, ...string[]];

export function fill(template: Template, values: Values): string {
  const alternatives = typeof template === 'string' ? [template] : template;
  const whole = alternatives.find((one) => complete(one, values));
  return fillOne(whole ?? alternatives.at(-1) ?? '', values);
}

/** Whether there is a value for everything the text needs. */
export function complete(text: string, values: Values): boolean {
  return needed(text).every((name) => has(values, name));
}

/** Names of all placeholders, in the order of the text. */
export function placeholders(template: Template): string[] {
  const text = typeof template === 'string' ? template : template.join(' ');
  return [...text.matchAll(placeholder)].map((match) => match[1] ?? '');
}

const placeholder = /\{(\w+)\}/g;
const optional = /\[([^\]]*)\]/g;

function fillOne(text: string, values: Values): string {
  const chosen = text.replace(optional, (_, part: string) =>
    placeholders(part).every((name) => has(values, name)) ? part : '',
  );
  return chosen.replace(placeholder, (whole, name: string) => values[name] ?? whole);
}

function needed(text: string): string[] {
  return placeholders(text.replace(optional, ''));
}

/** A value in front of a command counts as present even when it is empty. */
const prefixes = ['exec', 'routerExec', 'serverExec', 'replierExec', 'rewriterExec', 'dropperExec'];

function has(values: Values, name: string): boolean {
  return prefixes.includes(name) ? values[name] !== undefined : (values[name] ?? '') !== '';
}
