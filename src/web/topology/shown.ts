import type { TableName } from './node-tables.ts';

/** The node whose details are open, and which of its tables, or a capture; null: all about it. */
export interface Shown {
  node: string;
  table: TableName | 'capture' | null;
}
