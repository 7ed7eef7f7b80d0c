import type { ApiObject } from '../../store/objects.ts';
import { qualifiedName, type Resource } from '../resources.ts';
import { accessPrinters } from './access.ts';
import { corePrinters } from './core.ts';
import { age } from './duration.ts';
import { networkPrinters } from './network.ts';
import { podPrinter } from './pods.ts';
import { type Printer, printer } from './printer.ts';
import { workloadPrinters } from './workloads.ts';

const printers: Record<string, Printer> = {
  pods: podPrinter,
  ...corePrinters,
  ...workloadPrinters,
  ...networkPrinters,
  ...accessPrinters,
};

const named = printer('Name|Age', (object: ApiObject, now) => [object.metadata.name, age(object, now)]);

export function columnsOf(resource: Resource): Printer {
  return printers[qualifiedName(resource)] ?? named;
}
