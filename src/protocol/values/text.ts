import { z } from 'zod';
import { inEachLanguage, languages, type Text } from '../../core/language.ts';
import { exactly } from '../exactly.ts';

export const languageSchema = z.enum(languages);

/** The same words in every language. */
export const textSchema = exactly<Text>()(z.object(inEachLanguage(() => z.string())));
