import type { Template } from '../../core/explain/template.ts';
import type { GapCode } from '../../core/path/recording/gap.ts';

/** What a trace could not see. */
export const gaps: Record<GapCode, Template> = {
  'node-unwatched': 'Nothing was watched in {node}: {error}. Hops there are missing.',
  'rules-untraced': 'Which rules of family {family} the packet met in {node} could not be traced: {error}.',
  'reports-lost': 'The kernel had more to tell of {node} than could be read ({error}): rules may be missing.',
  'frames-lost':
    'In {node} there was so much traffic that {count} frames were not captured: hops may be missing.',
  'frames-over': 'A trace keeps 8 MiB of frames; what {node} saw after that is missing.',
};
