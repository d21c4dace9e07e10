import { accounts_first } from './accounts';
import { desk } from './desk';
import { law } from './law';
import { work_first } from './work_first';

export const words = { ...accounts_first, ...desk, ...law, ...work_first };
