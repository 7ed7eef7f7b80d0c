import { readdirSync, readFileSync } from 'node:fs';
import type { Save } from '../../src/index.ts';
import type { Backend, Family } from './netns.ts';

const WRITTEN = new URL('../corpus/written/', import.meta.url);
const SAVES = new URL('../corpus/saves/', import.meta.url);

/** Rules as the programs write them, for iptables-restore; `name` is the file's without its ending. */
export interface Written {
  name: string;
  family: Family;
  text: string;
}

/** The kernel's form of them, as iptables-save printed it. */
export interface Saved {
  name: string;
  family: Family;
  backend: Backend;
  text: string;
}

const familyOf = (name: string): Family => (name.includes('.ipv6') ? 'ipv6' : 'ipv4');

export function written(): Written[] {
  return readdirSync(WRITTEN).map((file) => ({
    name: file.replace(/\.rules$/, ''),
    family: familyOf(file),
    text: readFileSync(new URL(file, WRITTEN), 'utf8'),
  }));
}

export function saved(): Saved[] {
  return readdirSync(SAVES).map((file) => ({
    name: file,
    family: familyOf(file),
    backend: file.includes('.nft.') ? 'nft' : 'legacy',
    text: readFileSync(new URL(file, SAVES), 'utf8'),
  }));
}

export const saveFile = (name: string, backend: Backend): URL => new URL(`${name}.${backend}.save`, SAVES);

/** How the corpus is saved: iptables-nft with counters, iptables-legacy without. */
export const saveOptions = (backend: Backend): string[] => (backend === 'nft' ? ['-c'] : []);

/** The same tree without any memory of how its rules were written. */
export function forgetText(save: Save): Save {
  const tables = save.tables.map((table) => ({
    ...table,
    rules: table.rules.map((rule) => ({
      ...rule,
      raws: rule.raws.before ? { before: rule.raws.before } : {},
    })),
  }));
  return { ...save, tables };
}

/** The rules of a written file by table, chain by chain in the order the kernel will list them. */
export function inOrder(text: string, table: string, chains: readonly string[]): string[] {
  const block = text.split(/^\*/m).find((part) => part.startsWith(`${table}\n`)) ?? '';
  const lines = block.split('\n').filter((line) => line.startsWith('-A '));
  return chains.flatMap((chain) => lines.filter((line) => line.startsWith(`-A ${chain} `)));
}
