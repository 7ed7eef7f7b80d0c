import { z } from 'zod';
import { languages, type Text } from '../../core/language.ts';
import { exactly } from '../exactly.ts';

export const languageSchema = z.enum(languages);

/** The same words in every language. */
export const textSchema = exactly<Text>()(z.object({ en: z.string(), ko: z.string() }));
