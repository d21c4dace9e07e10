// Labels of the fields of forms: loaded after the first page, together with the forms themselves.
import type { Language, Message } from './words';
import { forms as bg } from './words/bg/forms';
import { forms as en } from './words/en/forms';
import { forms as es } from './words/es/forms';

export const catalogues: Record<Language, Record<string, Message>> = { en, bg, es };
