import { accounts_first } from './accounts';
import { desk } from './desk';
import { law } from './law';

export const words = { ...accounts_first, ...desk, ...law };
