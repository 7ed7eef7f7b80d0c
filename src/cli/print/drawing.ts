import type { Language } from '../../core/language.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Words } from '../../words/en/cli.ts';

type Packet = Path['packets'][number];

export type Path = Result<'path.trace'>['path'];

/** A packet that is drawn; while it is on its way there is no end of it, and its header has not been told. */
export type Drawn = Pick<Packet, 'number' | 'direction' | 'name' | 'hops'> & Partial<Packet>;

export interface Drawing {
  words: Words['path'];
  language: Language;
  details: boolean;
}
