import { accounts_first } from './accounts';
import { day_first } from './day_first';
import { desk } from './desk';
import { law } from './law';
import { work_first } from './work_first';

export const words = { ...accounts_first, ...day_first, ...desk, ...law, ...work_first };
