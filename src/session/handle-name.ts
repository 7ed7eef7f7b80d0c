import { HoplabError } from '../core/errors.ts';

/** The name of a node among the VM's own network namespaces: which session it is of can be read in it. */
export function handleName(session: string, node: string): string {
  const name = `hoplab.${session}.${node}`;
  if (/^[\w.-]{1,200}$/.test(name)) return name;
  throw new HoplabError(
    'argument-invalid',
    `node name ${node} cannot be used as a network namespace name on the VM`,
    {
      node,
    },
  );
}
