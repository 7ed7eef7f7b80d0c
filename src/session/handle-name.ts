import { wrongArgument } from '../core/explain/wrong-argument.ts';
import { said } from '../core/text/said.ts';
/** The name of a node among the VM's own network namespaces: which session it is of can be read in it. */
export function handleName(session: string, node: string): string {
  const name = `hoplab.${session}.${node}`;
  if (/^[\w.-]{1,200}$/.test(name)) return name;
  throw wrongArgument(said('node-name-unusable', { node }), { node });
}
