import type { ApiObject } from '../../store/objects.ts';
import { qualified, type Resource } from '../resources.ts';
import { age } from './duration.ts';

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

/** `Name Ready *IP:integer`: a star for the columns of -o wide. */
export function printer(names: string, cells: Cells): Printer {
  const columns = names.split('|').map((word): Column => {
    const wide = word.startsWith('*');
    const [name = '', type = 'string'] = word.replace('*', '').split(':');
    const format = name === 'Name' ? 'name' : '';
    return { name, type, format, description: '', priority: wide ? 1 : 0 };
  });
  return { columns, cells };
}

const named = printer('Name|Age', (object, now) => [object.metadata.name, age(object, now)]);
const printers: Record<string, Printer> = {};

export function columnsOf(resource: Resource): Printer {
  return printers[qualified(resource)] ?? named;
}
