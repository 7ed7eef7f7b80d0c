import { HoplabError } from '../protocol/errors.ts';

/** An error that was put in the learner's language where it arose. */
export class TranslatedError extends HoplabError {}
