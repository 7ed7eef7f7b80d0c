import type { Form } from './form.ts';
import { memoryForms } from './memory-forms.ts';
import { packetForms } from './packet-forms.ts';
import { placeForms } from './place-forms.ts';

export const matchForms: readonly Form[] = [...packetForms, ...memoryForms, ...placeForms];
