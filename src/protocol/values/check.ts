import { z } from 'zod';
import type { Check } from '../../core/check/check.ts';
import { kinds } from '../../core/check/kinds/index.ts';
import { exactly } from '../exactly.ts';

const { netns, ...others } = kinds;

/** The questions a lab can ask; `kind` says which. */
export const checkSchema = exactly<Check>()(
  z.discriminatedUnion('kind', [netns.wire, ...Object.values(others).map(({ wire }) => wire)]),
);
