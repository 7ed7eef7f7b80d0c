export { type Language, languages, type Text } from '../core/language.ts';
