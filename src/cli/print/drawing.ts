import type { Language } from '../../core/language.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Words } from '../../words/en/cli.ts';

type Packet = Path['packets'][number];

export type Path = Result<'path.trace'>['path'];

/** A packet to draw; while it is on its way it has no end, and its header is not known yet. */
export type Drawn = Pick<Packet, 'number' | 'direction' | 'name' | 'hops'> & Partial<Packet>;

export interface Drawing {
  words: Words['path'];
  language: Language;
  details: boolean;
}
