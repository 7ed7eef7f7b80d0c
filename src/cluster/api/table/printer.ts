import type { ApiObject } from '../../store/objects.ts';

export interface Column {
  name: string;
  type: string;
  format: string;
  description: string;
  /** 1 for the columns of -o wide. */
  priority: number;
}

export type Cells = (object: ApiObject, now: Date) => unknown[];

export interface Printer {
  columns: Column[];
  cells: Cells;
}

/** `Name|Desired:integer|*Images`: a star for the columns of -o wide. */
export function printer(names: string, cells: Cells): Printer {
  const columns = names.split('|').map((word): Column => {
    const wide = word.startsWith('*');
    const [name = '', type = 'string'] = word.replace('*', '').split(':');
    const format = name === 'Name' ? 'name' : '';
    return { name, type, format, description: '', priority: wide ? 1 : 0 };
  });
  return { columns, cells };
}

/** `a=b,c=d`, or kubectl's word for none. */
export function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}
