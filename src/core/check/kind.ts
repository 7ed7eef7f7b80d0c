import { z } from 'zod';
import type { Probe } from '../probe/probe.ts';
import type { ChangeKind } from './changes.ts';
import type { JudgeFacts, Judgement } from './judgement.ts';

/** Everything that makes a kind of check; its words are in src/words, by the kind's key. */
export interface Kind<A> {
  /** The arguments as lab.yaml gives them; its output is `A`. */
  schema: z.ZodType<A>;
  /** Changes in a machine that may turn the verdict. */
  dependsOn: readonly ChangeKind[];
  /** People on the network would complain; the others only show in a node's own tables. */
  noticed: boolean;
  /** The state that it checks may appear a moment after its command has ended: a program started with `&`. */
  slow?: boolean;
  /** The judge needs the node's processes. */
  readsProcesses?: boolean;
  /** Probes change the state that the judge reads: it is read again after one. */
  readsAfterProbes?: boolean;
  /** Settings the judge reads beyond those that are always read. */
  sysctlKeys?(args: A): string[];
  /** Real packets or commands, in the order the judge takes their outcomes; the control of an expected failure last. */
  probes?(args: A): Probe[];
  judge(seen: JudgeFacts<A>): Judgement;
}

/** The fields of every check, of any kind. */
interface Frame {
  id: string;
  needs: string[];
  until: string | null;
}

/** @param name the kind's key in lab.yaml. */
export function kind<K extends string, S extends z.ZodType>(
  name: K,
  parts: Kind<z.output<S>> & { schema: S },
) {
  return {
    ...parts,
    /** A check as clients see it. */
    wire: z.object({
      id: z.string(),
      kind: z.literal(name),
      args: parts.schema,
      needs: z.array(z.string()).describe('Checks of the same step that must pass first.'),
      until: z.string().nullable().describe('The step from which on this is no longer asked.'),
    }),
    /** The check, if the entry in lab.yaml is of this kind. */
    from(written: { readonly [P in K]?: z.output<S> | undefined }, frame: Frame) {
      const args = written[name];
      return args === undefined ? null : { ...frame, kind: name, args };
    },
  };
}
