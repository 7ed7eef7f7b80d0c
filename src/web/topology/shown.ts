import type { TableName } from './node-tables.ts';

/** The node whose details are open, and which of its tables; null: all about it. */
export interface Shown {
  node: string;
  table: TableName | null;
}
